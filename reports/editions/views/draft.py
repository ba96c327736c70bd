"""The draft's PDF and its progress, and the progress of a publication."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Role
from reports.access import get_publication
from reports.documents.responses import crumbs
from reports.editions import tasks
from reports.editions.draft import draft_paper, get_draft
from reports.models import Kind
from reports.rendering.papers import PaperWish
from reports.rendering.views import pdf_or_wait, progress_line, progress_of


@allow(Role.COORDINATOR)
@require_safe
def draft_pdf(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind
) -> HttpResponse:
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year, kind)
    wish = PaperWish(catalogue, year, kind)
    return pdf_or_wait(wish, draft_paper(content), f"{slug}-{kind.word}-{year}-kladde.pdf")


@allow(Role.COORDINATOR)
@require_safe
def draft_progress(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind
) -> HttpResponse:
    return progress_of(request, PaperWish(get_catalogue(slug), year, kind))


@allow(Role.COORDINATOR)
@require_safe
def publication(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, pk: int
) -> HttpResponse:
    """The progress of a publication, from the click to the edition."""
    wish = get_publication(slug, year, kind, pk)
    news = tasks.of_publication(wish)
    if request.headers.get("HX-Request"):
        return progress_line(request, news)
    title = _("Udgiv %(report)s") % {"report": wish.report}
    context = {
        "catalogue": wish.report.catalogue,
        "title": title,
        "wish": wish,
        "progress": news,
        "crumbs": crumbs(wish.report.catalogue, title),
    }
    return render(request, "editions/publication.html", context)
