"""YAML or JSON text → one stream of events with places; nothing is built yet.

Events cannot explode: an alias is one event, whatever it refers to, and depth is counted before
anything nests. Scalars are YAML 1.2's core types only: null, true/false, whole numbers, decimals
(as Decimal), and text. So `no`, `2024-01-01` and `12:30` are texts, and there is no nan.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from actions.catalogue.file.faults import refused
from actions.catalogue.file.text.syntax import in_danish

type Scalar = str | int | Decimal | bool | None

NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS: Final = dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(
    ("false", "False", "FALSE"), False
)
# No leading zeros: other readers read 0100 as octal. Here it is a text, and refused as one.
WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
LONGEST_NUMBER: Final = 40

JSON_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+')


class EventKind(Enum):
    MAPPING = "mapping"
    LIST = "list"
    END = "end"
    SCALAR = "scalar"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text, or in a sheet of a workbook; both count from 1."""

    line: int
    column: int
    sheet: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return _("arket {sheet}, række {row}").format(sheet=self.sheet, row=self.line)
        return _("linje {line}").format(line=self.line)


@dataclass(frozen=True, slots=True)
class ParseEvent:
    """`fault` names what is not allowed (an alias, a tag); then the value means nothing."""

    kind: EventKind
    mark: Mark
    value: Scalar = None
    fault: str = ""


class SyntaxFault(Exception):
    """The text is not YAML or JSON from here on; `index` counts its characters from 0."""

    def __init__(self, message: str, index: int, mark: Mark) -> None:
        super().__init__(message)
        self.message, self.index, self.mark = message, index, mark


def events(text: str) -> Iterator[ParseEvent]:
    """The events of a text, read as JSON or else as YAML.

    Raises CatalogueFileError if it is neither.
    """
    failures: list[SyntaxFault] = []
    if text.lstrip()[:1] in {"{", "["}:
        try:
            yield from json_events(text)
            return
        except SyntaxFault as failure:
            failures.append(failure)
    try:
        yield from yaml_events(text)
    except SyntaxFault as failure:
        failures.append(failure)
        # Of two readings, report the one that came further.
        furthest = max(failures, key=lambda failure: failure.index)
        mark = furthest.mark
        raise refused(furthest.message, mark.line, mark.column) from failure


def json_events(text: str) -> Iterator[ParseEvent]:
    """The events of a JSON text. Raises SyntaxFault, before the first, if it is no JSON."""
    _check_json(text)
    lines = [match.end() for match in re.finditer("\n", text)]
    for token in JSON_TOKEN.finditer(text):
        row = bisect_right(lines, token.start())
        start_of_line = lines[row - 1] if row else 0
        yield _json_event(token[0], Mark(row + 1, token.start() - start_of_line + 1))


def _check_json(text: str) -> None:
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        message = _("her følger filen ikke JSON: et tegn mangler eller er overflødigt")
        raise SyntaxFault(message, error.pos, Mark(error.lineno, error.colno)) from error
    except ValueError as error:
        raise SyntaxFault(_("filen følger ikke JSON"), 0, Mark(1, 1)) from error
    except RecursionError:
        pass  # Valid or not, it nests too deep; whoever reads the events stops there.


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _json_event(token: str, mark: Mark) -> ParseEvent:
    if token in {"{", "["}:
        return ParseEvent(EventKind.MAPPING if token == "{" else EventKind.LIST, mark)
    if token in {"}", "]"}:
        return ParseEvent(EventKind.END, mark)
    if token.startswith('"'):
        try:
            return ParseEvent(EventKind.SCALAR, mark, json.loads(token))
        except ValueError as error:  # Only if it nests too deep for `_check_json`.
            raise SyntaxFault(_("filen følger ikke JSON"), 0, mark) from error
    return _plain(token, mark)


def yaml_events(text: str) -> Iterator[ParseEvent]:
    """The events of a YAML text. Raises SyntaxFault, after the events before, if it breaks off."""
    loader = yaml.SafeLoader(text)
    documents = 0
    try:
        while event := loader.get_event():
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                mark = _mark(event.start_mark)
                raise refused(_("filen må kun rumme ét dokument"), mark.line, mark.column)
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield _yaml_event(event)
    except yaml.MarkedYAMLError as error:
        where = error.problem_mark or error.context_mark or loader.get_mark()
        raise SyntaxFault(in_danish(error.problem or ""), where.index, _mark(where)) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML raises ValueError for the character "\UFFFFFFFF" and the int of "%YAML 9…9".
        where = loader.get_mark()
        raise SyntaxFault(in_danish(""), where.index, _mark(where)) from error


def _yaml_event(event: Any) -> ParseEvent:
    mark = _mark(event.start_mark)
    if isinstance(event, yaml.CollectionEndEvent):
        return ParseEvent(EventKind.END, mark)
    if isinstance(event, yaml.AliasEvent):
        return ParseEvent(EventKind.SCALAR, mark, fault=_("henvisninger (*navn) kan ikke bruges"))
    fault = _refused_property(event)
    if isinstance(event, yaml.ScalarEvent):
        if event.style or fault:
            return ParseEvent(EventKind.SCALAR, mark, event.value, fault)
        return _plain(event.value, mark)
    kind = EventKind.MAPPING if isinstance(event, yaml.MappingStartEvent) else EventKind.LIST
    return ParseEvent(kind, mark, fault=fault)


def _refused_property(event: Any) -> str:
    if event.anchor is not None:
        return _("ankre (&navn) kan ikke bruges")
    if event.tag is not None:
        return _("mærker (!navn) kan ikke bruges")
    return ""


def _plain(word: str, mark: Mark) -> ParseEvent:
    """An event for a scalar without quotes."""
    if len(word) > LONGEST_NUMBER and DECIMAL.fullmatch(word):
        return ParseEvent(EventKind.SCALAR, mark, fault=_("tallet er for langt"))
    return ParseEvent(EventKind.SCALAR, mark, resolve_scalar(word))


def resolve_scalar(word: str) -> Scalar:
    """The value of a scalar without quotes."""
    if word in NULLS:
        return None
    if word in BOOLEANS:
        return BOOLEANS[word]
    if len(word) <= LONGEST_NUMBER and WHOLE.fullmatch(word):
        return int(word)
    if len(word) <= LONGEST_NUMBER and DECIMAL.fullmatch(word):
        return Decimal(word)
    return word


def _mark(mark: yaml.Mark) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)
