"""`manage.py import_figures FILE [--catalogue SLUG] [--dry-run]`: see DOMAIN.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from actions.figures.file.cells import FiguresFileError
from actions.figures.file.reading import read_figures
from actions.figures.told import FigureNews, told_words
from actions.figures.verbs import tell_figures
from actions.models import Catalogue
from actions.tools.command import DanishCommand, catalogue_named, not_imported


class Command(DanishCommand):
    help = _("Indlæser måltallenes tal fra et regneark (.xlsx) eller en tekstfil (.csv).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help=_("filen med tallene"))
        parser.add_argument(
            "--catalogue",
            metavar="SLUG",
            help=_("kataloget, hvis der er flere og filen ikke har kolonnen katalog"),
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help=_("vis, hvad der ville blive ændret, og skriv intet"),
        )

    def handle(
        self,
        *args: Any,
        file: str,
        dry_run: bool = False,
        catalogue: str | None = None,
        **options: Any,
    ) -> None:
        try:
            with transaction.atomic():  # what was read as news is still news when it is kept
                read = read_figures(_content(file), _catalogue(catalogue))
                news = read.news()
                if not dry_run:
                    tell_figures(by=None, rows=read.rows)
        except FiguresFileError as error:
            raise not_imported(file, error.faults) from error
        lines = [_line(each) for each in news] or [_("Ingen ændringer")]
        if dry_run:
            lines = [_("Prøvekørsel"), *lines, *([_("Intet er skrevet.")] if news else [])]
        elif news:
            lines.append(told_words(len(news)))
        self.stdout.write("\n".join(lines))


def _content(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as error:
        raise CommandError(_("%(file)s: filen findes ikke") % {"file": file}) from error
    except IsADirectoryError as error:
        raise CommandError(_("%(file)s: det er en mappe, ikke en fil") % {"file": file}) from error
    except OSError as error:
        raise CommandError(_("%(file)s: filen kan ikke læses") % {"file": file}) from error


def _catalogue(slug: str | None) -> Catalogue | None:
    """The catalogue that was named, else the only one there is."""
    if slug is None:
        catalogues = list(Catalogue.objects.all()[:2])
        return catalogues[0] if len(catalogues) == 1 else None
    return catalogue_named(slug)


def _line(news: FigureNews) -> str:
    """ "3.1 Match med ledige i job, 2025: 45 match → 47 match"."""
    indicator, goal = news.row.indicator, news.row.indicator.goal
    return f"{goal.action.number}.{goal.number} {indicator}, {news.row.year}: {news.in_words}"
