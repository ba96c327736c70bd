"""What the schema cannot say: numbers, references, spellings, years and characters.

The rules also run on data that breaks the schema, so that all faults are shown at once: each rule
looks only at values of the type it expects.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from django.utils.translation import gettext as _

from actions.catalogue.file.record import Problem, Record
from actions.catalogue.file.second_rules import SECOND_RULES
from actions.catalogue.file.source import FORBIDDEN
from actions.catalogue.file.text.parsing import Document
from actions.danish import DECIMALS
from actions.tools.text import Path, quoted, spelling_key

type Rule = Callable[[Record], Iterator[Problem]]

#: First segments of the application's own addresses, which a catalogue's must not hide.
RESERVED_SLUGS: Final = frozenset(
    {
        "ansaettelser",
        "brugere",
        "handlinger",
        "kataloger",
        "kommunalbestyrelsen",
        "konto",
        "log",
        "mine-maal",
        "offentlig",
        "personer",
        "post",
        "rapporter",
        "static",
        "status",
        "stedfortraedere",
        "stillinger",
        "tilgaengelighed",
        "was",
    }
)
# Marks that change the direction of the text around them.
TREACHEROUS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def broken_rules(document: Document) -> Iterator[Problem]:
    """What breaks a rule, each with its path; the characters of every text come first."""
    yield from _bad_texts(document.data, ())
    if isinstance(document.data, dict):
        catalogue = Record(document, (), document.data)
        for rule in FILE_RULES:
            yield from rule(catalogue)


def _bad_texts(value: Any, path: Path) -> Iterator[Problem]:
    """Recursive: parsing limits the depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _bad_texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _bad_texts(inner, (*path, index))
    elif isinstance(value, str):
        yield from ((path, message) for message in _text_faults(value))


def _text_faults(text: str) -> Iterator[str]:
    if text and not text.strip():
        yield _("teksten er tom")
    forbidden = next((character for character in text if _is_forbidden(character)), None)
    if forbidden is not None:
        yield _("tegnet U+{code:04X} kan ikke bruges i en tekst").format(code=ord(forbidden))


def _is_forbidden(character: str) -> bool:
    if character == "\r":
        return True  # A line break that YAML would not return unchanged.
    return character in TREACHEROUS or bool(FORBIDDEN.match(character))


def _reserved_slug(catalogue: Record) -> Iterator[Problem]:
    if catalogue.text("slug") in RESERVED_SLUGS:
        yield catalogue.at("slug"), _("er optaget af applikationens egne adresser; vælg et andet")


def _period(catalogue: Record) -> Iterator[Problem]:
    period = catalogue.one("period")
    first, last = period.whole("from"), period.whole("to")
    if first is None or last is None:
        return
    if first > last:
        yield (
            period.at("to"),
            _("perioden slutter i {last}, før den begynder i {first}").format(
                first=first, last=last
            ),
        )
        return
    midterm = catalogue.whole("midterm_year")
    if midterm is not None and not first <= midterm <= last:
        yield (
            catalogue.at("midterm_year"),
            _("{year} ligger uden for perioden {period}").format(
                year=midterm, period=f"{first}–{last}"
            ),
        )


def _selection(catalogue: Record) -> Iterator[Problem]:
    selection = catalogue.one("selection")
    least, most = selection.whole("min"), selection.whole("max")
    if least is not None and most is not None and least > most:
        yield (
            selection.at("max"),
            _("max ({most}) er mindre end min ({least})").format(most=most, least=least),
        )


def _numbering(catalogue: Record) -> Iterator[Problem]:
    actions = list(catalogue.all("actions"))
    yield from _repeated(actions, "number", _("nummeret er brugt før ({where})"))


def _repetitions(catalogue: Record) -> Iterator[Problem]:
    for action in catalogue.all("actions"):
        message = _("indsatsen står to gange i handlingen (første gang i {where})")
        yield from _repeated(list(action.all("initiatives")), "title", message)
        message = _("stillingen står to gange i handlingen (første gang i {where})")
        yield from _repeated(list(action.all("responsible")), "position", message)
        message = _("samarbejdspartneren står to gange i handlingen (første gang i {where})")
        yield from _repeated(list(action.all("partners")), "name", message)
    for goal in catalogue.all("actions", "goals"):
        message = _("måltallet står to gange i målet (første gang i {where})")
        yield from _repeated(list(goal.all("indicators")), "name", message)


def _repeated(records: list[Record], name: str, message: str) -> Iterator[Problem]:
    """`message` has {where} for the place of the first one."""
    first: dict[str | int, Record] = {}
    for record in records:
        value = record.text(name) if record.whole(name) is None else record.whole(name)
        if value is None:
            continue
        if value in first:
            yield record.at(name), message.format(where=first[value].where(name))
        first.setdefault(value, record)


def _spellings(catalogue: Record) -> Iterator[Problem]:
    heads = [(one, "position") for one in catalogue.all("actions", "responsible")]
    suppliers = [(one, "supplier") for one in catalogue.all("actions", "goals", "indicators")]
    yield from _two_spellings([*heads, *suppliers])
    yield from _two_spellings([(one, "name") for one in catalogue.all("actions", "partners")])


def _two_spellings(names: list[tuple[Record, str]]) -> Iterator[Problem]:
    """Names with two spellings: the most frequent, of equals the first, counts as right."""
    by_key: dict[str, list[tuple[Record, str]]] = {}
    for record, name in names:
        if text := record.text(name):
            by_key.setdefault(spelling_key(text), []).append((record, name))
    for same in by_key.values():
        counts = Counter(str(record.text(name)) for record, name in same)
        usual = max(counts, key=lambda spelling: counts[spelling])
        at = next(record.where(name) for record, name in same if record.text(name) == usual)
        for record, name in same:
            if (spelling := str(record.text(name))) != usual:
                yield (
                    record.at(name),
                    _("{spelling} staves {usual} andre steder ({where}); vælg én stavemåde").format(
                        spelling=quoted(spelling), usual=quoted(usual), where=at
                    ),
                )


def _references(catalogue: Record) -> Iterator[Problem]:
    titles: dict[int, list[str]] = {}
    for action in catalogue.all("actions"):
        if (number := action.whole("number")) is not None:
            titles.setdefault(number, []).extend(
                title for one in action.all("initiatives") if (title := one.text("title"))
            )
    for action in catalogue.all("actions"):
        for initiative in action.all("initiatives"):
            yield from _related(initiative, action.whole("number"), titles)


def _related(
    initiative: Record, number: int | None, titles: dict[int, list[str]]
) -> Iterator[Problem]:
    seen: set[tuple[int, str]] = set()
    for reference in initiative.all("related"):
        target, title = reference.whole("action"), reference.text("initiative")
        if target is None or not title:
            continue
        if target not in titles:
            yield reference.at("action"), _("der er ingen handling {number}").format(number=target)
        elif title not in titles[target]:
            yield reference.at("initiative"), _no_such_initiative(target, title, titles[target])
        elif (target, title) == (number, initiative.text("title")):
            yield reference.at("initiative"), _("indsatsen henviser til sig selv")
        elif (target, title) in seen:
            yield reference.at("initiative"), _("den samme henvisning står to gange")
        seen.add((target, title))


def _no_such_initiative(number: int, title: str, titles: list[str]) -> str:
    message = _("handling {number} har ingen indsats {title}").format(
        number=number, title=quoted(title)
    )
    near = get_close_matches(title[:300], [known[:300] for known in titles], n=1)
    return message + (_(" (mente du {title}?)").format(title=quoted(near[0])) if near else "")


def _indicator_years(catalogue: Record) -> Iterator[Problem]:
    begins = catalogue.one("period").whole("from")
    for indicator in catalogue.all("actions", "goals", "indicators"):
        last = list(indicator.all("targets"))[-1:]
        at = last[0].at("year") if last else indicator.at("by")
        by = last[0].whole("year") if last else indicator.whole("by")
        if by is not None and begins is not None and by < begins:
            yield (
                at,
                _("{by} er før perioden begynder i {begins}").format(by=by, begins=begins),
            )


def _decimals(catalogue: Record) -> Iterator[Problem]:
    for path, value in _numbers(catalogue):
        if isinstance(value, Decimal):
            yield from ((path, message) for message in _number_faults(value))


def _numbers(catalogue: Record) -> Iterator[tuple[Path, Any]]:
    for indicator in catalogue.all("actions", "goals", "indicators"):
        for name in ("target", "baseline", "tolerance"):
            value = indicator.values.get(name)
            if isinstance(value, list):
                yield from (((*indicator.at(name), at), end) for at, end in enumerate(value))
            else:
                yield indicator.at(name), value
        for step in indicator.all("targets"):
            yield step.at("value"), step.values.get("value")
    for money in catalogue.all("actions", "money"):
        yield money.at("amount"), money.values.get("amount")


def _number_faults(value: Decimal) -> Iterator[str]:
    if _last_place(value) < -DECIMALS:
        yield _("tallet har over 4 decimaler")
    # No program writes 1.5 as 1.500, but Danes write 1500 so: the target may be 1000 times off.
    written = value.as_tuple()
    if value and written.exponent == -len("000") and written.digits[-1] == 0:
        yield _("{written} kan læses på to måder; skriv {thousands} eller {decimal}").format(
            written=value, thousands=int(value * 1000), decimal=f"{value.normalize():f}"
        )


def _last_place(value: Decimal) -> int:
    """The power of ten of the last significant digit."""
    written = value.as_tuple()
    every = "".join(map(str, written.digits))
    digits = every.rstrip("0")
    return int(written.exponent) + len(every) - len(digits) if digits else 0


FILE_RULES: Final[tuple[Rule, ...]] = (
    _reserved_slug,
    _period,
    _selection,
    _numbering,
    _repetitions,
    _spellings,
    _references,
    _indicator_years,
    _decimals,
    *SECOND_RULES,
)
