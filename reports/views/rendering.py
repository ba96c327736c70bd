"""PDFs that are made in the background: how far they are, and themselves when they are ready."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Role
from reports import papers, progress, tasks
from reports.access import (
    EDITION_READERS,
    get_draft,
    get_handout,
    get_meeting,
    get_publication,
    get_rendered,
    get_rendering,
)
from reports.handout import ALL, handout_content
from reports.models import Kind, Rendering, Report
from reports.papers import Made
from reports.progress import Progress
from reports.views import crumbs, pdf_response


@allow(Role.COORDINATOR)
@require_safe
def draft_pdf(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind
) -> HttpResponse:
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year, kind)
    wanted = Rendering(report=Report(catalogue=catalogue, year=year, kind=kind))
    return _pdf_or_wait(wanted, papers.draft(content), f"{slug}-{kind.word}-{year}-kladde.pdf")


@allow(Role.COORDINATOR)
@require_safe
def draft_progress(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind
) -> HttpResponse:
    report = Report(catalogue=get_catalogue(slug), year=year, kind=kind)
    return _progress_of(request, Rendering(report=report))


@allow(*EDITION_READERS)
@require_safe
def handouts(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """All handouts in one."""
    return _handout(slug, year, ALL)


@allow(*EDITION_READERS)
@require_safe
def handout(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """The handout of a chosen action."""
    if number == ALL:
        raise Http404
    return _handout(slug, year, number)


def _handout(slug: str, year: int, number: int) -> HttpResponse:
    page = get_meeting(slug, year)
    wanted = get_handout(page, number)
    name = f"{slug}-temamoede-{year}" + (f"-handling-{number}" if number else "")
    return _pdf_or_wait(wanted, papers.handout(handout_content(page, number)), f"{name}.pdf")


@allow(*EDITION_READERS)
@require_safe
def handout_progress(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    return _progress_of(request, get_handout(get_meeting(slug, year), number))


@allow(Role.COORDINATOR)
@require_safe
def publication(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, pk: int
) -> HttpResponse:
    """How far a publication is, from the click to the edition."""
    wish = get_publication(slug, year, kind, pk)
    news = progress.of_publication(wish)
    if request.headers.get("HX-Request"):
        return _line(request, news)
    title = _("Udgiv %(report)s") % {"report": wish.report}
    context = {
        "catalogue": wish.report.catalogue,
        "title": title,
        "wish": wish,
        "progress": news,
        "crumbs": crumbs(wish.report.catalogue, title),
    }
    return render(request, "reports/publication.html", context)


def _pdf_or_wait(wanted: Rendering, made: Made, name: str) -> HttpResponse:
    """The PDF; where it is not ready it is asked for, and a page tells how far it is."""
    pdf = get_rendered(wanted, made.key)
    if pdf is not None:
        return pdf_response(pdf, name)
    tasks.ask_for(wanted)
    return redirect(wanted)


def _progress_of(request: HttpRequest, wanted: Rendering) -> HttpResponse:
    """The line on the page that says how far the PDF is."""
    news = progress.of_rendering(get_rendering(wanted))
    if news is None:
        raise Http404
    return _line(request, news)


def _line(request: HttpRequest, news: Progress) -> HttpResponse:
    """Nothing (204) where the page says the same already: it is not read aloud twice."""
    if request.GET.get("vist") == news.step:
        return HttpResponse(status=204)
    return render(request, "reports/_progress.html#line", {"progress": news})
