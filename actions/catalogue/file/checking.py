"""Every fault of a parsed catalogue: what the schema finds, in Danish, and what the rules find."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator

from actions.catalogue.file.faults import Fault
from actions.catalogue.file.record import Problem
from actions.catalogue.file.rules import broken_rules
from actions.catalogue.file.text.parsing import Document
from actions.tools.text import quoted

SCHEMA_FILE: Final = Path(__file__).with_name("schema.json")


def check(document: Document) -> list[Fault]:
    """All faults in the order of the file, with those that parsing found."""
    faults = [document.fault(path, message) for path, message in problems(document)]
    return sorted({*document.faults(), *faults})


def problems(document: Document) -> Iterator[Problem]:
    """What the schema and the rules find, where the document could be read."""
    for path, message in (*_schema_problems(document.data), *broken_rules(document)):
        if not document.is_unreadable(path):
            yield path, message


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Breach:
    """A value that breaks a keyword of the schema; `limit` is the keyword's value."""

    value: Any
    limit: Any
    schema: Any


def _schema_problems(data: Any) -> Iterator[Problem]:
    for error in _validator().iter_errors(data):
        translate = MESSAGES[str(error.validator)]
        breach = Breach(error.instance, error.validator_value, error.schema)
        for below, message in translate(breach):
            yield (*error.absolute_path, *below), message


def _wrong_type(breach: Breach) -> Iterator[Problem]:
    expected = str(breach.limit)
    if breach.value is None:
        yield (), _("værdien mangler")
        return
    message = _("skal være {expected}, men er {found}").format(
        expected=TYPES[expected], found=_described(breach.value)
    )
    yield (), message + _advice(expected, breach.value)


TYPES: Final[dict[str, str | Promise]] = {
    "string": gettext_lazy("en tekst"),
    "integer": gettext_lazy("et helt tal"),
    "number": gettext_lazy("et tal"),
    "array": gettext_lazy("en liste"),
    "object": gettext_lazy("et sæt af nøgler og værdier"),
}


def _described(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _("teksten {text}").format(text=quoted(value))
    if isinstance(value, list):
        return _("en liste")
    if isinstance(value, dict):
        return _("et sæt af nøgler og værdier")
    return _("tallet {number}").format(number=value)


def _advice(expected: str, value: Any) -> str:
    if expected == "string" and not isinstance(value, list | dict):
        return _("; sæt den i anførselstegn")
    if expected == "number" and isinstance(value, str):
        return _("; skriv tal uden enhed og med punktum før decimalerne, fx 3.3 eller 1000")
    return ""


def _unknown_keys(breach: Breach) -> Iterator[Problem]:
    known = list(breach.schema["properties"])
    for key in breach.value:
        if key not in known:
            yield (key,), _("ukendt nøgle {key}").format(key=quoted(key)) + _hint(key, known)


def _hint(key: str, known: list[str]) -> str:
    if key.isdigit():
        return _(" (skriv decimaler med punktum: 3.3)")
    near = get_close_matches(key[:80], known, n=1)
    return _(" (mente du {key}?)").format(key=near[0]) if near else ""


def _missing_keys(breach: Breach) -> Iterator[Problem]:
    # jsonschema gives one error for each missing key without naming it; `check` drops repetitions.
    for key in breach.limit:
        if key not in breach.value:
            known = breach.schema.get("properties", {}).get(key, {}).get("default")
            hint = _("; skriv {key}: {known}").format(key=key, known=known) if known else ""
            yield (), _("{key} mangler").format(key=key) + hint


def _not_the_constant(breach: Breach) -> Iterator[Problem]:
    yield (), _("kan kun være {known}").format(known=breach.limit)


def _not_among(breach: Breach) -> Iterator[Problem]:
    known = _(" eller ").join(breach.limit)
    yield (), _("skal være {known}").format(known=known)


def _too_long(breach: Breach) -> Iterator[Problem]:
    yield (
        (),
        _("er på {length} tegn; der er plads til {limit}").format(
            length=len(breach.value), limit=breach.limit
        ),
    )


def _not_allowed(breach: Breach) -> Iterator[Problem]:
    if "required" in breach.limit:
        yield ("by",), _("frequency og by kan ikke bruges sammen; vælg den ene")
    elif not breach.value.strip():
        yield (), _("teksten er tom")
    elif "\n" in breach.value or "\r" in breach.value:
        yield (), _("skal stå på én linje (brug >- i stedet for > eller |)")
    else:
        yield (), _("har mellemrum først eller sidst")


def _bad_pattern(breach: Breach) -> Iterator[Problem]:
    yield (
        (),
        _("{text} må kun have små bogstaver a-z, tal og enkelte bindestreger imellem").format(
            text=quoted(breach.value)
        ),
    )


def _limit(message: str | Promise) -> Callable[[Breach], Iterator[Problem]]:
    def translate(breach: Breach) -> Iterator[Problem]:
        yield (), str(message).format(limit=breach.limit)

    return translate


#: The translation of each keyword that schema.json uses.
MESSAGES: Final[dict[str, Callable[[Breach], Iterator[Problem]]]] = {
    "type": _wrong_type,
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "const": _not_the_constant,
    "enum": _not_among,
    "minLength": _limit(gettext_lazy("teksten er tom")),
    "maxLength": _too_long,
    "pattern": _bad_pattern,
    "not": _not_allowed,
    "minimum": _limit(gettext_lazy("skal være mindst {limit}")),
    "maximum": _limit(gettext_lazy("må højst være {limit}")),
    "exclusiveMinimum": _limit(gettext_lazy("tallet har over 11 cifre før kommaet")),
    "exclusiveMaximum": _limit(gettext_lazy("tallet har over 11 cifre før kommaet")),
    "minItems": _limit(gettext_lazy("listen skal have mindst {limit}")),
    "maxItems": _limit(gettext_lazy("listen må højst have {limit}")),
}
