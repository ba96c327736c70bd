"""What happens to a year's round: every move is one verb, one transaction, one history row.

Each verb raises Refused if the round's state or days do not allow the move.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.history.record import record
from actions.mail import notices
from actions.models import Catalogue, Goal, GoalStatus, Occasion, Round, RoundState, State
from actions.models.history import Announces, HistoryVerb, Scope
from actions.rounds.asked import drop_unasked
from actions.writing.refusals import Refused

ROUND_OPENED: Final = HistoryVerb(
    "open_round", gettext_lazy("Runden oprettet"), announces=Announces.ALWAYS, in_codes=True
)
DATES_CHANGED: Final = HistoryVerb(
    "change_dates",
    gettext_lazy("Rundens datoer ændret"),
    announces=Announces.ALWAYS,
    in_codes=True,
)
YEAR_CHANGED: Final = HistoryVerb(
    "change_round_year",
    gettext_lazy("Rundens år ændret"),
    announces=Announces.ALWAYS,
    in_codes=True,
)
ROUND_CLOSED: Final = HistoryVerb(
    "close_round", gettext_lazy("Runden lukket"), announces=Announces.ALWAYS
)
ROUND_REOPENED: Final = HistoryVerb(
    "reopen_round", gettext_lazy("Runden genåbnet"), announces=Announces.ALWAYS
)


@dataclass(frozen=True)
class RoundDates:
    """The days of a round, all included: it opens, contributions are due, it closes."""

    opens: date
    due: date
    closes: date

    @property
    def in_words(self) -> str:
        return f"{self.opens.isoformat()} / {self.due.isoformat()} / {self.closes.isoformat()}"


@transaction.atomic
def open_round(
    *, catalogue: Catalogue, year: int, measured_year: int, dates: RoundDates, by: Mandate
) -> Round:
    """Starts the year's round with an empty status on every goal of the catalogue."""
    round_ = Round(
        catalogue=catalogue,
        year=year,
        measured_year=measured_year,
        opens=dates.opens,
        due=dates.due,
        closes=dates.closes,
    )
    _save_with_years(round_)
    add_missing_statuses(catalogue, new=round_)
    _record_round(ROUND_OPENED, round_, by, comment=dates.in_words)
    return round_


@transaction.atomic
def add_missing_statuses(catalogue: Catalogue, *, new: Round | None = None) -> None:
    """Gives every goal that is in force on the due day a status in each round that is open for the
    first time, or planned, and not past its due day: a reopened round keeps the goals of the day it
    closed.

    A `new` round gets them whatever its due day is.

    Takes the catalogue's lock, as the import does, so that no round opens without a new goal.
    """
    Catalogue.objects.select_for_update(no_key=True).get(pk=catalogue.pk)
    today = timezone.localdate()
    goals = Goal.objects.filter(action__catalogue=catalogue).select_related("action")
    never_closed = catalogue.rounds.filter(
        closed_at__isnull=True, stands_on__isnull=True, closes__gte=today
    )
    for round_ in never_closed.filter(Q(due__gte=today) | Q(pk=new.pk if new else None)):
        GoalStatus.objects.bulk_create(
            [GoalStatus(round=round_, goal=goal) for goal in goals if goal.is_asked(round_.due)],
            ignore_conflicts=True,
        )


@transaction.atomic
def change_round_dates(*, round_: Round, dates: RoundDates, by: Mandate) -> Round:
    """Moves the days of a round that is not closed; it asks for the goals of its new due day."""
    locked = _locked_round(round_)
    if locked.state(timezone.localdate()) is RoundState.CLOSED:
        raise Refused(_("Runden er lukket. Genåbn den for at ændre datoerne."))
    before = _dates_of(locked)
    _set_dates(locked, dates)
    add_missing_statuses(locked.catalogue)
    drop_unasked(locked.catalogue)
    _record_round(DATES_CHANGED, locked, by, comment=f"{before.in_words} → {dates.in_words}")
    if dates != before:
        notices.round_changed(locked, Occasion.DATES_CHANGED, by=by.user)
    return locked


@transaction.atomic
def change_round_year(*, round_: Round, year: int, measured_year: int, by: Mandate) -> Round:
    """Gives a round that was made for the wrong year another one.

    Raises Refused if something is written in it, or another round has one of the years.
    """
    locked = _locked_round(round_)
    list(locked.statuses.select_for_update().order_by("pk").values_list("pk"))
    if is_written_in(locked):
        raise Refused(_("Der er skrevet i runden, så dens år kan ikke ændres."))
    before = (locked.year, locked.measured_year)
    if before == (year, measured_year):
        return locked
    locked.year, locked.measured_year = year, measured_year
    _save_with_years(locked)
    record(
        YEAR_CHANGED,
        actor=by.user,
        position=locked.catalogue.coordinator,
        subject=f"{locked.catalogue.slug}, {locked}",
        about=[Scope(locked.catalogue_id, each) for each in (before[0], year)],
        comment=f"{before[0]} / {before[1]} → {year} / {measured_year}",
    )
    return locked


def is_written_in(round_: Round) -> bool:
    """Whether anybody has written, or tried to, on a goal of the round."""
    begun = round_.statuses.exclude(state=State.NOT_STARTED, revision=0)
    return begun.exists() or round_.events.filter(status__isnull=False).exists()


@transaction.atomic
def close_round(*, round_: Round, by: Mandate) -> Round:
    """Makes the round read-only for everybody, when the saves under way are done."""
    locked = _locked_round(round_)
    if locked.state(timezone.localdate()) is RoundState.CLOSED:
        raise Refused(_("Runden er allerede lukket."))
    # The same locks as the saves take: see `actions.status.moves.lock_status`.
    list(locked.statuses.select_for_update().order_by("pk").values_list("pk"))
    before = locked.state(timezone.localdate())
    locked.closed_at = timezone.now()
    locked.save()
    _record_round(ROUND_CLOSED, locked, by, moved=(before, RoundState.CLOSED))
    return locked


@transaction.atomic
def reopen_round(*, round_: Round, closes: date, reason: str, by: Mandate) -> Round:
    """Opens a closed round again until a new day; the reason stands in the log.

    It keeps the goals it had, and its report stays that of the day it first closed.
    """
    today = timezone.localdate()
    locked = _locked_round(round_)
    if locked.state(today) is not RoundState.CLOSED:
        raise Refused(_("Runden er ikke lukket."))
    if closes < today:
        raise Refused(_("Den nye lukkedato skal være i dag eller senere."))
    if not reason.strip():
        raise Refused(_("Skriv, hvorfor runden genåbnes."))
    locked.stands_on = locked.stands_on or locked.closed_on
    locked.closed_at = None
    locked.closes = closes
    locked.due = min(locked.due, closes)
    locked.opens = min(locked.opens, locked.due, today)
    locked.save()
    _record_round(
        ROUND_REOPENED,
        locked,
        by,
        moved=(RoundState.CLOSED, locked.state(today)),
        comment=reason,
    )
    notices.round_changed(locked, Occasion.REOPENED, by=by.user)
    return locked


def _save_with_years(round_: Round) -> None:
    """Raises Refused if another round of the catalogue has one of the years."""
    try:
        with transaction.atomic():
            round_.save()
    except IntegrityError as error:
        raise Refused(
            _("Der er allerede en statusrunde for %(year)d, eller en runde der måler %(measured)d.")
            % {"year": round_.year, "measured": round_.measured_year}
        ) from error


def _locked_round(round_: Round) -> Round:
    # no_key: a head's save has a foreign key to the round; without it both would wait for ever.
    locked = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    locked.catalogue = round_.catalogue
    return locked


def _dates_of(round_: Round) -> RoundDates:
    return RoundDates(round_.opens, round_.due, round_.closes)


def _set_dates(round_: Round, dates: RoundDates) -> None:
    round_.opens, round_.due, round_.closes = dates.opens, dates.due, dates.closes
    round_.save()


def _record_round(
    verb: HistoryVerb,
    round_: Round,
    by: Mandate,
    *,
    moved: tuple[str, str] = ("", ""),
    comment: str = "",
) -> None:
    record(
        verb,
        actor=by.user,
        position=round_.catalogue.coordinator,
        round_=round_,
        moved=moved,
        comment=comment,
    )
