"""The addresses of the reports."""

from django.urls import path

from reports.models import Kind
from reports.views import editorial, report

DRAFT = "<slug:slug>/rapporter/<int:year>/statusredegoerelse"
MIDTERM = "<slug:slug>/rapporter/<int:year>/midtvejsevaluering"
TEXTS = "<slug:slug>/rapporter/<int:year>/<slug:report>/tekster"
OF_MIDTERM = {"kind": Kind.MIDTERM}

urlpatterns = [
    path("<slug:slug>/rapporter/", report.reports, name="reports"),
    path(f"{DRAFT}/", report.draft, name="draft"),
    path(f"{DRAFT}.pdf", report.draft_pdf, name="draft_pdf"),
    path(f"{DRAFT}.docx", report.draft_docx, name="draft_docx"),
    path(f"{DRAFT}/udgiv/", report.publish, name="publish"),
    path(f"{DRAFT}/udgave/<int:number>/", report.edition, name="edition"),
    path(f"{DRAFT}/udgave/<int:number>.pdf", report.edition_pdf, name="edition_pdf"),
    path(f"{DRAFT}/udgave/<int:number>.docx", report.edition_docx, name="edition_docx"),
    path(f"{MIDTERM}/", report.draft, OF_MIDTERM, name="midterm"),
    path(f"{MIDTERM}.pdf", report.draft_pdf, OF_MIDTERM, name="midterm_pdf"),
    path(f"{MIDTERM}.docx", report.draft_docx, OF_MIDTERM, name="midterm_docx"),
    path(f"{MIDTERM}/udgiv/", report.publish, OF_MIDTERM, name="publish_midterm"),
    path(f"{MIDTERM}/udgave/<int:number>/", report.edition, OF_MIDTERM, name="midterm_edition"),
    path(
        f"{MIDTERM}/udgave/<int:number>.pdf",
        report.edition_pdf,
        OF_MIDTERM,
        name="midterm_edition_pdf",
    ),
    path(
        f"{MIDTERM}/udgave/<int:number>.docx",
        report.edition_docx,
        OF_MIDTERM,
        name="midterm_edition_docx",
    ),
    path(f"{TEXTS}/", editorial.editorial, name="editorial"),
    path(f"{TEXTS}/<slug:key>/", editorial.passage, name="passage"),
    path(f"{TEXTS}/<slug:key>/gem/", editorial.autosave, name="autosave_passage"),
    path(f"{TEXTS}/<slug:key>/sammenlign/<int:event>/", editorial.compare, name="compare_passage"),
]
