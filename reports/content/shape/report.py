"""The whole report: its actions, the counts over them, and its hash."""

import hashlib
import json
from typing import Final, NotRequired, TypedDict, cast

from reports.content.shape.final import DecisionContent, FinalContent
from reports.content.shape.goal import GoalContent, LightContent

#: The name of this shape, which every content holds; `reports.content.upgrade` reads older ones.
FORMAT: Final = "rapport/2"


class NoSuchReport(Exception):
    """The catalogue has no such report; the message says why, in Danish."""


class LightCount(TypedDict):
    light: LightContent
    meaning: str
    goals: int


class RecommendationContent(TypedDict):
    """A recommendation for an action: `choice` is its code, "" if none is chosen yet.

    `sign` is the mark beside the word. `given_by` is name and position, `given_on` an ISO date.
    """

    choice: str
    word: str
    sign: str
    reason: str
    given_by: str
    given_on: str


class RecommendationCount(TypedDict):
    """`choice` is "" for actions without a recommendation."""

    choice: str
    word: str
    sign: str
    actions: int


class MovementContent(TypedDict):
    """The number of goals by direction from first light to latest; see CourseContent."""

    better: int
    worse: int
    same: int
    other: int
    unknown: int


class EvaluationContent(TypedDict):
    """What only a midterm has; `decisions` are sorted by date."""

    movement: MovementContent
    recommendations: list[RecommendationCount]
    decisions: list[DecisionContent]


class EditorialContent(TypedDict):
    """The coordinator's own texts, with their line breaks; "" if nothing is written."""

    foreword: str
    resume: str
    conclusion: str


class ResponsibleContent(TypedDict):
    position: str
    note: str


class PartnerContent(TypedDict):
    name: str
    contribution: str


class InitiativeContent(TypedDict):
    """An initiative is context only: it never has a status."""

    title: str
    milestones: list[str]


class ActionContent(TypedDict):
    """`line` is the coordinator's, or "". A midterm has the responsible heads' recommendation and
    the coordinator's, and a final report the coordinator's of its midterm; None if nothing is
    written. `stopped` is a sentence on when and by which
    decision it was stopped, or "". `origins` are sentences on what it was split, merged or carried
    over from.
    """

    number: int
    code: str
    title: str
    theme: str
    stopped: str
    origins: list[str]
    summary: str
    purpose: str
    responsible: list[ResponsibleContent]
    partners: list[PartnerContent]
    initiatives: list[InitiativeContent]
    goals: list[GoalContent]
    line: str
    head_recommendation: RecommendationContent | None
    recommendation: RecommendationContent | None


class Change(TypedDict):
    """A goal whose light moved since last year; `direction` is "better", "worse" or "other"."""

    action_number: int
    action_title: str
    goal_number: int
    goal_text: str
    before: LightContent
    after: LightContent
    direction: str


class AttentionGoal(TypedDict):
    """A goal on red or yellow, which the reader should see first."""

    action_number: int
    action_title: str
    goal_number: int
    goal_text: str
    light: LightContent
    next_step: str


class Gap(TypedDict):
    """A sentence on something missing or too long, with its action and goal.

    `goal_number` is 0 if it concerns the action itself.
    """

    action_number: int
    goal_number: int
    what: str


class SourceContent(TypedDict):
    """The source of a figure in a year."""

    action_number: int
    indicator: str
    year: int
    source: str


class ProgressContent(TypedDict):
    """The number of goals, with a status and approved, and of this year's figures. `goals` are
    those in force; `stopped` ones are counted apart.
    """

    goals: int
    stopped: int
    with_status: int
    approved: int
    figures: int
    figures_missing: int


class Difference(TypedDict):
    """One change: its place ("Handling 3, mål 1"), its name ("Vurdering"), and the words before
    and after; "" if there was nothing.
    """

    place: str
    what: str
    before: str
    after: str


class CorrectionContent(TypedDict):
    """How an edition differs from number `before`; `why` is in the publisher's words."""

    before: int
    why: str
    differences: list[Difference]


class ReportContent(TypedDict):
    """The whole report.

    `format` is FORMAT. `kind_word` and `title` are ready to print. `years` are the columns of the
    matrix of lights, oldest first. `has_round` is False if the year has no round; the chapters then
    say so. `is_example` marks the demo's invented texts. `as_of` is the ISO date of the last change
    that shows in the content, so that unchanged content stays equal from day to day. `evaluation`
    is None except in a midterm, `final` except in a final report. `gaps` are counted as missing;
    `too_long` are texts that do not fit their place, and the key is absent if there are none. Only
    a published correction has a `correction`.
    """

    format: str
    kind: str
    kind_word: str
    title: str
    catalogue_title: str
    municipality: str
    strategy: str
    vision: str
    period: str
    year: int
    measured_year: int
    bodies: dict[str, str]
    has_round: bool
    round_dates: dict[str, str]
    is_example: bool
    as_of: str
    years: list[int]
    counts: list[LightCount]
    previous_counts: list[LightCount]
    previous_year: int | None
    progress: ProgressContent
    changes: list[Change]
    attention: list[AttentionGoal]
    gaps: list[Gap]
    sources: list[SourceContent]
    method: list[str]
    actions: list[ActionContent]
    editorial: EditorialContent
    evaluation: EvaluationContent | None
    final: FinalContent | None
    too_long: NotRequired[list[Gap]]
    correction: NotRequired[CorrectionContent]


def uncorrected(content: ReportContent) -> ReportContent:
    """A content without its `correction`: two editions that say the same then compare equal."""
    return cast(
        ReportContent, {name: part for name, part in content.items() if name != "correction"}
    )


def canonical_text(value: object) -> str:
    """The JSON text that is hashed: equal for equal data, wherever it has been stored."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(content: object) -> str:
    """The SHA-256 of plain data, equal for equal data whichever database has stored it."""
    return hashlib.sha256(canonical_text(content).encode()).hexdigest()
