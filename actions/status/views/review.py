"""The coordinator's answer to a submitted status: approve it, or send it back."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actions.access import Mandate, allow, get_any_status
from actions.mail import outbox
from actions.mail.notices import writers_of
from actions.models import GoalStatus, Role
from actions.status import verbs
from actions.status.forms import CorrectionForm, ReturnForm, ReviewForm, UnlockForm
from actions.status.page import known_values
from actions.tools.answers import Crumbs, code_of, posted, round_crumbs, tell_and_redirect
from actions.writing.refusals import Refused, refusal_in


@allow(Role.COORDINATOR)
@require_POST
def approve(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    status = get_any_status(slug, year, goal)
    if not _pressed(
        request,
        partial(verbs.approve, status=status, by=mandate),
        outdated=_("Siden er for gammel. Læs status igen, og godkend så."),
    ):
        return redirect(status)
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


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int) -> HttpResponse:
    """Lets a head correct one status of a closed round; they are told at once."""
    status = get_any_status(slug, year, goal)
    form = UnlockForm(posted(request), initial={"revision": status.revision})
    if form.is_valid():
        with refusal_in(form):
            unlocked = verbs.unlock(status=status, by=mandate, **form.cleaned_data)
            outbox.tell_now(writers_of(unlocked))
            messages.success(request, _("Målet er låst op, og chefen har fået besked."))
            return redirect(status)
    words = {"title": _("Lås målet op til rettelse"), "button": _("Lås op")}
    return _page(request, status, form, round_crumbs(status.round, _("Lås op")), words)


@allow(Role.COORDINATOR)
@require_POST
def lock_again(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    status = get_any_status(slug, year, goal)
    if _pressed(
        request,
        partial(verbs.lock_again, status=status, by=mandate),
        outdated=_("Siden er for gammel. Læs status igen, og lås så."),
    ):
        messages.success(request, _("Målet er låst igen, som det var."))
    return redirect(status)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    """Corrects slips of the pen in what was handed in."""
    status = get_any_status(slug, year, goal)
    if not status.is_shown_to_others:
        messages.error(request, _("Status er ikke indsendt, så chefen retter den selv."))
        return redirect(status)
    form = CorrectionForm(posted(request), status=status, known=known_values(status))
    if form.is_valid():
        with refusal_in(form):
            verbs.correct(
                status=status,
                by=mandate,
                revision=form.cleaned_data["revision"],
                texts=form.texts,
                figures=form.figures,
                reason=form.cleaned_data["reason"],
            )
            return tell_and_redirect(request, _("Rettelsen er gemt."), status)
    words = {"title": _("Ret en skrivefejl"), "button": _("Gem rettelsen")}
    return _page(request, status, form, round_crumbs(status.round, words["title"]), words)


def _pressed(request: HttpRequest, verb: Callable[..., object], *, outdated: str) -> bool:
    """Runs what a button asks for with the revision that was read; tells why if it is refused."""
    form, refusal = ReviewForm(request.POST), outdated
    if form.is_valid():
        try:
            verb(revision=form.cleaned_data["revision"])
        except Refused as error:
            refusal = str(error)
        else:
            return True
    messages.error(request, refusal)
    return False


def _page(
    request: HttpRequest,
    status: GoalStatus,
    form: ReviewForm,
    crumbs: Crumbs,
    words: dict[str, str],
) -> HttpResponse:
    context = {
        "catalogue": status.round.catalogue,
        "form": form,
        "subtitle": f"{status.round}, {status.goal.action}",
        "back_url": status.get_absolute_url(),
        "crumbs": crumbs,
    }
    return render(request, "layouts/form.html", context | words, status=code_of(form))
