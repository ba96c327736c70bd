"""Goals that a later catalogue's round asks for: what is given there stands in this report too.

See `GoalStatusQuerySet.given_for`. An indicator is the one with the same name and unit.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from actions.models import GoalStatus, Measurement, Round
from actions.models.status import EARLIER
from reports.content.data import ActionData, IndicatorData

#: The status that stands for a goal in a year, by the goal's id and the year of the round.
type GivenLater = dict[tuple[int, int], GoalStatus]


def asks_later() -> Exists:
    """Whether a later catalogue's round asks for some of a round's goals."""
    return Exists(GoalStatus.objects.given_for(round=OuterRef("pk")))


def given_later(rounds: Iterable[Round]) -> GivenLater:
    """Handed in or not. No query if no round is marked `asks_later`."""
    years = {row.pk: row.year for row in rounds if getattr(row, "asks_later", False)}
    if not years:
        return {}
    rows: QuerySet[Any] = GoalStatus.objects.given_for(round__in=list(years))
    rows = rows.annotate(of_round=F(f"{EARLIER}__round")).select_related("round__catalogue", "goal")
    return {
        (origin, years[row.of_round]): row
        for row in rows.order_by("round__opens", "-pk")
        if (origin := row.goal.origin_id)
    }


def handed_in_later(later: GivenLater) -> GivenLater:
    return {key: row for key, row in later.items() if row.is_shown_to_others}


def add_later_figures(actions: Iterable[ActionData], later: GivenLater) -> None:
    """The values that are known of the later catalogue's indicators, where these have none."""
    if not later:
        return
    by_goal = _by_name(actions)
    year_of = {row.goal_id: row.round.measured_year for row in later.values()}
    origin_of = {row.goal_id: goal for (goal, _year), row in later.items()}
    told = Measurement.objects.filter(
        indicator__goal__in=year_of, year__in=set(year_of.values())
    ).select_related("indicator")
    for (indicator, year), rows in groupby(
        told.order_by("indicator", "year", "pk"), key=attrgetter("indicator", "year")
    ):
        figure = by_goal.get(origin_of[indicator.goal_id], {}).get((indicator.name, indicator.unit))
        if figure and year == year_of[indicator.goal_id] and year not in figure.values:
            figure.add_year(list(rows))
            figure.measurements.sort(key=attrgetter("year"))


def _by_name(
    actions: Iterable[ActionData],
) -> Mapping[int, Mapping[tuple[str, str], IndicatorData]]:
    return {
        goal.goal.pk: {(row.indicator.name, row.indicator.unit): row for row in goal.indicators}
        for action in actions
        for goal in action.goals
    }
