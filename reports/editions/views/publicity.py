"""Where VUF makes an edition public or withdraws it; each asks first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.models import Role
from actions.tools.answers import code_of, posted
from actions.writing.refusals import Refused
from reports.access import get_edition
from reports.documents.responses import crumbs
from reports.editions import public
from reports.editions.forms import WithdrawForm
from reports.editions.views.public import MAX_AGE
from reports.models import Edition, Kind


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def make_public(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    found = get_edition(slug, year, kind, number)
    if request.method == "POST":
        try:
            public.make_public(edition=found, by=mandate)
        except Refused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("%(edition)s er nu offentlig.") % {"edition": found})
        return redirect(found)
    context = _context(found, _("Offentliggør %(edition)s") % {"edition": found})
    return render(request, "editions/make_public.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    """Refused: 422 without a reason, 409 where the edition is not public any more."""
    found = get_edition(slug, year, kind, number)
    form, code = WithdrawForm(posted(request)), 422
    if form.is_valid():
        try:
            public.withdraw(edition=found, by=mandate, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            code = 409
        else:
            text = _("%(edition)s er trukket tilbage fra offentligheden.")
            messages.success(request, text % {"edition": found})
            return redirect(found)
    context = _context(found, _("Træk %(edition)s tilbage") % {"edition": found}) | {"form": form}
    return render(request, "editions/withdraw_public.html", context, status=code_of(form, code))


def _context(found: Edition, title: str) -> dict[str, object]:
    catalogue = found.report.catalogue
    trail = crumbs(catalogue, str(found))
    return {
        "catalogue": catalogue,
        "edition": found,
        "title": title,
        "minutes": MAX_AGE // 60,
        "crumbs": [*trail[:-1], (str(found), found.get_absolute_url()), (title, "")],
    }
