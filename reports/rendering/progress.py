"""How far a PDF is, in words for the page."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import Job, JobState, Rendering


def get_rendering(wanted: Rendering) -> Rendering | None:
    """What is known of a PDF, which is left in the database; None before it is first asked for."""
    return _kept(wanted).defer("pdf").select_related("report__catalogue").first()


def get_rendered(wanted: Rendering, key: str) -> bytes | None:
    """The PDF, where the one that is kept has this key."""
    pdf = _kept(wanted).filter(key=key).values_list("pdf", flat=True).first()
    return None if pdf is None else bytes(pdf)


def _kept(wanted: Rendering) -> QuerySet[Rendering]:
    """By the year's name, since a draft may be looked for before its report is there."""
    report = wanted.report
    return Rendering.objects.filter(
        report__catalogue=report.catalogue,
        report__year=report.year,
        report__kind=report.kind,
        paper=wanted.paper,
        number=wanted.number,
    )


#: A job that nobody has taken for so long probably waits for a worker that does not run.
LATE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Progress:
    """What a page says of a PDF.

    `step` changes whenever the words do. `poll` is where to ask for news, "" where none will come;
    `url` with `link` is what can be done now.
    """

    step: str
    text: str
    poll: str = ""
    url: str = ""
    link: str = ""


def of_rendering(row: Rendering | None, key: str = "") -> Progress | None:
    """Of a PDF that is made ahead; with a `key` one that is kept of another content does not count.

    None where there is no PDF, and none is on its way.
    """
    if row is None:
        return None
    if row.is_unfinished:
        return under_way(row, row.progress_url)
    if row.state == JobState.FAILED and (not key or key != row.key):
        return Progress("failed", row.fault, url=row.pdf_url, link=_("Prøv igen"))
    if row.key and key in {"", row.key}:
        return Progress("ready", _("PDF'en er klar."), url=row.pdf_url, link=_("Hent PDF'en"))
    return None


def under_way(job: Job, poll: str) -> Progress:
    if job.state == JobState.RUNNING and job.attempts > 1:
        text = _("Arbejdet blev afbrudt. PDF'en dannes forfra.")
        return Progress(f"again-{job.attempts}", text, poll)
    if job.state == JobState.RUNNING:
        text = _("PDF'en dannes. Det tager som regel under et halvt minut.")
        return Progress("running", text, poll)
    if job.due_at is not None and job.due_at < timezone.now() - LATE:
        text = _(
            "PDF'en venter stadig på at blive dannet. Sker der intet, så sig til "
            "systemadministratoren, at baggrundsarbejdet (db_worker) ser ud til at stå stille."
        )
        return Progress("late", text, poll)
    return Progress("queued", _("PDF'en er i kø og dannes om et øjeblik."), poll)
