"""The temamøde's handouts: one or two pages for each chosen action, or all of them in one."""

from typing import Final, TypedDict

from django.template.loader import render_to_string
from django.utils import timezone, translation

from reports.content.shape import ActionContent
from reports.meeting import Chosen, MeetingPage
from reports.models import Paper, Rendering
from reports.pdf import LANGUAGE, html_to_pdf

HANDOUT: Final = "reports/pdf/handout.html"

#: The number of all handouts in one; actions begin with 1.
ALL: Final = 0

#: What a handout says of the report it is taken from.
OF_REPORT: Final = (
    "municipality",
    "catalogue_title",
    "measured_year",
    "is_example",
    "counts",
    "bodies",
)
OF_QUESTION: Final = ("text", "asked_by_name", "answer", "answered_by_name", "answered_position")


class ChosenContent(TypedDict):
    title: str
    action: ActionContent
    reason: str
    questions: list[dict[str, str]]


class HandoutContent(TypedDict):
    """All that a handout shows, as plain data; days are ISO dates. `report` has OF_REPORT."""

    day: str
    published_on: str
    report: dict[str, object]
    chosen: list[ChosenContent]


def handouts_of(page: MeetingPage) -> list[Rendering]:
    """The meeting's handouts, made or not: all in one, and one for each chosen action."""
    numbers = [ALL, *(each.number for each in page.chosen)]
    return [Rendering(report=page.report, paper=Paper.HANDOUT, number=each) for each in numbers]


def handout_content(page: MeetingPage, number: int = ALL) -> HandoutContent:
    """What the handout of one action shows, or of all; one that is not chosen has no actions."""
    given: dict[str, object] = dict(page.content)
    return {
        "day": page.day.isoformat(),
        "published_on": timezone.localdate(page.selection.edition.published_at).isoformat(),
        "report": {name: given[name] for name in OF_REPORT},
        "chosen": [_chosen(each) for each in page.chosen if number in {ALL, each.number}],
    }


def _chosen(each: Chosen) -> ChosenContent:
    return {
        "title": each.title,
        "action": each.content,
        "reason": each.row.reason,
        "questions": [{name: getattr(row, name) for name in OF_QUESTION} for row in each.questions],
    }


def handout_html(content: HandoutContent) -> str:
    with translation.override(LANGUAGE):
        context = {"handout": content, "content": content["report"]}
        return render_to_string(HANDOUT, context)


def handout_pdf(content: HandoutContent) -> bytes:
    return html_to_pdf(handout_html(content))
