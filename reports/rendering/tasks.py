"""What `db_worker` does: PDFs rendered ahead, and editions published with theirs.

A change asks for the drafts and handouts that show it (`reports.apps` ties the two together). A
task takes primary keys and reads what it needs itself; see `reports.rendering.jobs`.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.tasks import task

from actions.models import Round
from actions.writing.refusals import Refused
from reports.content.shape import NoSuchReport
from reports.documents.pdf import PdfError
from reports.models import Kind, Rendering, Report
from reports.rendering import jobs, papers

#: Changes that follow each other within this time are rendered once.
QUIET: Final = timedelta(seconds=5)

REFUSALS: Final = (Refused, NoSuchReport, PdfError)


# --- drafts and handouts -------------------------------------------------------------------------


def render_ahead(catalogue: int, year: int) -> None:
    """Has a worker look, when it has been quiet for a while, for what shows a change of the year.

    Runs in the request, at the commit: so it enqueues, and nothing else.
    """
    jobs.enqueue_once(look_over, catalogue, year, 1, after=QUIET)


@task(takes_context=True)
def look_over(context: jobs.Context, catalogue: int, year: int, attempt: int) -> None:
    """Asks for what shows a change of the year: its papers and those of the later years."""
    with jobs.understudied(look_over, context, catalogue, year, attempt=attempt):
        for wanted in _shown_since(catalogue, year):
            ask_for(wanted)


def _shown_since(catalogue: int, year: int) -> Iterator[Rendering]:
    """The papers of the year and of the later ones that are to be rendered ahead."""
    for later in Round.objects.filter(catalogue=catalogue, year__gte=year).order_by("year"):
        Report.objects.get_or_create(catalogue_id=catalogue, kind=Kind.STATUS, year=later.year)
    for report in Report.objects.filter(catalogue=catalogue, year__gte=year).order_by("pk"):
        yield from papers.wanted_of(report)


@transaction.atomic
def ask_for(wanted: Rendering, *, after: timedelta = timedelta(0)) -> None:
    """A paper is wanted as PDF, now or when it has been quiet for a while."""
    about = wanted.report
    report, _made = Report.objects.get_or_create(
        catalogue=about.catalogue, kind=about.kind, year=about.year
    )
    rows = Rendering.objects.select_for_update().defer("pdf")
    row, _made = rows.get_or_create(report=report, paper=wanted.paper, number=wanted.number)
    jobs.enqueue(row, render, after=after)


@task(takes_context=True)
def render(context: jobs.Context, pk: int) -> None:
    jobs.work(Rendering, pk, task=render, context=context, make=papers.rendered, refusals=REFUSALS)
