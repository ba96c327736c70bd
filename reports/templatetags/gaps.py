"""What a report lacks, by kind, and who had not signed its texts."""

from dataclasses import dataclass, field

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.content.shape import Gap, GoalContent, ReportContent, unsigned_in

register = template.Library()


@dataclass
class GapRow:
    """What one goal lacks; `goal_number` is 0 if it is the action that lacks it."""

    action_number: int
    goal_number: int
    what: list[str] = field(default_factory=list)


@dataclass
class GapKind:
    """The gaps of a kind, one row for every goal."""

    word: str
    rows: list[GapRow] = field(default_factory=list)


@register.filter
def gap_kinds(content: ReportContent) -> list[GapKind]:
    """The gaps by kind; signatures are none, though older editions counted them."""
    goals = {
        (action["number"], goal["number"]): goal
        for action in content["actions"]
        for goal in action["goals"]
    }
    kinds = [GapKind(_("Status")), GapKind(_("Tal")), GapKind(_("Anbefaling"))]
    for gap in content["gaps"]:
        goal = goals.get((gap["action_number"], gap["goal_number"]))
        if goal is None or gap["what"] not in unsigned_in(goal):
            _add(kinds[_kind(gap, goal)], gap)
    return [kind for kind in kinds if kind.rows]


@register.filter
def signature_note(content: ReportContent) -> str:
    """How many responsible posts had not signed a text, in a sentence; "" if all had."""
    posts = {
        post
        for action in content["actions"]
        for goal in action["goals"]
        for post in goal.get("unsigned", [])
    }
    if not posts:
        return ""
    return ngettext(
        "%(n)d medansvarlig havde ikke tiltrådt alle sine tekster, da rapporten blev lavet.",
        "%(n)d medansvarlige havde ikke tiltrådt alle deres tekster, da rapporten blev lavet.",
        len(posts),
    ) % {"n": len(posts)}


def _kind(gap: Gap, goal: GoalContent | None) -> int:
    if goal is None:
        return 2
    return 0 if gap["what"] == goal["gap"] else 1


def _add(kind: GapKind, gap: Gap) -> None:
    place = (gap["action_number"], gap["goal_number"])
    rows = [row for row in kind.rows if (row.action_number, row.goal_number) == place]
    if not rows:
        rows = [GapRow(*place)]
        kind.rows += rows
    rows[0].what.append(gap["what"])
