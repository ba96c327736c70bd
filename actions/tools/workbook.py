"""Workbooks: text stays text, whatever it begins with, and the first row is frozen."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Final

from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Beginnings that a spreadsheet would read as a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\n")
#: Characters that XML cannot hold.
UNSPEAKABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NEW_LINE: Final = re.compile("\r\n?")
#: What a reader of workbooks would take for an escaped character.
ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")

type Value = str | int | float | date | None


def new(title: str) -> Workbook:
    book = Workbook()
    book.properties.creator = "Handlingskatalog"
    book.properties.title = title
    return book


def head(sheet: Worksheet, columns: Iterable[tuple[str | Promise, int]]) -> None:
    """Writes the first row and freezes it; widths are in characters."""
    for column, (name, width) in enumerate(columns, 1):
        first = cell(sheet, 1, column)
        put(first, str(name))
        first.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def cell(sheet: Worksheet, row: int, column: int) -> Cell:
    target = sheet.cell(row, column)
    assert isinstance(target, Cell), "no cell is merged"
    return target


def put(target: Cell, value: Value) -> None:
    """Writes a number or date as such, a text as text, whatever it begins with, also if edited."""
    target.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, str):
        if value:
            target.value = _text(value)
            target.data_type = "s"
            target.quotePrefix = value.startswith(FORMULA)
        return
    target.value = value
    if isinstance(value, datetime):
        target.number_format = "dd-mm-yyyy hh:mm"
    elif isinstance(value, date):
        target.number_format = "dd-mm-yyyy"


def _text(value: str) -> str:
    return ESCAPE.sub("_x005F_", UNSPEAKABLE.sub("", NEW_LINE.sub("\n", value)))


def text_in(value: str) -> str:
    """A cell's text, unescaped and with plain line feeds."""
    spoken = ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return NEW_LINE.sub("\n", spoken)


def to_bytes(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
