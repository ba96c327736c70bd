"""The catalogue as a file: download the workbook or the template, preview and import a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import READERS, Mandate, allow
from actions.catalogue import editor
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import (
    CatalogueFileError,
    CatalogueRows,
    Fault,
    read_bytes,
    to_text,
    to_workbook,
)
from actions.catalogue.forms.action import MEANING
from actions.catalogue.forms.upload import ConfirmForm, UploadForm
from actions.catalogue.importer import plan_import, reported_targets, reported_texts
from actions.catalogue.plan_words import describe
from actions.catalogue.views.edit import tell_reach
from actions.models import Catalogue, Role
from actions.tools.answers import code_of, posted
from actions.tools.workbook import XLSX
from actions.writing.refusals import Conflict


@allow(*READERS)
@require_safe
def workbook(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    try:
        return _attached(to_workbook(rows_of(slug)), f"{slug}.xlsx")
    except Catalogue.DoesNotExist as error:
        raise Http404 from error


@allow(Role.COORDINATOR)
@require_safe
def template(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    return _attached(to_workbook(None), "skabelon-handlingskatalog.xlsx")


def _attached(book: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(book, content_type=XLSX, headers=headers)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_catalogue(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    """Shows what an uploaded file would change; only the second step writes."""
    if "content" in request.POST:
        return _confirm(request, mandate)
    form = UploadForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    code = code_of(form)
    if form.is_valid():
        try:
            context |= _preview(read_bytes(form.content()))
            code = 200
        except CatalogueFileError as error:
            context["faults"] = error.faults
    return _page(request, context, code)


def _confirm(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    form = ConfirmForm(request.POST)
    context: dict[str, Any] = {"form": UploadForm(None)}
    try:
        rows = read_bytes(request.POST["content"].encode())
        if form.is_valid():
            plan = editor.bring_in(rows=rows, by=mandate, **form.answers)
            messages.success(
                request, _("%(catalogue)s er indlæst.") % {"catalogue": plan.catalogue}
            )
            tell_reach(request, rows.slug)
            return redirect("edit_catalogue", rows.slug)
        code = 422
    except Conflict:
        context |= {"outdated": True}
        code = 409
    except CatalogueFileError as error:
        context["faults"] = error.faults
        code = 422
    return _page(request, context | _again(request.POST["content"], form), code)


def _again(content: str, form: ConfirmForm) -> dict[str, Any]:
    """The preview again, with what was typed; only faults if the file cannot be imported."""
    try:
        shown = _preview(read_bytes(content.encode()))
    except CatalogueFileError as error:
        return {"faults": error.faults}
    change = form.data.get("change", "")
    if shown["texts"] and not change:
        form.add_error("change", _("Vælg, om ordene er rettet, eller målene betyder noget nyt."))
    decides = shown["decide"] or (shown["texts"] and change == MEANING)
    if decides and not form.data.get("decision", "").strip():
        form.add_error("decision", _("Skriv den beslutning, der ændrer det."))
    return shown | {"confirm": form}


def _preview(rows: CatalogueRows) -> dict[str, Any]:
    plan = plan_import(rows)
    content = to_text(rows, "json")
    return {
        "plan": plan,
        "changes": list(describe(plan, in_words=True)),
        "decide": reported_targets(plan),
        "texts": reported_texts(plan),
        "content": content,
        "seal": editor.whole_seal(rows.slug),
        "confirm": ConfirmForm(None),
    }


def _page(request: HttpRequest, context: dict[str, Any], code: int) -> HttpResponse:
    faults: tuple[Fault, ...] = context.get("faults", ())
    context |= {
        "fault_count": len(faults),
        "crumbs": [(_("Kataloger"), reverse("catalogues")), (_("Indlæs"), "")],
    }
    return render(request, "catalogue/import_catalogue.html", context, status=code)
