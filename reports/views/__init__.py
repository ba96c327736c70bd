"""The pages of the reports; what several of them share."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import Catalogue
from reports.word import DOCX


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def docx_response(document: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(document, content_type=DOCX, headers=headers)


def crumbs(catalogue: Catalogue, title: str) -> list[tuple[str, str]]:
    reports_url = reverse("reports", args=[catalogue.slug]) if title else ""
    trail: list[tuple[str, str]] = [(catalogue.title, ""), (_("Rapporter"), reports_url)]
    return [*trail, (title, "")] if title else trail
