"""What the project's commands share: an error is one clear line in Danish."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFault
from django.utils.translation import gettext as _

from actions.models import Catalogue
from actions.tools.output import write_file

MOST_FAULTS: Final = 200


class DanishCommand(BaseCommand):
    """A command that ends in a clear message and exit code 1 if the database fails."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseFault as fault:
            message = _(
                "Databasen svarer ikke, som den skal: {reason}\n"
                "Er den ny, eller er programmet opdateret, så kør først: python manage.py migrate"
            )
            raise CommandError(message.format(reason=str(fault).strip())) from fault

    def give_text(self, text: str, output: str | None, *, encoding: str = "utf-8") -> None:
        """Writes the text to the file, else shows it."""
        if output is not None:
            write_file(Path(output), text.encode(encoding))
            return
        try:
            self.stdout.write(text, ending="")
        except UnicodeEncodeError as error:
            message = _("Terminalen kan ikke vise teksten; brug --output FILE.")
            raise CommandError(message) from error

    def give_book(self, book: bytes, output: str | None) -> None:
        """Writes the workbook to the file, which must be named."""
        if output is None:
            raise CommandError(_("Et regneark kan ikke vises her; brug --output FILE."))
        write_file(Path(output), book)


def catalogue_named(slug: str) -> Catalogue:
    """Raises CommandError if there is none; it names those there are."""
    catalogue = Catalogue.objects.filter(slug=slug).first()
    if catalogue is None:
        raise unknown_catalogue(slug)
    return catalogue


def unknown_catalogue(slug: str) -> CommandError:
    """The error for an unknown catalogue; it names those there are."""
    slugs = Catalogue.objects.latest_first().values_list("slug", flat=True)
    message = _("Der er intet handlingskatalog med kortnavnet ”{slug}”. Der findes: {known}")
    return CommandError(message.format(slug=slug, known=", ".join(slugs) or _("ingen")))


def not_imported(file: str, faults: Sequence[object]) -> CommandError:
    """The error for a file that is refused, with its faults a line each."""
    heading = _("{file} er ikke indlæst, og intet er skrevet. Fejl: {count}")
    lines = [str(fault) for fault in faults[:MOST_FAULTS]]
    if (more := len(faults) - MOST_FAULTS) > 0:
        lines.append(_("… og {count} flere").format(count=more))
    return CommandError("\n".join([heading.format(file=file, count=len(faults)), *lines]))
