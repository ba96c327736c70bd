"""The draft: the report as it would be published now, and its PDF."""

from django.http import Http404

from actions.access import get_catalogue
from actions.models import Catalogue
from reports.content.assemble import assemble
from reports.content.shape import NoSuchReport, ReportContent
from reports.documents.pdf import DOCUMENT, render_pdf
from reports.editions.verbs import Proof, proof_after
from reports.models import Edition, Kind, Paper, Rendering, Report
from reports.models.job import ALL
from reports.rendering.papers import Made, PaperWish, key_of, rendered


def get_proof(slug: str, year: int, kind: Kind) -> tuple[Catalogue, Proof]:
    """The report as it would be published, with its catalogue, or 404 if the year can have none."""
    latest = Edition.objects.latest_of(slug, year, kind)
    catalogue = latest.report.catalogue if latest else get_catalogue(slug)
    try:
        return catalogue, proof_after(latest, catalogue, year, kind)
    except NoSuchReport as error:
        raise Http404 from error


def get_draft(catalogue: Catalogue, year: int, kind: Kind) -> ReportContent:
    """The report as it stands, or 404 if the year can have none."""
    try:
        return assemble(catalogue, year, kind)
    except NoSuchReport as error:
        raise Http404 from error


def draft_paper(content: ReportContent) -> Made:
    return Made(key_of(DOCUMENT, content), lambda: render_pdf(content, edition=None))


def make_draft(row: Rendering) -> Made:
    """The draft's PDF as things are now. Raises NoSuchReport if the year can have no report."""
    report = row.report
    return draft_paper(assemble(report.catalogue, report.year, Kind(report.kind)))


def wanted_drafts(report: Report) -> list[PaperWish]:
    return [PaperWish(report.catalogue, report.year, Kind(report.kind))]


def pdf_now(report: Report) -> bytes:
    """The draft's PDF, rendered here if it is outdated, and kept as if a worker had made it."""
    row, _new = Rendering.objects.get_or_create(report=report, paper=Paper.DRAFT, number=ALL)
    if fields := rendered(row):
        Rendering.objects.filter(pk=row.pk).update(**fields)
    return bytes(fields.get("pdf") or row.pdf or b"")
