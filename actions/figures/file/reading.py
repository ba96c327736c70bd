"""Lines of a figures' file → what they tell of indicators, matched with a catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from django.utils.translation import gettext as _

from actions.figures.file.cells import (
    CATALOGUE,
    COMMENT,
    HOLDS,
    MISSING,
    REASON,
    SOURCE,
    FiguresFileError,
    FileLine,
    LineFault,
    lines_of,
)
from actions.figures.told import FIRST_YEAR, LAST_YEAR, FigureFaults, FigureNews, Told, YearTold
from actions.figures.verbs import plan_figures
from actions.models import Catalogue, Indicator
from actions.tools.text import quoted, spelling_key

#: The columns in which a fault of a verb's row is told.
FAULT_COLUMNS: Final = {"year": "år", "reason": REASON}
#: By catalogue, action and goal: the indicators by the key of their spelling.
type Index = dict[tuple[str, int, int], dict[str, Indicator]]


class _Unreadable(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass
class FiguresRead:
    """What a file tells, with the lines it stands in, and what is wrong with the other lines."""

    rows: list[YearTold] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    _told: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, line: FileLine, row: YearTold) -> None:
        """Adds a row, unless an earlier line tells of the same indicator and year."""
        first = self._told.setdefault((row.indicator.pk, row.year), line.number)
        if first != line.number:
            message = _("måltallet og året står også i række %(line)d") % {"line": first}
            self.faults.append(LineFault(line.number, "år", message))
            return
        self.rows.append(row)
        self.lines.append(line.number)

    def news(self) -> list[FigureNews]:
        """What the file tells that nobody knew. Raises FiguresFileError with every fault."""
        news = list[FigureNews]()
        try:
            news = plan_figures(self.rows)
        except FigureFaults as found:
            self.faults += [
                LineFault(
                    self.lines[fault.place],
                    FAULT_COLUMNS.get(fault.field, fault.field),
                    fault.message,
                )
                for fault in found.faults
            ]
        if self.faults:
            raise FiguresFileError(self.faults)
        return news


def read_figures(content: bytes, catalogue: Catalogue | None) -> FiguresRead:
    """What the file tells of the catalogue, or of those that its lines name.

    Raises FiguresFileError if the file cannot be read as lines.
    """
    index, read = _index(), FiguresRead()
    for line in lines_of(content):
        if line.text(HOLDS).casefold() == "nej":
            continue
        wrong = [(column, cell.fault) for column, cell in line.cells.items() if cell.fault]
        read.faults += [LineFault(line.number, column, fault) for column, fault in wrong]
        try:
            row = _told_in(line, catalogue, index)
        except _Unreadable as error:
            read.faults += [] if wrong else [LineFault(line.number, error.column, str(error))]
        else:
            read.add(line, row)
    return read


def _index() -> Index:
    index: Index = {}
    for indicator in Indicator.objects.select_related("goal__action__catalogue"):
        action = indicator.goal.action
        goal = (action.catalogue.slug, action.number, indicator.goal.number)
        index.setdefault(goal, {})[spelling_key(indicator.name)] = indicator
    return index


def _told_in(line: FileLine, catalogue: Catalogue | None, index: Index) -> YearTold:
    from_file = line.text(CATALOGUE)
    slug = from_file or (catalogue.slug if catalogue else "")
    if not slug:
        message = _("skriv katalogets kortnavn; der er flere kataloger")
        raise _Unreadable(CATALOGUE, message)
    indicator = _indicator(line, slug, index)
    year = _whole(line, "år")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Unreadable("år", _("skriv et årstal, fx 2025"))
    comment = line.text(COMMENT)
    has_reason = REASON in line.cells
    return YearTold(
        indicator=indicator,
        year=year,
        told=_told(line, indicator),
        reason=line.text(REASON) if has_reason else comment,
    )


def _told(line: FileLine, indicator: Indicator) -> Told:
    value, why_missing = _value(line, indicator), line.text(MISSING)
    if value is None and not why_missing:
        raise _Unreadable("værdi", _("skriv et tal, eller hvorfor det mangler"))
    if value is not None and why_missing:
        raise _Unreadable(MISSING, _("der står et tal; slet tallet eller grunden"))
    return Told(value, why_missing, line.text(SOURCE), line.text(COMMENT))


def _value(line: FileLine, indicator: Indicator) -> Decimal | None:
    cell = line.cells.get("værdi")
    if cell is None or not cell.text.strip():
        return None
    if cell.is_percent and indicator.unit != "%":
        message = _("cellen er i procent, men måltallets enhed er %(unit)s; formatér som tal")
        raise _Unreadable("værdi", message % {"unit": quoted(indicator.unit)})
    try:
        return indicator.meaning.parse(cell.text)
    except ValueError as error:
        raise _Unreadable("værdi", str(error)) from error


def _indicator(line: FileLine, slug: str, index: Index) -> Indicator:
    action, goal = _whole(line, "handling"), _goal_number(line)
    named = index.get((slug, action, goal), {})
    if not named:
        if not any(known == slug for known, _action, _goal in index):
            message = _("kataloget %(slug)s har ingen måltal")
            raise _Unreadable(CATALOGUE, message % {"slug": quoted(slug)})
        message = _("handling %(action)d, mål %(goal)d har ingen måltal")
        raise _Unreadable("mål", message % {"action": action, "goal": goal})
    name = line.text("måltal")
    found = named.get(spelling_key(name))
    if found is None:
        raise _Unreadable("måltal", _no_such(name, [row.name for row in named.values()]))
    return found


def _no_such(name: str, names: Sequence[str]) -> str:
    message = _("målet har intet måltal %(name)s") % {"name": quoted(name)}
    near = get_close_matches(name[:200], names, n=1)
    return message + (_(" (mente du %(name)s?)") % {"name": quoted(near[0])} if near else "")


def _goal_number(line: FileLine) -> int:
    """The goal's number in its action: "1", or "3.1" of action 3."""
    action, dot, number = line.text("mål").replace(",", ".").partition(".")
    if dot and number.isdecimal() and action == line.text("handling"):
        return int(number)
    return _whole(line, "mål")


def _whole(line: FileLine, column: str) -> int:
    text = line.text(column)
    if not text.isdecimal() or len(text) > len("2025"):
        raise _Unreadable(column, _("skriv et helt tal"))
    return int(text)
