"""The moves of a status: from which state to which, by whom, and what the history calls them.

The same table permits a move and draws its button. All messages are for the page, in Danish.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate, may_review, may_submit, may_write
from actions.danish import format_date
from actions.history.record import record
from actions.models import GoalStatus, Round, RoundState, State
from actions.models.history import REFUSED, SAVE, Announces, HistoryVerb
from actions.models.status import RETURN, SUBMIT
from actions.status.entry import Entry, content_of
from actions.writing.refusals import Conflict, NotAllowed, Refused


class Verb(Enum):
    """The moves of a status, with the word on its button."""

    SAVE = SAVE
    SUBMIT = SUBMIT
    RETURN = RETURN
    APPROVE = "approve"


SAVED: Final = HistoryVerb(
    Verb.SAVE.value, gettext_lazy("Kladde gemt"), announces=Announces.OTHERS_READ
)
SUBMITTED: Final = HistoryVerb(
    Verb.SUBMIT.value, gettext_lazy("Indsendt"), announces=Announces.OTHERS_READ
)
APPROVED: Final = HistoryVerb(
    Verb.APPROVE.value, gettext_lazy("Godkendt"), announces=Announces.OTHERS_READ
)
RETURNED: Final = HistoryVerb(
    Verb.RETURN.value, gettext_lazy("Sendt tilbage"), announces=Announces.OTHERS_READ
)
KEPT: Final = HistoryVerb(REFUSED, gettext_lazy("Ikke gemt, men bevaret"))


@dataclass(frozen=True)
class Move:
    """One row of the table: the button's label, the state after each state that allows the move,
    who `may` make it (mandate, ids of the responsible positions), and the history's verb.
    """

    label: str | Promise
    steps: dict[State, State]
    may: Callable[[Mandate, Iterable[int]], bool]
    recorded: HistoryVerb


MOVES: Final[dict[Verb, Move]] = {
    Verb.SAVE: Move(
        gettext_lazy("Gem kladde"),
        {
            State.NOT_STARTED: State.DRAFT,
            State.DRAFT: State.DRAFT,
            State.RETURNED: State.RETURNED,
        },
        may=may_write,
        recorded=SAVED,
    ),
    Verb.SUBMIT: Move(
        gettext_lazy("Indsend status"),
        {
            State.NOT_STARTED: State.SUBMITTED,
            State.DRAFT: State.SUBMITTED,
            State.RETURNED: State.SUBMITTED,
        },
        may=may_submit,
        recorded=SUBMITTED,
    ),
    Verb.APPROVE: Move(
        gettext_lazy("Godkend"),
        {State.SUBMITTED: State.APPROVED},
        may=may_review,
        recorded=APPROVED,
    ),
    Verb.RETURN: Move(
        gettext_lazy("Send tilbage"),
        {State.SUBMITTED: State.RETURNED, State.APPROVED: State.RETURNED},
        may=may_review,
        recorded=RETURNED,
    ),
}


def possible_moves(
    status: GoalStatus, mandate: Mandate, responsible: Iterable[int], today: date
) -> list[Verb]:
    """The moves that somebody can make now, in the table's order."""
    if not status.is_open(today):
        return []
    positions = list(responsible)
    return [
        verb
        for verb, move in MOVES.items()
        if State(status.state) in move.steps and move.may(mandate, positions)
        if verb is Verb.APPROVE or status.is_asked
    ]


def can_unlock(status: GoalStatus, today: date) -> bool:
    """Whether a single status can be unlocked: its round is closed, and it is asked for."""
    is_closed = status.round.state(today) is RoundState.CLOSED
    return is_closed and not status.is_unlocked and status.is_asked


def lock_status(status: GoalStatus) -> GoalStatus:
    """The row under lock, with its round and goal.

    The round is read after the lock: `close_round` takes the same locks, so that no save slips in
    behind a closing round.
    """
    locked = GoalStatus.objects.select_for_update().get(pk=status.pk)
    locked.round = Round.objects.select_related("catalogue").get(pk=locked.round_id)
    locked.goal = status.goal
    return locked


def check_may(verb: Verb, locked: GoalStatus, by: Mandate) -> list[int]:
    """The ids of the responsible positions. Raises NotAllowed if the move is not theirs to make."""
    responsible = locked.responsible_positions()
    if not MOVES[verb].may(by, responsible):
        raise NotAllowed(_("Du har ikke ret til at gøre dette på målet."))
    return responsible


def check_can(verb: Verb, locked: GoalStatus) -> None:
    """Raises Refused if the status is not open, the goal is stopped or asked for in a later
    catalogue, Conflict if the state does not allow the move. What was handed in before a stop can
    still be approved.
    """
    round_ = locked.round
    if not locked.is_open(timezone.localdate()):
        raise Refused(
            _("Statusrunden er ikke åben. Tal med %(body)s, hvis den skal genåbnes.")
            % {"body": round_.catalogue.coordinator}
        )
    if verb is not Verb.APPROVE and (stopped := locked.stopped):
        assert stopped.stopped_on is not None
        raise Refused(
            _("Målet er standset %(day)s, så der skal ikke gives status på det.")
            % {"day": format_date(stopped.stopped_on)}
        )
    if later := locked.goes_on_in:
        raise Refused(str(later))
    if State(locked.state) not in MOVES[verb].steps:
        raise Conflict(_already(locked), locked)


def _already(status: GoalStatus) -> str:
    words = {
        State.SUBMITTED: _(
            "Status er allerede indsendt og kan ikke ændres, før den sendes tilbage."
        ),
        State.APPROVED: _(
            "Status er allerede godkendt og kan ikke ændres, før den sendes tilbage."
        ),
        State.RETURNED: _("Status er allerede sendt tilbage til chefen."),
    }
    return words.get(State(status.state), _("Status er ikke indsendt endnu."))


def make_move(
    verb: Verb, locked: GoalStatus, by: Mandate, *, position: str, entry: Entry, comment: str = ""
) -> None:
    """Stores the row in its next state, and adds the move with its whole text to the history."""
    before = State(locked.state)
    locked.state = MOVES[verb].steps[before]
    locked.saved_at = timezone.now()
    locked.save()
    record(
        MOVES[verb].recorded,
        actor=by.user,
        position=position,
        round_=locked.round,
        status=locked,
        moved=(before, locked.state),
        comment=comment,
        content=content_of(entry),
    )
