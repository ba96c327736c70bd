"""Workbooks: text stays text, whatever it begins with, and the first row is frozen."""

import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
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

#: The first bytes of a workbook, and of one that is old or locked with a password.
ZIP: Final = b"PK\x03\x04"
OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
MAX_UNPACKED: Final = 10 * 1024 * 1024
MAX_PARTS: Final = 500
MERGED: Final = re.compile(rb'<mergeCell\s+ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
BROKEN: Final = gettext_lazy("regnearket er beskadiget og kan ikke læses; gem det igen")

type Value = str | int | float | date | None


class BrokenWorkbook(ValueError):
    """A file that cannot be read as a workbook; the message says why, in Danish."""


def is_workbook(content: bytes) -> bool:
    return content.startswith((ZIP, OLD_OR_LOCKED))


def check_workbook(content: bytes) -> None:
    """Raises BrokenWorkbook if it is no workbook, too large to unpack, or has merged cells."""
    if content.startswith(OLD_OR_LOCKED):
        raise BrokenWorkbook(
            _("filen er i et gammelt format eller låst med adgangskode; gem den som .xlsx")
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                message = _("regnearket fylder for meget, når det pakkes ud (over 10 MB)")
                raise BrokenWorkbook(message)
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise BrokenWorkbook(_("filen er ikke et regneark (.xlsx)"))
            merged = _merged(archive, names)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BrokenWorkbook(str(BROKEN)) from error
    if merged:
        message = _("regnearket har flettede celler ({cells}); ophæv fletningen")
        raise BrokenWorkbook(message.format(cells=", ".join(merged[:5])))


def _merged(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    cells = [ref for name in sorted(sheets) for ref in MERGED.findall(archive.read(name))]
    return [ref.decode() for ref in cells]


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
