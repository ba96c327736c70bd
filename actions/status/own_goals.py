"""A head's own goals, in every round they write in."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from actions.access import Mandate, lacks_signature, writable_statuses
from actions.models import GoalStatus, Round, State
from actions.models.status import marked

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


def own_goals_of(mandate: Mandate, today: date) -> list[OwnGoals]:
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
