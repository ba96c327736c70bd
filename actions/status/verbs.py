"""What happens to statuses: every move is one verb, one transaction, one history row.

A verb takes keyword arguments only and locks the row that it moves. Raises NotAllowed if the person
may not make the move, Refused if the round is not open, Conflict if the row has changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.dialogue.signing import put_signatures
from actions.figures.earlier import values_before
from actions.figures.told import Told, YearTold
from actions.figures.verbs import check_year, hand_in, known_in, lacks_reason, tell_figures
from actions.history.record import record
from actions.mail import notices
from actions.models import Event, GoalStatus, Indicator, Measurement, RoundState, State
from actions.models.history import Announces, HistoryVerb
from actions.models.status import CORRECT, UNLOCK
from actions.status.entry import Entry, content_of, lacks, stored_entry, suggestion_for, taken_over
from actions.status.moves import Verb, check_can, check_may, lock_status, make_move
from actions.status.text import STATUS, write_entry
from actions.writing import drafts
from actions.writing.refusals import Conflict, Refused

UNLOCKED: Final = HistoryVerb(
    UNLOCK, gettext_lazy("Låst op til rettelse"), announces=Announces.OTHERS_READ
)
LOCKED_AGAIN: Final = HistoryVerb(
    "lock_again", gettext_lazy("Låst igen"), announces=Announces.OTHERS_READ
)
CORRECTED: Final = HistoryVerb(
    CORRECT, gettext_lazy("Skrivefejl rettet"), announces=Announces.OTHERS_READ
)


class Incomplete(Refused):
    """Something required is missing; `fields` maps the form's field to the message."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(_("Der mangler noch noget, før status kan indsendes."))
        self.fields = fields


def save_draft(
    *, status: GoalStatus, by: Mandate, entry: Entry, revision: int, names: Sequence[str] = ()
) -> GoalStatus:
    """Keeps what is typed, complete or not: see `actions.writing.drafts.save`."""
    return drafts.save(STATUS, status, entry, by=by, revision=revision, names=names)


@transaction.atomic
def take_over(
    *,
    status: GoalStatus,
    by: Mandate,
    entry: Entry,
    revision: int | None,
    names: Sequence[str] = (),
) -> GoalStatus:
    """Saves what is typed, and fills what is empty with last year's light and texts.

    Raises Refused if last year has no status that was handed in.
    """
    locked = lock_status(status)
    check_may(Verb.SAVE, locked, by)
    before = GoalStatus.objects.shown_to_others().before(locked).first()
    if before is None:
        raise Refused(_("Der er ingen status fra sidste år at tage over."))
    filled = taken_over(entry, stored_entry(before))
    return drafts.save(STATUS, status, filled, by=by, revision=revision, names=names)


@transaction.atomic
def submit(
    *,
    status: GoalStatus,
    by: Mandate,
    entry: Entry,
    revision: int | None,
    names: Sequence[str] = (),
) -> GoalStatus:
    """Hands the status to the coordinator, signed. Raises Incomplete if something is missing."""
    locked = lock_status(status)
    responsible = check_may(Verb.SUBMIT, locked, by)
    check_can(Verb.SUBMIT, locked)
    drafts.take_turn(STATUS, locked, entry, by=by, revision=revision, names=names)
    indicators = list(locked.goal.indicators.order_by("order"))
    year, period_from = locked.round.measured_year, locked.round.catalogue.period_from
    suggestion = suggestion_for(locked.round, indicators, entry, values_before(indicators, year))
    before = GoalStatus.objects.shown_to_others().before(locked).first()
    handed_in = stored_entry(before) if before else None
    told = _told(entry, indicators)
    if any(row.value is not None for row in told.values()):
        check_year(locked.round.measured_year)
    known = known_in(indicators, locked.round.measured_year)
    missing = {
        f"comment-{row.pk}": fault
        for row in indicators
        if row.pk in told
        and (fault := lacks_reason(told[row.pk], known.get(row.pk), locked, row.meaning))
    }
    measured = [row.pk for row in indicators if row.meaning.is_measured_in(year, period_from)]
    missing |= lacks(entry, measured, suggestion, handed_in)
    if missing:
        raise Incomplete(missing)
    write_entry(Verb.SUBMIT, locked, by, entry, by.name_of(responsible))
    hand_in(locked, told, known, by, by.name_of(responsible))
    positions = by.submits_for_of(responsible)
    put_signatures(locked, signer=by.user, positions=positions, by_submitting=True)
    notices.submitted(locked, by=by.user)
    return locked


def _told(entry: Entry, indicators: Sequence[Indicator]) -> dict[int, Told]:
    """What the entry says of the goal's own indicators."""
    own = {row.pk for row in indicators}
    return {
        row.indicator: Told(row.value, row.missing_reason, row.source, row.comment)
        for row in entry.figures
        if row.indicator in own and not row.is_empty
    }


def keep_refused(*, status: GoalStatus, by: Mandate, entry: Entry, reason: str) -> Event:
    """Archives a text that could not be saved: see `actions.writing.drafts.archive`."""
    return drafts.archive(STATUS, status, entry, by=by, reason=reason)[1]


@transaction.atomic
def approve(*, status: GoalStatus, by: Mandate, revision: int) -> GoalStatus:
    """The coordinator accepts the status for the report. One that was unlocked locks itself."""
    approved = _review(Verb.APPROVE, status, by, revision, comment="")
    notices.approved(approved, by=by.user)
    return approved


@transaction.atomic
def return_to_head(*, status: GoalStatus, by: Mandate, revision: int, comment: str) -> GoalStatus:
    """Sends the status back to the head. Raises Refused if `comment` is empty."""
    if not comment.strip():
        raise Refused(_("Skriv en kommentar, så chefen ved, hvad der skal ændres."))
    returned = _review(Verb.RETURN, status, by, revision, comment)
    notices.returned(returned, by=by.user)
    return returned


@transaction.atomic
def unlock(*, status: GoalStatus, by: Mandate, revision: int, reason: str) -> GoalStatus:
    """Lets the head correct one status of a closed round; it locks itself when it is approved.

    What was handed in goes back to the head. Raises Refused if the round is open, the goal is
    stopped, or `reason` is empty; Conflict if it is unlocked already.
    """
    if not reason.strip():
        raise Refused(_("Skriv, hvad der skal rettes, og hvorfor."))
    locked = lock_status(status)
    check_may(Verb.RETURN, locked, by)
    _check_locked(locked, revision)
    before = State(locked.state)
    locked.unlocked_because = reason.strip()
    locked.revision += 1
    if locked.is_shown_to_others:
        locked.state = State.RETURNED
    locked.save()
    _record(UNLOCKED, locked, by, before, locked.unlocked_because)
    notices.unlocked(locked, by=by.user)
    return locked


@transaction.atomic
def lock_again(*, status: GoalStatus, by: Mandate, revision: int) -> GoalStatus:
    """Takes an unlocking back, if nobody has written since: the status is what it was before."""
    locked = lock_status(status)
    check_may(Verb.RETURN, locked, by)
    if not locked.is_unlocked:
        raise Conflict(_("Målet er ikke låst op."), locked)
    unlocking = locked.events.filter(verb=UNLOCK).latest("pk")
    if locked.revision != revision or locked.events.filter(
        pk__gt=unlocking.pk, verb__in=[verb.value for verb in Verb]
    ):
        raise Conflict(STATUS.moved_on(locked), locked)
    before = State(locked.state)
    locked.unlocked_because = ""
    locked.state = unlocking.from_state
    locked.revision -= 1
    locked.save()
    _record(LOCKED_AGAIN, locked, by, before)
    return locked


def _check_locked(status: GoalStatus, revision: int) -> None:
    """Raises Refused or Conflict if the status cannot be unlocked."""
    if status.is_unlocked:
        raise Conflict(_("Målet er allerede låst op."), status)
    if status.round.state(timezone.localdate()) is not RoundState.CLOSED:
        raise Refused(_("Runden er ikke lukket, så målet behøver ikke låses op."))
    if status.stopped:
        raise Refused(_("Målet er standset, så der skal ikke gives status på det."))
    if status.goes_on_in:
        raise Refused(str(status.goes_on_in))
    if status.revision != revision:
        raise Conflict(STATUS.moved_on(status), status)


@transaction.atomic
def correct(
    *,
    status: GoalStatus,
    by: Mandate,
    revision: int,
    texts: Mapping[str, str],
    figures: Sequence[tuple[Measurement, Decimal]],
    reason: str,
) -> GoalStatus:
    """The coordinator corrects slips of the pen in what was handed in, also when the round is
    closed. The light, the state and the author stay.

    `figures`: the value that was seen, with the right one. Raises Refused if nothing is changed,
    `reason` or a text is empty, Conflict if the status is not handed in or a value is another.
    """
    locked = lock_status(status)
    check_may(Verb.RETURN, locked, by)
    if not locked.is_shown_to_others or locked.revision != revision:
        raise Conflict(STATUS.moved_on(locked), locked)
    changed = {name: text for name, text in texts.items() if text != getattr(locked, name)}
    revised = [(seen, value) for seen, value in figures if value != seen.value]
    if not reason.strip() or not all(text.strip() for text in changed.values()):
        raise Refused(_("Skriv, hvad du har rettet. En tekst kan ikke slettes her."))
    if not changed and not revised:
        raise Refused(_("Der er ikke rettet noget."))
    tell_figures(by=by, rows=[_revision(seen, value, reason) for seen, value in revised])
    for name, text in changed.items():
        setattr(locked, name, text)
    values = {seen.indicator_id: value for seen, value in revised}
    entry = stored_entry(locked)
    rows = [replace(row, value=values.get(row.indicator, row.value)) for row in entry.figures]
    entry = replace(entry, figures=tuple(rows))
    locked.figures = content_of(entry)["figures"]
    locked.revision += 1
    locked.save()
    _record(CORRECTED, locked, by, State(locked.state), reason.strip())
    return locked


def _revision(seen: Measurement, value: Decimal, reason: str) -> YearTold:
    told = Told(value, source=seen.source, comment=seen.comment)
    return YearTold(seen.indicator, seen.year, told, reason, seen.pk)


def _record(
    verb: HistoryVerb, status: GoalStatus, by: Mandate, before: State, comment: str = ""
) -> None:
    """Adds what the coordinator did, with the whole text, to the history."""
    record(
        verb,
        actor=by.user,
        position=status.round.catalogue.coordinator,
        round_=status.round,
        status=status,
        moved=(before, status.state),
        comment=comment,
        content=content_of(stored_entry(status)),
    )


def note_opened(*, status: GoalStatus) -> None:
    """Stores when a writer first opened the form. It is no move, so the history has no row."""
    unopened = GoalStatus.objects.filter(pk=status.pk, opened_at=None)
    unopened.update(opened_at=timezone.now())


def _review(verb: Verb, status: GoalStatus, by: Mandate, revision: int, comment: str) -> GoalStatus:
    """Raises Conflict if the coordinator has read another revision than the stored one."""
    locked = lock_status(status)
    check_may(verb, locked, by)
    check_can(verb, locked)
    if locked.revision != revision:
        raise Conflict(STATUS.moved_on(locked), locked)
    locked.revision += 1
    if verb is Verb.APPROVE:
        locked.unlocked_because = ""
    position = locked.round.catalogue.coordinator
    entry = stored_entry(locked)
    make_move(verb, locked, by, position=position, entry=entry, comment=comment)
    return locked
