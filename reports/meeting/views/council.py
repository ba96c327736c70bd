"""Kommunalbestyrelsen's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Role
from reports.meeting.council import council_page


@allow(Role.COUNCIL, Role.COORDINATOR)
@require_safe
def council(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    catalogue = get_catalogue(slug)
    context = {
        "catalogue": catalogue,
        "page": council_page(catalogue),
        "crumbs": [(catalogue.title, ""), (_("Overblik"), "")],
    }
    return render(request, "meeting/council.html", context)
