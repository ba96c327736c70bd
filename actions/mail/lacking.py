"""Who has not handed in what in a round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actions.danish import sort_key
from actions.mail.comments import with_comment
from actions.models import Appointment, Delegation, GoalStatus, Responsibility, Round, User


@dataclass(frozen=True)
class Lacking:
    """Somebody who has not handed in, with the posts they write for and the statuses that wait."""

    user: User
    positions: tuple[str, ...]
    statuses: tuple[GoalStatus, ...]


def lacking(round_: Round, today: date) -> list[Lacking]:
    """Heads, and those who write for them, with goals not handed in; by name, in five queries."""
    rows = with_comment(round_.statuses.waiting_for_head()).select_related("goal__action")
    statuses = list(rows.in_catalogue_order())
    for status in statuses:
        status.round = round_
    actions = {status.goal.action_id for status in statuses}
    positions: dict[int, set[int]] = {}  # of each action
    names: dict[int, str] = {}
    answering = Responsibility.objects.filter(action__in=actions).select_related("position")
    for responsible in answering.order_by("action", "order"):
        positions.setdefault(responsible.action_id, set()).add(responsible.position_id)
        names[responsible.position_id] = responsible.position.name
    return [
        Lacking(
            user,
            tuple(name for position, name in names.items() if position in own),
            tuple(
                status
                for status in statuses
                if not own.isdisjoint(positions.get(status.goal.action_id, ()))
            ),
        )
        for user, own in _writers_by_name(names, today)
    ]


def _writers_by_name(positions: Iterable[int], today: date) -> list[tuple[User, set[int]]]:
    posts: dict[User, set[int]] = {}
    wanted = list(positions)
    held = Appointment.objects.in_force(today).filter(position__in=wanted)
    for post in held.select_related("user"):
        posts.setdefault(post.user, set()).add(post.position_id)
    lent = Delegation.objects.in_force(today).filter(position__in=wanted)
    for task in lent.select_related("deputy"):
        posts.setdefault(task.deputy, set()).add(task.position_id)
    return sorted(posts.items(), key=lambda row: (sort_key(str(row[0])), row[0].pk))
