"""`manage.py export_figures SLUG [--format csv|xlsx] [--output FILE]`: see DOMAIN.md."""

from typing import Any, Literal

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from actions.figures.file.writing import figures_text, figures_workbook
from actions.tools.command import DanishCommand, catalogue_named


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
        catalogue = catalogue_named(slug)
        if format == "xlsx":
            self.give_book(figures_workbook(catalogue), output)
        else:
            # In a file a byte order mark: without it Excel reads a text as Windows-1252.
            self.give_text(figures_text(catalogue), output, encoding="utf-8-sig")
