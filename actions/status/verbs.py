"""What happens to statuses: every move is one verb, one transaction, one history row.

A verb takes keyword arguments only, locks the row it moves, and raises `Refused` where
the state, the round or the person does not allow it. All messages are for the page, in Danish.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate, may_submit
from actions.dialogue.signing import put_signatures
from actions.history.record import record
from actions.mail import notices
from actions.models import (
    Event,
    GoalStatus,
    Indicator,
    Measurement,
    Responsibility,
    Round,
    RoundState,
    State,
)
from actions.models.history import REFUSED, RETURN, SAVE, Announces, HistoryVerb
from actions.status.conflict import differences, merge
from actions.status.entry import (
    Entry,
    Figure,
    content_of,
    entry_from,
    entry_of,
    lacks,
    taken_over,
    without_empty,
)
from actions.status.suggestion import Suggestion, suggest
from actions.writing import drafts
from actions.writing.merging import Difference, Side
from actions.writing.refusals import Conflict, NotAllowed, Refused
from actions.writing.texts import Routes, Saved, Text


class Incomplete(Refused):
    """Something required is missing; `fields` maps the form's field to the message."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(_("Der mangler noch noget, før status kan indsendes."))
        self.fields = fields


class Verb(Enum):
    """The moves of a status, with the word on its button."""

    SAVE = SAVE
    SUBMIT = "submit"
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
    """From which states to which, by whom, and what the history calls it; the buttons on the page
    come from here too.
    """

    label: str | Promise
    steps: dict[State, State]
    by_coordinator: bool
    recorded: HistoryVerb


MOVES: Final[dict[Verb, Move]] = {
    Verb.SAVE: Move(
        gettext_lazy("Gem kladde"),
        {
            State.NOT_STARTED: State.DRAFT,
            State.DRAFT: State.DRAFT,
            State.RETURNED: State.RETURNED,
        },
        by_coordinator=False,
        recorded=SAVED,
    ),
    Verb.SUBMIT: Move(
        gettext_lazy("Indsend status"),
        {
            State.NOT_STARTED: State.SUBMITTED,
            State.DRAFT: State.SUBMITTED,
            State.RETURNED: State.SUBMITTED,
        },
        by_coordinator=False,
        recorded=SUBMITTED,
    ),
    Verb.APPROVE: Move(
        gettext_lazy("Godkend"),
        {State.SUBMITTED: State.APPROVED},
        by_coordinator=True,
        recorded=APPROVED,
    ),
    Verb.RETURN: Move(
        gettext_lazy("Send tilbage"),
        {State.SUBMITTED: State.RETURNED, State.APPROVED: State.RETURNED},
        by_coordinator=True,
        recorded=RETURNED,
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


class StatusText(Text[GoalStatus, Entry]):
    """What a head writes for a goal: every save is in the history."""

    routes = Routes("status", "autosave", "compare")

    def lock(self, row: GoalStatus) -> GoalStatus:
        return _locked(row)

    def admit(self, row: GoalStatus, by: Mandate) -> str:
        position = by.name_of(_admitted(Verb.SAVE, row, by))
        _check_open(Verb.SAVE, row)
        return position

    def says(self, row: GoalStatus, content: Entry) -> bool:
        texts = {name: getattr(row, name) for name in GoalStatus.TEXTS}
        stored = (row.light, texts, row.unparsed)
        if stored != (content.light, content.texts, content.unparsed):
            return False
        return _stored(row) == without_empty(content)

    def write(self, row: GoalStatus, by: Mandate, content: Entry, position: str) -> None:
        _write(Verb.SAVE, row, by, content, position)

    def moved_on(self, row: GoalStatus) -> str:
        return _("%(author)s har ændret denne status, siden du åbnede siden.") % {
            "author": row.author_name or _("En anden")
        }

    def as_json(self, content: Entry) -> dict[str, Any]:
        return content_of(without_empty(content))

    def events(self, row: GoalStatus) -> QuerySet[Event]:
        return row.events.all()

    def record_refused(self, row: GoalStatus, by: Mandate, content: Entry, reason: str) -> Event:
        return record(
            KEPT,
            actor=by.user,
            position=by.name_of(_responsible_positions(row)),
            round_=row.round,
            status=row,
            moved=(row.state, row.state),
            comment=reason,
            content=self.as_json(content),
        )

    def differences(self, row: GoalStatus, archived: Mapping[str, Any]) -> list[Difference]:
        indicators = list(row.goal.indicators.order_by("order"))
        return differences(_stored(row), entry_from(archived), indicators)

    def merged(
        self,
        row: GoalStatus,
        archived: Mapping[str, Any],
        sides: Mapping[str, Side],
        own: Mapping[str, str],
    ) -> Entry:
        return merge(_stored(row), entry_from(archived), sides, own)

    def saved(self, row: GoalStatus) -> Saved:
        return Saved(row.saved_at, row.author_name)

    def address(self, row: GoalStatus) -> list[object]:
        return [row.round.catalogue.slug, row.round.year, row.goal_id]

    def copy_key(self, row: GoalStatus, by: Mandate) -> str:
        return f"{by.user.pk}-{row.pk}"


STATUS: Final = StatusText()


def save_draft(
    *, status: GoalStatus, by: Mandate, entry: Entry, revision: int, names: Sequence[str] = ()
) -> GoalStatus:
    """Keeps what is typed; nothing needs to be complete: see `actions.writing.drafts.save`."""
    return drafts.save(STATUS, status, entry, by=by, revision=revision, names=names)


def take_over(
    *,
    status: GoalStatus,
    by: Mandate,
    entry: Entry,
    revision: int | None,
    names: Sequence[str] = (),
) -> GoalStatus:
    """Saves what is typed, with last year's light, texts and figures where nothing is typed yet."""
    before = GoalStatus.objects.shown_to_others().before(status).first()
    if before is None:
        raise Refused(_("Der er ingen status fra sidste år at tage over."))
    filled = taken_over(entry, _stored(before), before.round.measured_year)
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
    """Hands the status to the coordinator. Raises Incomplete if something is missing."""
    locked = _locked(status)
    responsible = _admitted(Verb.SUBMIT, locked, by)
    _check_open(Verb.SUBMIT, locked)
    drafts.take_turn(STATUS, locked, entry, by=by, revision=revision, names=names)
    indicators = list(locked.goal.indicators.order_by("order"))
    suggestion = suggestion_for(locked.round, indicators, entry)
    before = GoalStatus.objects.shown_to_others().before(locked).first()
    told = _stored(before) if before else None
    if missing := lacks(entry, [indicator.pk for indicator in indicators], suggestion, told):
        raise Incomplete(missing)
    _write(Verb.SUBMIT, locked, by, entry, by.name_of(responsible))
    positions = by.submits_for_of(responsible)
    put_signatures(locked, signer=by.user, positions=positions, by_submitting=True)
    notices.submitted(locked, by=by.user)
    return locked


def keep_refused(*, status: GoalStatus, by: Mandate, entry: Entry, reason: str) -> Event:
    """Archives a text that could not be saved: see `actions.writing.drafts.archive`."""
    return drafts.archive(STATUS, status, entry, by=by, reason=reason)[1]


@transaction.atomic
def approve(*, status: GoalStatus, by: Mandate, revision: int) -> GoalStatus:
    """The coordinator accepts the status for the report."""
    approved = _review(Verb.APPROVE, status, by, revision, comment="")
    notices.approved(approved, by=by.user)
    return approved


@transaction.atomic
def return_to_head(*, status: GoalStatus, by: Mandate, revision: int, comment: str) -> GoalStatus:
    """Back to the head with a comment that says what to change."""
    if not comment.strip():
        raise Refused(_("Skriv en kommentar, så chefen ved, hvad der skal ændres."))
    returned = _review(Verb.RETURN, status, by, revision, comment)
    notices.returned(returned, by=by.user)
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


def _locked(status: GoalStatus) -> GoalStatus:
    """The row under lock.

    The round is read after the lock: `close_round` takes the same locks, so that no save slips in
    behind a closing round.
    """
    locked = GoalStatus.objects.select_for_update().get(pk=status.pk)
    locked.round = Round.objects.select_related("catalogue").get(pk=locked.round_id)
    locked.goal = status.goal
    return locked


def _admitted(verb: Verb, locked: GoalStatus, by: Mandate) -> list[int]:
    """The responsible positions. Raises NotAllowed if the move is never somebody's to make."""
    responsible = _responsible_positions(locked)
    if not _may(verb, by, responsible):
        raise NotAllowed(_("Du har ikke ret til at gøre dette på målet."))
    return responsible


def _check_open(verb: Verb, locked: GoalStatus) -> None:
    """Raises Refused if the round is not open, Conflict if the state does not allow the move."""
    round_ = locked.round
    if round_.state(timezone.localdate()) is not RoundState.OPEN:
        raise Refused(
            _("Statusrunden er ikke åben. Tal med %(body)s, hvis den skal genåbnes.")
            % {"body": round_.catalogue.coordinator}
        )
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


def _responsible_positions(status: GoalStatus) -> list[int]:
    rows = Responsibility.objects.filter(action=status.goal.action_id)
    return list(rows.order_by("order").values_list("position", flat=True))


def _write(verb: Verb, status: GoalStatus, by: Mandate, entry: Entry, position: str) -> None:
    before = State(status.state)
    status.light = entry.light
    for name in GoalStatus.TEXTS:
        setattr(status, name, entry.text(name))
    status.unparsed = entry.unparsed
    status.author_name = str(by.user)
    status.author_position = position
    status.is_example = False
    status.opened_at = status.opened_at or timezone.now()
    _keep_figures(status, entry)
    _move(status, MOVES[verb].steps[before])
    record(
        MOVES[verb].recorded,
        actor=by.user,
        position=position,
        round_=status.round,
        status=status,
        moved=(before, status.state),
        content=content_of(without_empty(entry)),
    )


def _review(verb: Verb, status: GoalStatus, by: Mandate, revision: int, comment: str) -> GoalStatus:
    locked = _locked(status)
    _admitted(verb, locked, by)
    _check_open(verb, locked)
    if locked.revision != revision:
        raise Conflict(STATUS.moved_on(locked), locked)
    before = State(locked.state)
    locked.revision += 1
    _move(locked, MOVES[verb].steps[before])
    record(
        MOVES[verb].recorded,
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
    status.saved_at = timezone.now()
    status.save()


def _keep_figures(status: GoalStatus, entry: Entry) -> None:
    """Writes the figures that are not stored as they are; only of the goal's own indicators."""
    if not entry.figures:
        return
    year = status.round.measured_year
    stored = {figure.indicator: figure for figure in _stored(status).figures}
    changed = [
        row for row in entry.figures if row != stored.get(row.indicator, Figure(row.indicator))
    ]
    known = set(status.goal.indicators.values_list("pk", flat=True)) if changed else set()
    for figure in changed:
        if figure.indicator not in known:
            continue
        rows = Measurement.objects.filter(indicator=figure.indicator, year=year)
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
        rows.update_or_create(indicator_id=figure.indicator, year=year, defaults=values)
