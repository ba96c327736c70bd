"""Where the written parts of a report are written: the coordinator's, and the heads' own."""

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
from actions.writing.autosave import Desk, answer_autosave, choose, keep_typed
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

#: Who writes something for a report; what it is, `get_passage` tells.
AUTHORS = (*WRITERS, Role.COORDINATOR)


@allow(Role.COORDINATOR)
@require_safe
def editorial(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str
) -> HttpResponse:
    """Everything the coordinator writes for a report, and how far it is."""
    found = get_report(slug, year, report)
    context = {
        "catalogue": found.catalogue,
        "page": editorial_page(found),
        "crumbs": [
            (found.catalogue.title, found.catalogue.get_absolute_url()),
            (_("%(report)s (kladde)") % {"report": found}, found.draft_url),
            (_("Tekster"), ""),
        ],
    }
    return render(request, "texts/editorial.html", context)


@allow(*AUTHORS)
@require_http_methods(["GET", "HEAD", "POST"])
def passage(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str
) -> HttpResponse:
    found = get_passage(mandate, get_report(slug, year, report), key)
    if request.method != "POST":
        closed = why_closed(found)
        form = None if closed else PassageForm.of(found)
        context = _context(found, mandate, form) | {"closed": closed}
        return render(request, "texts/passage.html", context)
    form = PassageForm(request.POST, passage=found)
    kept = keep_typed(PASSAGE, found, form, mandate)
    if kept.refusal or form.errors:
        return _again(request, mandate, kept)
    copy = Desk(PASSAGE, kept.row, mandate).saved_copy
    messages.success(request, _("Teksten er gemt."), extra_tags=copy)
    return redirect("own_goals" if found.part == Part.HEAD else found.report.editorial_url)


@allow(*AUTHORS)
@require_POST
def autosave(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str
) -> HttpResponse:
    """Keeps what is written while somebody writes."""
    found = get_passage(mandate, get_report(slug, year, report), key)
    form = PassageForm(request.POST, passage=found)
    return answer_autosave(PASSAGE, found, form, mandate)


@allow(*AUTHORS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str, event: int
) -> HttpResponse:
    """A refused text beside the stored one; the writer chooses or merges, field by field."""
    found = get_passage(mandate, get_report(slug, year, report), key)
    done = _("Teksten er gemt med det, du valgte.")
    choice = choose(request, PASSAGE, found, mandate, event, done)
    if isinstance(choice, HttpResponse):
        return choice
    context = choice | {
        "catalogue": found.report.catalogue,
        "passage": found,
        "crumbs": [*_crumbs(found, found.get_absolute_url()), (_("To tekster"), "")],
    }
    return render(request, "texts/compare_passage.html", context, status=choice["code"])


def _again(request: HttpRequest, mandate: Mandate, kept: Kept[Passage]) -> HttpResponse:
    """The page with all that was typed, ready to be sent again on top of what is stored now."""
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


def _context(found: Passage, mandate: Mandate, form: PassageForm | None = None) -> dict[str, Any]:
    return {
        "catalogue": found.report.catalogue,
        "passage": found,
        "desk": Desk(PASSAGE, found, mandate),
        "form": form,
        "fields": [form[name] for name in found.names] if form else [],
        "is_head": found.part == Part.HEAD,
        "goals": goals_beside(found) if found.action else [],
        "head": head_recommendation(found),
        "crumbs": _crumbs(found, ""),
    }


def _crumbs(found: Passage, url: str) -> list[tuple[str, str]]:
    report = found.report
    crumbs = [(report.catalogue.title, report.catalogue.get_absolute_url())]
    if found.part != Part.HEAD:
        crumbs.append((_("Tekster til %(report)s") % {"report": report}, report.editorial_url))
    return [*crumbs, (found.subject, url)]


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
