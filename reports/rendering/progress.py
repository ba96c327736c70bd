"""A PDF's progress, in words for the page."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import Job, JobState, Rendering
from reports.rendering.papers import PaperWish


def get_rendering(wish: PaperWish) -> Rendering | None:
    """The row of a paper, its PDF deferred; None before it is first asked for."""
    return _kept(wish).defer("pdf").select_related("report__catalogue").first()


def get_rendered(wish: PaperWish, key: str) -> bytes | None:
    """The kept PDF of a paper; None if it has another key."""
    pdf = _kept(wish).filter(key=key).values_list("pdf", flat=True).first()
    return None if pdf is None else bytes(pdf)


def _kept(wish: PaperWish) -> QuerySet[Rendering]:
    return Rendering.objects.filter(
        report__catalogue=wish.catalogue,
        report__year=wish.year,
        report__kind=wish.kind,
        paper=wish.paper,
        number=wish.number,
    )


#: No worker seems to be running if nobody has taken a job for this long.
LATE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Progress:
    """What a page says about a PDF.

    `step` changes whenever the words do. `poll` is the address of the news, "" if none will come;
    `url` and `link` are what the reader can do now.
    """

    step: str
    text: str
    poll: str = ""
    url: str = ""
    link: str = ""


def of_rendering(row: Rendering | None, key: str = "") -> Progress | None:
    """The progress of a PDF that is rendered ahead; None if there is none, and none on its way.

    With a `key`, a PDF of any other content does not count.
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
