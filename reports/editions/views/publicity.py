"""Making an edition public and withdrawing it; each page asks for confirmation."""

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
    edition = get_edition(slug, year, kind, number)
    if request.method == "POST":
        try:
            public.make_public(edition=edition, by=mandate)
        except Refused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("%(edition)s er nu offentlig.") % {"edition": edition})
        return redirect(edition)
    context = _context(edition, _("Offentliggør %(edition)s") % {"edition": edition})
    return render(request, "editions/make_public.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    """Refused: 422 without a reason, 409 if the edition is no longer public."""
    edition = get_edition(slug, year, kind, number)
    form, code = WithdrawForm(posted(request)), 422
    if form.is_valid():
        try:
            public.withdraw(edition=edition, by=mandate, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            code = 409
        else:
            text = _("%(edition)s er trukket tilbage fra offentligheden.")
            messages.success(request, text % {"edition": edition})
            return redirect(edition)
    title = _("Træk %(edition)s tilbage") % {"edition": edition}
    context = _context(edition, title) | {"form": form}
    return render(request, "editions/withdraw_public.html", context, status=code_of(form, code))


def _context(edition: Edition, title: str) -> dict[str, object]:
    catalogue = edition.report.catalogue
    trail = crumbs(catalogue, str(edition))
    return {
        "catalogue": catalogue,
        "edition": edition,
        "title": title,
        "minutes": MAX_AGE // 60,
        "crumbs": [*trail[:-1], (str(edition), edition.get_absolute_url()), (title, "")],
    }
