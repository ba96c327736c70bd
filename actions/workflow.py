"""What happens to statuses: every move is one verb, one transaction, one history row.

A verb takes keyword arguments only, locks the row it moves, and raises `Refused` where
the state, the round or the person does not allow it. All messages are for the page, in Danish.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import notifications, saves
from actions.access import RETURN, Mandate, may_submit
from actions.entry import Entry, entry_of, lacks, taken_over
from actions.history import content_of, kept_already, put_signatures, record
from actions.models import (
    Event,
    Goal,
    GoalStatus,
    Indicator,
    Measurement,
    Responsibility,
    Round,
    RoundState,
    State,
)
from actions.suggestion import Suggestion, suggest
from actions.writing.refusals import Conflict, NotAllowed, Refused


class Incomplete(Refused):
    """Something required is missing; `fields` maps the form's field to the message."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(_("Der mangler noch noget, før status kan indsendes."))
        self.fields = fields


class Verb(Enum):
    """The moves of a status, with the word on its button."""

    SAVE = "save"
    SUBMIT = "submit"
    RETURN = RETURN
    APPROVE = "approve"


#: The history's verb for a text that was kept beside the status, not in it.
REFUSED: Final = "refuse"


@dataclass(frozen=True)
class Move:
    """From which states to which, by whom; the buttons on the page come from here too."""

    label: str | Promise
    steps: dict[State, State]
    by_coordinator: bool


MOVES: Final[dict[Verb, Move]] = {
    Verb.SAVE: Move(
        gettext_lazy("Gem kladde"),
        {
            State.NOT_STARTED: State.DRAFT,
            State.DRAFT: State.DRAFT,
            State.RETURNED: State.RETURNED,
        },
        by_coordinator=False,
    ),
    Verb.SUBMIT: Move(
        gettext_lazy("Indsend status"),
        {
            State.NOT_STARTED: State.SUBMITTED,
            State.DRAFT: State.SUBMITTED,
            State.RETURNED: State.SUBMITTED,
        },
        by_coordinator=False,
    ),
    Verb.APPROVE: Move(
        gettext_lazy("Godkend"), {State.SUBMITTED: State.APPROVED}, by_coordinator=True
    ),
    Verb.RETURN: Move(
        gettext_lazy("Send tilbage"),
        {State.SUBMITTED: State.RETURNED, State.APPROVED: State.RETURNED},
        by_coordinator=True,
    ),
}


def possible_moves(
    status: GoalStatus, mandate: Mandate, responsible: Iterable[int], today: date
) -> list[Verb]:
    """The moves that somebody can make now, in the table's order."""
    if status.round.state(today) is not RoundState.OPEN:
        return []
    responsible = list(responsible)
    return [
        verb
        for verb, move in MOVES.items()
        if State(status.state) in move.steps and _may(verb, mandate, responsible)
    ]


def _may(verb: Verb, mandate: Mandate, responsible: list[int]) -> bool:
    if MOVES[verb].by_coordinator:
        return mandate.is_coordinator
    if verb is Verb.SUBMIT:
        return may_submit(mandate, responsible)
    return not mandate.position_ids.isdisjoint(responsible)


@transaction.atomic
def save_draft(
    *, status: GoalStatus, by: Mandate, entry: Entry, revision: int, names: Sequence[str] = ()
) -> GoalStatus:
    """Keeps what is typed; nothing needs to be complete. Saving the same again changes nothing,
    whatever revision it comes from: its answer may have been lost on the way.

    `names` are the page's saves (`actions.saves`), this one first.
    """
    locked = _locked(Verb.SAVE, status, by)
    if saves.is_held(names, locked.saves):
        return locked
    return _save(locked, by, entry, revision, names)


@transaction.atomic
def take_over(
    *, status: GoalStatus, by: Mandate, entry: Entry, revision: int, names: Sequence[str] = ()
) -> GoalStatus:
    """Saves what is typed, with last year's light, texts and figures where nothing is typed yet."""
    locked = _locked(Verb.SAVE, status, by)
    before = GoalStatus.objects.shown_to_others().before(locked).first()
    if before is None:
        raise Refused(_("Der er ingen status fra sidste år at tage over."))
    filled = taken_over(entry, _stored(before), before.round.measured_year)
    return _save(locked, by, filled, revision, names)


@transaction.atomic
def submit(
    *, status: GoalStatus, by: Mandate, entry: Entry, revision: int, names: Sequence[str] = ()
) -> GoalStatus:
    """Hands the status to the coordinator; raises `Incomplete` where something is missing."""
    locked = _locked(Verb.SUBMIT, status, by)
    _check(Verb.SUBMIT, locked, is_current=_is_current(locked, revision, names))
    indicators = list(locked.goal.indicators.order_by("order"))
    suggestion = suggestion_for(locked.round, indicators, entry)
    before = GoalStatus.objects.shown_to_others().before(locked).first()
    told = _stored(before) if before else None
    if missing := lacks(entry, [indicator.pk for indicator in indicators], suggestion, told):
        raise Incomplete(missing)
    submitted = _write(Verb.SUBMIT, locked, by, entry, names)
    positions = by.submits_for_of(_responsible_positions(submitted))
    put_signatures(submitted, signer=by.user, positions=positions, by_submitting=True)
    notifications.submitted(submitted, by=by.user)
    return submitted


@transaction.atomic
def keep_refused(*, status: GoalStatus, by: Mandate, entry: Entry, reason: str) -> Event:
    """Keeps a text that could not be saved as a version of its own; the status stays as it is.

    What the history holds already, stored or refused, is not kept again: that version is given.
    """
    locked = GoalStatus.objects.select_for_update().get(pk=status.pk)
    content = content_of(_without_empty(entry))
    if earlier := kept_already(locked.events, content):
        return earlier
    return record(
        REFUSED,
        actor=by.user,
        position=by.name_of(_responsible_positions(status)),
        round_=status.round,
        status=status,
        moved=(locked.state, locked.state),
        comment=reason,
        content=content,
    )


@transaction.atomic
def approve(*, status: GoalStatus, by: Mandate, revision: int) -> GoalStatus:
    """The coordinator accepts the status for the report."""
    approved = _review(Verb.APPROVE, status, by, revision, comment="")
    notifications.approved(approved, by=by.user)
    return approved


@transaction.atomic
def return_to_head(*, status: GoalStatus, by: Mandate, revision: int, comment: str) -> GoalStatus:
    """Back to the head with a comment that says what to change."""
    if not comment.strip():
        raise Refused(_("Skriv en kommentar, så chefen ved, hvad der skal ændres."))
    returned = _review(Verb.RETURN, status, by, revision, comment)
    notifications.returned(returned, by=by.user)
    return returned


def note_opened(*, status: GoalStatus) -> None:
    """Remembers when the form was first before somebody who writes it. No move: no history."""
    unopened = GoalStatus.objects.filter(pk=status.pk, opened_at=None)
    unopened.update(opened_at=timezone.now())


def suggestion_for(round_: Round, indicators: Sequence[Indicator], entry: Entry) -> Suggestion:
    """The light that the entered figures suggest for the round's measured year."""
    values = {figure.indicator: figure.value for figure in entry.figures}
    return suggest(
        [(indicator, values.get(indicator.pk)) for indicator in indicators],
        year=round_.measured_year,
        period_from=round_.catalogue.period_from,
    )


def _stored(status: GoalStatus) -> Entry:
    return entry_of(status, status.measurements.order_by("indicator__order"))


def _locked(verb: Verb, status: GoalStatus, by: Mandate) -> GoalStatus:
    """The row under lock, for somebody who may make the move at all.

    The round is read after the lock: `close_round` takes the same locks, so that no save slips in
    behind a closing round.
    """
    locked = GoalStatus.objects.select_for_update().get(pk=status.pk)
    locked.round = Round.objects.select_related("catalogue").get(pk=locked.round_id)
    locked.goal = Goal.objects.get(pk=locked.goal_id)
    if not _may(verb, by, _responsible_positions(locked)):
        raise NotAllowed(_("Du har ikke ret til at gøre dette på målet."))
    return locked


def _check(verb: Verb, locked: GoalStatus, *, is_current: bool) -> None:
    """Whether round, state and revision allow the move as things stand."""
    round_ = locked.round
    if round_.state(timezone.localdate()) is not RoundState.OPEN:
        raise Refused(
            _("Statusrunden er ikke åben. Tal med %(body)s, hvis den skal genåbnes.")
            % {"body": round_.catalogue.coordinator}
        )
    if State(locked.state) not in MOVES[verb].steps:
        raise Conflict(_already(locked), locked)
    if not is_current:
        raise Conflict(
            _("%(author)s har ændret denne status, siden du åbnede siden.")
            % {"author": locked.author_name or _("En anden")},
            locked,
        )


def _is_current(locked: GoalStatus, revision: int, names: Sequence[str]) -> bool:
    """Whether what is stored is what the page knows: its revision, or the page's own last save."""
    return locked.revision == revision or saves.follows(names, locked.saves)


def _save(
    locked: GoalStatus, by: Mandate, entry: Entry, revision: int, names: Sequence[str]
) -> GoalStatus:
    is_same = _stored(locked) == _without_empty(entry)
    _check(Verb.SAVE, locked, is_current=is_same or _is_current(locked, revision, names))
    return locked if is_same else _write(Verb.SAVE, locked, by, entry, names)


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


def _responsible_positions(status: GoalStatus) -> list[int]:
    rows = Responsibility.objects.filter(action=status.goal.action_id)
    return list(rows.order_by("order").values_list("position", flat=True))


def _without_empty(entry: Entry) -> Entry:
    kept = tuple(figure for figure in entry.figures if not figure.is_empty)
    return replace(entry, figures=kept)


def _write(
    verb: Verb, status: GoalStatus, by: Mandate, entry: Entry, names: Sequence[str]
) -> GoalStatus:
    before = State(status.state)
    position = by.name_of(_responsible_positions(status))
    status.light = entry.light
    for name in GoalStatus.TEXTS:
        setattr(status, name, entry.text(name))
    status.unparsed = entry.unparsed
    status.saves = list(names)
    status.author_name = str(by.user)
    status.author_position = position
    status.is_example = False
    status.opened_at = status.opened_at or timezone.now()
    _keep_figures(status, entry)
    _move(status, MOVES[verb].steps[before])
    record(
        verb.value,
        actor=by.user,
        position=position,
        round_=status.round,
        status=status,
        moved=(before, status.state),
        content=content_of(_without_empty(entry)),
    )
    return status


def _review(verb: Verb, status: GoalStatus, by: Mandate, revision: int, comment: str) -> GoalStatus:
    locked = _locked(verb, status, by)
    _check(verb, locked, is_current=locked.revision == revision)
    before = State(locked.state)
    _move(locked, MOVES[verb].steps[before])
    record(
        verb.value,
        actor=by.user,
        position=locked.round.catalogue.coordinator,
        round_=locked.round,
        status=locked,
        moved=(before, locked.state),
        comment=comment,
        content=content_of(_stored(locked)),
    )
    return locked


def _move(status: GoalStatus, state: State) -> None:
    status.state = state
    status.revision += 1
    status.saved_at = timezone.now()
    status.save()


def _keep_figures(status: GoalStatus, entry: Entry) -> None:
    known = set(status.goal.indicators.values_list("pk", flat=True))
    for figure in entry.figures:
        if figure.indicator not in known:
            continue
        rows = Measurement.objects.filter(
            indicator=figure.indicator, year=status.round.measured_year
        )
        if figure.is_empty:
            rows.delete()
            continue
        values = {
            "status": status,
            "value": figure.value,
            "missing_reason": figure.missing_reason,
            "source": figure.source,
            "comment": figure.comment,
        }
        rows.update_or_create(
            indicator_id=figure.indicator, year=status.round.measured_year, defaults=values
        )
