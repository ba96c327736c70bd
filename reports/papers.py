"""The PDFs that are rendered ahead: what each is made of, and the key that names just that."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from actions.writing.refusals import Refused
from reports.assemble import assemble
from reports.content import ReportContent
from reports.handout import ALL, HandoutContent, handout_content, handout_pdf, handouts_of
from reports.meeting import MeetingPage, meeting_of
from reports.models import Kind, Paper, Rendering, Report
from reports.pdf import TEMPLATE_VERSION, render_pdf
from reports.workflow import content_hash


@dataclass(frozen=True)
class Made:
    """A paper as things are now; `key` names all that it is made of: content and templates."""

    key: str
    pdf: Callable[[], bytes]


def draft(content: ReportContent) -> Made:
    return Made(_key(content), lambda: render_pdf(content, edition=None))


def handout(content: HandoutContent) -> Made:
    return Made(_key(content), lambda: handout_pdf(content))


def outdated_handouts(page: MeetingPage) -> list[Rendering]:
    """Those that are to be made: most changes show in no handout. One query."""
    rows = page.report.renderings.filter(paper=Paper.HANDOUT)
    kept = dict(rows.values_list("number", "key"))
    return [
        each
        for each in handouts_of(page)
        if kept.get(each.number) != handout(handout_content(page, each.number)).key
    ]


def _key(content: ReportContent | HandoutContent) -> str:
    return f"{TEMPLATE_VERSION}:{content_hash(content)}"


def rendered(row: Rendering) -> dict[str, Any]:
    """The row's new fields; nothing is rendered where its PDF shows things as they are now.

    Raises NoSuchReport, Refused or PdfError where there is nothing to show.
    """
    made = _made(row)
    return {} if row.key == made.key else {"key": made.key, "pdf": made.pdf()}


def pdf_now(report: Report) -> bytes:
    """The draft's PDF without waiting for a worker; it is kept all the same."""
    row, _new = Rendering.objects.get_or_create(report=report, paper=Paper.DRAFT, number=ALL)
    if fields := rendered(row):
        Rendering.objects.filter(pk=row.pk).update(**fields)
    return bytes(fields.get("pdf") or row.pdf or b"")


def _made(row: Rendering) -> Made:
    report = row.report
    if row.paper == Paper.DRAFT:
        return draft(assemble(report.catalogue, report.year, Kind(report.kind)))
    page = meeting_of(report)
    if page is None or (row.number != ALL and page.chosen_with(row.number) is None):
        raise Refused(_("Handlingen er ikke valgt til temamødet."))
    return handout(handout_content(page, row.number))
