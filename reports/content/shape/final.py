"""What only the slutredegørelse says: the whole period against its targets, and what goes on."""

from typing import TypedDict


class DecisionContent(TypedDict):
    """A decision, or a temamøde's conclusions; `numbers` are those of its actions."""

    date: str
    title: str
    wording: str
    numbers: list[int]


class FigureVerdict(TypedDict):
    """A figure over the period against its target.

    `verdict` is "met", "not_met", "later" (due after the period) or "missing"; `words` says it for
    the reader: "Nået", "Ikke nået: 45 af 60 besøg". `target` is in
    words too: "mindst 60 besøg".
    """

    name: str
    target: str
    verdict: str
    words: str


class StepContent(TypedDict):
    """The next step that was promised in a round before the last."""

    year: int
    text: str


class OutcomeContent(TypedDict):
    """What became of a goal: "reached", "underway", "not_reached", "unknown" or "stopped"."""

    number: int
    verdict: str
    words: str
    figures: list[FigureVerdict]
    steps: list[StepContent]


class GoesOnContent(TypedDict):
    """An action of a later catalogue that was carried over from this one."""

    catalogue: str
    number: int
    title: str


class ClosingContent(TypedDict):
    """An action at the end of the period; `outcomes` has a row for each of its goals.

    `goes_on` is empty if no later catalogue has it.
    """

    number: int
    outcomes: list[OutcomeContent]
    goes_on: list[GoesOnContent]


class VerdictCount(TypedDict):
    """The number of goals or figures with one verdict."""

    verdict: str
    word: str
    count: int


class FinalContent(TypedDict):
    """What only a final report has. `has_next` tells whether there is a later catalogue at all.

    `decisions` are those of the period, sorted by date, as in a midterm.
    """

    goal_counts: list[VerdictCount]
    figure_counts: list[VerdictCount]
    closings: list[ClosingContent]
    decisions: list[DecisionContent]
    has_next: bool
