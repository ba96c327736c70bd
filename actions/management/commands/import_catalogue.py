"""`manage.py import_catalogue FILE [--dry-run]`: see DOMAIN.md and docs/catalogue-file.md."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import IntegrityError
from django.utils.translation import gettext as _

from actions.catalogue.editor import by_decision
from actions.catalogue.file import CatalogueFileError, read_file
from actions.catalogue.importer import import_rows, plan_import
from actions.catalogue.plan import Plan
from actions.catalogue.plan_words import count, describe
from actions.tools.command import DanishCommand, not_imported


class Command(DanishCommand):
    help = _("Indlæser et handlingskatalog fra en katalogfil (YAML, JSON eller .xlsx).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help=_("katalogfilen; - er standard input"))
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help=_("vis, hvad der ville blive ændret, og skriv intet"),
        )

        parser.add_argument(
            "--decision",
            default="",
            help=_(
                "beslutningen, der ændrer måltal og giver mål ny betydning; ellers er teksterne "
                "kun rettet"
            ),
        )
        parser.add_argument(
            "--decided-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help=_("beslutningens dag; ellers i dag"),
        )

    def handle(
        self,
        *args: Any,
        file: str,
        dry_run: bool,
        decision: str = "",
        decided_on: date | None = None,
        **options: Any,
    ) -> None:
        try:
            rows = read_file(file)
            if decision:
                rows = by_decision(rows, decision, decided_on, meaning=decision)
            plan = plan_import(rows) if dry_run else import_rows(rows)
        except CatalogueFileError as error:
            raise not_imported(file, error.faults) from error
        except IntegrityError as error:
            message = _("Databasen afviste importen, og intet er skrevet: {reason}")
            raise CommandError(message.format(reason=error)) from error
        self.stdout.write("\n".join(_dry(plan) if dry_run else _done(plan)))


def _dry(plan: Plan) -> list[str]:
    return [_("Prøvekørsel af {catalogue}").format(catalogue=plan.catalogue), *describe(plan)] + (
        [] if plan.is_empty else [_("Intet er skrevet.")]
    )


def _done(plan: Plan) -> list[str]:
    if plan.is_empty:
        return [_("{catalogue}: Ingen ændringer").format(catalogue=plan.catalogue)]
    return [
        _("{catalogue} er indlæst: {count}").format(catalogue=plan.catalogue, count=count(plan))
    ]
