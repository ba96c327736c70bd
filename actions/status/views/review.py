"""The coordinator's answer to a submitted status: approve it, or send it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actions.access import Mandate, allow, get_any_status
from actions.models import GoalStatus, Role
from actions.status import verbs
from actions.status.forms import ReturnForm, ReviewForm
from actions.tools.answers import round_crumbs
from actions.writing.refusals import Refused


@allow(Role.COORDINATOR)
@require_POST
def approve(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    status = get_any_status(slug, year, goal)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _refuse(request, status, _("Siden er for gammel. Læs status igen, og godkend så."))
    try:
        verbs.approve(status=status, by=mandate, revision=form.cleaned_data["revision"])
    except Refused as refusal:
        return _refuse(request, status, str(refusal))
    messages.success(request, _("Status er godkendt."))
    return redirect(status.round)


@allow(Role.COORDINATOR)
@require_POST
def return_to_head(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    status = get_any_status(slug, year, goal)
    form = ReturnForm(request.POST)
    refusal = ""
    if "revision" in form.errors:
        refusal = _("Siden er for gammel. Læs status igen, og send den så tilbage.")
    elif form.is_valid():
        try:
            verbs.return_to_head(status=status, by=mandate, **form.cleaned_data)
        except Refused as error:
            refusal = str(error)
        else:
            messages.success(request, _("Status er sendt tilbage til chefen."))
            return redirect(status.round)
    context = {
        "catalogue": status.round.catalogue,
        "round": status.round,
        "status": status,
        "form": form,
        "refusal": refusal,
        "crumbs": round_crumbs(status.round, _("Send tilbage")),
    }
    code = 409 if refusal else 422
    return render(request, "status/return.html", context, status=code)


def _refuse(request: HttpRequest, status: GoalStatus, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(status)
