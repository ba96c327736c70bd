"""What the pages show: rows gathered in a fixed number of queries, whatever the size."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db.models import Prefetch

from actions.access import Mandate, lacks_signature, visible_statuses, writable_statuses
from actions.dialogue_page import Dialogue, dialogue_of, standings_of
from actions.entry import Entry, entry_of
from actions.models import (
    Action,
    Catalogue,
    Event,
    Goal,
    GoalStatus,
    Indicator,
    InitiativeRelation,
    Measurement,
    Milestone,
    Partnership,
    Responsibility,
    Round,
    RoundState,
    State,
)
from actions.suggestion import Suggestion
from actions.targets import IndicatorTargets, targets_of
from actions.tools.together import picked, read_together
from actions.workflow import Verb, possible_moves, suggestion_for

#: So many years fit the table of figures; the chart has them all.
YEARS_IN_TABLE: Final = 4

type Responsible = dict[int, list[Responsibility]]


def responsible_of(actions: Iterable[int]) -> Responsible:
    """The responsible positions of each action, with their administrations, in its order."""
    rows = Responsibility.objects.filter(action__in=list(actions))
    found: Responsible = {}
    for row in rows.select_related("position__administration").order_by("action", "order"):
        found.setdefault(row.action_id, []).append(row)
    return found


def marked(rows: Iterable[GoalStatus], mark: str) -> set[int]:
    """The ids of the rows whose annotation of that name is true."""
    return {row.pk for row in rows if getattr(row, mark)}


def current_catalogue(today: date) -> Catalogue | None:
    """The catalogue whose period we are in, else the latest that has begun, else the next.

    Where two periods overlap, the later one takes over with its first round: until then it is
    being made, and the short addresses lead to the one that reports.
    """

    def nearness(row: Any) -> tuple[bool, bool, bool]:
        return today.year in row.years, row.has_rounds, row.period_from <= today.year

    return max(Catalogue.objects.with_rounds().latest_first(), key=nearness, default=None)


def current_round(catalogue: Catalogue, today: date) -> Round | None:
    """The round that is open; else the latest that has opened, else the first that will."""
    rounds = list(catalogue.rounds.order_by("-year"))
    opened = [row for row in rounds if row.opens <= today]
    is_open = (row for row in opened if row.state(today) is RoundState.OPEN)
    return next(is_open, opened[0] if opened else (rounds[-1] if rounds else None))


def round_to_follow(catalogue: Catalogue, today: date) -> Round | None:
    """The round of a catalogue, unless only another catalogue has an open one: its last."""
    found = current_round(catalogue, today)
    if found is not None and found.state(today) is RoundState.OPEN:
        return found
    others = Round.objects.exclude(catalogue=catalogue).filter(opens__lte=today, closes__gte=today)
    still_open = others.filter(closed_at=None).select_related("catalogue").order_by("due", "pk")
    return still_open.first() or found


def next_round_year(catalogue: Catalogue, today: date) -> int | None:
    """The year of the period that a new round is most likely for: the first from this year on
    that has none, else the last that has none; None where every year has a round.
    """
    taken = set(catalogue.rounds.values_list("year", flat=True))
    free = [year for year in catalogue.years if year not in taken]
    return next((year for year in free if year >= today.year), free[-1] if free else None)


# --- the catalogue -------------------------------------------------------------------------------


@dataclass
class GoalLight:
    """A goal with its visible light in a round; `light` is "" where there is none."""

    goal: Goal
    light: str


@dataclass
class ActionRow:
    action: Action
    responsible: list[Responsibility]
    goals: list[GoalLight]


def catalogue_rows(catalogue: Catalogue, round_: Round | None, mandate: Mandate) -> list[ActionRow]:
    """The actions with their goals and the lights of a round as far as they may be seen."""
    goals = Goal.objects.filter(action__catalogue=catalogue).select_related("action")
    goals = goals.order_by("action__number", "number")
    lights: dict[int, str] = {}
    if round_ is not None:
        visible = visible_statuses(mandate).filter(round=round_)
        lights = dict(visible.values_list("goal", "light"))
    responsible = responsible_of({goal.action_id for goal in goals})
    return [
        ActionRow(
            action,
            responsible.get(action.pk, []),
            [GoalLight(goal, lights.get(goal.pk, "")) for goal in of_action],
        )
        for action, of_action in groupby(goals, key=lambda goal: goal.action)
    ]


@dataclass(frozen=True)
class RelatedInitiative:
    """An effort that another one names, with the action it belongs to."""

    title: str
    action_number: int
    action_title: str


@dataclass
class InitiativePage:
    """An effort: context for the goals. It has no status."""

    title: str
    description: str
    milestones: list[tuple[int, str]] = field(default_factory=list)
    related: list[RelatedInitiative] = field(default_factory=list)


@dataclass
class GoalCourse:
    """A goal with its visible status in every round, newest first, and its targets."""

    goal: Goal
    statuses: list[GoalStatus]
    indicators: list[IndicatorTargets]


@dataclass
class ActionPage:
    action: Action
    responsible: list[Responsibility]
    partners: list[Partnership]
    goals: list[GoalCourse]
    initiatives: list[InitiativePage]


def action_page(action: Action, mandate: Mandate) -> ActionPage:
    courses: dict[int, list[GoalStatus]] = {}
    visible = visible_statuses(mandate).filter(goal__action=action)
    for status in visible.select_related("round__catalogue").order_by("-round__year"):
        courses.setdefault(status.goal_id, []).append(status)
    return ActionPage(
        action=action,
        responsible=responsible_of([action.pk]).get(action.pk, []),
        partners=list(action.partnerships.select_related("partner").order_by("order")),
        goals=[
            GoalCourse(goal, courses.get(goal.pk, []), indicators)
            for goal, indicators in targets_of(action.goals.all())
        ],
        initiatives=_initiatives(action),
    )


def _initiatives(action: Action) -> list[InitiativePage]:
    """The efforts in their order, with their milestones and the efforts that they name."""
    read = read_together(
        initiatives=picked(action.initiatives.all(), "id", "order", "title", "description"),
        milestones=picked(
            Milestone.objects.filter(initiative__action=action),
            *("id", "order", "year", "text"),
            initiative="initiative_id",
        ),
        related=picked(
            InitiativeRelation.objects.filter(initiative__action=action),
            "order",
            initiative="initiative_id",
            title="related__title",
            action_number="related__action__number",
            action_title="related__action__title",
        ),
    )
    pages = {
        row["id"]: InitiativePage(row["title"], row["description"])
        for row in sorted(read["initiatives"], key=itemgetter("order"))
    }
    for row in sorted(read["milestones"], key=itemgetter("order", "id")):
        pages[row["initiative"]].milestones.append((row["year"], row["text"]))
    for row in sorted(read["related"], key=itemgetter("order")):
        pages[row["initiative"]].related.append(
            RelatedInitiative(row["title"], row["action_number"], row["action_title"])
        )
    return list(pages.values())


# --- a head's own goals --------------------------------------------------------------------------


@dataclass
class OwnGoals:
    """The goals somebody writes, in one round; those that wait for them come first.

    `to_sign` are those that another position has submitted, and theirs has not signed.
    """

    round: Round
    state: str
    waiting: list[GoalStatus]
    to_sign: list[GoalStatus]
    done: list[GoalStatus]
    days_left: int

    @property
    def total(self) -> int:
        return len(self.waiting) + len(self.done)

    @property
    def settled(self) -> list[GoalStatus]:
        """What is handed in and asks nothing more of them."""
        return [status for status in self.done if status not in self.to_sign]


def own_goals(mandate: Mandate, today: date) -> list[OwnGoals]:
    """A head's goals in every round, the newest first."""
    rows = list(
        writable_statuses(mandate)
        .annotate(lacks_mine=lacks_signature(position__in=list(mandate.submits_for)))
        .select_related("round__catalogue", "goal__action")
        .order_by("-round__year", "round__catalogue", "goal__action__number", "goal__number")
    )
    lacks_mine = marked(rows, "lacks_mine")
    found = []
    for round_, group in groupby(rows, key=lambda status: status.round):
        statuses = list(group)
        found.append(
            OwnGoals(
                round=round_,
                state=round_.state(today),
                waiting=sorted(
                    (status for status in statuses if status.waits_for_head),
                    key=lambda status: status.state != State.RETURNED,
                ),
                to_sign=[
                    status
                    for status in statuses
                    if status.is_shown_to_others and status.pk in lacks_mine
                ],
                done=[status for status in statuses if not status.waits_for_head],
                days_left=(round_.due - today).days,
            )
        )
    return found


# --- one goal ------------------------------------------------------------------------------------


@dataclass
class IndicatorPage:
    """An indicator with the values that may be seen, by calendar year, up to the measured `year`.

    `year_before` is the year of the previous status, 0 where there is none.
    """

    indicator: Indicator
    values: dict[int, Measurement]
    year: int
    year_before: int

    @property
    def now(self) -> Measurement | None:
        return self.values.get(self.year)

    @property
    def before(self) -> Measurement | None:
        return self.values.get(self.year_before)

    @property
    def is_met(self) -> bool | None:
        """Whether the measured year's value reaches the target; None where it is missing."""
        if self.now is None or self.now.value is None:
            return None
        return self.indicator.is_met_by(self.now.value)

    @property
    def is_due(self) -> bool:
        """Whether the target should be reached by now; before that a lower figure is no miss."""
        return self.indicator.by_year is None or self.indicator.by_year <= self.year

    @property
    def points(self) -> list[tuple[int, Decimal | None]]:
        return [(year, row.value) for year, row in sorted(self.values.items())]


@dataclass
class GoalPage:
    """One goal's status with all that stands beside it.

    `returned_because` is the coordinator's comment, while the status waits for the answer to it.
    """

    status: GoalStatus
    entry: Entry
    responsible: list[Responsibility]
    indicators: list[IndicatorPage]
    previous: GoalStatus | None
    returned_because: Event | None
    dialogue: Dialogue
    suggestion: Suggestion
    moves: list[Verb]
    round_state: RoundState
    is_own: bool

    @property
    def can_take_over(self) -> bool:
        """Whether last year's status can stand for this year's, which says nothing yet."""
        before = self.previous
        return before is not None and before.is_shown_to_others and not self.status.progress

    @property
    def years(self) -> list[int]:
        """The columns of the table of figures: the latest years that any indicator has."""
        years = {year for page in self.indicators for year in page.values}
        return sorted(years | {self.status.round.measured_year})[-YEARS_IN_TABLE:]

    @property
    def figures(self) -> list[tuple[IndicatorPage, list[tuple[int, Measurement | None]]]]:
        """The rows of that table: an indicator with its measurement, or None, in each year."""
        return [
            (page, [(year, page.values.get(year)) for year in self.years])
            for page in self.indicators
        ]


def goal_page(status: GoalStatus, mandate: Mandate, today: date) -> GoalPage:
    """Gathers the page; `status` comes from `actions.access` with round, goal and action."""
    visible = visible_statuses(mandate)
    measurements = Measurement.objects.filter(status__in=visible)
    indicators = list(
        status.goal.indicators.order_by("order").prefetch_related(
            Prefetch("measurements", queryset=measurements.order_by("year"), to_attr="seen")
        )
    )
    previous = visible.before(status).first()
    year, year_before = status.round.measured_year, previous.round.measured_year if previous else 0
    pages = [
        IndicatorPage(indicator, _by_year(indicator.seen, year), year, year_before)
        for indicator in indicators
    ]
    standings = standings_of(status, today)
    responsible = [row.responsibility for row in standings]
    positions = [row.position_id for row in responsible]
    entry = entry_of(status, [page.now for page in pages if page.now])
    return GoalPage(
        status=status,
        entry=entry,
        responsible=responsible,
        indicators=pages,
        previous=previous,
        returned_because=_returned_because(status),
        dialogue=dialogue_of(status, standings, mandate, today),
        suggestion=suggestion_for(status.round, indicators, entry),
        moves=possible_moves(status, mandate, positions, today),
        round_state=status.round.state(today),
        is_own=not mandate.position_ids.isdisjoint(positions),
    )


def _returned_because(status: GoalStatus) -> Event | None:
    if status.state != State.RETURNED:
        return None
    return getattr(status, "sent_back", None)  # nothing is set where nothing was joined


def _by_year(measurements: Iterable[Measurement], last: int) -> dict[int, Measurement]:
    return {row.year: row for row in measurements if row.year <= last}
