"""What a mail tells of a round as a whole: it closes with gaps, has other days, is reopened."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.danish import format_date
from actions.mail.notices import key_of
from actions.mail.unmanned import unmanned, unmanned_words
from actions.models import Notice, Occasion, Round, RoundState, State
from actions.models.mail import OF_ROUND
from actions.models.status import WAITS_FOR_HEAD

#: What the subject says, after the round's name.
SUBJECTS: Final[dict[str, object]] = {
    Occasion.CLOSING: gettext_lazy("lukker %(closes)s"),
    Occasion.DATES_CHANGED: gettext_lazy("nye datoer, frist %(due)s"),
    Occasion.REOPENED: gettext_lazy("genåbnet til %(closes)s"),
}


def still_news_of_rounds(
    mandate: Mandate, notices: Iterable[Notice], today: date
) -> list[tuple[Notice, tuple[str, ...]]]:
    """The notices that still hold, with the sentences that they tell; the latest of a round and
    occasion. A round that closes complete is no news.
    """
    latest = {(row.round_id, row.occasion): row for row in notices if row.occasion in OF_ROUND}
    told = [(row, _sentences(row, mandate, today)) for row in latest.values()]
    return [(row, sentences) for row, sentences in told if sentences]


def subject_of(notice: Notice) -> str:
    assert notice.round is not None
    words = str(SUBJECTS[notice.occasion]) % _days(notice.round)
    return f"{notice.round}: {words}"


def _sentences(notice: Notice, mandate: Mandate, today: date) -> tuple[str, ...]:
    round_ = notice.round
    assert round_ is not None
    state = round_.state(today)
    if notice.occasion == Occasion.CLOSING:
        holds = state is RoundState.OPEN and notice.key == key_of(notice.occasion, round_)
        return tuple(_gaps(round_, today)) if holds and mandate.is_coordinator else ()
    if state is RoundState.CLOSED or not notice.key.startswith(f"{round_.due}/{round_.closes} "):
        return ()
    words = {"who": notice.by_name} | _days(round_)
    if notice.occasion == Occasion.REOPENED:
        return (_("%(who)s har genåbnet runden. Den lukker %(closes)s.") % words,)
    return (
        _("%(who)s har ændret datoerne: fristen er %(due)s, og runden lukker %(closes)s.") % words,
    )


def _gaps(round_: Round, today: date) -> Sequence[str]:
    """What a round that closes by itself lacks, in sentences; none if it is complete."""
    rows = round_.statuses.with_later().select_related("goal__action")
    asked = [row for row in rows if row.is_asked]
    waiting = sum(row.state in WAITS_FOR_HEAD for row in asked)
    unapproved = sum(row.state == State.SUBMITTED for row in asked)
    if not waiting and not unapproved:
        return ()
    words = {"waiting": waiting, "unapproved": unapproved, "total": len(asked)} | _days(round_)
    return tuple(
        filter(
            None,
            (
                _("Runden lukker af sig selv %(closes)s.") % words,
                _(
                    "Af %(total)d mål er %(waiting)d ikke indsendt, og %(unapproved)d er indsendt, "
                    "men ikke godkendt."
                )
                % words,
                unmanned_words(unmanned(round_, today)),
            ),
        )
    )


def _days(round_: Round) -> dict[str, object]:
    return {"due": format_date(round_.due), "closes": format_date(round_.closes)}
