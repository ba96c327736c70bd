"""`manage.py export_catalogue SLUG [--format yaml|json] [--output FILE]`: see DOMAIN.md."""

from pathlib import Path
from typing import Any, Literal

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from actions.catalogue_export import rows_of
from actions.catalogue_file import CatalogueRows, to_text
from actions.command import DanishCommand, unknown_catalogue
from actions.models import Catalogue
from actions.output import write_file


class Command(DanishCommand):
    help = _("Skriver et handlingskatalog som katalogfil, der kan indlæses igen.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help=_("handlingskatalogets kortnavn"))
        parser.add_argument("--format", choices=["yaml", "json"], default="yaml")
        parser.add_argument(
            "--output", metavar="FILE", help=_("filen, der skrives; ellers standard output")
        )

    def handle(
        self,
        *args: Any,
        slug: str,
        format: Literal["yaml", "json"],
        output: str | None,
        **options: Any,
    ) -> None:
        text = to_text(_rows(slug), format)
        if output is None:
            self._print(text)
        else:
            write_file(Path(output), text.encode())

    def _print(self, text: str) -> None:
        try:
            self.stdout.write(text, ending="")
        except UnicodeEncodeError as error:
            message = _("Terminalen kan ikke vise teksten; brug --output FILE.")
            raise CommandError(message) from error


def _rows(slug: str) -> CatalogueRows:
    try:
        return rows_of(slug)
    except Catalogue.DoesNotExist as error:
        raise unknown_catalogue(slug) from error
