"""The history of a status: what happened, and every version to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.access import READERS, Mandate, allow, get_readable_status
from actions.models import GoalStatus
from actions.status import versions
from actions.tools.answers import status_crumbs


@allow(*READERS)
@require_safe
def history(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    found = get_readable_status(mandate, slug, year, goal)
    context = _context(found) | {
        "page": versions.history_page(found, mandate, request.GET.get("side", "")),
        "crumbs": status_crumbs(found, (_("Historik"), "")),
    }
    return render(request, "status/history.html", context)


@allow(*READERS)
@require_safe
def version(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int, event: int
) -> HttpResponse:
    found = get_readable_status(mandate, slug, year, goal)
    page = versions.version_page(found, mandate, event)
    if page is None:
        raise Http404
    all_of_them = reverse("history", args=[slug, year, goal])
    context = _context(found) | {
        "page": page,
        "crumbs": status_crumbs(found, (_("Historik"), all_of_them), (_("En version"), "")),
    }
    return render(request, "status/version.html", context)


def _context(found: GoalStatus) -> dict[str, object]:
    return {
        "catalogue": found.round.catalogue,
        "round": found.round,
        "action": found.goal.action,
        "status": found,
    }
