"""What of a catalogue goes on in a later one: rows to read, and the content they become."""

from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from actions.models import Action, Catalogue
from actions.tools.together import Row, picked
from reports.content.shape import GoesOnContent
from reports.models import Kind


def later_rows(
    actions: list[int], kind: Kind, catalogue: Catalogue
) -> dict[str, QuerySet[Any, Any]]:
    """The later catalogues, and their actions that were carried over from these."""
    later = Catalogue.objects.filter(period_from__gt=catalogue.period_from)
    if kind is not Kind.FINAL:
        later = later.none()
    carried = Action.objects.filter(origin__in=actions, catalogue__in=later)
    return {
        "next": picked(later, "title"),
        "goes_on": picked(
            carried, *("number", "title"), origin="origin_id", catalogue="catalogue__title"
        ),
    }


def goes_on_by_action(rows: list[Row]) -> dict[int, list[GoesOnContent]]:
    goes_on: dict[int, list[GoesOnContent]] = {}
    for row in sorted(rows, key=itemgetter("catalogue", "number")):
        carried = GoesOnContent(
            catalogue=row["catalogue"], number=row["number"], title=row["title"]
        )
        goes_on.setdefault(row["origin"], []).append(carried)
    return goes_on
