"""The front door: everybody lands where their work is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actions.access import READERS, WRITERS, Mandate, allow, mandate_for
from actions.contexts import current_catalogue, round_to_follow
from actions.models import Catalogue, Role
from handlingskatalog.accounts import prolong
from reports.access import EDITION_READERS
from reports.models import Edition

SECTIONS = ("handlinger", "status", "rapporter")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A head: own goals. VUF: the round. The committee and the council: the latest report."""
    mandate = mandate_for(request)
    catalogue = current_catalogue(timezone.localdate())
    address = _landing(mandate, catalogue)
    if address:
        return redirect(address)
    return render(request, "welcome.html", {"catalogue": catalogue, "roles": mandate.roles})


def _landing(mandate: Mandate, catalogue: Catalogue | None) -> str:
    if not mandate.roles.isdisjoint(WRITERS):
        return reverse("own_goals")
    if catalogue and not mandate.roles.isdisjoint(READERS):
        round_ = round_to_follow(catalogue, timezone.localdate())
        return round_.get_absolute_url() if round_ else reverse("rounds", args=[catalogue.slug])
    if catalogue and not mandate.roles.isdisjoint(EDITION_READERS):
        latest = Edition.objects.in_list().of_catalogue(catalogue).newest_first()
        edition = latest.select_related("report__catalogue").first()
        return edition.get_absolute_url() if edition else reverse("reports", args=[catalogue.slug])
    if Role.ADMINISTRATOR in mandate.roles:
        return reverse("users")
    return ""


@require_POST
def prolong_session(request: HttpRequest) -> HttpResponse:
    """Somebody who is warned that the session ends says that they are still there."""
    return HttpResponse(prolong(request), content_type="text/plain")


@allow(*EDITION_READERS)
@require_safe
def in_current_catalogue(
    request: HttpRequest, mandate: Mandate, section: str, rest: str = ""
) -> HttpResponse:
    """Short addresses such as /handlinger/3/ lead to the catalogue whose period we are in."""
    catalogue = current_catalogue(timezone.localdate())
    if catalogue is None:
        raise Http404(_("Der er ikke noget handlingskatalog endnu."))
    if section == "handlinger" and not rest:
        return redirect(catalogue)
    return redirect(f"{catalogue.get_absolute_url()}{section}/{rest}")
