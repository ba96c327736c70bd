"""What the report's templates derive from its content: dates, Danish numbers, rows and counts.

Every label comes from the content itself; none is looked up here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import template
from django.utils.translation import gettext as _

from actions import danish
from actions.meaning import ValueKind, meaning_from
from actions.tools import charts
from reports.content.differences import DIRECTIONS, change_sentence
from reports.content.shape import (
    ActionContent,
    Change,
    ClosingContent,
    CorrectionContent,
    FigureVerdict,
    GoalContent,
    IndicatorContent,
    LightCount,
    OutcomeContent,
    PointContent,
    ReportContent,
    SourceContent,
    VerdictCount,
)

register = template.Library()

#: The years that fit a table of figures on the page; the chart has them all.
YEARS_IN_TABLE: Final = 4


@dataclass(frozen=True)
class Tile:
    """A light's count beside last year's; `previous` is None if there was no last year."""

    count: LightCount
    previous: int | None


@dataclass(frozen=True)
class SourceRow:
    """The years in which a figure came from one source; `years` is text: "2024, 2025"."""

    action_number: int
    indicator: str
    source: str
    years: str


@dataclass(frozen=True)
class Unreported:
    """Figures that lack a value for one `reason`; `for_all` if the goal has no other figures."""

    reason: str
    names: str
    for_all: bool


@dataclass(frozen=True)
class FigureRow:
    indicator: IndicatorContent
    points: list[PointContent | None]


@dataclass(frozen=True)
class FigureTable:
    years: list[int]
    rows: list[FigureRow]


@dataclass(frozen=True)
class ClosedFigure:
    """A figure year by year with its verdict."""

    row: FigureRow
    verdict: FigureVerdict


@dataclass(frozen=True)
class VerdictLook:
    """The sign beside a verdict's word, and its field of the bar."""

    sign: str
    fill: str
    ink: str


#: By verdict, of goals and of figures. The report's font has a glyph for each sign.
LOOKS: Final = {
    **dict.fromkeys(["reached", "met"], VerdictLook("✓", "#0f5f6b", "#ffffff")),
    **dict.fromkeys(["not_reached", "not_met"], VerdictLook("×", "#f2c464", "#14272c")),
    **dict.fromkeys(["underway", "later"], VerdictLook("→", "#cfe3e3", "#14272c")),
    **dict.fromkeys(["unknown", "missing"], VerdictLook("?", "#e3e7ea", "#14272c")),
    "stopped": VerdictLook("–", "#eef0f2", "#14272c"),
}


@register.filter
def is_yearly(content: ReportContent) -> bool:
    """Whether it is the report of a year, not of a whole period or half of one."""
    return content["evaluation"] is None and content["final"] is None


@register.filter
def closed(content: ReportContent) -> Iterator[tuple[ActionContent, ClosingContent]]:
    """The actions of a final report, each with what became of it."""
    closings = content["final"]["closings"] if content["final"] else []
    return zip(content["actions"], closings, strict=True)


@register.filter
def outcomes(
    action: ActionContent, closing: ClosingContent
) -> Iterator[tuple[GoalContent, OutcomeContent]]:
    """An action's goals, each with what became of it."""
    return zip(action["goals"], closing["outcomes"], strict=True)


@register.filter
def closed_figures(goal: GoalContent, outcome: OutcomeContent) -> list[ClosedFigure]:
    """The goal's figures with their verdicts; none of a stopped goal."""
    years = figure_table(goal).years
    by_name = {figure["name"]: figure for figure in outcome["figures"]}
    return [
        ClosedFigure(_row(indicator, years), by_name[indicator["name"]])
        for indicator in goal["indicators"]
        if indicator["name"] in by_name
    ]


@register.filter
def verdict_sign(verdict: str) -> str:
    return LOOKS[verdict].sign


@register.filter
def total(counts: Sequence[VerdictCount]) -> int:
    return sum(row["count"] for row in counts)


@register.inclusion_tag("reports/document/_verdict_bar.html")
def verdict_bar(counts: Sequence[VerdictCount], title: str) -> dict[str, Any]:
    """A bar of goals or figures by verdict."""
    segments = charts.light_segments([row["count"] for row in counts])
    parts = zip(counts, [LOOKS[row["verdict"]] for row in counts], segments, strict=True)
    return {"parts": [part for part in parts if part[0]["count"]], "title": title}


@register.filter
def iso_date(day: str) -> str:
    return danish.format_date(date.fromisoformat(day[:10])) if day else ""


@register.filter
def tiles(content: ReportContent) -> list[Tile]:
    """A tile for every light, and one for the goals without a light if there are any."""
    previous = {count["light"]["code"]: count["goals"] for count in content["previous_counts"]}
    has_previous = content["previous_year"] is not None and bool(previous)
    return [
        Tile(count, previous.get(count["light"]["code"], 0) if has_previous else None)
        for count in content["counts"]
        if count["light"]["code"] or count["goals"]
    ]


@register.filter
def news_title(content: ReportContent) -> str:
    """The heading of the report's first section."""
    if content["has_round"] and content["previous_year"] is None:
        return _("Målene i dag")
    return _("Ændret siden %(year)s") % {"year": content["previous_year"] or _("sidste år")}


@register.filter
def correction_title(correction: CorrectionContent) -> str:
    return _("Ændringer siden %(number)d. udgave") % {"number": correction["before"]}


@register.filter
def worst_first(changes: Sequence[Change]) -> list[Change]:
    """The changes for the worse, for the better, and the rest, each in the catalogue's order."""
    return sorted(changes, key=lambda change: list(DIRECTIONS).index(change["direction"]))


@register.filter
def has_many_goals(content: ReportContent, action_number: int) -> bool:
    """Whether the action has several goals, so that a number must tell which is meant."""
    return any(
        action["number"] == action_number and len(action["goals"]) > 1
        for action in content["actions"]
    )


@register.filter
def figure_table(goal: GoalContent) -> FigureTable:
    """The goal's figures with a column for each of the latest years that any of them has."""
    all_years = {point["year"] for row in goal["indicators"] for point in row["points"]}
    years = sorted(all_years)[-YEARS_IN_TABLE:]
    return FigureTable(years, [_row(indicator, years) for indicator in goal["indicators"]])


@register.filter
def point_of(indicator: IndicatorContent, year: int) -> PointContent | None:
    return next((point for point in indicator["points"] if point["year"] == year), None)


@register.filter
def has_course(indicator: IndicatorContent) -> bool:
    """Whether a chart adds to the table: two values, or one with its target in a later year.

    A yes or no has none.
    """
    if indicator["kind"] == ValueKind.YES_NO:
        return False
    measured = [point["year"] for point in indicator["points"] if point["value"]]
    return len(measured) > 1 or (bool(measured) and not is_due(indicator, measured[-1]))


@register.filter
def unreported(goal: GoalContent, year: int) -> list[Unreported]:
    """The goal's figures that are missing in a year, grouped by reason."""
    names: dict[str, list[str]] = {}
    for indicator in goal["indicators"]:
        point = point_of(indicator, year)
        if point is not None and not (point["value"] or point.get("between")):
            names.setdefault(point["missing_reason"], []).append(indicator["name"])
    everything = len(goal["indicators"])
    return [
        Unreported(reason, "; ".join(figures), len(figures) == everything)
        for reason, figures in names.items()
    ]


@register.filter
def by_figure(sources: Sequence[SourceContent]) -> list[SourceRow]:
    """One row per figure and source, with the years."""
    years: dict[tuple[int, str, str], list[str]] = {}
    for row in sources:
        key = (row["action_number"], row["indicator"], row["source"])
        years.setdefault(key, []).append(str(row["year"]))
    return [SourceRow(*key, ", ".join(of_source)) for key, of_source in years.items()]


@register.filter
def is_due(indicator: IndicatorContent, year: int) -> bool:
    """Whether the target is due by `year`; before that a lower figure is no miss."""
    return meaning_from(indicator).is_due(year)


def _row(indicator: IndicatorContent, years: Sequence[int]) -> FigureRow:
    return FigureRow(indicator, [point_of(indicator, year) for year in years])


register.filter(change_sentence)
