"""One goal of a report: its light, figures, texts and, in the midterm, its course."""

from typing import NotRequired, TypedDict

from django.utils.translation import gettext as _


class LightContent(TypedDict):
    """A light's code and word; `code` is "" if no assessment was given.

    The word is frozen with the report; its shape and colours are looked up by code in
    `actions.lights`.
    """

    code: str
    word: str


class PointContent(TypedDict):
    """An indicator's value in a calendar year.

    If it is missing, `value` is "" and `missing_reason` says why. Of a year that is not measured
    (`between`) no value is missing. `total` is the sum up to the year if the values add up and all
    are known, else "". `revised` is a sentence on a value that replaces an earlier one; "" for a
    first value.
    """

    year: int
    value: str
    missing_reason: str
    source: str
    comment: str
    revised: str
    between: NotRequired[bool]
    total: NotRequired[str]


class TargetContent(TypedDict):
    """A target of a year on the way."""

    year: int
    value: str


class RevisionContent(TypedDict):
    old_target: str
    new_target: str
    decision: str
    date: str


class IndicatorContent(TypedDict):
    """`timing` says when to reach the target: "hvert år", "inden 2030", or "" if no time is set.

    `is_met` is None if this year's value is missing. `points` are the measured years in order, with
    a point for each missing year too. `upper` is the other end of a target that is a range.
    `targets` are those of years before `by_year`. `measures` and `kind` are codes of
    `actions.models`; `every` is the years between two values; `decimals` None shows all.
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
    baseline_year: int | None
    measures: str
    kind: str
    upper: str
    targets: list[TargetContent]
    every: int
    decimals: int | None
    tolerance: str
    is_met: bool | None
    points: list[PointContent]
    revisions: list[RevisionContent]


class TextContent(TypedDict):
    """One text of a status: `label` as the reader sees it, `text` with its line breaks."""

    name: str
    label: str
    text: str


class CourseYear(TypedDict):
    """A goal's status in a round; `text` is its progress, shortened.

    `goal_text` is what the goal said that year, "" if it means the same today.
    """

    year: int
    light: LightContent | None
    text: str
    goal_text: str


class TurnContent(TypedDict):
    """A change of direction, in words: what changed, and why ("" if no reason was given).

    `year` is the round's or the decision's.
    """

    year: int
    what: str
    why: str


class PaceContent(TypedDict):
    """An indicator's way to its target, in words; "" for what is unknown.

    `so_far` and `needed` are quantities per year with the numbers they come from; `unknown` are
    sentences on what cannot be worked out, and why.
    """

    indicator: str
    target: str
    latest: str
    so_far: str
    needed: str
    unknown: list[str]


class CourseContent(TypedDict):
    """The years of a goal until now; `first` and `latest` are its lights, None if it has none.

    `direction` is "better", "worse", "same", "other" (to or from grey), or "" with fewer than two
    lights.
    """

    years: list[CourseYear]
    first: LightContent | None
    latest: LightContent | None
    direction: str
    turns: list[TurnContent]
    paces: list[PaceContent]


class YearLight(TypedDict):
    """`light` is None if the goal has no visible status that year."""

    year: int
    light: LightContent | None


class GoalContent(TypedDict):
    """`state` is the word for the status's state; `gap` is a sentence on what is missing, or "".

    `stopped` is a sentence on when and by which decision it was stopped, or "". `course` is None
    in a status report. `unsigned` are the responsible posts that have not signed
    the text; the key is absent if all have, and in editions older than the key.
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
    lights_by_year: list[YearLight]
    stopped: str
    course: CourseContent | None
    unsigned: NotRequired[list[str]]


def unsigned_in(goal: GoalContent) -> list[str]:
    """One sentence that names the responsible posts that have not signed; empty if all have."""
    posts = goal.get("unsigned", [])
    return [_("Mangler tiltrædelse fra %(who)s.") % {"who": ", ".join(posts)}] if posts else []
