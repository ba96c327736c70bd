"""A workbook → tables of cells, each with its sheet, row and column, and cells → values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from actions.catalogue.file.faults import Fault, refused
from actions.catalogue.file.text.events import Mark
from actions.catalogue.file.text.parsing import Document
from actions.catalogue.file.workbook.sheets import (
    CATALOGUE_FIELDS,
    COMPARISONS,
    MEASURES,
    NO,
    VALUE_KINDS,
    YES,
    Column,
    Holds,
)
from actions.danish import parse_number
from actions.tools.text import Path, quoted
from actions.tools.workbook import BROKEN, BrokenWorkbook, check_workbook, text_in

MAX_LINES: Final = 5000
MAX_COLUMNS: Final = 30

FIELD_WORDS: Final = {path: words for path, words, _holds in CATALOGUE_FIELDS}


@dataclass(slots=True)
class SheetDocument(Document):
    """A document read from cells: a fault names the column's heading."""

    headings: dict[tuple[str, int], str] = field(default_factory=dict)

    def fault(self, path: Path, message: str, mark: Mark | None = None) -> Fault:
        mark = mark or self.mark(path)
        heading = FIELD_WORDS.get(path) or self.headings.get((mark.sheet, mark.column), "")
        return Fault(mark.line, mark.column, str(heading), message, mark.sheet)

    def refuse_at(self, mark: Mark, message: str) -> None:
        """Notes a fault of a cell that holds no value of the catalogue."""
        self.problems.append(((), mark, message))


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row of a sheet: its filled cells, by the key of their column."""

    row: int
    cells: dict[str, Any]


@dataclass(slots=True)
class Table:
    """The lines below a sheet's headings; `places` is the column number of each key, from 1."""

    title: str
    places: dict[str, int] = field(default_factory=dict)
    lines: list[SheetLine] = field(default_factory=list)

    def mark(self, line: SheetLine, key: str = "") -> Mark:
        return Mark(line.row, self.places.get(key, 0), self.title)


def read_tables(
    content: bytes,
    wanted: dict[str, tuple[Column, ...]],
    document: SheetDocument,
    later: frozenset[str] = frozenset(),
) -> dict[str, Table]:
    """The tables of the wanted sheets, by title, without those of `later` that are missing.

    Raises CatalogueFileError if it is no workbook, or has none of the sheets.
    """
    try:
        check_workbook(content)
    except BrokenWorkbook as error:
        raise refused(str(error)) from error
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheets = {sheet.title.strip(): sheet for sheet in book.worksheets}
        tables = {
            title: Table(title)
            if title in later and title not in sheets
            else _table(title, sheets.get(title), columns, document)
            for title, columns in wanted.items()
        }
    except Exception as error:  # openpyxl raises anything for a broken part.
        raise refused(str(BROKEN)) from error
    if not document.problems or any(table.lines for table in tables.values()):
        return tables
    if all(title not in sheets for title in wanted):
        raise refused(_("regnearket følger ikke skabelonen; hent skabelonen og udfyld den"))
    return tables


def _table(title: str, sheet: Any, columns: tuple[Column, ...], document: SheetDocument) -> Table:
    table = Table(title)
    if sheet is None:
        document.refuse_at(Mark(0, 0, title), _("arket mangler"))
        return table
    sheet.reset_dimensions()  # The size that the file claims may be wrong.
    rows = enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1)
    keys = _headings(table, next(rows, (1, ()))[1], columns, document)
    for number, cells in rows:
        filled = {place: cell for place, cell in enumerate(cells, 1) if not _is_empty(cell)}
        if filled and number > MAX_LINES:
            message = _("arket har over {count} rækker").format(count=MAX_LINES)
            document.refuse_at(Mark(number, 0, title), message)
            break
        if filled:
            table.lines.append(_line(table, number, filled, keys, document))
    return table


def _is_empty(cell: Any) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _headings(
    table: Table, cells: Any, columns: tuple[Column, ...], document: SheetDocument
) -> dict[int, Column]:
    """The column at each place, from 1; missing and unknown ones become faults."""
    known = {str(column.heading).casefold(): column for column in columns}
    keys: dict[int, Column] = {}
    for place, cell in enumerate(cells, 1):
        words = " ".join(str(cell.value or "").split())
        column = known.pop(words.casefold(), None)
        if column:
            keys[place] = column
            table.places[column.key] = place
            document.headings[table.title, place] = str(column.heading)
        elif words:
            message = _("kolonnen {heading} kendes ikke; slet den").format(heading=quoted(words))
            document.refuse_at(Mark(1, place, table.title), message)
    for column in (one for one in known.values() if not one.later):
        message = _("kolonnen {heading} mangler").format(heading=quoted(str(column.heading)))
        document.refuse_at(Mark(1, 0, table.title), message)
    return keys


def _line(
    table: Table,
    number: int,
    filled: dict[int, Any],
    keys: dict[int, Column],
    document: SheetDocument,
) -> SheetLine:
    line = SheetLine(number, {})
    for place, cell in filled.items():
        if place in keys:
            line.cells[keys[place].key] = cell
        else:
            message = _("cellen står uden for skabelonens kolonner")
            document.refuse_at(Mark(number, place, table.title), message)
    return line


class Unreadable(ValueError):
    """What is wrong with a cell, in Danish."""


def value_of(cell: Any, holds: Holds) -> Any:
    """The cell's value as in a catalogue file.

    Raises Unreadable, with what to write instead, if it cannot be read.
    """
    if cell.data_type == "f":
        raise Unreadable(_("cellen har en formel; skriv selve værdien"))
    if cell.data_type == "e":
        raise Unreadable(_("cellen viser en fejl ({value})").format(value=cell.value))
    return CELL_READERS[holds](cell.value)


def _text(value: Any) -> str:
    if isinstance(value, date | time):
        raise Unreadable(_("cellen er en dato; formatér den som tekst"))
    if isinstance(value, bool):
        raise Unreadable(_("cellen er sand/falsk; skriv en tekst"))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return text_in(str(value)) if isinstance(value, str) else str(value).replace(".", ",")


def _one_line(value: Any) -> str:
    text = _text(value).strip()
    if "\n" in text:
        raise Unreadable(_("teksten skal stå på én linje"))
    return text


def _whole(value: Any) -> int:
    if isinstance(value, date | time):
        raise Unreadable(_("cellen er en dato; skriv kun tallet, fx 2027, og formatér som tal"))
    number = _number(value)
    if number != number.to_integral_value():
        raise Unreadable(_("skriv et helt tal"))
    return int(number)


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable(_("skriv et tal"))
    if isinstance(value, str):
        try:
            return parse_number(text_in(value))
        except ValueError as error:
            raise Unreadable(str(error)) from error
    return Decimal(repr(value))


def _one_of(words: dict[str, str | Promise], hint: str | Promise) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        by_word = {str(word): code for code, word in words.items()}
        word = _text(value).strip().casefold()
        if word not in by_word:
            raise Unreadable(str(hint))
        return by_word[word]

    return read


def _numbers(value: Any) -> list[int]:
    if isinstance(value, str):
        return [_whole(part) for part in value.split(",")]
    return [_whole(value)]


def _yes(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(value).strip().casefold()
    if word not in {str(YES), str(NO)}:
        raise Unreadable(_("skriv ja, eller lad cellen stå tom"))
    return word == str(YES)


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    return _one_line(value)


def _origins(value: Any) -> list[dict[str, Any]]:
    origins = []
    for part in _one_line(value).split(","):
        slug, _slash, number = part.strip().rpartition("/")
        if not (slug and number.isascii() and number.isdigit()):
            raise Unreadable(_("skriv katalogets kortnavn, / og handlingens nummer: plan-22/3"))
        origins.append({"catalogue": slug, "action": int(number[:9])})
    return origins


CELL_READERS: Final = {
    Holds.LINE: _one_line,
    Holds.PROSE: _text,
    Holds.WHOLE: _whole,
    Holds.NUMBER: _number,
    Holds.COMPARISON: _one_of(COMPARISONS, gettext_lazy("skriv mindst, højst eller mellem")),
    Holds.MEASURES: _one_of(MEASURES, gettext_lazy("skriv niveau, samlet antal eller tilvækst")),
    Holds.KIND: _one_of(VALUE_KINDS, gettext_lazy("skriv tal, eller ja eller nej")),
    Holds.NUMBERS: _numbers,
    Holds.YES: _yes,
    Holds.DAY: _day,
    Holds.ORIGINS: _origins,
}


def values(line: SheetLine, columns: tuple[Column, ...]) -> Iterator[tuple[Column, Any]]:
    """The columns of a line with their cells; None for an empty cell."""
    for column in columns:
        yield column, line.cells.get(column.key)
