"""`manage.py export_figures SLUG [--format csv|xlsx] [--output FILE]`: see DOMAIN.md."""

from pathlib import Path
from typing import Any, Literal

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from actions.figures.file.writing import figures_text, figures_workbook
from actions.models import Catalogue
from actions.tools.command import DanishCommand, unknown_catalogue
from actions.tools.output import write_file

#: Without it Excel reads a text as Windows-1252.
BYTE_ORDER_MARK = "\ufeff"


class Command(DanishCommand):
    help = _("Skriver alle måltallenes tal med deres rettelser.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help=_("handlingskatalogets kortnavn"))
        parser.add_argument("--format", choices=["csv", "xlsx"], default="csv")
        parser.add_argument(
            "--output", metavar="FILE", help=_("filen, der skrives; ellers standard output")
        )

    def handle(
        self,
        *args: Any,
        slug: str,
        format: Literal["csv", "xlsx"] = "csv",
        output: str | None = None,
        **options: Any,
    ) -> None:
        catalogue = Catalogue.objects.filter(slug=slug).first()
        if catalogue is None:
            raise unknown_catalogue(slug)
        if format == "xlsx":
            if output is None:
                raise CommandError(_("Et regneark kan ikke vises her; brug --output FILE."))
            write_file(Path(output), figures_workbook(catalogue))
        elif output is None:
            self._print(figures_text(catalogue))
        else:
            write_file(Path(output), (BYTE_ORDER_MARK + figures_text(catalogue)).encode())

    def _print(self, text: str) -> None:
        try:
            self.stdout.write(text, ending="")
        except UnicodeEncodeError as error:
            message = _("Terminalen kan ikke vise teksten; brug --output FILE.")
            raise CommandError(message) from error
