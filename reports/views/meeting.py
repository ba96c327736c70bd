"""The temamøde: its programme, handouts, presentation and what it came to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import Mandate, allow
from actions.models import Role
from actions.views import posted
from reports import meeting, progress
from reports.access import EDITION_READERS, get_chosen, get_meeting
from reports.handout import ALL
from reports.meeting import MeetingPage
from reports.meeting_forms import ConclusionForm, ProgrammeForm
from reports.views import crumbs
from reports.workflow import Stale


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
        version, typed = form.cleaned_data["version"], form.programme()
        try:
            meeting.save_programme(report=page.report, programme=typed, version=version, by=mandate)
        except Stale as refusal:
            page, code = get_meeting(slug, year), 409
            form.refuse(refusal, page.version)
        else:
            messages.success(request, _("Programmet er gemt."))
            return redirect("theme_meeting", slug, year)
    context = _context(page, _("Ret programmet")) | {"form": form, "is_stale": code == 409}
    status = code if form.is_bound else 200
    return render(request, "reports/programme.html", context, status=status)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def conclusion(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """Refused: 422, or 409 with the stored text beside; what was typed is kept in the log."""
    page = get_meeting(slug, year)
    chosen = get_chosen(page, number)
    initial = {"text": chosen.text, "version": chosen.version}
    form, code = ConclusionForm(posted(request), initial=initial), 422
    if form.is_valid():
        report, text = page.report, form.cleaned_data["text"]
        version = form.cleaned_data["version"]
        try:
            meeting.save_conclusion(
                chosen=chosen, report=report, text=text, version=version, by=mandate
            )
        except Stale as refusal:
            meeting.keep_refused(chosen=chosen, report=report, text=text, by=mandate)
            chosen, code = get_chosen(get_meeting(slug, year), number), 409
            form.refuse(refusal, chosen.version)
        else:
            messages.success(request, _("Konklusionen er gemt."))
            return redirect(_url(page) + f"#handling-{number}")
    context = _context(page, _("Konklusion")) | {"form": form, "chosen": chosen}
    context["is_stale"] = code == 409
    status = code if form.is_bound else 200
    return render(request, "reports/conclusion.html", context, status=status)


def _url(page: MeetingPage) -> str:
    return reverse("theme_meeting", args=[page.report.catalogue.slug, page.report.year])


def _context(page: MeetingPage, title: str) -> dict[str, object]:
    catalogue = page.report.catalogue
    trail = crumbs(catalogue, _("Temamøde %(year)d") % {"year": page.report.year})
    if title:
        trail = [*trail[:-1], (trail[-1][0], _url(page)), (title, "")]
    return {"catalogue": catalogue, "page": page, "content": page.content, "crumbs": trail}
