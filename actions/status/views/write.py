"""A head's own goals, and the page where one goal gets its status."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import (
    READERS,
    WRITERS,
    Mandate,
    allow,
    get_readable_status,
    get_writable_status,
)
from actions.dialogue.forms import CommentForm, dialogue_forms
from actions.figures.earlier import values_before
from actions.models import GoalStatus, Indicator, Round
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, suggestion_for, without_empty
from actions.status.forms import ReturnForm, StatusForm
from actions.status.moves import MOVES, Verb
from actions.status.own_goals import own_goals_of
from actions.status.page import GoalPage, goal_page
from actions.status.slots import remarks_about, work_of
from actions.status.suggestion import Suggestion
from actions.status.text import STATUS
from actions.status.verbs import Incomplete
from actions.writing import drafts
from actions.writing.autosave import Desk, answer_autosave, keep_typed
from actions.writing.drafts import Kept
from actions.writing.refusals import Refused

#: The form's other buttons: save with last year's text; save, then show it as in the report.
UNCHANGED, LOOK = "unchanged", "look"


@dataclass(frozen=True)
class Suggested:
    """The part of a `GoalPage` that the notes on the light read, made with a query at most."""

    typed: Entry
    round: Round
    indicators: list[Indicator]

    @property
    def entry(self) -> Entry:
        return without_empty(self.typed)

    @cached_property
    def suggestion(self) -> Suggestion:
        earlier = values_before(self.indicators, self.round.measured_year)
        return suggestion_for(self.round, self.indicators, self.typed, earlier)


@allow(*WRITERS)
@require_safe
def own_goals(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    rounds = own_goals_of(mandate, timezone.localdate())
    work = work_of(mandate)
    context = {
        "rounds": rounds,
        "catalogue": rounds[0].round.catalogue if rounds else None,
        "several": len({row.round.catalogue_id for row in rounds}) > 1,
        "other_work": work,
        "unwritten": [each for each in work if any(task.waits for task in each.tasks)],
        "mandate": mandate,
        "crumbs": [(_("Mine mål"), "")],
    }
    return render(request, "status/own_goals.html", context)


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int) -> HttpResponse:
    if request.method == "POST":
        status = get_writable_status(mandate, slug, year, goal)
        return _write(request, mandate, status)
    status = get_readable_status(mandate, slug, year, goal)
    return status_page(request, mandate, status)


def status_page(
    request: HttpRequest,
    mandate: Mandate,
    status: GoalStatus,
    typed: CommentForm | None = None,
    code: int = 200,
) -> HttpResponse:
    """The page of a status as stored; `typed` is a comment that was sent and refused."""
    page = goal_page(status, mandate, timezone.localdate())
    form = None
    if Verb.SAVE in page.moves:
        form = StatusForm.of(status, page.entry, [row.indicator for row in page.indicators])
    context = _context(page, mandate, form) | dialogue_forms(page.dialogue.threads, typed)
    return render(request, "status/status.html", context, status=code)


@allow(*WRITERS)
@require_POST
def autosave(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    """Saves a draft while somebody types; answers with the #saved line and the suggested light."""
    status = get_writable_status(mandate, slug, year, goal)
    indicators = list(status.goal.indicators.order_by("order"))
    form = StatusForm(request.POST, indicators=indicators, round_=status.round)
    form.is_valid()
    return answer_autosave(
        STATUS,
        status,
        form,
        mandate,
        template="status/status.html#autosaved",
        context={
            "page": Suggested(form.content(), status.round, indicators),
            "figures": indicators,
            "follows": True,
        },
    )


@allow(*WRITERS)
@require_POST
def opened(request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int) -> HttpResponse:
    """Notes that the form is open on a screen. The form posts this itself: a GET writes nothing."""
    status_verbs.note_opened(status=get_writable_status(mandate, slug, year, goal))
    return HttpResponse(status=204)


def _write(request: HttpRequest, mandate: Mandate, status: GoalStatus) -> HttpResponse:
    """Saves or submits. If anything goes wrong, the page comes back with all that was typed."""
    indicators = list(status.goal.indicators.order_by("order"))
    form = StatusForm(request.POST, indicators=indicators, round_=status.round)
    move = request.POST.get("move", "")
    kept, lacks = _keep(form, status, mandate, move)
    if kept.refusal or lacks or form.errors:
        return _again(request, mandate, kept, lacks, form.indicators)
    if move == Verb.SUBMIT.value:
        done = _("Status er indsendt. Tak – du behøver ikke gøre mere.")
        messages.success(request, done, extra_tags=Desk(STATUS, kept.row, mandate).saved_copy)
        return redirect("own_goals")
    if move == LOOK:
        return redirect("preview", status.round.catalogue.slug, status.round.year, status.goal_id)
    if move == UNCHANGED:
        messages.success(request, _("Sidste år er taget over. Skriv nu, hvorfor intet er ændret."))
        return redirect(f"{kept.row.get_absolute_url()}#id_why_unchanged")
    messages.success(request, _("Kladden er gemt."))
    return redirect(kept.row)


def _keep(
    form: StatusForm, status: GoalStatus, by: Mandate, move: str
) -> tuple[Kept[GoalStatus], dict[str, str]]:
    """Submits what was typed, takes over last year's text, or saves the draft.

    An incomplete submit is saved as a draft, and what it lacks is returned, by field.
    """
    verbs = {Verb.SUBMIT.value: status_verbs.submit, UNCHANGED: status_verbs.take_over}
    if not form.is_valid() or move not in verbs:
        return keep_typed(STATUS, status, form, by), {}
    entry, revision, names = form.content(), form.began_with, form.names
    try:
        done = verbs[move](status=status, by=by, entry=entry, revision=revision, names=names)
        return Kept(done), {}
    except Incomplete as incomplete:
        return keep_typed(STATUS, status, form, by), incomplete.fields
    except Refused as refusal:
        return drafts.refuse(STATUS, status, entry, refusal, by=by), {}


def _fresh(status: GoalStatus, mandate: Mandate) -> GoalStatus:
    round_ = status.round
    return get_writable_status(mandate, round_.catalogue.slug, round_.year, status.goal_id)


def _again(
    request: HttpRequest,
    mandate: Mandate,
    kept: Kept[GoalStatus],
    lacks: dict[str, str],
    indicators: list[Indicator],
) -> HttpResponse:
    """The page with all that was typed, on the stored revision, so that it can be sent again."""
    data = request.POST.copy()
    data["revision"] = str(kept.row.revision)
    form = StatusForm(data, indicators=indicators, round_=kept.row.round)
    if form.is_valid():
        form.add_lacks(lacks)
    if not kept.refusal:
        messages.info(request, _("Kladden er gemt, men kan ikke indsendes endnu."))
    page = goal_page(_fresh(kept.row, mandate), mandate, timezone.localdate())
    context = _context(page, mandate, form) | {
        "refusal": kept.refusal,
        "refused_url": Desk(STATUS, kept.row, mandate, kept).compare_url,
    }
    return render(request, "status/status.html", context, status=409 if kept.refusal else 422)


def _context(page: GoalPage, mandate: Mandate, form: StatusForm | None) -> dict[str, Any]:
    round_, action = page.status.round, page.status.goal.action
    return {
        "catalogue": round_.catalogue,
        "round": round_,
        "action": action,
        "page": page,
        "form": form,
        "desk": Desk(STATUS, page.status, mandate),
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
