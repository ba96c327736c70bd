"""What the report's templates derive from its content: dates, Danish numbers, rows and counts.

Every label comes from the content itself; none is looked up here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import danish
from actions.tools import charts
from reports.content.differences import DIRECTIONS, change_sentence
from reports.content.shape import (
    ActionContent,
    Change,
    ClosingContent,
    CorrectionContent,
    GoalContent,
    LightContent,
    LightCount,
    OutcomeContent,
    ReportContent,
    SourceContent,
    VerdictCount,
)

register = template.Library()

#: The years that fit the overview of lights, on paper and on a phone.
YEARS_IN_OVERVIEW: Final = 8
YEARS_ON_PHONE: Final = 3


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
class OverviewYear:
    """A column of the overview; `is_older` if a phone has no room for it."""

    number: int
    is_current: bool
    is_older: bool


@dataclass(frozen=True)
class OverviewLight:
    year: OverviewYear
    light: LightContent | None


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
def overview_years(content: ReportContent) -> list[OverviewYear]:
    """The latest years of the overview, as many as fit."""
    years = content["years"][-YEARS_IN_OVERVIEW:]
    return [
        OverviewYear(year, year == content["year"], place >= YEARS_ON_PHONE)
        for place, year in enumerate(reversed(years))
    ][::-1]


@register.filter
def overview_note(content: ReportContent) -> str:
    """Which years the overview lacks; "" if it has all."""
    earlier = content["years"][:-YEARS_IN_OVERVIEW]
    if not earlier:
        return ""
    words = {"n": YEARS_IN_OVERVIEW, "first": earlier[0], "last": earlier[-1]}
    if len(earlier) == 1:
        return _("Overblikket viser de seneste %(n)d år, ikke %(first)d.") % words
    return _("Overblikket viser de seneste %(n)d år, ikke %(first)d–%(last)d.") % words


@register.filter
def lights_in(goal: GoalContent, years: Sequence[OverviewYear]) -> list[OverviewLight]:
    """The goal's light in each year of the overview."""
    by_year = {row["year"]: row["light"] for row in goal["lights_by_year"]}
    return [OverviewLight(year, by_year.get(year.number)) for year in years]


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
    if content["previous_year"] is None:
        return _("Målene i %(year)d") % {"year": content["year"]}
    return _("Ændret siden %(year)d") % {"year": content["previous_year"]}


@register.filter
def in_actions(number: int) -> str:
    """ "1 handling", "11 handlinger"."""
    return ngettext("%(n)d handling", "%(n)d handlinger", number) % {"n": number}


@register.filter
def has_figures(content: ReportContent) -> bool:
    """Whether the report has a value of any year."""
    return any(
        point["value"]
        for action in content["actions"]
        for goal in action["goals"]
        for indicator in goal["indicators"]
        for point in indicator["points"]
    )


@register.filter
def has_new_figures(content: ReportContent) -> bool:
    """Whether the report has a value of its measured year."""
    return content["progress"]["figures"] > content["progress"]["figures_missing"]


@register.filter
def nothing_missing(content: ReportContent) -> str:
    """What can be said of a report without gaps: no more than it has."""
    if not content["progress"]["goals"]:
        return _("Der er ingen mål at give status på.")
    if not content["progress"]["figures"]:
        return _("Intet: alle mål har en status.")
    words = {"year": content["measured_year"]}
    return _("Intet: alle mål har en status, og alle tal for %(year)d er med.") % words


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
def by_figure(sources: Sequence[SourceContent]) -> list[SourceRow]:
    """One row per figure and source, with the years."""
    years: dict[tuple[int, str, str], list[str]] = {}
    for row in sources:
        key = (row["action_number"], row["indicator"], row["source"])
        years.setdefault(key, []).append(str(row["year"]))
    return [SourceRow(*key, ", ".join(of_source)) for key, of_source in years.items()]


register.filter(change_sentence)
