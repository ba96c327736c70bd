"""Everything that is known of a catalogue's indicators → a workbook or a text, with revisions."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.danish import plain_decimal
from actions.models import Catalogue, Measurement
from actions.tools import workbook
from actions.tools.workbook import FORMULA, Value

#: The headings with their widths in characters.
HEADINGS: Final = (
    *(("katalog", 22), ("handling", 10), ("mål", 8), ("måltal", 45), ("enhed", 12), ("år", 8)),
    *(("værdi", 14), ("mangler fordi", 30), ("kilde", 30), ("bemærkning", 30), ("årsag", 30)),
    *(("gælder", 9), ("skrevet af", 30), ("noteret", 18)),
)


def figures_workbook(catalogue: Catalogue) -> bytes:
    """Every value of the catalogue, also those that were revised since, as .xlsx."""
    book = workbook.new(_("Måltal i %(title)s") % {"title": catalogue.title})
    sheet = book.active
    assert sheet is not None
    sheet.title = _("Måltal")
    workbook.head(sheet, HEADINGS)
    for number, row in enumerate(_rows(catalogue), 2):
        for column, value in enumerate(row, 1):
            shown = float(value) if isinstance(value, Decimal) else value
            workbook.put(workbook.cell(sheet, number, column), shown)
    return workbook.to_bytes(book)


def figures_text(catalogue: Catalogue) -> str:
    """The same as a text with semicolons, as Danish spreadsheets read it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow([heading for heading, _width in HEADINGS])
    for row in _rows(catalogue):
        writer.writerow([_shown(value) for value in row])
    return file.getvalue()


def _rows(catalogue: Catalogue) -> Iterator[list[Value | Decimal]]:
    rows = Measurement.objects.filter(indicator__goal__action__catalogue=catalogue)
    known = set(rows.known().values_list("pk", flat=True))
    rows = rows.select_related("indicator__goal__action").order_by(
        *("indicator__goal__action__number", "indicator__goal__number", "indicator__order"),
        *("year", "pk"),
    )
    for row in rows:
        indicator, goal = row.indicator, row.indicator.goal
        yield [
            *(catalogue.slug, goal.action.number, goal.number, indicator.name, indicator.unit),
            *(row.year, _value(row), row.missing_reason, row.source, row.comment, row.reason),
            _("ja") if row.pk in known else _("nej"),
            ", ".join(dict.fromkeys(filter(None, [row.by_name, row.position]))),
            f"{timezone.localtime(row.at):%d-%m-%Y %H:%M}",
        ]


def _value(row: Measurement) -> Value | Decimal:
    if row.value is None:
        return None
    if row.indicator.meaning.is_yes_no:
        return row.indicator.meaning.number(row.value)
    return row.value


def _shown(value: Value | Decimal) -> str:
    """A cell as text; what a spreadsheet would calculate is marked as text."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_decimal(value).replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text
