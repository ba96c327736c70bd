"""The catalogue and its actions, to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.access import READERS, Mandate, allow, get_action, get_catalogue
from actions.catalogue.page import action_page, catalogue_rows
from actions.lights import Light
from actions.models import Catalogue
from actions.models.status import current_catalogue, current_round
from actions.status.slots import story_of
from actions.tools.answers import catalogue_crumbs


@allow(*READERS)
@require_safe
def catalogues(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """Every catalogue, the latest first, and which one the short addresses lead to."""
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
    found = get_catalogue(slug)
    round_ = current_round(found, timezone.localdate())
    context = {
        "catalogue": found,
        "round": round_,
        "rows": catalogue_rows(found, round_, mandate),
        "lights": Light.values,
        "may_edit": mandate.is_coordinator,
        "others": Catalogue.objects.besides(found),
        "crumbs": [(found.title, "")],
    }
    return render(request, "catalogue/catalogue.html", context)


@allow(*READERS)
@require_safe
def action(request: HttpRequest, mandate: Mandate, slug: str, number: int) -> HttpResponse:
    found = get_action(slug, number)
    context = {
        "catalogue": found.catalogue,
        "page": action_page(found, mandate),
        "story": story_of(found),
        "may_edit": mandate.is_coordinator,
        "crumbs": catalogue_crumbs(found.catalogue, (str(found), "")),
    }
    return render(request, "catalogue/action.html", context)
