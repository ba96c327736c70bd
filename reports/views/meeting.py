"""The temamøde: its programme, handouts, presentation and what it came to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import Mandate, allow
from actions.models import Role
from actions.tools.answers import code_of, posted
from actions.writing.refusals import Conflict
from reports import meeting, progress
from reports.access import EDITION_READERS, get_chosen, get_meeting
from reports.draft_form import DraftPage, saved_response
from reports.handout import ALL
from reports.meeting import MeetingPage
from reports.meeting_forms import ConclusionForm, ProgrammeForm
from reports.models import Conclusion
from reports.views import crumbs


@allow(*EDITION_READERS)
@require_safe
def theme_meeting(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Programme, chosen actions with their material, and conclusions.

    A handout that is ready is told of only to somebody who has waited for it (`pdf`).
    """
    page = get_meeting(slug, year)
    told = progress.of_handouts(page, request.GET.get("pdf", ""))
    context = _context(page, "") | {
        "may_write": mandate.is_coordinator,
        "progress": told[ALL],
        "actions": [(each, told[each.number]) for each in page.chosen],
    }
    return render(request, "reports/theme_meeting.html", context)


@allow(*EDITION_READERS)
@require_safe
def presentation(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """The meeting's slides: one long page, shown one by one where there are scripts."""
    page = get_meeting(slug, year)
    return render(request, "reports/presentation.html", _context(page, _("Præsentation")))


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Refused: 422, or 409 with the stored programme where somebody was faster."""
    page = get_meeting(slug, year)
    form, code = ProgrammeForm(posted(request), page=page), 422
    if form.is_valid():
        revision, typed = form.cleaned_data["revision"], form.programme()
        try:
            meeting.save_programme(
                report=page.report, programme=typed, revision=revision, by=mandate
            )
        except Conflict as refusal:
            page, code = get_meeting(slug, year), 409
            form.refuse(refusal, page.revision)
        else:
            messages.success(request, _("Programmet er gemt."))
            return redirect("theme_meeting", slug, year)
    context = _context(page, _("Ret programmet")) | {"form": form, "is_stale": code == 409}
    return render(request, "reports/programme.html", context, status=code_of(form, code))


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def conclusion(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """Refused: 422, or 409 with the stored text beside; what was typed is kept in the log."""
    page = get_meeting(slug, year)
    chosen = get_chosen(page, number)
    stored = meeting.conclusion_of(page.report, chosen)
    form, code = ConclusionForm(posted(request), row=stored), 422
    if form.is_valid():
        text, revision = form.cleaned_data["text"], form.cleaned_data["revision"]
        about: dict[str, Any] = {
            "chosen": chosen,
            "report": page.report,
            "text": text,
            "by": mandate,
        }
        try:
            stored = meeting.save_conclusion(**about, revision=revision, names=form.names)
        except Conflict as refusal:
            meeting.keep_refused(**about)
            chosen, code = get_chosen(get_meeting(slug, year), number), 409
            stored = meeting.conclusion_of(page.report, chosen)
            form.refuse(refusal, stored.revision)
        else:
            copy = _draft(page, number, stored, mandate).saved_copy
            messages.success(request, _("Konklusionen er gemt."), extra_tags=copy)
            return redirect(_url(page) + f"#handling-{number}")
    context = _context(page, _("Konklusion")) | {
        "form": form,
        "chosen": chosen,
        "draft": _draft(page, number, stored, mandate),
        "is_stale": code == 409,
        "cancel_url": f"{_url(page)}#handling-{number}",
    }
    status = code if form.is_bound else 200
    return render(request, "reports/conclusion.html", context, status=status)


@allow(Role.COORDINATOR)
@require_POST
def autosave_conclusion(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """Keeps what is written of a conclusion while it is written; it is told when it is saved."""
    page = get_meeting(slug, year)
    chosen = get_chosen(page, number)
    form = ConclusionForm(request.POST, row=meeting.conclusion_of(page.report, chosen))
    form.is_valid()
    about: dict[str, Any] = {
        "chosen": chosen,
        "report": page.report,
        "text": form.typed,
        "by": mandate,
    }
    revision, refusal = form.cleaned_data.get("revision"), ""
    try:
        stored = meeting.save_draft(**about, revision=revision, names=form.names)
    except Conflict as error:
        meeting.keep_refused(**about)
        chosen, refusal = get_chosen(get_meeting(slug, year), number), str(error)
        stored = meeting.conclusion_of(page.report, chosen)
    draft = _draft(page, number, stored, mandate, is_kept=True, refusal=refusal)
    return saved_response(request, draft)


def _draft(
    page: MeetingPage, number: int, stored: Conclusion, mandate: Mandate, **more: Any
) -> DraftPage:
    slug, year = page.report.catalogue.slug, page.report.year
    url = reverse("autosave_conclusion", args=[slug, year, number])
    copy_key = f"{mandate.user.pk}-{slug}-konklusion-{year}-{number}"
    return DraftPage(stored, url, copy_key, **more)


def _url(page: MeetingPage) -> str:
    return reverse("theme_meeting", args=[page.report.catalogue.slug, page.report.year])


def _context(page: MeetingPage, title: str) -> dict[str, object]:
    catalogue = page.report.catalogue
    trail = crumbs(catalogue, _("Temamøde %(year)d") % {"year": page.report.year})
    if title:
        trail = [*trail[:-1], (trail[-1][0], _url(page)), (title, "")]
    return {"catalogue": catalogue, "page": page, "content": page.content, "crumbs": trail}
