"""The figures as a file: download all of them, preview a file and bring it in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import READERS, Mandate, allow, get_catalogue
from actions.figures.file.bringing import keep_figures, preview_figures
from actions.figures.file.cells import FiguresFileError
from actions.figures.file.forms import FiguresConfirmForm, FiguresUploadForm
from actions.figures.file.writing import figures_text, figures_workbook
from actions.figures.told import told_words
from actions.models import Catalogue, Role
from actions.tools.answers import catalogue_crumbs, code_of, posted, tell_and_redirect
from actions.tools.workbook import XLSX
from actions.writing.refusals import Conflict


@allow(*READERS)
@require_safe
def download_workbook(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    book = figures_workbook(get_catalogue(slug))
    return _attached(book, XLSX, f"maaltal-{slug}.xlsx")


@allow(*READERS)
@require_safe
def download_text(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """The text begins with a byte order mark; without it Excel reads it as Windows-1252."""
    text = figures_text(get_catalogue(slug)).encode("utf-8-sig")
    return _attached(text, "text/csv; charset=utf-8", f"maaltal-{slug}.csv")


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_figures(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """Shows what an uploaded file would tell; only the second step writes."""
    catalogue = get_catalogue(slug)
    if "content" in request.POST:
        return _confirm(request, mandate, catalogue)
    form = FiguresUploadForm(posted(request), request.FILES or None)
    context, code = {}, code_of(form)
    if form.is_valid():
        context = _shown(form.content(), catalogue)
        code = 422 if "faults" in context else 200
    return _page(request, catalogue, context | {"form": form}, code)


def _confirm(request: HttpRequest, mandate: Mandate, catalogue: Catalogue) -> HttpResponse:
    answer = FiguresConfirmForm(request.POST)
    if not answer.is_valid():
        return _page(request, catalogue, {"form": FiguresUploadForm({})}, 422)
    content = answer.cleaned_data["content"]
    try:
        kept = keep_figures(
            content=content, seen=answer.cleaned_data["seen"], catalogue=catalogue, by=mandate
        )
    except Conflict:
        context, code = _shown(content, catalogue) | {"outdated": True}, 409
    except FiguresFileError as error:
        context, code = {"faults": error.faults}, 422
    else:
        return tell_and_redirect(request, told_words(len(kept)), "catalogue", catalogue.slug)
    return _page(request, catalogue, context | {"form": FiguresUploadForm()}, code)


def _shown(content: bytes, catalogue: Catalogue) -> dict[str, Any]:
    try:
        return {"preview": preview_figures(content, catalogue)}
    except FiguresFileError as error:
        return {"faults": error.faults}


def _page(
    request: HttpRequest, catalogue: Catalogue, context: dict[str, Any], code: int
) -> HttpResponse:
    context |= {
        "catalogue": catalogue,
        "fault_count": len(context.get("faults", ())),
        "crumbs": catalogue_crumbs(catalogue, (_("Indlæs tal"), "")),
    }
    return render(request, "figures/import_figures.html", context, status=code)
