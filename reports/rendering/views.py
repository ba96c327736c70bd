"""PDFs that are made in the background: how far they are, and themselves when they are ready."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from reports.documents.responses import pdf_response
from reports.models import Rendering
from reports.rendering import progress, tasks
from reports.rendering.papers import Made
from reports.rendering.progress import Progress, get_rendered, get_rendering


def pdf_or_wait(wanted: Rendering, made: Made, name: str) -> HttpResponse:
    """The PDF; where it is not ready it is asked for, and a page tells how far it is."""
    pdf = get_rendered(wanted, made.key)
    if pdf is not None:
        return pdf_response(pdf, name)
    tasks.ask_for(wanted)
    return redirect(wanted)


def progress_of(request: HttpRequest, wanted: Rendering) -> HttpResponse:
    """The line on the page that says how far the PDF is."""
    news = progress.of_rendering(get_rendering(wanted))
    if news is None:
        raise Http404
    return progress_line(request, news)


def progress_line(request: HttpRequest, news: Progress) -> HttpResponse:
    """Nothing (204) where the page says the same already: it is not read aloud twice."""
    if request.GET.get("vist") == news.step:
        return HttpResponse(status=204)
    return render(request, "rendering/_progress.html#line", {"progress": news})
