"""`manage.py compile_report`: writes the PDF that the browser gets."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from actions.models import Catalogue
from actions.tools.command import DanishCommand, catalogue_named
from actions.tools.output import write_file
from reports.content.assemble import assemble
from reports.content.shape import NoSuchReport
from reports.documents.pdf import PdfError
from reports.editions.draft import pdf_now
from reports.editions.verbs import report_of
from reports.models import Edition, Kind


class Command(DanishCommand):
    help = "Danner en rapport som PDF: seneste udgave, hvor der er udgivet en, ellers en kladde."
    # The checks import every view, which takes a third as long as the report itself (S4).
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="katalogets korte navn, fx handlingskatalog-24")
        parser.add_argument("year", help="rapportens år")
        parser.add_argument("kind", help="status, midterm eller final")
        parser.add_argument("--output", required=True, type=Path, help="PDF-filen, der skrives")

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = catalogue_named(options["slug"])
        if options["kind"] not in Kind.values:
            kinds = "status, midterm eller final"
            raise CommandError(f"Ukendt rapport {options['kind']!r}: skriv {kinds}.")
        if not options["year"].isdecimal():
            raise CommandError(f"{options['year']!r} er ikke et år: skriv fx 2025.")
        try:
            pdf = _pdf(catalogue, int(options["year"]), Kind(options["kind"]))
        except (NoSuchReport, PdfError) as error:
            raise CommandError(str(error)) from error
        write_file(options["output"], pdf)
        self.stdout.write(f"{options['output']} er skrevet ({len(pdf) // 1024} kB).")


def _pdf(catalogue: Catalogue, year: int, kind: Kind) -> bytes:
    editions = Edition.objects.of_catalogue(catalogue)
    latest = editions.filter(report__year=year, report__kind=kind).order_by("-number").first()
    if latest is not None:
        return bytes(latest.pdf)
    return pdf_now(report_of(catalogue, assemble(catalogue, year, kind)))
