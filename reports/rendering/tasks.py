"""The tasks of `db_worker` that render drafts and handouts ahead.

A change of the data asks for the papers that show it (`reports.apps` connects the two). A task
takes primary keys and reads the rest itself; see `reports.rendering.jobs`.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.tasks import task

from actions.models import Catalogue, Round
from actions.writing.refusals import Refused
from reports.content.shape import NoSuchReport
from reports.documents.pdf import PdfError
from reports.models import Kind, Rendering, Report
from reports.rendering import jobs, papers
from reports.rendering.papers import PaperWish

#: What changes within this time after a first change is rendered with it.
QUIET: Final = timedelta(seconds=5)

REFUSALS: Final = (Refused, NoSuchReport, PdfError)


def render_ahead(catalogue: int, year: int) -> None:
    """Has a worker render what shows a change of the year, QUIET after the first of several.

    Runs in the request, on commit, so it only enqueues.
    """
    jobs.enqueue_once(look_over, catalogue, year, 1, after=QUIET)


@task(takes_context=True)
def look_over(context: jobs.Context, catalogue: int, year: int, attempt: int) -> None:
    """Asks for every paper that shows a change of the year, in this report or a later one."""
    with jobs.understudied(look_over, context, catalogue, year, attempt=attempt):
        for wish in _shown_since(catalogue, year):
            ask_for(wish)


def _shown_since(catalogue: int, year: int) -> Iterator[PaperWish]:
    """The papers of the year and of later ones that should be rendered ahead.

    Those of the catalogues that goals of this one were carried over from too: what is handed in
    here may stand there.
    """
    carried = Q(pk=catalogue) | Q(actions__goals__successors__action__catalogue=catalogue)
    shown = Catalogue.objects.filter(carried).order_by().values("pk")
    for later in Round.objects.filter(catalogue__in=shown, year__gte=year).order_by("year", "pk"):
        Report.objects.get_or_create(
            catalogue_id=later.catalogue_id, kind=Kind.STATUS, year=later.year
        )
    for report in Report.objects.filter(catalogue__in=shown, year__gte=year).order_by("pk"):
        yield from papers.wanted_of(report)


@transaction.atomic
def ask_for(wish: PaperWish, *, after: timedelta = timedelta(0)) -> Rendering:
    """Has a paper rendered as PDF, now or after a while; its row, with its report at hand."""
    report, _made = Report.objects.get_or_create(
        catalogue=wish.catalogue, kind=wish.kind, year=wish.year
    )
    report.catalogue = wish.catalogue
    rows = Rendering.objects.select_for_update().defer("pdf")
    row, _made = rows.get_or_create(report=report, paper=wish.paper, number=wish.number)
    row.report = report
    jobs.enqueue(row, render, after=after)
    return row


@task(takes_context=True)
def render(context: jobs.Context, pk: int) -> None:
    jobs.work(Rendering, pk, task=render, context=context, make=papers.rendered, refusals=REFUSALS)
