"""`manage.py export_catalogue SLUG [--as-of DAY] [--format …] [--output FILE]`: see DOMAIN.md."""

from datetime import date
from typing import Any, Literal

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from actions.catalogue.changing.withdrawing import withdrawn_rows
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import CatalogueRows, to_text, to_workbook
from actions.catalogue.versions.store import NoSuchVersion, rows_on
from actions.danish import format_date
from actions.models import Catalogue
from actions.tools.command import DanishCommand, unknown_catalogue


class Command(DanishCommand):
    help = _("Skriver et handlingskatalog som katalogfil, der kan indlæses igen.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help=_("handlingskatalogets kortnavn"))
        parser.add_argument(
            "--as-of",
            metavar="ÅÅÅÅ-MM-DD",
            help=_("kataloget, som det gjaldt den dag; ellers som det gælder nu"),
        )
        parser.add_argument("--format", choices=["yaml", "json", "xlsx"], default="yaml")
        parser.add_argument(
            "--output", metavar="FILE", help=_("filen, der skrives; ellers standard output")
        )

    def handle(
        self,
        *args: Any,
        slug: str,
        format: Literal["yaml", "json", "xlsx"],
        output: str | None,
        as_of: str | None,
        **options: Any,
    ) -> None:
        rows = _rows(slug, _day(as_of) if as_of else None)
        if format == "xlsx":
            self.give_book(to_workbook(rows), output)
        else:
            self.give_text(to_text(rows, format), output)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = _("%(text)s er ingen dag. Skriv den som 2025-12-31.") % {"text": text}
        raise CommandError(message) from error


def _rows(slug: str, day: date | None) -> CatalogueRows:
    """The rows on the day; without one also those of a catalogue that was taken back."""
    try:
        return rows_on(slug, day) if day else rows_of(slug)
    except Catalogue.DoesNotExist as error:
        if day is None and (rows := withdrawn_rows(slug)):
            return rows
        raise unknown_catalogue(slug) from error
    except NoSuchVersion as error:
        raise CommandError(_not_yet(error.begins)) from error


def _not_yet(begins: date | None) -> str:
    if begins is None:
        return _("Kataloget har ingen versioner; udelad --as-of.")
    return _("Kataloget gælder først fra %(day)s. Vælg en senere dag.") % {
        "day": format_date(begins)
    }
