"""The shape of an assembled report: plain data with every label and name in it.

`reports.assemble` makes it, web page and PDF show it, an edition freezes it as JSON. Numbers are
decimal text ("3.3"), so that JSON keeps them exact; dates are ISO text. Nothing in it refers to a
row of the database.
"""

import json
from typing import TypedDict


class LightContent(TypedDict):
    """A light as drawn: `code` is "" where no assessment was given; see `actions.lights.Look`."""

    code: str
    word: str
    colour_name: str
    colour: str
    tint: str
    path: str
    sign: str


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


class GoalContent(TypedDict):
    """`state` is the status's state word; `gap` says in a sentence what is missing, else ""."""

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
    number: int
    title: str
    summary: str
    purpose: str
    responsible: list[ResponsibleContent]
    partners: list[PartnerContent]
    initiatives: list[InitiativeContent]
    goals: list[GoalContent]


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
    """Something missing, counted as missing: which action and goal, and what, as a sentence."""

    action_number: int
    goal_number: int
    what: str


class SourceContent(TypedDict):
    """Where a figure comes from."""

    action_number: int
    indicator: str
    year: int
    source: str


class Progress(TypedDict):
    """How many of the round's goals have a status, and how many of those are approved."""

    goals: int
    with_status: int
    approved: int
    figures: int
    figures_missing: int


class ReportContent(TypedDict):
    """The whole report.

    `kind_word` and `title` are ready to print. `years` are the columns of the matrix of lights,
    oldest first. `has_round` is False where the year has no round: the chapters then say so.
    `is_example` marks the demo's invented texts. `as_of` is the ISO date of the last change that
    shows in the content, so that unchanged content stays equal from day to day.
    """

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
    progress: Progress
    changes: list[Change]
    attention: list["AttentionGoal"]
    gaps: list[Gap]
    sources: list[SourceContent]
    method: list[str]
    actions: list[ActionContent]


class AttentionGoal(TypedDict):
    """A goal on red or yellow, worst first: what the reader should look at before anything else."""

    action_number: int
    action_title: str
    goal_number: int
    goal_text: str
    light: LightContent
    next_step: str


def canonical_text(value: object) -> str:
    """A content as the one text its SHA-256 is taken of, equal wherever it has been stored."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
