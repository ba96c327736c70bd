"""The chase list as a workbook: a pure function from rows to the bytes of an .xlsx."""

from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from actions.lights import LOOKS, Light
from actions.models import Round, State
from actions.rounds.filters import RoundRow, StatusRow
from actions.tools import workbook

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


def chase_list(round_: Round, rows: list[RoundRow]) -> bytes:
    """The rows of a round's page as .xlsx, one line a goal."""
    book = workbook.new(str(round_))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = (
        _("%(round)s (eksempel)") % {"round": round_} if round_.is_example else str(round_)
    )
    _head(sheet)
    for number, (row, line) in enumerate(_lines(rows), 2):
        for column, value in enumerate(_values(round_, row, line), 1):
            workbook.put(workbook.cell(sheet, number, column), value)
        for column, light in ((5, line.previous_light), (6, line.light)):
            _tint(workbook.cell(sheet, number, column), light)
    sheet.auto_filter.ref = sheet.dimensions
    return workbook.to_bytes(book)


def _lines(rows: list[RoundRow]) -> Iterator[tuple[RoundRow, StatusRow]]:
    return ((row, line) for row in rows for line in row.statuses)


def _values(round_: Round, row: RoundRow, line: StatusRow) -> tuple[workbook.Value, ...]:
    places = [responsible.position.administration for responsible in row.responsible]
    opened, changed = line.status.opened_at, line.status.saved_at
    return (
        str(row.action),
        line.goal_text,
        ", ".join(str(responsible) for responsible in row.responsible),
        ", ".join(dict.fromkeys(str(place) for place in places if place is not None)),
        _word(line.previous_light),
        _word(line.light),
        _state(line),
        round_.due,
        timezone.make_naive(opened) if opened else None,
        timezone.make_naive(changed) if changed else None,
        ", ".join(line.unsigned),
        line.missing_figures,
    )


def _state(line: StatusRow) -> str:
    if line.is_stopped:
        return _("Standset")
    if later := line.goes_on_in:
        return _("Gives i %(catalogue)s") % {"catalogue": later.catalogue}
    return str(State(line.status.state).label)


def _word(light: str) -> str:
    return str(Light(light).label) if light else ""


def _head(sheet: Worksheet) -> None:
    """The names and widths of the columns; the names are repeated on every printed page."""
    workbook.head(sheet, COLUMNS)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _tint(cell: Cell, light: str) -> None:
    if light:
        cell.fill = PatternFill("solid", fgColor=LOOKS[Light(light)].tint.removeprefix("#"))
