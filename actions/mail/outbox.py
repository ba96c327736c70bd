"""The outbox: one mail a person a day, and each sent exactly once.

A run composes what waits, claims a mail, talks to the mail server outside every transaction, and
stores the outcome. So two runs never send the same mail, and no save waits for a slow server.
"""

import smtplib
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.danish import sort_key
from actions.history.record import record
from actions.mail.lacking import lacking
from actions.mail.letters import letter_for
from actions.mail.notices import reminded, reminded_on
from actions.models import Mail, Notice, Round, RoundState, User
from actions.models.history import HistoryVerb
from actions.tools.text import one_line
from actions.writing.refusals import Refused

REMINDED: Final = HistoryVerb("remind", gettext_lazy("Påmindelse sendt"))

REASON_LENGTH: Final = 300


class NotReady(Exception):
    """A setting is missing, so no mail can be sent; the message names it."""


class Rejected(Exception):
    """This one mail cannot be delivered, now or later."""


class Later(Exception):
    """The mail server refuses this one mail for now."""


class ServerDown(Exception):
    """The mail server does not answer as it should, so the rest is not tried."""


@dataclass
class Outcome:
    """The outcome of a run, in numbers of mails; `fault` says why the server could not be used."""

    sent: int = 0
    given_up: int = 0
    waiting: int = 0
    fault: str = ""


def site() -> str:
    """The beginning of links in mails. Raises NotReady if SITE_URL is not set."""
    if not settings.SITE_URL:
        raise NotReady(_("SITE_URL er ikke sat: links i mails skal bruge installationens adresse."))
    return str(settings.SITE_URL)


# --- composing -----------------------------------------------------------------------------------


def compose_all(
    today: date, *, only: Collection[int] | None = None, again: bool = False
) -> list[Mail]:
    """Makes one mail of each person's untold notices, by name; a waiting one is written anew.

    A person who got a mail today waits until tomorrow, unless `again`. `only`: ids of users.
    """
    Mail.objects.waiting().filter(recipient=None).update(
        given_up_at=timezone.now(), last_error=_("Brugeren findes ikke længere.")
    )
    untold, waiting = Notice.objects.untold(), Mail.objects.waiting()
    if only is not None:
        untold, waiting = untold.filter(recipient__in=only), waiting.filter(recipient__in=only)
    people = {*untold.values_list("recipient"), *waiting.values_list("recipient")}
    mails = [_compose(pk, today, again=again) for (pk,) in sorted(people)]
    return sorted(filter(None, mails), key=lambda mail: (sort_key(mail.recipient_name), mail.pk))


@transaction.atomic
def _compose(pk: int, today: date, *, again: bool) -> Mail | None:
    # The lock keeps two runs from composing for the same person; no_key: it blocks no save.
    user = User.objects.select_for_update(no_key=True).get(pk=pk)
    now = timezone.now()
    waiting = user.mails.waiting().select_for_update().first()
    if waiting and waiting.is_claimed(now):
        return None
    if waiting is None and not again and user.mails.sent_on_day_of(now).exists():
        return None
    notices = list(user.notices.untold().select_related("round__catalogue", "action__catalogue"))
    letter = letter_for(user, notices, today=today, site=site())
    told = letter.notices if letter else ()
    stale = {notice.pk for notice in notices} - {notice.pk for notice in told}
    Notice.objects.filter(pk__in=stale).delete()
    if letter is None:
        _withdraw(waiting, now)
        return None
    mail = waiting or Mail(recipient=user)
    mail.recipient_name, mail.address = str(user), user.email
    mail.subject, mail.body = one_line(letter.subject, 200), letter.body
    if reason := _no_way_to(user):
        mail.given_up_at, mail.last_error = now, reason
    mail.save()
    Notice.objects.filter(pk__in=[notice.pk for notice in told]).update(mail=mail)
    return mail


def _withdraw(waiting: Mail | None, now: datetime) -> None:
    """Gives up a mail that was not sent before all its notices were obsolete."""
    if waiting is not None:
        waiting.given_up_at, waiting.last_error = now, _("Ikke længere aktuel.")
        waiting.save()


def _no_way_to(user: User) -> str:
    if not user.is_active:
        return _("Brugeren er lukket.")
    return "" if user.email else _("Brugeren har ingen mailadresse.")


# --- sending -------------------------------------------------------------------------------------


def send_waiting(*, only: Collection[int] | None = None) -> Outcome:
    """Sends what is in the outbox, oldest first; `only` are ids of recipients.

    Stops when the server cannot be used: the rest waits for the next run.
    """
    outcome = Outcome()
    waiting = Mail.objects.waiting().exclude(recipient=None)
    if only is not None:
        waiting = waiting.filter(recipient__in=only)
    queue = list(waiting.order_by("pk").values_list("pk", flat=True))
    mailer = mailers.default
    try:
        for number, pk in enumerate(queue):
            if claim(pk, timezone.now()):
                _try(mailer, Mail.objects.get(pk=pk), outcome)
            if outcome.fault:
                _postpone(queue[number + 1 :], outcome)
                break
    finally:
        with suppress(OSError):
            mailer.close()
    return outcome


def claim(pk: int, now: datetime) -> bool:
    """Takes a mail for this run. False if another run has it or has sent it."""
    free = Mail.objects.waiting().unclaimed(now).filter(pk=pk)
    return bool(free.update(claimed_at=now, attempts=F("attempts") + 1))


def _try(mailer: Any, mail: Mail, outcome: Outcome) -> None:
    """Sends a claimed mail, releases it, and stores the outcome."""
    result: dict[str, Any] = {"claimed_at": None, "last_error": ""}
    try:
        _deliver(mailer, mail)
    except Rejected as refusal:
        result |= {"given_up_at": timezone.now(), "last_error": _reason(refusal)}
        outcome.given_up += 1
    except Later as refusal:
        result |= {"last_error": _reason(refusal)}
        outcome.waiting += 1
    except ServerDown as fault:
        outcome.fault = _reason(fault)
        result |= {"last_error": outcome.fault}
        outcome.waiting += 1
    else:
        result |= {"sent_at": timezone.now()}
        outcome.sent += 1
    Mail.objects.filter(pk=mail.pk).update(**result)


def _postpone(rest: Sequence[int], outcome: Outcome) -> None:
    """Stores the fault on each mail that was not tried, so that the log says why it waits."""
    left = Mail.objects.waiting().unclaimed(timezone.now()).filter(pk__in=rest)
    outcome.waiting += left.update(last_error=outcome.fault, attempts=F("attempts") + 1)


def _deliver(mailer: Any, mail: Mail) -> None:
    """Hands one mail to the server, over the run's one connection. Raises Rejected, Later or
    ServerDown if the server does not take it.
    """
    try:
        mailer.open()
        mailer.send_messages([_message(mail)])
    except ValueError as error:  # an address that is none
        raise Rejected(_("Mailen kan ikke sendes: %(why)s") % {"why": error}) from error
    except smtplib.SMTPRecipientsRefused as error:
        _refuse(*next(iter(error.recipients.values())), error)
    except smtplib.SMTPDataError as error:
        _refuse(error.smtp_code, error.smtp_error, error)
    except OSError as error:  # a lost connection, a failed login, a refused sender
        raise ServerDown(_fault(error)) from error


def _refuse(code: int, said: bytes | str, error: Exception) -> None:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    why = _("Mailserveren afviser mailen: %(code)d %(why)s") % {"code": code, "why": words}
    raise (Rejected if code >= 500 else Later)(why) from error


def _fault(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode(errors="replace") if isinstance(said, bytes) else said
        return _("Mailserveren svarer %(code)d %(why)s") % {"code": error.smtp_code, "why": words}
    return _("Mailserveren svarer ikke: %(why)s") % {"why": error}


def _reason(error: Exception) -> str:
    return one_line(str(error), REASON_LENGTH)


def _message(mail: Mail) -> EmailMessage:
    """Every attempt has the same Message-ID, so that a mailbox recognises a second copy."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<handlingskatalog.{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(mail.subject, mail.body, None, [mail.address], headers=headers)


# --- the coordinator's reminder ------------------------------------------------------------------


def remind(*, round_: Round, to: Collection[int], by: Mandate) -> Outcome:
    """Reminds those of `to` (ids of users) who still lack something, and sends their mails now.

    Raises NotReady if SITE_URL is not set, Refused if the round is not open.
    """
    site()
    today = timezone.localdate()
    return _send_now(_note_reminders(round_, to, by, today), today)


def tell_now(people: Collection[int]) -> None:
    """Sends what these users (ids) are to be told, also if they got a mail today.

    What cannot be sent now is sent by the next daily run.
    """
    with suppress(NotReady):
        _send_now(people, timezone.localdate())


def _send_now(people: Collection[int], today: date) -> Outcome:
    compose_all(today, only=people, again=True)
    return send_waiting(only=people)


@transaction.atomic
def _note_reminders(round_: Round, to: Collection[int], by: Mandate, today: date) -> list[int]:
    locked = Round.objects.select_for_update(of=("self",), no_key=True).select_related("catalogue")
    round_ = locked.get(pk=round_.pk)
    if round_.state(today) is not RoundState.OPEN:
        raise Refused(_("Runden er ikke åben, så der er intet at minde om."))
    already = reminded_on(today)
    chosen = [
        row.user
        for row in lacking(round_, today)
        if row.user.pk in to and row.user.pk not in already
    ]
    people = [user.pk for user in chosen]
    sender = round_.catalogue.coordinator
    reminded(round_, to=people, day=today, by_name=sender)
    if chosen:
        names = ", ".join(str(user) for user in chosen)
        record(REMINDED, actor=by.user, position=sender, round_=round_, comment=names)
    return people
