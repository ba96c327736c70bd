"""VUF takes back a catalogue that was made by mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow, get_catalogue
from actions.catalogue.changing import withdrawing as verbs
from actions.models import Role
from actions.tools.answers import catalogue_crumbs
from actions.writing.refusals import Refused


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_catalogue(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """Says what goes and asks; if something rests on the catalogue it says what instead."""
    catalogue = get_catalogue(slug)
    if request.method == "POST":
        try:
            verbs.withdraw_catalogue(catalogue=catalogue, by=mandate)
        except Refused:  # the page says why
            return redirect("withdraw_catalogue", slug)
        messages.success(request, _("%(title)s er fortrudt.") % {"title": catalogue.title})
        return redirect("catalogues")
    edit = (_("Rediger"), reverse("edit_catalogue", args=[slug]))
    context = {
        "catalogue": catalogue,
        "why_not": verbs.why_not_withdrawn(catalogue),
        "goes": verbs.what_goes(catalogue),
        "crumbs": catalogue_crumbs(catalogue, edit, (_("Fortryd kataloget"), "")),
    }
    return render(request, "catalogue/withdraw_catalogue.html", context)
