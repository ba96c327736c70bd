"""The front door: the home page, short addresses, the session, and accessibility."""

from datetime import date
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_POST, require_safe

from actions.access import READERS, WRITERS, Mandate, allow, mandate_for
from actions.models import Catalogue, Role
from actions.models.rounds import current_catalogue, round_to_follow
from handlingskatalog.accounts.sessions import prolong
from reports.access import EDITION_READERS
from reports.editions.views.public import for_everybody, page
from reports.models import Edition

SECTIONS = ("handlinger", "status", "rapporter", "kommunalbestyrelsen")
#: When the accessibility statement was last reviewed; the law requires it once a year.
REVIEWED: Final = date(2026, 11, 25)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Redirects everybody to their work: a head to their own goals, VUF to the round, the
    committee to the latest report, the council to its page, a supplier to the indicators.
    """
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
    if catalogue and Role.COMMITTEE in mandate.roles:
        edition = _latest_edition()
        return edition.get_absolute_url() if edition else reverse("reports", args=[catalogue.slug])
    if catalogue and Role.COUNCIL in mandate.roles:
        edition = _latest_edition()
        reported = edition.report.catalogue if edition else catalogue
        return reverse("council", args=[reported.slug])
    if Role.SUPPLIER in mandate.roles:
        return reverse("supplied")
    if Role.ADMINISTRATOR in mandate.roles:
        return reverse("users")
    return ""


def _latest_edition() -> Edition | None:
    """The newest edition of the latest catalogue that has any; a new one has none at first."""
    rows = Edition.objects.in_list().select_related("report__catalogue")
    latest = rows.order_by("-report__catalogue__period_from", "report__catalogue__slug").first()
    if latest is None:
        return None
    return rows.of_catalogue(latest.report.catalogue).newest_first().first()


@for_everybody
@conditional_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement of webtilgængelighedsloven § 4."""
    catalogue = current_catalogue(timezone.localdate())
    context = {
        "municipality": catalogue.municipality if catalogue else "",
        "contact": settings.ACCESSIBILITY,
        "reviewed": REVIEWED,
    }
    return page("accessibility.html", context)


@for_everybody
def was(request: HttpRequest) -> HttpResponse:
    """Redirects the short address that Digitaliseringsstyrelsen requires to the statement."""
    return redirect(settings.ACCESSIBILITY["statement_url"] or "accessibility")


@require_POST
def prolong_session(request: HttpRequest) -> HttpResponse:
    """The user, warned that the session is about to end, goes on; answers the seconds it lasts."""
    return HttpResponse(prolong(request), content_type="text/plain")


@allow(*EDITION_READERS)
@require_safe
def in_current_catalogue(
    request: HttpRequest, mandate: Mandate, section: str, rest: str = ""
) -> HttpResponse:
    """Redirects a short address such as /handlinger/3/ into the current catalogue."""
    catalogue = current_catalogue(timezone.localdate())
    if catalogue is None:
        raise Http404(_("Der er ikke noget handlingskatalog endnu."))
    if section == "handlinger" and not rest:
        return redirect(catalogue)
    return redirect(f"{catalogue.get_absolute_url()}{section}/{rest}")
