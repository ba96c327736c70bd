"""PDFs that are made in the background: how far they are, and the draft's when it is ready."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Role
from reports import progress, tasks, workflow
from reports.access import get_draft, get_draft_pdf, get_publication, get_rendering
from reports.models import Kind
from reports.progress import Progress
from reports.views import crumbs, pdf_response


@allow(Role.COORDINATOR)
@require_safe
def draft_pdf(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind
) -> HttpResponse:
    """The draft as PDF; where it is not ready it is asked for, and the draft's page tells when."""
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year, kind)
    pdf = get_draft_pdf(catalogue, year, kind, workflow.draft_key(content))
    if pdf is not None:
        return pdf_response(pdf, f"{slug}-{kind.word}-{year}-kladde.pdf")
    report = workflow.report_of(catalogue, content)
    tasks.ask_for_draft(report)
    return redirect(f"{report.draft_url}#pdf")


@allow(Role.COORDINATOR)
@require_safe
def draft_progress(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind
) -> HttpResponse:
    """The line on the draft's page that says how far its PDF is."""
    news = progress.of_draft(get_rendering(slug, year, kind))
    if news is None:
        raise Http404
    return _line(request, news)


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


def _line(request: HttpRequest, news: Progress) -> HttpResponse:
    """Nothing (204) where the page says the same already: it is not read aloud twice."""
    if request.GET.get("vist") == news.step:
        return HttpResponse(status=204)
    return render(request, "reports/_progress.html#line", {"progress": news})
