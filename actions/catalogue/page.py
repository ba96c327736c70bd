"""What the pages of the catalogue and of an action show."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.access import Mandate, visible_statuses
from actions.danish import format_quantity
from actions.models import (
    Action,
    Catalogue,
    Goal,
    GoalStatus,
    InitiativeRelation,
    Milestone,
    Responsibility,
    Round,
    State,
)
from actions.models.catalogue import Lasting, responsible_of
from actions.models.goals import IndicatorTargets, targets_of
from actions.models.status import SHOWN_TO_OTHERS
from actions.models.versions import Turn, said_then, turns_of
from actions.tools.together import Row, picked, read_together


@dataclass
class GoalLight:
    """A goal with its latest visible light; `light` is "" if there is none.

    `of_year`: the year of the round that it is from, if that is an earlier one; else 0.
    """

    goal: Goal
    light: str
    of_year: int = 0

    @property
    def stopped(self) -> Lasting | None:
        """What is stopped today: the goal, or its action."""
        return self.goal.stopped(timezone.localdate())


@dataclass
class ActionOverview:
    action: Action
    responsible: list[Responsibility]
    goals: list[GoalLight]

    @property
    def is_stopped(self) -> bool:
        return self.action.is_stopped(timezone.localdate())


@dataclass(frozen=True)
class GoalCount:
    """The goals of a catalogue, and how many of them are stopped."""

    goals: int
    stopped: int


def goals_counted(rows: list[ActionOverview]) -> GoalCount:
    goals = [goal for row in rows for goal in row.goals]
    return GoalCount(len(goals), sum(goal.stopped is not None for goal in goals))


def catalogue_rows(
    catalogue: Catalogue, round_: Round | None, mandate: Mandate
) -> list[ActionOverview]:
    """The actions with their goals, and the lights of a round that the reader may see.

    A goal without one has that of the latest round before, unless it means something new since.
    """
    goals = Goal.objects.filter(action__catalogue=catalogue).select_related("action")
    goals = goals.order_by("action__number", "number")
    lights = _lights(round_, mandate) if round_ else {}
    responsible = responsible_of({goal.action_id for goal in goals})
    return [
        ActionOverview(
            action,
            responsible.get(action.pk, []),
            [lights.get(goal.pk, GoalLight(goal, "")) for goal in of_action],
        )
        for action, of_action in groupby(goals, key=lambda goal: goal.action)
    ]


def _lights(round_: Round, mandate: Mandate) -> dict[int, GoalLight]:
    """The goals that have a light in the round, or handed in in an earlier one, by id."""
    rounds = round_.catalogue.rounds.filter(year__lte=round_.year)
    handed_in = Q(round=round_) | Q(state__in=SHOWN_TO_OTHERS)
    statuses = visible_statuses(mandate).filter(handed_in, round__in=rounds).exclude(light="")
    latest: dict[int, GoalStatus] = {}
    for status in statuses.select_related("round", "goal__action").order_by("-round__year"):
        latest.setdefault(status.goal_id, status)
    earlier = [row for row in latest.values() if row.round_id != round_.pk]
    turns = turns_of(round_.catalogue) if earlier else []
    lights = {}
    for goal, status in latest.items():
        if status.round_id == round_.pk:
            lights[goal] = GoalLight(status.goal, status.light)
        elif goal not in said_then(turns, status.round):
            lights[goal] = GoalLight(status.goal, status.light, status.round.year)
    return lights


@dataclass(frozen=True)
class RelatedInitiative:
    """An initiative that another one names, with its action."""

    title: str
    action_number: int
    action_title: str


@dataclass
class InitiativePage:
    """An initiative: context for the goals. It has no status."""

    title: str
    description: str
    milestones: list[tuple[int, str]] = field(default_factory=list)
    related: list[RelatedInitiative] = field(default_factory=list)


@dataclass
class GoalCourse:
    """A goal with its visible statuses, the newest round first, and its targets."""

    goal: Goal
    statuses: list[GoalStatus]
    indicators: list[IndicatorTargets]
    turns: list[Turn] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[GoalStatus, str]]:
        """Each status with what the goal said then, "" if it means the same now."""
        return [
            (status, said_then(self.turns, status.round).get(self.goal.pk, ""))
            for status in self.statuses
        ]

    @property
    def is_stopped(self) -> bool:
        """Whether the goal has an end of its own, today or ahead."""
        return self.goal.stopped_on is not None


@dataclass(frozen=True)
class Kin:
    """An action of the same catalogue that this one came from, or became a part of."""

    kind: str
    number: int
    title: str


@dataclass(frozen=True)
class Money:
    """What the action costs or gets in a year: "2027, anlæg, afsat" and "1.250.000 kr."."""

    heading: str
    amount: str
    decision: str


@dataclass
class ActionPage:
    """`came_from` is what it was split or merged from, `became` what it was split into or merged
    in; `earlier` are the statuses of all that it came from, however long ago.
    """

    action: Action
    responsible: list[Responsibility]
    partners: list[Row]
    goals: list[GoalCourse]
    initiatives: list[InitiativePage]
    came_from: list[Kin]
    became: list[Kin]
    earlier: list[GoalStatus]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Where the action belongs, as heading and text; what is not said is left out."""
        action = self.action
        facts = [
            (_("Egen kode"), action.code),
            (_("Tema"), action.theme),
            (_("Politisk udvalg"), action.committee),
            (_("Verdensmål"), ", ".join(map(str, action.sdg))),
            (_("Ambition i planstrategien"), action.ambition),
        ]
        return [(heading, text) for heading, text in facts if text]

    @property
    def money(self) -> list[Money]:
        return [
            Money(
                heading=", ".join(filter(None, (str(row["year"]), row["kind"], row["state"]))),
                amount=format_quantity(Decimal(row["amount"]), "kr."),
                decision=row["decision"],
            )
            for row in self.action.money
        ]


def action_page(action: Action, mandate: Mandate) -> ActionPage:
    courses: dict[int, list[GoalStatus]] = {}
    line = Action.objects.filter(pk=action.pk).with_forebears()
    visible = visible_statuses(mandate).filter(goal__action__in=line)
    related = visible.select_related("round__catalogue", "goal__action__catalogue")
    rows = list(related.order_by("-round__year", "goal__action__number", "goal__number"))
    for status in rows:
        courses.setdefault(status.goal_id, []).append(status)
    turns, around = turns_of(action.catalogue), _around(action)
    return ActionPage(
        action=action,
        responsible=responsible_of([action.pk]).get(action.pk, []),
        partners=sorted(around["partners"], key=itemgetter("order", "name")),
        goals=[
            GoalCourse(
                goal,
                courses.get(goal.pk, []),
                indicators,
                [turn for turn in turns if turn.goal == goal.pk],
            )
            for goal, indicators in targets_of(action.goals.all())
        ],
        initiatives=_initiatives(around),
        came_from=_kin(around["came_from"]),
        became=_kin(around["became"]),
        earlier=[
            row
            for row in rows
            if row.goal.action_id != action.pk and row.state != State.NOT_STARTED
        ],
    )


def _around(action: Action) -> dict[str, list[Row]]:
    """Partners, initiatives and kin, in one query."""
    return read_together(
        partners=picked(
            action.partnerships.all(), *("order", "contribution"), name="partner__name"
        ),
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
        came_from=picked(
            action.descents.all(), "kind", number="origin__number", title="origin__title"
        ),
        became=picked(action.became.all(), "kind", number="action__number", title="action__title"),
    )


def _kin(rows: list[Row]) -> list[Kin]:
    return [Kin(**row) for row in sorted(rows, key=itemgetter("number"))]


def _initiatives(read: dict[str, list[Row]]) -> list[InitiativePage]:
    """The initiatives in order, each with its milestones and the initiatives it names."""
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
