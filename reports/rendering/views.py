"""PDFs made in the background: their progress, and the files once they are ready."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from reports.documents.responses import pdf_response
from reports.rendering import progress, tasks
from reports.rendering.papers import Made, PaperWish
from reports.rendering.progress import Progress, get_rendered, get_rendering


def pdf_or_wait(wish: PaperWish, made: Made, name: str) -> HttpResponse:
    """The PDF; if it is not ready, asks for it and redirects to the page with its progress."""
    pdf = get_rendered(wish, made.key)
    if pdf is not None:
        return pdf_response(pdf, name)
    return redirect(tasks.ask_for(wish))


def progress_of(request: HttpRequest, wish: PaperWish) -> HttpResponse:
    """The line of the page that shows the PDF's progress."""
    news = progress.of_rendering(get_rendering(wish))
    if news is None:
        raise Http404
    return progress_line(request, news)


def progress_line(request: HttpRequest, news: Progress) -> HttpResponse:
    """The line, or 204 if the page says the same already, so that nothing is read aloud twice."""
    if request.GET.get("vist") == news.step:
        return HttpResponse(status=204)
    return render(request, "rendering/_progress.html#line", {"progress": news})
