"""The shape of an assembled report: plain data with every label and name in it.

`reports.content.assemble` makes it, web page and PDF show it, an edition freezes it as JSON.
Numbers are
decimal text ("3.3"), so that JSON keeps them exact; dates are ISO text. Nothing in it refers to a
row of the database.
"""

import hashlib
import json
from typing import Final, NotRequired, TypedDict, cast

#: The name of this shape, which every content carries; `reports.content.upgrade` reads older ones.
FORMAT: Final = "rapport/1"


class LightContent(TypedDict):
    """A light's code and word; `code` is "" if no assessment was given.

    The word is frozen with the report. What draws the light takes its shape and colours from
    `actions.lights` by the code.
    """

    code: str
    word: str


class LightCount(TypedDict):
    light: LightContent
    meaning: str
    goals: int


class PointContent(TypedDict):
    """An indicator's value in a calendar year.

    Where it is missing, `value` is "" and `missing_reason` says why.
    """

    year: int
    value: str
    missing_reason: str
    source: str
    comment: str


class RevisionContent(TypedDict):
    old_target: str
    new_target: str
    decision: str
    date: str


class IndicatorContent(TypedDict):
    """`timing` is the words for when: "hvert år", "inden 2030" or "" where no time is set.

    `is_met` is None where this year's value is missing. `points` holds the measured years in order,
    the years that are missing included.
    """

    name: str
    unit: str
    target: str
    comparison: str
    comparison_word: str
    by_year: int | None
    yearly: bool
    timing: str
    baseline: str
    is_met: bool | None
    points: list[PointContent]
    revisions: list[RevisionContent]


class TextContent(TypedDict):
    """One text of a status: `label` as the reader sees it, `text` with its line breaks."""

    name: str
    label: str
    text: str


class RecommendationContent(TypedDict):
    """A recommendation for an action: `choice` is its code, "" where none is chosen yet.

    `sign` is a mark for the eye beside the word. `given_by` is name and position, `given_on` an
    ISO date.
    """

    choice: str
    word: str
    sign: str
    reason: str
    given_by: str
    given_on: str


class CourseYear(TypedDict):
    """What a goal's status was in a round; `text` is its progress in short."""

    year: int
    light: LightContent | None
    text: str


class TurnContent(TypedDict):
    """A change of direction, in words: when, what, and why as it was given ("" where it was not).

    `year` is the round's or the decision's.
    """

    year: int
    what: str
    why: str


class PaceContent(TypedDict):
    """An indicator's way to its target, in words; "" where it cannot be told.

    `so_far` and `needed` are quantities a year with the numbers they come from; `unknown` says in
    sentences what cannot be worked out, and why.
    """

    indicator: str
    target: str
    latest: str
    so_far: str
    needed: str
    unknown: list[str]


class CourseContent(TypedDict):
    """The years of a goal until now; `first` and `latest` are its lights where it has any.

    `direction` is "better", "worse", "same", "other" (to or from grey), or "" with fewer than two
    lights.
    """

    years: list[CourseYear]
    first: LightContent | None
    latest: LightContent | None
    direction: str
    turns: list[TurnContent]
    paces: list[PaceContent]


class DecisionContent(TypedDict):
    """A decision or what a temamøde came to: `date` is ISO, `numbers` those of the actions that
    it is about.
    """

    date: str
    title: str
    wording: str
    numbers: list[int]


class RecommendationCount(TypedDict):
    """`choice` is "" for actions without a recommendation."""

    choice: str
    word: str
    sign: str
    actions: int


class MovementContent(TypedDict):
    """How many goals went which way from their first light to their latest; see CourseContent."""

    better: int
    worse: int
    same: int
    other: int
    unknown: int


class EvaluationContent(TypedDict):
    """What a midterm has besides: `decisions` are in order of date, and may be none."""

    movement: MovementContent
    recommendations: list[RecommendationCount]
    decisions: list[DecisionContent]


class EditorialContent(TypedDict):
    """The coordinator's own texts, with their line breaks; "" where nothing is written."""

    foreword: str
    resume: str
    conclusion: str


class GoalContent(TypedDict):
    """`state` is the status's state word; `gap` says in a sentence what is missing, else "".

    `course` is None but in the midterm. `unsigned` are the responsible posts that have not signed
    the text; left out where there are none, as in what was published before it was told.
    """

    number: int
    text: str
    light: LightContent
    previous_light: LightContent | None
    state: str
    approved: bool
    gap: str
    texts: list[TextContent]
    author: str
    indicators: list[IndicatorContent]
    lights_by_year: list["YearLight"]
    course: CourseContent | None
    unsigned: NotRequired[list[str]]


class YearLight(TypedDict):
    """`light` is None where the goal has no visible status that year."""

    year: int
    light: LightContent | None


class ResponsibleContent(TypedDict):
    position: str
    note: str


class PartnerContent(TypedDict):
    name: str
    contribution: str


class InitiativeContent(TypedDict):
    """An effort is context only: it never carries a status."""

    title: str
    milestones: list[str]


class ActionContent(TypedDict):
    """`line` is the coordinator's, "" where there is none; the recommendations are the midterm's:
    the responsible heads' and the coordinator's, None where nothing is written.
    """

    number: int
    title: str
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


class Gap(TypedDict):
    """Something missing or too long: which action and goal, and what, as a sentence.

    `goal_number` is 0 where it is the action's.
    """

    action_number: int
    goal_number: int
    what: str


class SourceContent(TypedDict):
    """Where a figure comes from."""

    action_number: int
    indicator: str
    year: int
    source: str


class ProgressContent(TypedDict):
    """How many of the round's goals have a status, and how many of those are approved."""

    goals: int
    with_status: int
    approved: int
    figures: int
    figures_missing: int


class Difference(TypedDict):
    """One change: where ("Handling 3, mål 1"), what ("Vurdering"), and how it read before and
    after; "" where there was nothing.
    """

    place: str
    what: str
    before: str
    after: str


class CorrectionContent(TypedDict):
    """How an edition differs from the one `before` it, and `why`, in the publisher's words."""

    before: int
    why: str
    differences: list[Difference]


class ReportContent(TypedDict):
    """The whole report.

    `format` is FORMAT. `kind_word` and `title` are ready to print. `years` are the columns of the
    matrix of lights, oldest first. `has_round` is False where the year has no round: the chapters
    then say so. `is_example` marks the demo's invented texts. `as_of` is the ISO date of the last
    change that shows in the content, so that unchanged content stays equal from day to day.
    `evaluation` is None but in the midterm. `gaps` are counted as missing; `too_long` are texts
    that outgrow their place, left out where there are none. Only a published correction has a
    `correction`.
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
    attention: list["AttentionGoal"]
    gaps: list[Gap]
    sources: list[SourceContent]
    method: list[str]
    actions: list[ActionContent]
    editorial: EditorialContent
    evaluation: EvaluationContent | None
    too_long: NotRequired[list[Gap]]
    correction: NotRequired[CorrectionContent]


class AttentionGoal(TypedDict):
    """A goal on red or yellow, worst first: what the reader should look at before anything else."""

    action_number: int
    action_title: str
    goal_number: int
    goal_text: str
    light: LightContent
    next_step: str


def uncorrected(content: ReportContent) -> ReportContent:
    """What an edition says, without what it says of the edition before it."""
    return cast(ReportContent, {k: v for k, v in content.items() if k != "correction"})


def canonical_text(value: object) -> str:
    """A content as the one text its SHA-256 is taken of, equal wherever it has been stored."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class NoSuchReport(Exception):
    """The report cannot be made; the message says why, in Danish."""


def content_hash(content: object) -> str:
    """SHA-256 of plain data, equal for equal data whatever database it has been in."""
    return hashlib.sha256(canonical_text(content).encode()).hexdigest()
