"""The addresses of the reports."""

from django.urls import path

from reports.views import report

DRAFT = "<slug:slug>/rapporter/<int:year>/statusredegoerelse"

urlpatterns = [
    path("<slug:slug>/rapporter/", report.reports, name="reports"),
    path(f"{DRAFT}/", report.draft, name="draft"),
    path(f"{DRAFT}.pdf", report.draft_pdf, name="draft_pdf"),
    path(f"{DRAFT}.docx", report.draft_docx, name="draft_docx"),
    path(f"{DRAFT}/udgiv/", report.publish, name="publish"),
    path(f"{DRAFT}/udgave/<int:number>/", report.edition, name="edition"),
    path(f"{DRAFT}/udgave/<int:number>.pdf", report.edition_pdf, name="edition_pdf"),
    path(f"{DRAFT}/udgave/<int:number>.docx", report.edition_docx, name="edition_docx"),
]
