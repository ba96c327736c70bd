"""`manage.py verify`: every published edition is still what was published."""

import hashlib
from typing import Any

from django.core.management.base import CommandError

from actions.command import DanishCommand
from reports.models import Edition
from reports.workflow import content_hash


class Command(DanishCommand):
    help = "Genberegner alle udgivne rapporters fingeraftryk; stopper ved den første afvigelse."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for edition in Edition.objects.select_related("report__catalogue").order_by("pk"):
            place = f"{edition.report.catalogue.slug}, {edition}"
            if hashlib.sha256(bytes(edition.pdf)).hexdigest() != edition.pdf_sha256:
                raise CommandError(f"{place}: PDF-filen er ændret efter udgivelsen.")
            if content_hash(edition.content) != edition.content_sha256:
                raise CommandError(f"{place}: indholdet er ændret efter udgivelsen.")
            count += 1
        self.stdout.write(f"{count} udgaver er uændrede.")
