"""A workbook or a text with separators → lines of cells, each a text as it is shown."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from actions.danish import plain_decimal
from actions.tools.text import quoted
from actions.tools.workbook import BROKEN, BrokenWorkbook, check_workbook, is_workbook, text_in

#: The columns that a file must have, and those that it may have.
REQUIRED_COLUMNS: Final = ("handling", "mål", "måltal", "år", "værdi")
CATALOGUE, MISSING, SOURCE, COMMENT, REASON, HOLDS = (
    *("katalog", "mangler fordi", "kilde", "bemærkning", "årsag", "gælder"),
)
#: What only an export says; an import passes it over.
TOLD: Final = ("enhed", "skrevet af", "noteret")
KNOWN: Final = frozenset(
    {*REQUIRED_COLUMNS, CATALOGUE, MISSING, SOURCE, COMMENT, REASON, HOLDS, *TOLD}
)
MOST_LINES: Final = 5000
MOST_BYTES: Final = 5 * 1024 * 1024
SEPARATORS: Final = (";", "\t", ",")


@dataclass(frozen=True)
class ShownCell:
    """A cell's text as it is shown; `is_percent` if it is a number shown as a percentage."""

    text: str
    is_percent: bool = False
    fault: str = ""


@dataclass(frozen=True)
class FileLine:
    """A line of the file with its cells by column; its number counts the heading as 1."""

    number: int
    cells: Mapping[str, ShownCell]

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""


@dataclass(frozen=True)
class LineFault:
    """What is wrong with a line, and in which column; line 0 is the file as a whole."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [_("række %(line)d") % {"line": self.line}] if self.line else []
        return ": ".join([", ".join(filter(None, [*where, self.column])), self.message]).strip(": ")


class FiguresFileError(Exception):
    """The file is refused; `faults` are all of them, at least one."""

    def __init__(self, faults: Iterable[LineFault]) -> None:
        self.faults = sorted(set(faults), key=lambda fault: (fault.line, fault.column))
        super().__init__("\n".join(map(str, self.faults)))


def refused_file(message: str) -> FiguresFileError:
    return FiguresFileError([LineFault(0, "", message)])


def lines_of(content: bytes) -> list[FileLine]:
    """The lines below the headings. Raises FiguresFileError if the file cannot be read."""
    if len(content) > MOST_BYTES:
        raise refused_file(_("filen er større end 5 MB"))
    rows = _sheet(content) if is_workbook(content) else _text_rows(content)
    headings = [cell.text.strip().casefold() for cell in next(rows, ())]
    _check_headings(headings)
    lines = []
    for number, cells in enumerate(rows, 2):
        filled = {
            heading: cell
            for heading, cell in zip(headings, cells, strict=False)
            if heading and (cell.text.strip() or cell.fault)
        }
        if filled:
            lines.append(FileLine(number, filled))
        if len(lines) > MOST_LINES:
            raise refused_file(_("filen har over %(count)d rækker") % {"count": MOST_LINES})
    if not lines:
        raise refused_file(_("filen har ingen tal"))
    return lines


def _check_headings(headings: Sequence[str]) -> None:
    faults = [
        LineFault(1, "", _("kolonnen %(name)s mangler") % {"name": quoted(name)})
        for name in REQUIRED_COLUMNS
        if name not in headings
    ]
    for name in dict.fromkeys(headings):
        if name and name not in KNOWN:
            message = _("kolonnen %(name)s kendes ikke; slet den")
            faults.append(LineFault(1, "", message % {"name": quoted(name)}))
        elif name and headings.count(name) > 1:
            message = _("kolonnen %(name)s står to gange")
            faults.append(LineFault(1, "", message % {"name": quoted(name)}))
    if faults:
        raise FiguresFileError(faults)


def _sheet(content: bytes) -> Iterator[list[ShownCell]]:
    """The rows of the first sheet; formulas by the value that was last shown."""
    try:
        check_workbook(content)
    except BrokenWorkbook as error:
        raise refused_file(str(error)) from error
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False, data_only=True)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # The size that the file claims may be wrong.
        rows = [[_shown(cell) for cell in row] for row in sheet.iter_rows(max_col=len(KNOWN) + 5)]
    except Exception as error:  # openpyxl raises anything for a broken part.
        raise refused_file(str(BROKEN)) from error
    yield from rows


def _shown(cell: Any) -> ShownCell:
    value = cell.value
    if value is None:
        return ShownCell("")
    if isinstance(value, bool):
        return ShownCell(_("ja") if value else _("nej"))
    if isinstance(value, date | time):
        return ShownCell("", fault=_("cellen er en dato; skriv tallet, og formatér som tal"))
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), is_percent="%" in (cell.number_format or ""))
    if cell.data_type == "e":
        return ShownCell("", fault=_("cellen viser en fejl (%(value)s)") % {"value": value})
    return ShownCell(text_in(str(value)))


def _number(value: Decimal, *, is_percent: bool) -> ShownCell:
    shown = value * 100 if is_percent else value
    return ShownCell(plain_decimal(shown).replace(".", ","), is_percent)


def _text_rows(content: bytes) -> Iterator[list[ShownCell]]:
    text = _decoded(content)
    heading = text.partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    try:
        rows = list(csv.reader(StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        message = _("filen kan ikke læses som kolonner; er der et anførselstegn for meget?")
        raise refused_file(message) from error
    for row in rows:
        yield [ShownCell(_without_guard(cell)) for cell in row]


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise refused_file(_("filen er hverken et regneark (.xlsx) eller en tekst (.csv)"))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise refused_file(_("teksten er ikke UTF-8; gem filen som CSV UTF-8"))


def _without_guard(text: str) -> str:
    """Without the mark that an export sets before what a spreadsheet would calculate."""
    return text[1:] if text[:1] == "'" else text
