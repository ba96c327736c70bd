"""The catalogue and its actions, read-only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.access import READERS, Mandate, allow, get_action, get_catalogue
from actions.catalogue.page import action_page, catalogue_rows, goals_counted
from actions.catalogue.versions.page import history_of
from actions.lights import Light
from actions.models import Catalogue
from actions.models.rounds import current_catalogue, current_round
from actions.status.slots import story_of
from actions.tools.answers import catalogue_crumbs


@allow(*READERS)
@require_safe
def catalogues(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """Shows every catalogue, the latest first, and which one the short addresses lead to."""
    today = timezone.localdate()
    context = {
        "catalogues": Catalogue.objects.with_counts().latest_first(),
        "current": current_catalogue(today),
        "today": today,
        "may_edit": mandate.is_coordinator,
        "crumbs": [(_("Kataloger"), "")],
    }
    return render(request, "catalogue/catalogues.html", context)


@allow(*READERS)
@require_safe
def catalogue(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    catalogue = get_catalogue(slug)
    round_ = current_round(catalogue, timezone.localdate())
    rows = catalogue_rows(catalogue, round_, mandate)
    context = {
        "catalogue": catalogue,
        "round": round_,
        "rows": rows,
        "counted": goals_counted(rows),
        "lights": Light.values,
        "may_edit": mandate.is_coordinator,
        "others": Catalogue.objects.besides(catalogue),
        "crumbs": [(catalogue.title, "")],
    }
    return render(request, "catalogue/catalogue.html", context)


@allow(*READERS)
@require_safe
def catalogue_history(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """Shows what has changed in the catalogue, from when and by which decision."""
    catalogue = get_catalogue(slug)
    title, history = _("Katalogets historik"), history_of(catalogue, request.GET)
    context = {
        "catalogue": catalogue,
        "history": history,
        "choices": [("fra", _("Fra"), history.chosen[0]), ("til", _("Til"), history.chosen[1])],
        "title": title,
        "crumbs": catalogue_crumbs(catalogue, (title, "")),
    }
    return render(request, "catalogue/catalogue_history.html", context)


@allow(*READERS)
@require_safe
def action(request: HttpRequest, mandate: Mandate, slug: str, number: int) -> HttpResponse:
    action = get_action(slug, number)
    context = {
        "catalogue": action.catalogue,
        "page": action_page(action, mandate),
        "story": story_of(action),
        "may_edit": mandate.is_coordinator,
        "crumbs": catalogue_crumbs(action.catalogue, (str(action), "")),
    }
    return render(request, "catalogue/action.html", context)
