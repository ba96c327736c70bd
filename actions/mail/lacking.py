"""Who lacks what in a round: statuses, values that they deliver, and what others ask for.

An app that asks heads for something with the round signs up for it in `AppConfig.ready`:

    def ready(self) -> None:
        lacking.sources.append(work.recommendations_awaited)
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from actions.access import Mandate
from actions.danish import sort_key
from actions.mail.comments import with_comment
from actions.models import (
    Action,
    Appointment,
    Delegation,
    Goal,
    GoalStatus,
    Indicator,
    Notice,
    Responsibility,
    Round,
    User,
)
from actions.models.figures import awaited
from actions.tools.together import Row, picked, read_together


@dataclass(frozen=True)
class Wanted:
    """A text that those who submit for an action are to write, besides the statuses.

    `title` says what it is, `text` what to write, `label` of which action, `path` where.
    """

    action: int
    title: str
    text: str
    label: str
    path: str


@dataclass(frozen=True)
class Lacking:
    """Somebody who lacks something, with the posts they write for and the statuses that wait;
    `indicators` are those whose values they deliver, `wanted` what else is asked for.
    """

    user: User
    positions: tuple[str, ...]
    statuses: tuple[GoalStatus, ...]
    indicators: tuple[Indicator, ...] = ()
    wanted: tuple[Wanted, ...] = ()


#: Gives what a round asks of the heads of an action, besides the statuses.
type Source = Callable[[Round], Sequence[Wanted]]

sources: list[Source] = []


def lacking(round_: Round, today: date) -> list[Lacking]:
    """Heads, those who write for them, and suppliers, by name; the queries do not grow with them.

    A text besides the statuses is for those only who submit, and a reason of its own to write to
    them from the day the statuses are due.
    """
    rows = with_comment(round_.statuses.waiting_for_head()).select_related("goal__action")
    statuses = list(rows.in_catalogue_order())
    for status in statuses:
        status.round = round_
    wanted = [row for source in sources for row in source(round_)]
    actions = {status.goal.action_id for status in statuses} | {row.action for row in wanted}
    positions: dict[int, set[int]] = {}  # of each action
    names: dict[int, str] = {}
    answering = Responsibility.objects.filter(action__in=actions).select_related("position")
    for responsible in answering.order_by("action", "order"):
        positions.setdefault(responsible.action_id, set()).add(responsible.position_id)
        names[responsible.position_id] = responsible.position.name
    found = [
        Lacking(
            who.user,
            tuple(name for position, name in names.items() if position in who.writes),
            tuple(row for row in statuses if positions[row.goal.action_id] & who.writes),
            tuple(who.delivers),
            tuple(row for row in wanted if positions.get(row.action, set()) & who.submits),
        )
        for who in _people(round_, names, today)
    ]
    alone = stands_alone(round_, today)
    return [row for row in found if row.statuses or row.indicators or (alone and row.wanted)]


def stands_alone(round_: Round, today: date) -> bool:
    """Whether what is wanted besides the statuses is reason enough for a mail: they are due."""
    return today >= round_.due


def wanted_of(mandate: Mandate, asking: Iterable[Notice]) -> list[tuple[Round, list[Wanted]]]:
    """What else the rounds that ask want of somebody. A query if they want anything."""
    rounds = sorted({row.round for row in asking if row.round}, key=lambda row: row.pk)
    asked = [(round_, [row for source in sources for row in source(round_)]) for round_ in rounds]
    if not any(rows for _round, rows in asked):
        return []
    answers = Responsibility.objects.filter(position__in=list(mandate.submits_for))
    own = set(answers.values_list("action", flat=True))
    mine = [(round_, [row for row in rows if row.action in own]) for round_, rows in asked]
    return [(round_, rows) for round_, rows in mine if rows]


@dataclass
class _Person:
    """Somebody with the posts they write and submit for, and the indicators they deliver."""

    user: User
    writes: set[int] = field(default_factory=set)
    submits: set[int] = field(default_factory=set)
    delivers: list[Indicator] = field(default_factory=list)


#: What a mail and a list need of a user.
OF_USER: Final = ("username", "first_name", "last_name", "email", "is_active")
#: What a mail needs of an indicator.
OF_INDICATOR: Final = {
    "key": "pk",
    "name": "name",
    "number": "goal__action__number",
    "goal": "goal__number",
    "order": "order",
    "title": "goal__action__title",
}


def _people(round_: Round, positions: Iterable[int], today: date) -> list[_Person]:
    """Who writes for the positions, and who delivers a value that is awaited; by name. A query."""
    wanted = list(positions)
    held = Appointment.objects.in_force(today)
    lent = Delegation.objects.in_force(today).filter(position__in=wanted)
    values = awaited(round_)
    named = values.filter(supplier__user__isnull=False)
    by_post = "supplier__position__appointments"
    in_office = Q(**{f"{by_post}__in": held})
    rows = read_together(
        held=_with_user(held.filter(position__in=wanted), "user", position="position_id"),
        lent=_with_user(lent, "deputy", position="position_id", submits="may_submit"),
        named=_with_user(named, "supplier__user", **OF_INDICATOR),
        in_office=_with_user(values.filter(in_office), f"{by_post}__user", **OF_INDICATOR),
    )
    people: dict[int, _Person] = {}
    for table, row in ((name, row) for name, of_table in rows.items() for row in of_table):
        user = User(**{name: row[f"user_{name}"] for name in ("id", *OF_USER)})
        who = people.setdefault(user.pk, _Person(user))
        if table in ("held", "lent"):
            who.writes.add(row["position"])
        if table == "held" or row.get("submits"):
            who.submits.add(row["position"])
        if "key" in row:
            who.delivers.append(_indicator(row, round_))
    for who in people.values():
        who.delivers.sort(key=_in_catalogue)
    return sorted(people.values(), key=lambda who: (sort_key(str(who.user)), who.user.pk))


def _with_user(rows: QuerySet[Any], user: str, **names: str) -> QuerySet[Any, Any]:
    of_user = {f"user_{name}": f"{user}__{name}" for name in ("id", *OF_USER)}
    return picked(rows.order_by(), **of_user, **names)


def _indicator(row: Row, round_: Round) -> Indicator:
    """As much of it as is named and linked to."""
    action = Action(catalogue=round_.catalogue, number=row["number"], title=row["title"])
    goal = Goal(action=action, number=row["goal"])
    return Indicator(pk=row["key"], name=row["name"], order=row["order"], goal=goal)


def _in_catalogue(row: Indicator) -> tuple[int, int, int]:
    return row.goal.action.number, row.goal.number, row.order
