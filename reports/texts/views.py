"""The pages on which the coordinator and the heads write a report's texts."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import WRITERS, Mandate, allow
from actions.catalogue.views.carry_over import begin_next
from actions.catalogue.views.edit import rows_or_404
from actions.models import Role
from actions.writing.autosave import Desk, answer_autosave, keep_typed
from actions.writing.choice import choose
from actions.writing.drafts import Kept
from reports.access import get_passage
from reports.models import Kind, Part, Passage, Recommendation
from reports.texts.forms import PassageForm
from reports.texts.page import (
    editorial_page,
    get_report,
    goals_beside,
    head_recommendation,
)
from reports.texts.verbs import PASSAGE, why_closed

#: Who writes something for a report; `may_write` says which passages.
AUTHORS = (*WRITERS, Role.COORDINATOR)


@allow(Role.COORDINATOR)
@require_safe
def editorial(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str
) -> HttpResponse:
    """Everything the coordinator writes for a report, and how much is written."""
    draft = get_report(slug, year, report)
    context = {
        "catalogue": draft.catalogue,
        "page": editorial_page(draft),
        "crumbs": [
            (draft.catalogue.title, draft.catalogue.get_absolute_url()),
            (_("%(report)s (kladde)") % {"report": draft}, draft.draft_url),
            (_("Tekster"), ""),
        ],
    }
    return render(request, "texts/editorial.html", context)


@allow(*AUTHORS)
@require_http_methods(["GET", "HEAD", "POST"])
def passage(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str
) -> HttpResponse:
    passage = get_passage(mandate, get_report(slug, year, report), key)
    if request.method != "POST":
        closed = why_closed(passage)
        form = None if closed else PassageForm.of(passage)
        context = _context(passage, mandate, form) | {"closed": closed}
        return render(request, "texts/passage.html", context)
    form = PassageForm(request.POST, passage=passage)
    kept = keep_typed(PASSAGE, passage, form, mandate)
    if kept.refusal or form.errors:
        return _again(request, mandate, kept)
    copy = Desk(PASSAGE, kept.row, mandate).saved_copy
    messages.success(request, _("Teksten er gemt."), extra_tags=copy)
    return redirect("own_goals" if passage.part == Part.HEAD else passage.report.editorial_url)


@allow(*AUTHORS)
@require_POST
def autosave(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str
) -> HttpResponse:
    """Keeps a passage while it is typed."""
    passage = get_passage(mandate, get_report(slug, year, report), key)
    form = PassageForm(request.POST, passage=passage)
    return answer_autosave(PASSAGE, passage, form, mandate)


@allow(*AUTHORS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str, event: int
) -> HttpResponse:
    """A refused passage beside the stored one; the writer chooses or merges, field by field."""
    passage = get_passage(mandate, get_report(slug, year, report), key)
    done = _("Teksten er gemt med det, du valgte.")
    choice = choose(request, PASSAGE, passage, mandate, event, done)
    if isinstance(choice, HttpResponse):
        return choice
    context = choice | {
        "catalogue": passage.report.catalogue,
        "passage": passage,
        "crumbs": [*_crumbs(passage, passage.get_absolute_url()), (_("To tekster"), "")],
    }
    return render(request, "texts/compare_passage.html", context, status=choice["code"])


def _again(request: HttpRequest, mandate: Mandate, kept: Kept[Passage]) -> HttpResponse:
    """The page with all that was typed, ready to be sent again on top of what is stored."""
    data = request.POST.copy()
    data["revision"] = str(kept.row.revision)
    form = PassageForm(data, passage=kept.row)
    form.is_valid()
    if not kept.refusal:
        messages.info(request, _("Teksten er gemt, men der er noget at rette."))
    context = _context(kept.row, mandate, form) | {
        "refusal": kept.refusal,
        "refused_url": Desk(PASSAGE, kept.row, mandate, kept).compare_url,
        "closed": why_closed(kept.row),
    }
    code = 409 if kept.refusal else 422
    return render(request, "texts/passage.html", context, status=code)


def _context(passage: Passage, mandate: Mandate, form: PassageForm | None = None) -> dict[str, Any]:
    return {
        "catalogue": passage.report.catalogue,
        "passage": passage,
        "desk": Desk(PASSAGE, passage, mandate),
        "form": form,
        "fields": [form[name] for name in passage.names] if form else [],
        "is_head": passage.part == Part.HEAD,
        "goals": goals_beside(passage) if passage.action else [],
        "head": head_recommendation(passage),
        "crumbs": _crumbs(passage, ""),
    }


def _crumbs(passage: Passage, url: str) -> list[tuple[str, str]]:
    report = passage.report
    crumbs = [(report.catalogue.title, report.catalogue.get_absolute_url())]
    if passage.part != Part.HEAD:
        crumbs.append((_("Tekster til %(report)s") % {"report": report}, report.editorial_url))
    return [*crumbs, (passage.subject, url)]


GOES_ON: Final = (Recommendation.CONTINUE, Recommendation.ADJUST)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def next_catalogue(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    report = get_report(slug, year, Kind.MIDTERM.word)
    recommended = editorial_page(report).recommended
    words = dict(Recommendation.choices)
    notes = {
        number: str(words.get(choice) or _("Ingen anbefaling"))
        for number, choice in recommended.items()
    }
    goes_on = [number for number, choice in recommended.items() if choice in GOES_ON]
    return begin_next(request, mandate, rows_or_404(slug), notes, goes_on)
