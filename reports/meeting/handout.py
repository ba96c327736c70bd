"""The temamøde's handouts: one or two pages for each chosen action, and all of them in one."""

from typing import Final, TypedDict

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.writing.refusals import Refused
from reports.content.shape import ActionContent
from reports.documents.pdf import LANGUAGE, html_to_pdf
from reports.meeting.page import Chosen, MeetingPage, meeting_of
from reports.models import Kind, Paper, Rendering, Report
from reports.models.job import ALL
from reports.rendering.papers import Made, PaperWish, key_of
from reports.rendering.progress import Progress, of_rendering

HANDOUT: Final = "reports/pdf/handout.html"

#: What a handout repeats from its report.
OF_REPORT: Final = (
    "municipality",
    "catalogue_title",
    "measured_year",
    "is_example",
    "counts",
    "bodies",
)
#: What it repeats from a question.
OF_QUESTION: Final = ("text", "asked_by_name", "answer", "answered_by_name", "answered_position")


class ChosenContent(TypedDict):
    title: str
    action: ActionContent
    reason: str
    questions: list[dict[str, str]]


class HandoutContent(TypedDict):
    """All that a handout shows, as plain data. Days are ISO dates; `report` has OF_REPORT."""

    day: str
    published_on: str
    report: dict[str, object]
    chosen: list[ChosenContent]


def get_handout(page: MeetingPage, number: int) -> PaperWish:
    """The handout of one chosen action, or 0 for all in one, made or not; or 404."""
    handout = next((wish for wish in handouts_of(page) if wish.number == number), None)
    if handout is None:
        raise Http404
    return handout


def handouts_of(page: MeetingPage) -> list[PaperWish]:
    """The meeting's handouts, made or not: all in one first, then one for each chosen action."""
    numbers = [ALL, *(action.number for action in page.chosen)]
    report, kind = page.report, Kind(page.report.kind)
    return [
        PaperWish(report.catalogue, report.year, kind, Paper.HANDOUT, number) for number in numbers
    ]


def handout_content(page: MeetingPage, number: int = ALL) -> HandoutContent:
    """What the handout of one action, or of all, shows; empty if the action is not chosen."""
    given: dict[str, object] = dict(page.content)
    return {
        "day": page.day.isoformat(),
        "published_on": timezone.localdate(page.selection.edition.published_at).isoformat(),
        "report": {name: given[name] for name in OF_REPORT},
        "chosen": [_chosen(row) for row in page.chosen if number in {ALL, row.number}],
    }


def _chosen(chosen: Chosen) -> ChosenContent:
    asked = chosen.questions
    return {
        "title": chosen.title,
        "action": chosen.content,
        "reason": chosen.row.reason,
        "questions": [{name: getattr(row, name) for name in OF_QUESTION} for row in asked],
    }


def handout_html(content: HandoutContent) -> str:
    with translation.override(LANGUAGE):
        context = {"handout": content, "content": content["report"]}
        return render_to_string(HANDOUT, context)


def handout_pdf(content: HandoutContent) -> bytes:
    return html_to_pdf(handout_html(content))


def handout_paper(content: HandoutContent) -> Made:
    return Made(key_of(HANDOUT, content), lambda: handout_pdf(content))


def make_handout(row: Rendering) -> Made:
    """A handout's PDF as things are now. Raises Refused if its action is not chosen."""
    page = meeting_of(row.report)
    if page is None or (row.number != ALL and page.chosen_with(row.number) is None):
        raise Refused(_("Handlingen er ikke valgt til temamødet."))
    return handout_paper(handout_content(page, row.number))


def wanted_handouts(report: Report) -> list[PaperWish]:
    page = meeting_of(report)
    return outdated_handouts(page) if page else []


def outdated_handouts(page: MeetingPage) -> list[PaperWish]:
    """The handouts whose content has changed since they were made. One query."""
    rows = page.report.renderings.filter(paper=Paper.HANDOUT)
    kept = dict(rows.values_list("number", "key"))
    return [
        row
        for row in handouts_of(page)
        if kept.get(row.number) != handout_paper(handout_content(page, row.number)).key
    ]


def of_handouts(page: MeetingPage, waited_for: str) -> dict[int, Progress | None]:
    """Progress of each handout, by number; "ready" only for the one `waited_for`. One query."""
    rows = page.report.renderings.filter(paper=Paper.HANDOUT).defer("pdf")
    known = {row.number: row for row in rows}
    progress: dict[int, Progress | None] = {}
    for row in handouts_of(page):
        news = of_rendering(known.get(row.number))
        is_news = news is not None and (news.step != "ready" or str(row.number) == waited_for)
        progress[row.number] = news if is_news else None
    return progress
