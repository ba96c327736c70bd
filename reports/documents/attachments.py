"""The files attached to the PDF (PDF/A-3): the data behind the figures, and the whole content.

`indhold.json` is the content byte for byte as it is hashed, so that whoever has the PDF can
recompute the SHA-256 on the colophon. The tables are for Danish spreadsheets: separated by
semicolons, with decimal commas.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _

from actions.meaning import ValueKind, meaning_from
from reports.content.shape import GoalContent, IndicatorContent, ReportContent, canonical_text

#: Makes a spreadsheet read the file as UTF-8.
BYTE_ORDER_MARK: Final = "\ufeff"
#: The first characters of what a spreadsheet takes for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Attachment:
    """A file in the PDF; `relationship` is its AFRelationship to the report."""

    name: str
    description: str
    relationship: str
    text: str


def attachments(content: ReportContent, *, frozen: object = None) -> list[Attachment]:
    """The files sorted by name, as the PDF's name tree requires.

    `frozen` is the content as it was published, if in another shape than today's.
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
        for row in goal["indicators"]:
            about = [row["name"], row["unit"], row["comparison_word"], *_target(row)]
            for point in row["points"]:
                number = _value(row, point["value"])
                value = [str(point["year"]), number, point["missing_reason"]]
                source = [point["source"], point["comment"]]
                yield [action, title, str(goal["number"]), *about, *value, *source]


def _lights(content: ReportContent) -> Iterator[list[str]]:
    yield ["handling", "titel", "mål", "målets tekst", "år", "vurdering", "kode"]
    for action, title, goal in _goals(content):
        for row in goal["lights_by_year"]:
            light = row["light"]
            given = [light["word"], light["code"]] if light else ["", ""]
            yield [action, title, str(goal["number"]), goal["text"], str(row["year"]), *given]


def _goals(content: ReportContent) -> Iterator[tuple[str, str, GoalContent]]:
    for action in content["actions"]:
        for goal in action["goals"]:
            yield str(action["number"]), action["title"], goal


def _target(row: IndicatorContent) -> list[str]:
    """A target and its time; with both ends of a range, and the targets on the way."""
    ends = [_value(row, row["target"]), _value(row, row["upper"])]
    steps = [f"{step['year']}: {_value(row, step['value'])}" for step in row["targets"]]
    timing = [row["timing"], f"({'; '.join(steps)})" if steps else ""]
    return [" – ".join(filter(None, ends)), " ".join(filter(None, timing))]


def _value(row: IndicatorContent, value: str) -> str:
    """A number, with all its decimals, or a yes or no."""
    is_word = value and row["kind"] == ValueKind.YES_NO
    return meaning_from(row).number(Decimal(value)) if is_word else _number(value)


def _number(value: str) -> str:
    return value.replace(".", ",")


def _table(rows: Iterable[list[str]]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";").writerows(map(_cell, row) for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(text: str) -> str:
    """The text, quoted if a spreadsheet would take it for a formula; "-3,5" is a number."""
    is_number = text.removeprefix("-").replace(",", "", 1).isdecimal()
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text
