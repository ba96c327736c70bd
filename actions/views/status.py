"""A head's own goals, and the page where one goal gets its status."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions import contexts, workflow
from actions.access import (
    READERS,
    WRITERS,
    Mandate,
    allow,
    get_readable_status,
    get_writable_status,
)
from actions.contexts import GoalPage
from actions.entry import Entry
from actions.forms.round import ReturnForm
from actions.forms.status import StatusForm
from actions.models import GoalStatus
from actions.workflow import MOVES, Conflict, IllegalTransition, Incomplete, Verb

#: A status as it is stored now, and what it lacks before it can be submitted.
type Kept = tuple[GoalStatus, dict[str, str]]


@allow(*WRITERS)
@require_safe
def own_goals(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    rounds = contexts.own_goals(mandate, timezone.localdate())
    context = {
        "rounds": rounds,
        "catalogue": rounds[0].round.catalogue if rounds else None,
        "mandate": mandate,
        "crumbs": [(_("Mine mål"), "")],
    }
    return render(request, "actions/own_goals.html", context)


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int) -> HttpResponse:
    if request.method == "POST":
        found = get_writable_status(mandate, slug, year, goal)
        return _write(request, mandate, found)
    found = get_readable_status(mandate, slug, year, goal)
    page = contexts.goal_page(found, mandate, timezone.localdate())
    form = None
    if Verb.SAVE in page.moves:
        form = StatusForm.of(found, page.entry, [row.indicator for row in page.indicators])
    return _render(request, page, form)


def _write(request: HttpRequest, mandate: Mandate, found: GoalStatus) -> HttpResponse:
    """Saves or submits; whatever goes wrong, the page comes back with all that was typed."""
    indicators = list(found.goal.indicators.order_by("order"))
    form = StatusForm(request.POST, indicators=indicators)
    if not form.is_valid():
        return _faulty(request, mandate, found, form)
    submits = request.POST.get("move") == Verb.SUBMIT.value
    entry, version = form.entry(), form.cleaned_data["version"]
    keep = _submit_or_save if submits else _save
    try:
        saved, lacks = keep(found, mandate, entry, version)
    except Conflict as conflict:
        form = _renewed(request, conflict.status.version, indicators)
        return _again(request, mandate, found, form, status=409, refusal=str(conflict))
    except IllegalTransition as refusal:
        return _again(request, mandate, found, form, status=409, refusal=str(refusal))
    if lacks:
        form = _renewed(request, saved.version, indicators)
        form.add_lacks(lacks)
        messages.info(request, _("Kladden er gemt, men kan ikke indsendes endnu."))
        return _again(request, mandate, saved, form, status=422)
    if submits:
        messages.success(request, _("Status er indsendt. Tak – du behøver ikke gøre mere."))
        return redirect("own_goals")
    messages.success(request, _("Kladden er gemt."))
    return redirect(saved)


def _save(found: GoalStatus, by: Mandate, entry: Entry, version: int) -> Kept:
    return workflow.save_draft(status=found, by=by, entry=entry, version=version), {}


def _submit_or_save(found: GoalStatus, by: Mandate, entry: Entry, version: int) -> Kept:
    """Submits; what cannot be submitted yet is saved, and what it lacks is told."""
    try:
        return workflow.submit(status=found, by=by, entry=entry, version=version), {}
    except Incomplete as incomplete:
        saved = workflow.save_draft(status=found, by=by, entry=entry, version=version)
        return saved, incomplete.fields


def _faulty(
    request: HttpRequest, mandate: Mandate, found: GoalStatus, form: StatusForm
) -> HttpResponse:
    """422 with the errors at the fields. A version that no form of ours has sent is 409: the writer
    cannot mend it, so the form comes back with the right one.
    """
    if "version" not in form.errors:
        return _again(request, mandate, found, form, status=422)
    refusal = _("Siden er for gammel. Læs det, der er gemt nu, og gem så igen.")
    form = _renewed(request, found.version, form.indicators)
    return _again(request, mandate, found, form, status=409, refusal=refusal)


def _renewed(request: HttpRequest, version: int, indicators: list[Any]) -> StatusForm:
    """The same typed text, made ready to be sent again on top of what is stored now."""
    data = request.POST.copy()
    data["version"] = str(version)
    form = StatusForm(data, indicators=indicators)
    form.is_valid()
    return form


def _again(
    request: HttpRequest,
    mandate: Mandate,
    found: GoalStatus,
    form: StatusForm,
    *,
    status: int,
    refusal: str = "",
) -> HttpResponse:
    fresh = get_writable_status(
        mandate, found.round.catalogue.slug, found.round.year, found.goal_id
    )
    page = contexts.goal_page(fresh, mandate, timezone.localdate())
    return _render(request, page, form, refusal=refusal, status=status)


def _render(
    request: HttpRequest,
    page: GoalPage,
    form: StatusForm | None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    round_, action = page.status.round, page.status.goal.action
    context = {
        "catalogue": round_.catalogue,
        "round": round_,
        "action": action,
        "page": page,
        "form": form,
        "figures": list(zip(form.figures, page.indicators, strict=True)) if form else [],
        "refusal": refusal,
        "moves": [(verb.value, MOVES[verb].label) for verb in page.moves],
        "return_form": ReturnForm(initial={"version": page.status.version}),
        "crumbs": [
            (round_.catalogue.title, round_.catalogue.get_absolute_url()),
            (str(round_), round_.get_absolute_url()),
            (str(action), ""),
        ],
    }
    return render(request, "actions/status.html", context, status=status)
