"""A head's own goals, and the page where one goal gets its status."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import contexts, saves, workflow
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
from actions.extensions import remarks_about
from actions.forms.dialogue import CommentForm, dialogue_forms
from actions.forms.round import ReturnForm
from actions.forms.status import StatusForm
from actions.models import Event, GoalStatus, Indicator
from actions.workflow import MOVES, Incomplete, Verb
from actions.writing.refusals import Refused

#: What the form's other buttons say: save with last year's text, save and see it in the report.
UNCHANGED, LOOK = "unchanged", "look"


@dataclass(frozen=True)
class Kept:
    """What became of a posted form.

    `status` is what is stored now, and `lacks` what it needs before it can be submitted. Where
    nothing was saved, `refusal` says why, and `refused` is the version the text is kept as.
    """

    status: GoalStatus
    lacks: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    refused: Event | None = None


@allow(*WRITERS)
@require_safe
def own_goals(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    rounds = contexts.own_goals(mandate, timezone.localdate())
    context = {
        "rounds": rounds,
        "catalogue": rounds[0].round.catalogue if rounds else None,
        "several": len({row.round.catalogue_id for row in rounds}) > 1,
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
    return status_page(request, mandate, found)


def status_page(
    request: HttpRequest,
    mandate: Mandate,
    found: GoalStatus,
    typed: CommentForm | None = None,
    code: int = 200,
) -> HttpResponse:
    """The page of a status as it stands; `typed` is a comment that was sent and refused."""
    page = contexts.goal_page(found, mandate, timezone.localdate())
    form = None
    if Verb.SAVE in page.moves:
        form = StatusForm.of(found, page.entry, [row.indicator for row in page.indicators])
    context = _context(page, form) | dialogue_forms(page.dialogue.threads, typed)
    return render(request, "actions/status.html", context, status=code)


@allow(*WRITERS)
@require_POST
def autosave(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    """Keeps a draft while somebody types; answers with the line that says so, and its revision."""
    found = get_writable_status(mandate, slug, year, goal)
    form = StatusForm(request.POST, indicators=list(found.goal.indicators.order_by("order")))
    kept = _keep(form, found, mandate)
    page = contexts.goal_page(_fresh(found, mandate), mandate, timezone.localdate())
    context = _context(page, form) | {"kept": kept}
    code = 409 if kept.refusal else 200
    response = render(request, "actions/status.html#autosaved", context, status=code)
    response.headers["X-Revision"] = str(kept.status.revision)
    return response


@allow(*WRITERS)
@require_POST
def opened(request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int) -> HttpResponse:
    """The form's own word that it is open on a screen: a GET alone would write nothing."""
    workflow.note_opened(status=get_writable_status(mandate, slug, year, goal))
    return HttpResponse(status=204)


def _write(request: HttpRequest, mandate: Mandate, found: GoalStatus) -> HttpResponse:
    """Saves or submits; whatever goes wrong, the page comes back with all that was typed."""
    form = StatusForm(request.POST, indicators=list(found.goal.indicators.order_by("order")))
    move = request.POST.get("move", "")
    kept = _keep(form, found, mandate, move=move)
    if kept.refusal or kept.lacks or form.errors:
        return _again(request, mandate, kept, form.indicators)
    if move == Verb.SUBMIT.value:
        done = _("Status er indsendt. Tak – du behøver ikke gøre mere.")
        messages.success(request, done, extra_tags=_copy_of(kept.status, mandate))
        return redirect("own_goals")
    if move == LOOK:
        return redirect("preview", found.round.catalogue.slug, found.round.year, found.goal_id)
    if move == UNCHANGED:
        messages.success(request, _("Sidste år er taget over. Skriv nu, hvorfor intet er ændret."))
        return redirect(f"{kept.status.get_absolute_url()}#id_why_unchanged")
    messages.success(request, _("Kladden er gemt."))
    return redirect(kept.status)


def _keep(form: StatusForm, found: GoalStatus, by: Mandate, *, move: str = "") -> Kept:
    """Submits or saves what was typed; a text that may not be saved is kept beside the status."""
    sound = form.is_valid()
    entry, revision = form.entry(), form.cleaned_data.get("revision", -1)
    names = saves.parse(form.data.get("saves", ""))
    try:
        if move == Verb.SUBMIT.value and sound:
            return _submit_or_save(found, by, entry, revision, names)
        save = workflow.take_over if move == UNCHANGED and sound else workflow.save_draft
        return Kept(save(status=found, by=by, entry=entry, revision=revision, names=names))
    except Refused as refusal:
        reason = str(refusal)
        refused = workflow.keep_refused(status=found, by=by, entry=entry, reason=reason)
        return Kept(_fresh(found, by), refusal=reason, refused=refused)


def _submit_or_save(
    found: GoalStatus, by: Mandate, entry: Entry, revision: int, names: list[str]
) -> Kept:
    """Submits; what cannot be submitted yet is saved, and what it lacks is told."""
    write: dict[str, Any] = {
        "status": found,
        "by": by,
        "entry": entry,
        "revision": revision,
        "names": names,
    }
    try:
        return Kept(workflow.submit(**write))
    except Incomplete as incomplete:
        return Kept(workflow.save_draft(**write), lacks=incomplete.fields)


def _fresh(found: GoalStatus, mandate: Mandate) -> GoalStatus:
    round_ = found.round
    return get_writable_status(mandate, round_.catalogue.slug, round_.year, found.goal_id)


def _copy_of(status: GoalStatus, mandate: Mandate) -> str:
    return saves.copy_that_is_saved(f"{mandate.user.pk}-{status.pk}", status.saves)


def _again(
    request: HttpRequest, mandate: Mandate, kept: Kept, indicators: list[Indicator]
) -> HttpResponse:
    """The page with all that was typed, ready to be sent again on top of what is stored now."""
    data = request.POST.copy()
    data["revision"] = str(kept.status.revision)
    form = StatusForm(data, indicators=indicators)
    if form.is_valid():
        form.add_lacks(kept.lacks)
    if not kept.refusal:
        messages.info(request, _("Kladden er gemt, men kan ikke indsendes endnu."))
    page = contexts.goal_page(_fresh(kept.status, mandate), mandate, timezone.localdate())
    context = _context(page, form) | {"refusal": kept.refusal, "refused": kept.refused}
    return render(request, "actions/status.html", context, status=409 if kept.refusal else 422)


def _context(page: GoalPage, form: StatusForm | None) -> dict[str, Any]:
    round_, action = page.status.round, page.status.goal.action
    return {
        "catalogue": round_.catalogue,
        "round": round_,
        "action": action,
        "page": page,
        "form": form,
        "figures": list(zip(form.figures, page.indicators, strict=True)) if form else [],
        "remarks": remarks_about(page.status),
        "moves": [(verb.value, MOVES[verb].label) for verb in page.moves],
        "return_form": ReturnForm(initial={"revision": page.status.revision}),
        **dialogue_forms(page.dialogue.threads),
        "crumbs": [
            (round_.catalogue.title, round_.catalogue.get_absolute_url()),
            (str(round_), round_.get_absolute_url()),
            (str(action), ""),
        ],
    }
