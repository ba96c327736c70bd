"""`manage.py export_catalogue SLUG [--format yaml|json] [--output FILE]`: see DOMAIN.md."""

import os
import tempfile
from pathlib import Path
from typing import Any, Literal

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseFault
from django.utils.translation import gettext as _

from actions.catalogue_export import rows_of
from actions.catalogue_file import CatalogueRows, to_text
from actions.models import Catalogue


class Command(BaseCommand):
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
            _save(Path(output), text)

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
        message = _("Der er intet handlingskatalog med kortnavnet ”{slug}”. {known}")
        raise CommandError(message.format(slug=slug, known=_known())) from error
    except DatabaseFault as error:
        raise CommandError(_("Databasen svarer ikke: {reason}").format(reason=error)) from error


def _known() -> str:
    slugs = Catalogue.objects.latest_first().values_list("slug", flat=True)
    return _("Der findes: {slugs}").format(slugs=", ".join(slugs) or _("ingen"))


def _save(path: Path, text: str) -> None:
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")  # A device or a pipe; a folder says so.
        else:
            _replace(path.resolve(), text)
    except (OSError, ValueError) as error:
        message = _("{file} kan ikke skrives: {reason}")
        raise CommandError(message.format(file=path, reason=_reason(error))) from error


def _replace(path: Path, text: str) -> None:
    """All of the file or nothing: written beside it and then put in its place."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, or what a new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("mappen findes ikke")
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return _("det er en mappe, eller et led i stien er ikke en mappe")
    if isinstance(error, PermissionError):
        return _("ingen adgang")
    return str(error)
