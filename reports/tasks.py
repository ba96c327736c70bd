"""What `db_worker` does: PDFs rendered ahead, and editions published with theirs.

A change asks for the drafts and handouts that show it (`reports.apps` ties the two together). A
task takes primary keys and reads what it needs itself; see `reports.jobs`.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.access import Mandate, mandate_of
from actions.models import Round
from actions.writing.refusals import Refused
from reports import jobs, workflow
from reports.assemble import NoSuchReport
from reports.meeting import meeting_of
from reports.models import Job, Kind, Publication, Rendering, Report
from reports.papers import outdated_handouts, rendered
from reports.pdf import PdfError

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
    """The drafts, and the handouts that are not as things are now."""
    for later in Round.objects.filter(catalogue=catalogue, year__gte=year).order_by("year"):
        Report.objects.get_or_create(catalogue_id=catalogue, kind=Kind.STATUS, year=later.year)
    for report in Report.objects.filter(catalogue=catalogue, year__gte=year).order_by("pk"):
        yield Rendering(report=report)
        if page := meeting_of(report):
            yield from outdated_handouts(page)


@transaction.atomic
def ask_for(wanted: Rendering, *, after: timedelta = timedelta(0)) -> None:
    """A paper is wanted as PDF, now or when it has been quiet for a while."""
    about = wanted.report
    report, _made = Report.objects.get_or_create(
        catalogue=about.catalogue, kind=about.kind, year=about.year
    )
    rows = Rendering.objects.select_for_update().defer("pdf")
    row, _made = rows.get_or_create(report=report, paper=wanted.paper, number=wanted.number)
    jobs.ask(row, render, after=after)


@task(takes_context=True)
def render(context: jobs.Context, pk: int) -> None:
    jobs.work(Rendering, pk, task=render, context=context, make=rendered, refusals=REFUSALS)


# --- editions ------------------------------------------------------------------------------------


@transaction.atomic
def ask_to_publish(
    report: Report, *, seal: str, changes: str, confirmed: bool, by: Mandate
) -> Publication:
    """Records the wish; a second click gets the first one's.

    Raises Refused where it cannot come true as things stand, or another one waits.
    """
    Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    waiting = report.publications.filter(state__in=Job.UNFINISHED).first()
    if waiting is not None:
        if (waiting.by, waiting.seal, waiting.changes) == (by.user, seal, changes):
            return waiting
        raise Refused(_("%(name)s er ved at udgive rapporten.") % {"name": waiting.by_name})
    workflow.check_publishable(report, seal=seal, changes=changes, confirmed=confirmed, by=by)
    wish = Publication.objects.create(
        report=report,
        seal=seal,
        changes=changes,
        confirmed=confirmed,
        by=by.user,
        by_name=str(by.user),
        asked_at=timezone.now(),
    )
    jobs.ask(wish, publish_edition)
    return wish


@task(takes_context=True)
def publish_edition(context: jobs.Context, pk: int) -> None:
    jobs.work(
        Publication, pk, task=publish_edition, context=context, make=_edition, refusals=REFUSALS
    )


def _edition(wish: Publication) -> dict[str, Any]:
    """The edition; one that a killed worker had come to publish is taken as it is."""
    report = wish.report
    try:
        edition = workflow.publish(
            catalogue=report.catalogue,
            year=report.year,
            seal=wish.seal,
            changes=wish.changes,
            confirmed=wish.confirmed,
            by=_still_allowed(wish),
            kind=Kind(report.kind),
        )
    except workflow.AlreadyPublished as done:
        edition = done.edition
    return {"edition": edition}


def _still_allowed(wish: Publication) -> Mandate:
    if wish.by is None or not wish.by.is_active:
        raise Refused(_("%(name)s er ikke længere bruger her.") % {"name": wish.by_name})
    return mandate_of(wish.by, timezone.localdate())
