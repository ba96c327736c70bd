"""`manage.py send_reminders [--dry-run]`: sends today's mails, daily from cron; see DOMAIN.md."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.mail import notices, outbox
from actions.mail.outbox import NotReady, Outcome
from actions.models import Mail
from actions.tools.command import DanishCommand


class Command(DanishCommand):
    help = _("Sender dagens mails, også til dem, der mangler noget. Kan trygt køres igen.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help=_("vis, hvem der ville få hvad; intet sendes eller gemmes"),
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        try:
            outbox.site()
            if dry_run:
                self._rehearse(timezone.localdate())
            else:
                self._run(timezone.localdate())
        except NotReady as fault:
            raise CommandError(str(fault)) from fault

    def _run(self, today: date) -> None:
        self._compose(today)
        outcome = outbox.send_waiting()
        self.stdout.write(_summary(outcome))
        if outcome.fault:
            message = _("{why} De mails, der venter, bliver sendt ved næste kørsel.")
            raise CommandError(message.format(why=f"{outcome.fault.rstrip('.')}."))

    @transaction.atomic
    def _rehearse(self, today: date) -> None:
        self._compose(today)
        transaction.set_rollback(True)
        self.stdout.write(_("Prøve: intet er sendt eller gemt."))

    def _compose(self, today: date) -> None:
        notices.note_deadlines(today)
        for mail in outbox.compose_all(today):
            self.stdout.write(_line(mail))


def _line(mail: Mail) -> str:
    """Who gets what, or why not: "Anna Holm <anna@example.org>: Frist i dag"."""
    line = f"{mail.recipient_name} <{mail.address}>: {', '.join(mail.occasions)}"
    return line if mail.is_waiting else f"{line} – {_('sendes ikke:')} {mail.last_error}"


def _summary(outcome: Outcome) -> str:
    return _("Sendt: {sent}. Afvist: {given_up}. Venter: {waiting}.").format(
        sent=outcome.sent, given_up=outcome.given_up, waiting=outcome.waiting
    )
