"""The addresses of the reports."""

from django.urls import path

from reports.views import case, meeting, rendering, report

DRAFT = "<slug:slug>/rapporter/<int:year>/statusredegoerelse"
CASE = f"{DRAFT}/udgave/<int:number>/sagspakke"
MEETING = "<slug:slug>/rapporter/<int:year>/temamoede"

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
    path(f"{CASE}/", case.case_page, name="case"),
    path(f"{CASE}.txt", case.case_txt, name="case_txt"),
    path(f"{CASE}.docx", case.case_docx, name="case_docx"),
    path("<slug:slug>/rapporter/sagspakke/", case.case_template, name="case_template"),
    path(f"{MEETING}/", meeting.theme_meeting, name="theme_meeting"),
    path(f"{MEETING}/program/", meeting.programme, name="programme"),
    path(f"{MEETING}/materiale.pdf", meeting.handouts, name="handouts"),
    path(f"{MEETING}/handling/<int:number>.pdf", meeting.handout, name="handout"),
    path(f"{MEETING}/handling/<int:number>/konklusion/", meeting.conclusion, name="conclusion"),
    path(f"{MEETING}/praesentation/", meeting.presentation, name="presentation"),
]
