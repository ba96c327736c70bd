"""Which published reports a decision reaches back to, told to who has just saved it.

A report tells the catalogue of the day its round closed. A change that is decided on an earlier day
is in force on that day, so a correction of the report will show it.
"""

from collections.abc import Callable, Iterable
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.danish import format_date, listed
from actions.models import Catalogue, CatalogueVersion, Round
from actions.models.versions import day_of, is_in_force

#: The published reports of some rounds, each by its name: `reports.apps` fills it.
published: Final[list[Callable[[Iterable[Round]], Iterable[str]]]] = []


def words_on_reach(slug: str) -> str:
    """What the latest version reaches back to, in words; "" if no published report tells it."""
    versions = CatalogueVersion.objects.filter(catalogue__slug=slug).defer("rows")
    newest = list(versions.order_by("-pk")[:2])
    if len(newest) < 2 or newest[0].in_force >= timezone.localdate(newest[0].at):
        return ""
    latest = newest[0]
    rounds = [
        row
        for row in Catalogue.objects.get(slug=slug).rounds.order_by("year")
        if is_in_force(latest.in_force, latest.at, *day_of(row))
        and day_of(row)[0] < timezone.localdate(latest.at)
    ]
    names = [name for source in published for name in source(rounds)] if rounds else []
    if not names:
        return ""
    words = _(
        "Ændringen gælder fra %(day)s. %(reports)s er udgivet uden den. Udgaverne bliver, som de "
        "er, men en rettelse af dem vil vise ændringen."
    )
    return words % {"day": format_date(latest.in_force), "reports": listed(names)}
