"""What a midterm counts and recommends: the movement of its goals, and what each action is advised.

Pure functions from what is entered to content (`reports.content.shape`). They judge nothing: that
is for the heads and the coordinator.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.content.shape import (
    ActionContent,
    DecisionContent,
    EvaluationContent,
    Gap,
    MovementContent,
    RecommendationContent,
    RecommendationCount,
)
from reports.models import Passage, Recommendation

#: The mark beside each recommendation's word. The report's font has a glyph for each.
SIGNS: Final = {
    Recommendation.CONTINUE: "→",
    Recommendation.ADJUST: "↗",
    Recommendation.CLOSE: "×",
}

# --- the whole -----------------------------------------------------------------------------------


def evaluate(
    actions: Sequence[ActionContent], decisions: list[DecisionContent]
) -> EvaluationContent:
    """The midterm's counts over its assembled actions, with the decisions taken on the way."""
    goals = [goal for action in actions for goal in action["goals"]]
    courses = [goal["course"] for goal in goals if not goal["stopped"]]
    ways = Counter(course["direction"] for course in courses if course)
    return EvaluationContent(
        movement=MovementContent(
            better=ways["better"],
            worse=ways["worse"],
            same=ways["same"],
            other=ways["other"],
            unknown=ways[""],
        ),
        recommendations=_recommendation_counts(actions),
        decisions=decisions,
    )


def method() -> list[str]:
    """The appendix's paragraphs on how the midterm's own parts are made."""
    return [
        _(
            "Takten er forskellen mellem to tal delt med antallet af år imellem dem, afrundet; den "
            "nødvendige takt er rundet op, så den når målet. Et "
            "udgangspunkt regnes fra udgangen af sit år, eller fra periodens begyndelse, hvis "
            "kataloget ikke nævner et år; årets tal regnes ved årets udgang. Takten er ren regning "
            "og ingen forudsigelse."
        ),
        _(
            "Årenes tekster er gengivet i kort form. De står i fuld længde i hvert års "
            "statusredegørelse."
        ),
    ]


def gaps(action: ActionContent, coordinator: str) -> list[Gap]:
    """The recommendations that an action lacks; a stopped one needs none."""
    if action["stopped"]:
        return []
    rows = [
        (action["head_recommendation"], _("Der er ingen anbefaling fra de ansvarlige.")),
        (action["recommendation"], _("Der er ingen anbefaling fra %s.") % coordinator),
    ]
    return [
        Gap(action_number=action["number"], goal_number=0, what=what)
        for given, what in rows
        if given is None or not given["choice"]
    ]


# --- recommendations -----------------------------------------------------------------------------


def recommendation(passage: Passage | None) -> RecommendationContent | None:
    """A recommendation as it was written; None if nothing is."""
    if passage is None or not (passage.choice or passage.reason):
        return None
    names = dict.fromkeys(filter(None, [passage.author_name, passage.author_position]))
    word, sign = _recommended(passage.choice)
    return RecommendationContent(
        choice=passage.choice,
        word=word,
        sign=sign,
        reason=passage.reason,
        given_by=", ".join(names),
        given_on=timezone.localdate(passage.saved_at).isoformat() if passage.saved_at else "",
    )


def _recommended(choice: str) -> tuple[str, str]:
    if choice not in Recommendation.values:
        return _("Ingen anbefaling"), "–"
    recommended = Recommendation(choice)
    return str(recommended.label), SIGNS[recommended]


def _recommendation_counts(actions: Sequence[ActionContent]) -> list[RecommendationCount]:
    going_on = (action for action in actions if not action["stopped"])
    given = Counter((action["recommendation"] or {"choice": ""})["choice"] for action in going_on)
    rows = []
    for choice in [*Recommendation.values, ""]:
        word, sign = _recommended(choice)
        rows.append(RecommendationCount(choice=choice, word=word, sign=sign, actions=given[choice]))
    return rows
