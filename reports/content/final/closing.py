"""What became of each goal and figure over the period, and what goes on in a later catalogue.

Counts and copies only. Whether a goal was reached is the responsible heads' last judgement.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.lights import Light
from actions.models import Goal
from reports.content.data import ActionData, GoalData, ReportData
from reports.content.final.figures import verdict
from reports.content.shape import (
    ActionContent,
    ClosingContent,
    DecisionContent,
    FinalContent,
    GoalContent,
    OutcomeContent,
    StepContent,
    VerdictCount,
)

#: The verdicts on a goal, in the order of the bar.
OUTCOMES: Final[Mapping[str, Promise]] = {
    "reached": gettext_lazy("Nået"),
    "underway": gettext_lazy("På vej"),
    "not_reached": gettext_lazy("Ikke nået"),
    "unknown": gettext_lazy("Kan ikke vurderes"),
    "stopped": gettext_lazy("Standset"),
}
#: What the last light says of a goal, if not that it was not reached.
VERDICTS: Final[Mapping[str, str]] = {Light.ACHIEVED: "reached", Light.ON_TRACK: "underway"}
#: The verdicts on a figure, in the order of the bar.
FIGURES: Final[Mapping[str, Promise]] = {
    "met": gettext_lazy("Nået"),
    "not_met": gettext_lazy("Ikke nået"),
    "later": gettext_lazy("Skal nås senere"),
    "missing": gettext_lazy("Tallet mangler"),
}


def close(
    data: ReportData, actions: list[ActionContent], decisions: list[DecisionContent]
) -> FinalContent:
    """The end of the period, from the assembled actions and the rows they are made of."""
    closings = [
        _closing(action, row, data) for action, row in zip(actions, data.actions, strict=True)
    ]
    outcomes = [outcome for closing in closings for outcome in closing["outcomes"]]
    figures = [figure["verdict"] for outcome in outcomes for figure in outcome["figures"]]
    return FinalContent(
        goal_counts=counts([outcome["verdict"] for outcome in outcomes], OUTCOMES),
        figure_counts=counts(figures, FIGURES),
        closings=closings,
        decisions=decisions,
        has_next=data.has_next,
    )


def ending_method() -> list[str]:
    """The appendix's paragraphs on how the final report's own parts are made."""
    return [
        _(
            "Et mål er nået, hvis de ansvarlige chefer vurderer det til »Nået« i den sidste "
            "statusrunde, og på vej, hvis de vurderer det til »På sporet«. Uden en vurdering, "
            "eller med »Kan ikke vurderes«, kan målet ikke vurderes. Alle andre mål er ikke nået."
        ),
        _(
            "Et måltal for hvert år er nået, hvis det er nået i alle periodens år. Andre måltal "
            "holdes op mod det seneste tal, eller mod årenes sum, hvis tallet er årets tilvækst. "
            "Det er måltallet ved periodens slutning, der gælder; skal det først nås senere, "
            "gælder det seneste delmål."
        ),
        _(
            "Årenes tekster er gengivet i kort form. De står i fuld længde i hvert års "
            "statusredegørelse."
        ),
    ]


def _closing(action: ActionContent, row: ActionData, data: ReportData) -> ClosingContent:
    return ClosingContent(
        number=action["number"],
        outcomes=[
            _outcome(goal, of_goal, data)
            for goal, of_goal in zip(action["goals"], row.goals, strict=True)
        ],
        goes_on=data.goes_on.get(row.action.pk, []),
    )


def _outcome(goal: GoalContent, row: GoalData, data: ReportData) -> OutcomeContent:
    code = outcome_of(goal)
    # A stopped goal's figures are no longer held against their targets.
    figures = [] if code == "stopped" else goal["indicators"]
    return OutcomeContent(
        number=goal["number"],
        verdict=code,
        words=str(OUTCOMES[code]),
        figures=[
            verdict(indicator, _years(row.goal, data), data.catalogue.period_from)
            for indicator in figures
        ],
        steps=_steps(row.goal, data),
    )


def _years(goal: Goal, data: ReportData) -> range:
    """The years of the period in which the goal's figures should be measured."""
    begun = [row.starts_on.year for row in (goal, goal.action) if row.starts_on]
    return range(max([data.catalogue.period_from, *begun]), data.measured_year + 1)


def outcome_of(goal: GoalContent) -> str:
    """The verdict on a goal, from its last light."""
    light = goal["light"]["code"]
    if goal["stopped"]:
        return "stopped"
    if light in {"", Light.NOT_ASSESSABLE}:
        return "unknown"
    return VERDICTS.get(light, "not_reached")


def _steps(goal: Goal, data: ReportData) -> list[StepContent]:
    """The next steps that were promised before the last round."""
    return [
        StepContent(year=row.year, text=status.next_step)
        for row in data.rounds
        if row.year < data.year
        and (status := data.status(goal, row.year)) is not None
        and status.next_step
    ]


def counts(verdicts: Iterable[str], words: Mapping[str, Promise]) -> list[VerdictCount]:
    count = Counter(verdicts)
    return [
        VerdictCount(verdict=code, word=str(word), count=count[code])
        for code, word in words.items()
    ]
