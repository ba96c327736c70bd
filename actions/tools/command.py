"""What the project's commands have in common: whatever goes wrong is one clear line in Danish."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFault
from django.utils.translation import gettext as _

from actions.models import Catalogue


class DanishCommand(BaseCommand):
    """A command that ends in one line and exit code 1 where the database is gone or not made."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseFault as fault:
            message = _(
                "Databasen svarer ikke, som den skal: {reason}\n"
                "Er den ny, eller er programmet opdateret, så kør først: python manage.py migrate"
            )
            raise CommandError(message.format(reason=str(fault).strip())) from fault


def unknown_catalogue(slug: str) -> CommandError:
    """That there is no such catalogue, and which there are."""
    slugs = Catalogue.objects.latest_first().values_list("slug", flat=True)
    message = _("Der er intet handlingskatalog med kortnavnet ”{slug}”. Der findes: {known}")
    return CommandError(message.format(slug=slug, known=", ".join(slugs) or _("ingen")))
