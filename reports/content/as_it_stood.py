"""A report's actions from an earlier version of the catalogue: that year's words, under the ids of
today's rows, on which statuses and figures hang. The rows are never saved.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from actions.catalogue.file import ActionRow, CatalogueRows, GoalRow, IndicatorRow
from actions.catalogue.planner import wanted_indicator
from actions.catalogue.versions.store import Timeline
from actions.models import Action, Catalogue, CatalogueVersion, Goal, Round
from actions.models.versions import day_of, is_in_force, turns_in
from reports.content.data import ActionData, GoalData, IndicatorData, Meanings
from reports.models import Kind

#: The fields of a catalogue that a report prints.
FRAME = (
    *("title", "municipality", "strategy", "vision", "period_from", "period_to", "midterm_year"),
    *("overall_responsible", "coordinator", "steering_committee", "council"),
)


def _tells_today(round_: Any) -> bool:
    """Whether the round's report tells the catalogue as it stands; rows come from `queries`."""
    return _stood(round_, *day_of(round_))


def _stood(round_: Any, day: date, moment: datetime | None = None) -> bool:
    """Whether the catalogue stood on a day as it does now; any of its rounds knows."""
    if round_.latest_in_force is None:
        return True  # it has no versions
    return is_in_force(round_.latest_in_force, round_.latest_at, day, moment)


def earlier_version(
    catalogue: Catalogue, rounds: list[Round], year: int
) -> CatalogueVersion | None:
    """The version that the year's report tells, unless that stands; mostly without a query. A year
    without a round tells its last day.
    """
    of_year = next((row for row in rounds if row.year == year), None)
    day, moment = day_of(of_year) if of_year else (date(year, 12, 31), None)
    if rounds and _stood(rounds[-1], day, moment):
        return None
    time = Timeline(catalogue)
    version = time.on(day, moment)
    return None if time.is_latest(version) else version


def meanings_of(
    catalogue: Catalogue, rounds: list[Round], told: CatalogueVersion | None, kind: Kind
) -> Meanings:
    """The new meanings since the earlier `rounds`, up to the version `told`; None is the latest.

    A yearly report has no course to tell them in.
    """
    if kind is Kind.STATUS or all(map(_tells_today, rounds)):
        return Meanings()
    time = Timeline(catalogue)
    turns = [
        turn
        for turn in turns_in(reversed(time.latest_first))
        if told is None or turn.version.pk <= told.pk
    ]
    meanings = Meanings()
    for turn in turns:
        meanings.turns.setdefault(turn.goal, []).append(turn)
    for row in rounds:
        version = time.of(row)
        for turn in turns:
            if version is not None and turn.version.pk > version.pk:
                # Of several the first tells what the goal said then.
                meanings.texts.setdefault((turn.goal, row.year), turn.before)
    return meanings


def catalogue_as(catalogue: Catalogue, rows: CatalogueRows) -> Catalogue:
    """The catalogue with the fields of a version."""
    then = Catalogue(pk=catalogue.pk, slug=catalogue.slug)
    for name in FRAME:
        setattr(then, name, getattr(rows, name))
    return then


def actions_as(catalogue: Catalogue, rows: CatalogueRows) -> dict[int, ActionData]:
    """The version's actions by id, in its order, with all that stood around their goals."""
    return {row.known or 0: _action(catalogue, row) for row in rows.actions}


def _action(catalogue: Catalogue, row: ActionRow) -> ActionData:
    action = Action(
        pk=row.known,
        catalogue=catalogue,
        number=row.number,
        title=row.title,
        summary=row.summary,
        purpose=row.purpose,
        **_lasts(row),
    )
    return ActionData(
        action,
        goals=list(_goals(action, row.goals)),
        responsible=[{"position": one.position, "note": one.note} for one in row.responsible],
        partners=[{"name": one.name, "contribution": one.contribution} for one in row.partners],
        initiatives=[
            {
                "title": one.title,
                "milestones": [f"{step.year}: {step.text}" for step in one.milestones],
            }
            for one in row.initiatives
        ],
        posts={one.known: one.position for one in row.responsible if one.known},
    )


def _lasts(row: ActionRow | GoalRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("starts_on", "stopped_on", "stopped_by")}


def _goals(action: Action, rows: tuple[GoalRow, ...]) -> Iterator[GoalData]:
    for number, row in enumerate(rows, 1):
        goal = Goal(pk=row.known, action=action, number=number, text=row.text, **_lasts(row))
        indicators = (_indicator(goal, order, one) for order, one in enumerate(row.indicators, 1))
        yield GoalData(goal, list(indicators))


def _indicator(goal: Goal, order: int, row: IndicatorRow) -> IndicatorData:
    indicator = wanted_indicator(goal, order, row)
    indicator.pk = row.known
    return IndicatorData(indicator)
