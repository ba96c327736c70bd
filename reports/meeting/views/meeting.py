"""The temamøde: its page, programme, presentation and conclusions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import Mandate, allow
from actions.danish import format_date
from actions.models import Role
from actions.tools.answers import code_of, posted
from actions.writing import drafts
from actions.writing.autosave import Desk, answer_autosave
from actions.writing.choice import choose
from actions.writing.refusals import Conflict, Refused
from reports.access import EDITION_READERS, may_write_meeting
from reports.documents.responses import crumbs
from reports.meeting import handout, verbs
from reports.meeting.forms import ConclusionForm, ProgrammeForm
from reports.meeting.page import MeetingPage, get_chosen, get_meeting
from reports.meeting.verbs import ConclusionText
from reports.models.job import ALL


@allow(*EDITION_READERS)
@require_safe
def theme_meeting(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Programme, chosen actions with their material, and conclusions.

    A ready handout is announced only to the reader who waits for it (`?pdf=`).
    """
    page = get_meeting(slug, year)
    progress = handout.of_handouts(page, request.GET.get("pdf", ""))
    context = _context(page, "") | {
        "may_write": may_write_meeting(mandate),
        "progress": progress[ALL],
        "actions": [(chosen, progress[chosen.number]) for chosen in page.chosen],
    }
    return render(request, "meeting/theme_meeting.html", context)


@allow(*EDITION_READERS)
@require_safe
def presentation(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """The meeting's slides: one long page, which scripts show slide by slide."""
    page = get_meeting(slug, year)
    return render(request, "meeting/presentation.html", _context(page, _("Præsentation")))


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Refused: 422, or 409 with the stored programme if somebody was faster."""
    page = get_meeting(slug, year)
    form, code = ProgrammeForm(posted(request), page=page), 422
    if form.is_valid():
        revision, typed = form.cleaned_data["revision"], form.programme()
        try:
            verbs.save_programme(report=page.report, programme=typed, revision=revision, by=mandate)
        except Conflict as refusal:
            page, code = get_meeting(slug, year), 409
            form.refuse(refusal, page.revision)
        else:
            messages.success(request, _("Programmet er gemt."))
            return redirect("theme_meeting", slug, year)
    context = _context(page, _("Ret programmet")) | {"form": form, "is_stale": code == 409}
    return render(request, "meeting/programme.html", context, status=code_of(form, code))


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def conclusion(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """Refused: 422, or 409 with a link to both texts if somebody else has written."""
    page = get_meeting(slug, year)
    chosen = get_chosen(page, number)
    text, kept = ConclusionText(page.report, chosen), None
    stored = text.row
    form = ConclusionForm(posted(request), row=stored)
    if form.is_valid():
        typed = form.cleaned_data["text"]
        try:
            stored = verbs.save_conclusion(
                chosen=chosen,
                report=page.report,
                text=typed,
                revision=form.began_with,
                names=form.names,
                by=mandate,
            )
        except Refused as refusal:
            kept = drafts.refuse(text, stored, typed, refusal, by=mandate)
            stored = kept.row
            form.refuse(kept.refusal, stored.revision)
        else:
            copy = Desk(text, stored, mandate).saved_copy
            messages.success(request, _("Konklusionen er gemt."), extra_tags=copy)
            return redirect(_url(page) + f"#handling-{number}")
    context = _context(page, _("Konklusion")) | {
        "form": form,
        "chosen": chosen,
        "desk": Desk(text, stored, mandate, kept),
        "cancel_url": f"{_url(page)}#handling-{number}",
    }
    status = code_of(form, 409 if kept else 422)
    return render(request, "meeting/conclusion.html", context, status=status)


@allow(Role.COORDINATOR)
@require_POST
def autosave_conclusion(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """Keeps the draft of a conclusion while it is typed; others see it when it is saved."""
    page = get_meeting(slug, year)
    text = ConclusionText(page.report, get_chosen(page, number))
    form = ConclusionForm(request.POST, row=text.row)
    return answer_autosave(text, text.row, form, mandate)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def compare_conclusion(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int, event: int
) -> HttpResponse:
    """A refused conclusion beside the stored one; the choice is a draft until it is saved."""
    page = get_meeting(slug, year)
    text = ConclusionText(page.report, get_chosen(page, number))
    done = _("Kladden er gemt med det, du valgte. Konklusionen er ikke gemt endnu.")
    choice = choose(request, text, text.row, mandate, event, done)
    if isinstance(choice, HttpResponse):
        return choice
    context = _context(page, _("To tekster")) | choice
    day = _("Temamøde %(day)s") % {"day": format_date(page.day)}
    context |= {"eyebrow": day, "lead": text.chosen.title}
    return render(request, "writing/compare_draft.html", context, status=choice["code"])


def _url(page: MeetingPage) -> str:
    return reverse("theme_meeting", args=[page.report.catalogue.slug, page.report.year])


def _context(page: MeetingPage, title: str) -> dict[str, object]:
    catalogue = page.report.catalogue
    trail = crumbs(catalogue, _("Temamøde %(year)d") % {"year": page.report.year})
    if title:
        trail = [*trail[:-1], (trail[-1][0], _url(page)), (title, "")]
    return {"catalogue": catalogue, "page": page, "content": page.content, "crumbs": trail}
