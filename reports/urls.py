"""The addresses of the reports."""

from django.urls import path

from reports.views import rendering, report

DRAFT = "<slug:slug>/rapporter/<int:year>/statusredegoerelse"

urlpatterns = [
    path("<slug:slug>/rapporter/", report.reports, name="reports"),
    path(f"{DRAFT}/", report.draft, name="draft"),
    path(f"{DRAFT}.pdf", rendering.draft_pdf, name="draft_pdf"),
    path(f"{DRAFT}/pdf/", rendering.draft_progress, name="draft_progress"),
    path(f"{DRAFT}.docx", report.draft_docx, name="draft_docx"),
    path(f"{DRAFT}/udgiv/", report.publish, name="publish"),
    path(f"{DRAFT}/udgiv/<int:pk>/", rendering.publication, name="publication"),
    path(f"{DRAFT}/udgave/<int:number>/", report.edition, name="edition"),
    path(f"{DRAFT}/udgave/<int:number>.pdf", report.edition_pdf, name="edition_pdf"),
    path(f"{DRAFT}/udgave/<int:number>.docx", report.edition_docx, name="edition_docx"),
]
