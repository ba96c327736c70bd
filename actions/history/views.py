"""The administrator's log: every row of the history, newest first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.access import Mandate, allow
from actions.models import Event, Role
from actions.models.history import REFUSED, SAVE

LOG_PAGE = 50
#: Verbs of texts, which have a history of their own.
WRITING = (SAVE, REFUSED)


@allow(Role.ADMINISTRATOR)
@require_safe
def log(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """Who did what with users, roles, posts and rounds; never the texts."""
    rows = Event.objects.filter(status__isnull=True).exclude(verb__in=WRITING)
    page = Paginator(rows.select_related("round").defer("content"), LOG_PAGE)
    context = {
        "page": page.get_page(request.GET.get("side")),
        "crumbs": [(_("Log"), "")],
    }
    return render(request, "history/log.html", context)
