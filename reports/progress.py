"""How far a PDF is, in words for the page."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.handout import handouts_of
from reports.meeting import MeetingPage
from reports.models import Job, JobState, Paper, Publication, Rendering

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
        return _under_way(row, row.progress_url)
    if row.state == JobState.FAILED and (not key or key != row.key):
        return Progress("failed", row.fault, url=row.pdf_url, link=_("Prøv igen"))
    if row.key and key in {"", row.key}:
        return Progress("ready", _("PDF'en er klar."), url=row.pdf_url, link=_("Hent PDF'en"))
    return None


def of_handouts(page: MeetingPage, waited_for: str) -> dict[int, Progress | None]:
    """Of a meeting's handouts by their number; "ready" only of the one `waited_for`. One query."""
    rows = page.report.renderings.filter(paper=Paper.HANDOUT).defer("pdf")
    known = {row.number: row for row in rows}
    told: dict[int, Progress | None] = {}
    for row in handouts_of(page):
        news = of_rendering(known.get(row.number))
        is_news = news is not None and (news.step != "ready" or str(row.number) == waited_for)
        told[row.number] = news if is_news else None
    return told


def of_publication(wish: Publication) -> Progress:
    if wish.is_unfinished:
        return _under_way(wish, wish.report.url("publication", pk=wish.pk))
    if wish.edition is None:
        text = _("Rapporten er ikke udgivet. %(fault)s") % {"fault": wish.fault}
        back = f"{wish.report.publish_url}?igen={wish.pk}"
        return Progress("failed", text, url=back, link=_("Tilbage til udgivelsen"))
    text = _("%(edition)s er udgivet.") % {"edition": wish.edition}
    return Progress(
        "ready",
        text,
        url=wish.edition.get_absolute_url(),
        link=_("Læs %(edition)s") % {"edition": wish.edition},
    )


def _under_way(job: Job, poll: str) -> Progress:
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
