"""The sagspakke of a published edition, and the template that VUF writes for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Role
from actions.tools.answers import code_of, posted
from actions.writing.refusals import Conflict
from reports.access import get_edition
from reports.committee import agenda
from reports.committee.agenda_forms import CaseTemplateForm
from reports.content import upgrade
from reports.documents import pdf
from reports.documents.responses import crumbs, docx_response
from reports.documents.word import render_case_docx
from reports.models import Edition, Kind


@allow(Role.COORDINATOR)
@require_safe
def case_page(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    """The text section by section, for copying, with links to the files."""
    edition, sections = _case(slug, year, kind, number)
    context = {
        "catalogue": edition.report.catalogue,
        "edition": edition,
        "content": upgrade.read(edition),
        "sections": sections,
        "crumbs": crumbs(edition.report.catalogue, _("Sagspakke")),
    }
    return render(request, "committee/case.html", context)


@allow(Role.COORDINATOR)
@require_safe
def case_txt(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    edition, sections = _case(slug, year, kind, number)
    text = agenda.case_text([*agenda.example_note(upgrade.read(edition)), *sections])
    name = f"{edition.file_name}-sagspakke.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@allow(Role.COORDINATOR)
@require_safe
def case_docx(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    edition, sections = _case(slug, year, kind, number)
    content = upgrade.read(edition)
    mark = pdf.mark_for(edition.number, edition.published_at, edition.content_sha256)
    whole = [*agenda.example_note(content), *sections]
    rows = [(section.heading, section.body) for section in whole]
    document = render_case_docx(content, mark, rows)
    return docx_response(document, f"{edition.file_name}-sagspakke.docx")


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def case_template(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """VUF's headings. Refused: 422, or 409 with the stored sections if somebody was faster."""
    catalogue = get_catalogue(slug)
    revision, sections = agenda.template_of(catalogue)
    form, code = CaseTemplateForm(posted(request), revision=revision, sections=sections), 422
    if form.is_valid():
        try:
            agenda.save_template(
                catalogue=catalogue,
                sections=form.sections(),
                revision=form.cleaned_data["revision"],
                by=mandate,
            )
        except Conflict as refusal:
            revision, sections = agenda.template_of(catalogue)
            form.refuse(refusal, revision)
            code = 409
        else:
            messages.success(request, _("Skabelonen er gemt."))
            return redirect("case_template", slug)
    context = {
        "catalogue": catalogue,
        "form": form,
        "placeholders": agenda.PLACEHOLDERS.items(),
        "stored": sections if code == 409 else [],
        "crumbs": crumbs(catalogue, _("Skabelon til sagspakken")),
    }
    return render(request, "committee/case_template.html", context, status=code_of(form, code))


def _case(slug: str, year: int, kind: Kind, number: int) -> tuple[Edition, list[agenda.Section]]:
    edition = get_edition(slug, year, kind, number)
    _revision, sections = agenda.template_of(edition.report.catalogue)
    decided = edition.report.selections.that_holds()
    return edition, agenda.case_of(edition, decided, sections)
