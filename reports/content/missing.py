"""What a report lacks, in sentences that its appendix and the check before publishing share."""

from django.utils.translation import gettext as _

from actions.danish import format_number
from actions.models.status import HARD_LIMIT, SOFT_LIMITS
from reports.content.midterm import evaluation
from reports.content.shape import ActionContent, Gap, GoalContent
from reports.models import Kind


def gaps_in(
    actions: list[ActionContent], measured_year: int, coordinator: str, kind: Kind
) -> list[Gap]:
    """What is missing this year. Gaps of earlier years show at their figures instead, and who has
    not signed in the method: that is no hole in the picture.
    """
    gaps = []
    for action in actions:
        if kind is Kind.MIDTERM:
            gaps += evaluation.gaps(action, coordinator)
        for goal in action["goals"]:
            missing = [goal["gap"]] if goal["gap"] else []
            gaps += _at(action, goal, missing + missing_figures(goal, measured_year))
    return gaps


def too_long_in(actions: list[ActionContent]) -> list[Gap]:
    """The texts that are too long for their place on the page."""
    return [
        gap
        for action in actions
        for goal in action["goals"]
        for gap in _at(action, goal, too_long(goal))
    ]


def _at(action: ActionContent, goal: GoalContent, sentences: list[str]) -> list[Gap]:
    return [
        Gap(action_number=action["number"], goal_number=goal["number"], what=what)
        for what in sentences
    ]


# --- one goal ------------------------------------------------------------------------------------


def missing_figures(goal: GoalContent, year: int) -> list[str]:
    return [
        _("%(name)s, %(year)d: %(reason)s")
        % {"name": row["name"], "year": point["year"], "reason": point["missing_reason"]}
        for row in goal["indicators"]
        for point in row["points"]
        if point["year"] == year and not (point["value"] or point.get("between"))
    ]


def too_long(goal: GoalContent) -> list[str]:
    return [
        _("%(label)s er på %(length)s tegn; siden har plads til %(limit)s.")
        % {
            "label": text["label"],
            "length": format_number(len(text["text"])),
            "limit": format_number(SOFT_LIMITS[text["name"]]),
        }
        for text in goal["texts"]
        if len(text["text"]) > SOFT_LIMITS.get(text["name"], HARD_LIMIT)
    ]
