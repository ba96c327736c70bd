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
    status = get_readable_status(mandate, slug, year, goal)
    context = _context(status) | {
        "page": versions.history_page(status, mandate, request.GET.get("side", "")),
        "crumbs": status_crumbs(status, (_("Historik"), "")),
    }
    return render(request, "status/history.html", context)


@allow(*READERS)
@require_safe
def version(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int, event: int
) -> HttpResponse:
    status = get_readable_status(mandate, slug, year, goal)
    page = versions.version_page(status, mandate, event)
    if page is None:
        raise Http404
    all_of_them = reverse("history", args=[slug, year, goal])
    context = _context(status) | {
        "page": page,
        "crumbs": status_crumbs(status, (_("Historik"), all_of_them), (_("En version"), "")),
    }
    return render(request, "status/version.html", context)


def _context(status: GoalStatus) -> dict[str, object]:
    return {
        "catalogue": status.round.catalogue,
        "round": status.round,
        "action": status.goal.action,
        "status": status,
    }
