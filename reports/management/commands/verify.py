"""`manage.py verify`: proves that every published edition and the whole history are unchanged."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection

from actions.models import CatalogueVersion, ChainHead, Event, Measurement, TargetRevision
from actions.models.chain.guards import unguarded
from actions.models.chain.links import ChainBroken
from actions.tools.command import DanishCommand
from reports.documents.pdf import DOCUMENT, version_of
from reports.editions.verbs import fault_in, render_again
from reports.models import Edition


class Command(DanishCommand):
    help = (
        "Genberegner fingeraftrykkene af alle udgivne rapporter og hele historikkens kæde; stopper "
        "ved den første afvigelse."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--render",
            action="store_true",
            help="dan også hver PDF igen af det frosne indhold, og sammenlign",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            editions = Edition.objects.select_related("report__catalogue").check_chain(fault_in)
            events = Event.objects.check_chain()
            revisions = TargetRevision.objects.check_chain()
            measurements = Measurement.objects.check_chain()
            versions = CatalogueVersion.objects.check_chain()
        except ChainBroken as broken:
            raise CommandError(str(broken)) from broken
        tables = (Event, TargetRevision, Measurement, CatalogueVersion, Edition)
        if bare := unguarded(connection, *tables):
            raise CommandError(f"{', '.join(bare)}: databasens værn mod ændringer mangler.")
        self.stdout.write(
            f"{editions} udgaver, {events} rækker i historikken, {revisions} justerede måltal, "
            f"{versions} versioner af kataloger og {measurements} tal for måltal er uændrede."
        )
        for head in ChainHead.objects.order_by("table"):
            self.stdout.write(f"{head}, {head.hash}")
        if options["render"]:
            self._render()

    def _render(self) -> None:
        rows = Edition.objects.select_related("report__catalogue").order_by("pk")
        todays = rows.filter(template_version=version_of(DOCUMENT))
        for edition in todays:
            if render_again(edition) != bytes(edition.pdf):
                raise CommandError(f"{edition.place}: PDF'en kan ikke dannes igen ens.")
        others = rows.count() - len(todays)
        self.stdout.write(
            f"{len(todays)} PDF-filer er dannet igen, byte for byte ens; "
            f"{others} er lavet med en anden skabelon."
        )
