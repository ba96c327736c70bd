"""A goal as its reader will see it: its chart, the suggested light, its look in the report."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actions.access import WRITERS, Mandate, allow, get_writable_status
from actions.status.forms import StatusForm
from actions.status.page import GoalPage, goal_page
from actions.status.slots import looks_of
from actions.status.typed import as_typed
from actions.tools.answers import status_crumbs

#: The id of the element that htmx fills with the report's look; other targets get the figures.
PART: Final = "look"


@allow(*WRITERS)
@require_safe
def preview(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    """What is saved, as the report will show it."""
    page = _page(mandate, slug, year, goal)
    context = _context(page) | {
        "action": page.status.goal.action,
        "looks": looks_of(page),
        "crumbs": status_crumbs(page.status, (_("I rapporten"), "")),
    }
    return render(request, "status/preview.html", context)


@allow(*WRITERS)
@require_POST
def typed(request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int) -> HttpResponse:
    """The parts of the page that follow a form while somebody types in it. Nothing is saved."""
    stored = _page(mandate, slug, year, goal)
    indicators = [row.indicator for row in stored.indicators]
    form = StatusForm(request.POST, indicators=indicators, round_=stored.status.round)
    form.is_valid()  # a faulty field is shown as far as it goes
    page = as_typed(stored, form.content())
    context = _context(page) | {"figures": page.indicators, "follows": True}
    if request.headers.get("HX-Target") != PART:
        return render(request, "status/status.html#typed_figures", context)
    return render(request, "status/status.html#looks", context | {"looks": looks_of(page)})


def _page(mandate: Mandate, slug: str, year: int, goal: int) -> GoalPage:
    status = get_writable_status(mandate, slug, year, goal)
    return goal_page(status, mandate, timezone.localdate())


def _context(page: GoalPage) -> dict[str, Any]:
    return {"catalogue": page.status.round.catalogue, "round": page.status.round, "page": page}
