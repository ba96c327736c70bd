"""What leaves the application as a workbook: pure functions from rows to the bytes of an .xlsx."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from actions.lights import LOOKS, Light
from actions.models import Round, State
from actions.round_page import RoundRow, StatusRow

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The columns of the chase list, with their widths in characters.
COLUMNS: Final = (
    (gettext_lazy("Handling"), 34),
    (gettext_lazy("Mål"), 60),
    (gettext_lazy("Ansvarlig"), 30),
    (gettext_lazy("Forvaltning"), 26),
    (gettext_lazy("Sidste års vurdering"), 20),
    (gettext_lazy("Årets vurdering"), 20),
    (gettext_lazy("Status"), 16),
    (gettext_lazy("Frist"), 12),
    (gettext_lazy("Åbnet"), 17),
    (gettext_lazy("Senest ændret"), 17),
    (gettext_lazy("Mangler tiltrædelse"), 30),
    (gettext_lazy("Manglende tal"), 15),
)
#: Where a program that reads a cell as typed text would see a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\n")
#: What XML has no way to hold.
UNSPEAKABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NEW_LINE: Final = re.compile("\r\n?")
#: What a workbook's reader would take for an escaped character.
ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

type Value = str | int | date | None


def chase_list(round_: Round, rows: list[RoundRow]) -> bytes:
    """The rows of a round's page, one line a goal."""
    book = Workbook()
    book.properties.creator = "Handlingskatalog"
    book.properties.title = str(round_)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = (
        _("%(round)s (eksempel)") % {"round": round_} if round_.is_example else str(round_)
    )
    _head(sheet)
    for number, (row, line) in enumerate(_lines(rows), 2):
        for column, value in enumerate(_values(round_, row, line), 1):
            _write(_cell(sheet, number, column), value)
        for column, light in ((5, line.previous_light), (6, line.light)):
            _tint(_cell(sheet, number, column), light)
    sheet.auto_filter.ref = sheet.dimensions
    return _bytes(book)


def _lines(rows: list[RoundRow]) -> Iterator[tuple[RoundRow, StatusRow]]:
    return ((row, line) for row in rows for line in row.statuses)


def _values(round_: Round, row: RoundRow, line: StatusRow) -> tuple[Value, ...]:
    places = [responsible.position.administration for responsible in row.responsible]
    opened, changed = line.status.opened_at, line.status.saved_at
    return (
        str(row.action),
        line.status.goal.text,
        ", ".join(str(responsible) for responsible in row.responsible),
        ", ".join(dict.fromkeys(str(place) for place in places if place is not None)),
        _word(line.previous_light),
        _word(line.light),
        str(State(line.status.state).label),
        round_.due,
        timezone.make_naive(opened) if opened else None,
        timezone.make_naive(changed) if changed else None,
        ", ".join(line.unsigned),
        line.missing_figures,
    )


def _word(light: str) -> str:
    return str(Light(light).label) if light else ""


def _head(sheet: Worksheet) -> None:
    """The columns' names and widths; the row stays where it is, and is on every printed page."""
    for column, (name, width) in enumerate(COLUMNS, 1):
        cell = _cell(sheet, 1, column)
        _write(cell, str(name))
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "no cell is merged"
    return cell


def _write(cell: Cell, value: Value) -> None:
    """Numbers and dates as such; a text is a text, whatever it begins with, also when edited."""
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, str):
        if value:
            cell.value = _text(value)
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA)
        return
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = "dd-mm-yyyy hh:mm"
    elif isinstance(value, date):
        cell.number_format = "dd-mm-yyyy"


def _text(value: str) -> str:
    return ESCAPE.sub("_x005F_", UNSPEAKABLE.sub("", NEW_LINE.sub("\n", value)))


def _tint(cell: Cell, light: str) -> None:
    if light:
        cell.fill = PatternFill("solid", fgColor=LOOKS[Light(light)].tint.removeprefix("#"))


def _bytes(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
