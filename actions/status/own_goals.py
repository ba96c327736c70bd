"""A head's own goals, in every round they write in."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from actions.access import Mandate, writable_statuses
from actions.models import GoalStatus, Round, RoundState, State
from actions.models.dialogue import lacks_signature
from actions.models.status import marked


@dataclass
class OwnGoals:
    """The goals somebody writes, in one round; those that wait for them come first.

    `to_sign`: those that another position has submitted and theirs has not signed. `stopped`: those
    that were begun on and are stopped since; nothing more is asked. `going_on`: those that a later
    catalogue's round asks for.
    """

    round: Round
    state: str
    waiting: list[GoalStatus]
    to_sign: list[GoalStatus]
    unlocked: list[GoalStatus]
    done: list[GoalStatus]
    stopped: list[GoalStatus]
    going_on: list[GoalStatus]
    days_left: int

    @property
    def total(self) -> int:
        return len(self.waiting) + len(self.done)

    @property
    def settled(self) -> list[GoalStatus]:
        """The goals that are handed in and need nothing more from them."""
        return [status for status in self.done if status not in self.to_sign]


def own_goals_of(mandate: Mandate, today: date) -> list[OwnGoals]:
    """A head's goals in every round: the open ones by deadline, then the others, newest first.

    The rounds of several catalogues are one list.
    """
    rows = list(
        writable_statuses(mandate)
        .with_later()
        .annotate(lacks_mine=lacks_signature(position__in=list(mandate.submits_for)))
        .select_related("round__catalogue", "goal__action")
        .order_by("-round__year", "round__catalogue", "goal__action__number", "goal__number")
    )
    lacks_mine = marked(rows, "lacks_mine")
    rounds = [
        _in_round(round_, list(statuses), lacks_mine, today)
        for round_, statuses in groupby(rows, key=lambda status: status.round)
    ]
    return sorted(rounds, key=_urgency)


def _urgency(own: OwnGoals) -> tuple[bool, date]:
    is_open = own.state == RoundState.OPEN
    return not is_open, own.round.due if is_open else date.max


def _in_round(
    round_: Round, statuses: list[GoalStatus], lacks_mine: set[int], today: date
) -> OwnGoals:
    stopped = [status for status in statuses if status.stopped]
    going_on = [row for row in statuses if row.goes_on_in]
    statuses = [status for status in statuses if status.is_asked]
    waiting = [status for status in statuses if status.waits_for_head]
    handed_in = [status for status in statuses if status.is_shown_to_others]
    return OwnGoals(
        round=round_,
        state=round_.state(today),
        waiting=sorted(waiting, key=lambda status: status.state != State.RETURNED),
        to_sign=[status for status in handed_in if status.pk in lacks_mine],
        unlocked=[status for status in waiting if status.unlocked_because],
        done=[status for status in statuses if not status.waits_for_head],
        stopped=stopped,
        going_on=going_on,
        days_left=(round_.due - today).days,
    )
