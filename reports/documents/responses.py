"""Documents as HTTP responses, and what the pages that list editions share."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.models import Catalogue
from actions.tools.answers import Crumbs
from reports.documents.word import DOCX
from reports.models import Edition


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def docx_response(document: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(document, content_type=DOCX, headers=headers)


def by_report(editions: Iterable[Edition]) -> list[tuple[Edition, list[Edition]]]:
    """Each report's newest edition with its older ones; `editions` must be in that order."""
    groups = [
        list(rows) for _report, rows in groupby(editions, key=lambda edition: edition.report_id)
    ]
    return [(newest, older) for newest, *older in groups]


def crumbs(catalogue: Catalogue, title: str) -> Crumbs:
    reports_url = reverse("reports", args=[catalogue.slug]) if title else ""
    trail: Crumbs = [(catalogue.title, ""), (_("Rapporter"), reports_url)]
    return [*trail, (title, "")] if title else trail
