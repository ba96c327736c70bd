"""Shows its writer a goal as the report will print it, and how much of a page its texts fill."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from math import ceil
from typing import Final

from actions.models import GoalStatus, State, TargetRevision
from actions.status.page import GoalPage, IndicatorPage
from actions.status.slots import GoalLook
from reports.content.action import goal_content
from reports.content.data import GoalData, IndicatorData, ReportData
from reports.content.shape import TextContent

#: Lines of text on a page of the report, and characters on a line: the text block of `print.css` is
#: 162 x 247 mm, set in 10 pt with a line height of 1.45. A text's heading takes two lines.
LINES: Final = 48
CHARACTERS: Final = 102
HEADING: Final = 2


@dataclass(frozen=True)
class Length:
    """The estimated number of lines that the texts take on paper."""

    lines: int

    @property
    def percent(self) -> int:
        """Percent of one page; over 100 if the texts need another."""
        return (100 * self.lines + LINES // 2) // LINES

    @property
    def fits(self) -> bool:
        return self.lines <= LINES


def look_of(page: GoalPage) -> GoalLook:
    """The goal in the report, as if the status on the page were approved as it stands."""
    status, action = page.status, page.status.goal.action
    content = goal_content(_goal(page), _report(page))
    return GoalLook(
        "reports/document/goal_look.html",
        {
            "goal": content,
            "action": {"number": action.number, "goals": [content]},
            "content": {"measured_year": status.round.measured_year},
            "length": length_of(content["texts"]),
        },
    )


def length_of(texts: Iterable[TextContent]) -> Length:
    return Length(sum(HEADING + _lines(text["text"]) for text in texts))


def _lines(text: str) -> int:
    return sum(max(1, ceil(len(line) / CHARACTERS)) for line in text.strip().split("\n"))


def _report(page: GoalPage) -> ReportData:
    round_, goal = page.status.round, page.status.goal
    statuses = {(goal.pk, round_.year): _approved(page.status)}
    rounds = [round_]
    if page.previous and page.previous.is_shown_to_others and not page.continues:
        rounds.insert(0, page.previous.round)
        statuses[goal.pk, page.previous.round.year] = page.previous
    return ReportData(round_.catalogue, round_.year, rounds, statuses, actions=[])


def _approved(status: GoalStatus) -> GoalStatus:
    approved = copy(status)
    approved.state = State.APPROVED
    return approved


def _goal(page: GoalPage) -> GoalData:
    changes = TargetRevision.objects.filter(indicator__goal=page.status.goal)
    revisions: dict[int, list[TargetRevision]] = {}
    for change in changes.order_by("decided_at", "pk"):
        revisions.setdefault(change.indicator_id, []).append(change)
    rows = [_indicator(row, revisions.get(row.indicator.pk, [])) for row in page.indicators]
    return GoalData(page.status.goal, rows)


def _indicator(row: IndicatorPage, changes: list[TargetRevision]) -> IndicatorData:
    values = [measurement for _year, measurement in sorted(row.values.items())]
    return IndicatorData(row.indicator, values, changes)
