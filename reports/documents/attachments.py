"""What lies inside the PDF as files (PDF/A-3): the data behind the figures, and the whole content.

`indhold.json` is the content byte for byte as its SHA-256 is taken, so that whoever has the PDF can
recompute the hash on the colophon. The tables are for Danish spreadsheets: semicolons, and a comma
in numbers.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _

from reports.content.shape import GoalContent, ReportContent, canonical_text

#: What makes a spreadsheet read UTF-8 as such.
BYTE_ORDER_MARK: Final = "\ufeff"
#: Where a spreadsheet would see a formula in a text.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Attachment:
    """A file in the PDF; `relationship` is PDF's AFRelationship: what it is to the report."""

    name: str
    description: str
    relationship: str
    text: str


def attachments(content: ReportContent, *, frozen: object = None) -> list[Attachment]:
    """The files in the order of their names, as the PDF's name tree wants them.

    `frozen` is the content as it was published, if that was in another shape than today's.
    """
    return [
        Attachment(
            "indhold.json",
            _("hele rapportens indhold som data"),
            "Data",
            canonical_text(content if frozen is None else frozen),
        ),
        Attachment(
            "maaltal.csv",
            _("tallene bag tabeller og diagrammer"),
            "Data",
            _table(_figures(content)),
        ),
        Attachment(
            "vurderinger.csv", _("målenes vurderinger år for år"), "Data", _table(_lights(content))
        ),
    ]


def _figures(content: ReportContent) -> Iterator[list[str]]:
    yield [
        *("handling", "titel", "mål", "måltal", "enhed", "sammenligning", "måltal for mål"),
        *("hvornår", "år", "værdi", "mangler", "kilde", "bemærkning"),
    ]
    for action, title, goal in _goals(content):
        for each in goal["indicators"]:
            target = _number(each["target"])
            about = [each["name"], each["unit"], each["comparison_word"], target, each["timing"]]
            for point in each["points"]:
                value = [str(point["year"]), _number(point["value"]), point["missing_reason"]]
                where = [point["source"], point["comment"]]
                yield [action, title, str(goal["number"]), *about, *value, *where]


def _lights(content: ReportContent) -> Iterator[list[str]]:
    yield ["handling", "titel", "mål", "målets tekst", "år", "vurdering", "kode"]
    for action, title, goal in _goals(content):
        for each in goal["lights_by_year"]:
            light = each["light"]
            given = [light["word"], light["code"]] if light else ["", ""]
            yield [action, title, str(goal["number"]), goal["text"], str(each["year"]), *given]


def _goals(content: ReportContent) -> Iterator[tuple[str, str, GoalContent]]:
    for action in content["actions"]:
        for goal in action["goals"]:
            yield str(action["number"]), action["title"], goal


def _number(value: str) -> str:
    return value.replace(".", ",")


def _table(rows: Iterable[list[str]]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";").writerows([_cell(each) for each in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(text: str) -> str:
    """The text, in quotes of its own where a spreadsheet would calculate it; -3,5 is a number."""
    is_number = text.removeprefix("-").replace(",", "", 1).isdecimal()
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text
