"""The pages of a follow-up: VUF makes and closes it, the heads answer, readers read."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import READERS, WRITERS, Mandate, allow, get_round
from actions.models import Role
from actions.tools.answers import Crumbs, catalogue_crumbs, code_of, posted, tell_and_redirect
from actions.writing.autosave import Desk, answer_autosave, keep_typed
from actions.writing.choice import choose
from actions.writing.drafts import Kept
from actions.writing.refusals import Refused, refusal_in, refusal_told
from reports.access import EDITION_READERS
from reports.followup import verbs
from reports.followup.addendum import addendum_wish, edition_before
from reports.followup.choosing import PRESETS, eligible_statuses, preset_named
from reports.followup.forms import FollowUpAnswerForm, FollowUpForm
from reports.followup.page import follow_up_page, get_answer, get_follow_up
from reports.followup.verbs import FOLLOW_UP_TEXT, why_answer_closed
from reports.models import FollowUp, FollowUpAnswer
from reports.rendering.progress import get_rendering, of_rendering


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_follow_up(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Which goals, and until when; `?vis=` names the goals that are ticked beforehand."""
    round_ = get_round(slug, year)
    statuses = eligible_statuses(round_)
    preset = preset_named(request.GET.get("vis", ""))
    form = FollowUpForm(
        posted(request),
        statuses=statuses,
        chosen=preset.chosen(round_, statuses),
        today=timezone.localdate(),
    )
    if form.is_valid():
        with refusal_in(form):
            made = verbs.make_follow_up(round_=round_, by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Opfølgningen er oprettet."), made)
    title = _("Ny opfølgning")
    trail = (str(round_), round_.get_absolute_url())
    context = {
        "catalogue": round_.catalogue,
        "round": round_,
        "form": form,
        "title": title,
        "presets": PRESETS,
        "preset": preset,
        "has_goals": bool(statuses),
        "crumbs": catalogue_crumbs(round_.catalogue, trail, (title, "")),
    }
    return render(request, "followup/new_follow_up.html", context, status=code_of(form))


@allow(*EDITION_READERS)
@require_safe
def follow_up(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """The answers; who reads the editions alone reads them when it is closed and the report is out.

    A ready addendum is announced only to the reader who waits for it (`?pdf=`).
    """
    row = get_follow_up(slug, year, number)
    page = follow_up_page(row, mandate)
    has_addendum = not page.is_open and edition_before(row) is not None
    if not has_addendum and mandate.roles.isdisjoint(READERS):
        raise Http404
    waits = has_addendum and "pdf" in request.GET
    context = {
        "catalogue": row.round.catalogue,
        "page": page,
        "follow_up": row,
        "has_addendum": has_addendum,
        "progress": of_rendering(get_rendering(addendum_wish(row))) if waits else None,
        "is_coordinator": mandate.is_coordinator,
        "crumbs": _crumbs(row),
    }
    return render(request, "followup/follow_up.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def close_follow_up(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """Says what is missing and asks, then closes it."""
    row = get_follow_up(slug, year, number)
    if request.method == "POST":
        with refusal_told(request):
            verbs.close_follow_up(follow_up=row, by=mandate)
            messages.success(request, _("Opfølgningen er lukket."))
        return redirect(row)
    context = {
        "catalogue": row.round.catalogue,
        "page": follow_up_page(row, mandate),
        "follow_up": row,
        "crumbs": _crumbs(row, _("Luk opfølgningen")),
    }
    return render(request, "followup/close_follow_up.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def undo_follow_up(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """Asks first; if something is written it says so instead."""
    row = get_follow_up(slug, year, number)
    if request.method == "POST":
        try:
            verbs.undo_follow_up(follow_up=row, by=mandate)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(row)
        return tell_and_redirect(request, _("Opfølgningen er fortrudt."), row.round)
    context = {
        "catalogue": row.round.catalogue,
        "follow_up": row,
        "is_written_on": verbs.is_written_on(row),
        "crumbs": _crumbs(row, _("Fortryd opfølgningen")),
    }
    return render(request, "followup/undo_follow_up.html", context)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_answer(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int, goal: int
) -> HttpResponse:
    """Refused: 422, or 409 with a link to both texts if somebody else has written."""
    answer = get_answer(mandate, slug, year, number, goal)
    if request.method != "POST":
        closed = why_answer_closed(answer)
        form = None if closed else FollowUpAnswerForm.of(answer)
        return render(request, "followup/answer.html", _context(answer, mandate, form))
    form = FollowUpAnswerForm(request.POST)
    kept = keep_typed(FOLLOW_UP_TEXT, answer, form, mandate)
    if kept.refusal or form.errors:
        return _again(request, mandate, kept)
    copy = Desk(FOLLOW_UP_TEXT, kept.row, mandate).saved_copy
    words = _("Svaret er gemt.") if kept.row.is_whole else _("Svaret er gemt. Der mangler lidt.")
    messages.success(request, words, extra_tags=copy)
    return redirect("own_goals")


@allow(*WRITERS)
@require_POST
def autosave_follow_up(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int, goal: int
) -> HttpResponse:
    """Keeps an answer while it is typed."""
    answer = get_answer(mandate, slug, year, number, goal)
    return answer_autosave(FOLLOW_UP_TEXT, answer, FollowUpAnswerForm(request.POST), mandate)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare_follow_up(
    request: HttpRequest,
    mandate: Mandate,
    slug: str,
    year: int,
    number: int,
    goal: int,
    event: int,
) -> HttpResponse:
    """A refused answer beside the stored one; the writer chooses or merges, field by field."""
    answer = get_answer(mandate, slug, year, number, goal)
    done = _("Svaret er gemt med det, du valgte.")
    choice = choose(request, FOLLOW_UP_TEXT, answer, mandate, event, done)
    if isinstance(choice, HttpResponse):
        return choice
    context = _context(answer, mandate, None) | choice
    context |= {"eyebrow": str(answer.follow_up), "lead": answer.goal_text}
    return render(request, "writing/compare_draft.html", context, status=choice["code"])


def _again(request: HttpRequest, mandate: Mandate, kept: Kept[FollowUpAnswer]) -> HttpResponse:
    """The page with all that was typed, ready to be sent again on top of what is stored."""
    data = request.POST.copy()
    data["revision"] = str(kept.row.revision)
    form = FollowUpAnswerForm(data)
    form.is_valid()
    if not kept.refusal:
        messages.info(request, _("Teksten er gemt, men der er noget at rette."))
    context = _context(kept.row, mandate, form) | {
        "refusal": kept.refusal,
        "refused_url": Desk(FOLLOW_UP_TEXT, kept.row, mandate, kept).compare_url,
    }
    return render(request, "followup/answer.html", context, status=409 if kept.refusal else 422)


def _context(
    answer: FollowUpAnswer, mandate: Mandate, form: FollowUpAnswerForm | None
) -> dict[str, Any]:
    row = answer.follow_up
    return {
        "catalogue": row.round.catalogue,
        "answer": answer,
        "follow_up": row,
        "status": answer.status,
        "desk": Desk(FOLLOW_UP_TEXT, answer, mandate),
        "form": form,
        "fields": [form[name] for name in answer.TEXTS] if form else [],
        "closed": why_answer_closed(answer),
        "crumbs": _crumbs(row, _("Mål %(number)s") % {"number": answer.goal_number}),
    }


def _crumbs(row: FollowUp, title: str = "") -> Crumbs:
    trail: Crumbs = [(str(row.round), row.round.get_absolute_url())]
    trail.append((str(row), row.get_absolute_url() if title else ""))
    return catalogue_crumbs(row.round.catalogue, *trail, *([(title, "")] if title else []))
