"""A head's own page of deputies: who may write for the head's posts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions import staffing
from actions.access import Mandate, allow, get_own_delegation, own_delegations
from actions.forms.dialogue import DelegationForm
from actions.models import Role
from actions.tools.answers import code_of, posted, tell_and_redirect
from actions.writing.refused import refusal_in, refusal_told


@allow(Role.HEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    today = timezone.localdate()
    form = DelegationForm(
        posted(request),
        held=mandate.held,
        head=mandate.user,
        today=today,
        initial={"starts": today},
    )
    if form.is_valid():
        with refusal_in(form):
            staffing.delegate(by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Stedfortræderen er gemt."), "delegations")
    context = {
        "form": form,
        "rows": own_delegations(mandate).not_over(today),
        "past": own_delegations(mandate).filter(ends__lt=today),
        "today": today,
        "crumbs": [(_("Stedfortrædere"), "")],
    }
    return render(request, "actions/delegations.html", context, status=code_of(form))


@allow(Role.HEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def end_delegation(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    """Asks first: the deputy cannot write from the moment it is stopped."""
    found = get_own_delegation(mandate, pk)
    if request.method == "POST":
        with refusal_told(request):
            staffing.end_delegation(delegation=found, by=mandate)
            messages.success(
                request, _("%(user)s kan ikke længere skrive.") % {"user": found.deputy}
            )
        return redirect("delegations")
    context = {
        "delegation": found,
        "crumbs": [(_("Stedfortrædere"), reverse("delegations")), (_("Stop"), "")],
    }
    return render(request, "actions/end_delegation.html", context)
