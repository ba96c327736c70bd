"""A goal from round to round: its lights, its texts in short, and its changes of direction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from actions.danish import NO_BREAK_SPACE, format_date
from actions.lights import Light
from actions.lights import direction as direction_between
from actions.meaning import meaning_from
from actions.models import GoalStatus
from actions.models.versions import Turn
from reports.content.midterm.pace import pace
from reports.content.shape import (
    CourseContent,
    CourseYear,
    IndicatorContent,
    LightContent,
    TurnContent,
)

#: A year's text is cut at whole sentences to about this many characters; one sentence always shows.
SHORT: Final = 260
SENTENCE: Final = re.compile(r".+?[.!?](?=\s|$)|.+?(?=\n|$)", re.DOTALL)


@dataclass(frozen=True)
class YearOfGoal:
    """A goal's light and status in one round; None if nothing is handed in.

    `goal_text` is what the goal said then, "" if it means the same now.
    """

    year: int
    light: LightContent | None
    status: GoalStatus | None
    goal_text: str = ""


def course(
    years: Sequence[YearOfGoal],
    indicators: Sequence[IndicatorContent],
    period_from: int,
    meanings: Sequence[Turn] = (),
) -> CourseContent:
    """A goal's rounds, its changes of direction, and the pace of its figures."""
    given = [row for row in years if row.light and row.light["code"]]
    return CourseContent(
        years=[
            CourseYear(
                year=row.year,
                light=row.light,
                text=in_short(row.status.progress) if row.status else "",
                goal_text=row.goal_text,
            )
            for row in years
        ],
        first=given[0].light if given else None,
        latest=given[-1].light if given else None,
        direction=direction(given),
        turns=sorted(
            [*_light_turns(given), *_text_turns(meanings), *_target_turns(indicators)],
            key=lambda turn: turn["year"],
        ),
        paces=[pace(indicator, period_from) for indicator in indicators],
    )


def in_short(text: str) -> str:
    """The whole sentences that fit in SHORT, always the first; "…" if more follow."""
    sentences = [sentence.strip() for sentence in SENTENCE.findall(text.strip())]
    short = ""
    for sentence in filter(None, sentences):
        if short and len(short) + len(sentence) > SHORT:
            return f"{short}{NO_BREAK_SPACE}…"
        short = f"{short} {sentence}".strip()
    return short


def direction(given: Sequence[YearOfGoal]) -> str:
    """The direction from the first light to the latest, as in CourseContent."""
    codes = [row.light["code"] for row in given if row.light]
    if len(codes) < 2:
        return ""
    return direction_between(codes[0], codes[-1])


def _light_turns(given: Sequence[YearOfGoal]) -> list[TurnContent]:
    turns = []
    for before, after in pairwise(given):
        if before.light and after.light and before.light["code"] != after.light["code"]:
            words = {"before": before.light["word"], "after": after.light["word"]}
            what = _("Vurderingen gik fra »%(before)s« til »%(after)s«.") % words
            turns.append(TurnContent(year=after.year, what=what, why=_why(before, after)))
    return turns


def _text_turns(meanings: Sequence[Turn]) -> list[TurnContent]:
    """The days from which the goal means something new, each with its decision."""
    what = _("Målet fik ny betydning %(day)s. Før: »%(before)s«")
    return [
        TurnContent(
            year=turn.day.year,
            what=what % {"day": format_date(turn.day), "before": turn.before},
            why=turn.decision,
        )
        for turn in meanings
    ]


def _why(before: YearOfGoal, year: YearOfGoal) -> str:
    """The head's reason for the light: the cause of a problem is none for a light that is better.
    Without a reason it repeats what the head wrote that year, if anything.
    """
    if year.status is None:
        return ""
    status = year.status
    is_better = direction([before, year]) == "better"
    reasons = (
        status.why_not_assessable if _is_grey(year) else "",
        "" if is_better else status.cause,
        status.why_differs,
    )
    return in_short(next(filter(None, reasons), "")) or (
        _("Ingen særskilt. Chefen skrev: »%s«") % in_short(status.progress)
        if status.progress
        else ""
    )


def _is_grey(year: YearOfGoal) -> bool:
    return year.light is not None and year.light["code"] == Light.NOT_ASSESSABLE


def _target_turns(indicators: Sequence[IndicatorContent]) -> list[TurnContent]:
    turns = []
    for indicator in indicators:
        meaning = meaning_from(indicator)
        for change in indicator["revisions"]:
            day = date.fromisoformat(change["date"])
            what = _("Måltallet »%(name)s« blev ændret fra %(old)s til %(new)s %(day)s.") % {
                "name": indicator["name"],
                "old": meaning.target_quantity(Decimal(change["old_target"])),
                "new": meaning.target_quantity(Decimal(change["new_target"])),
                "day": format_date(day),
            }
            turns.append(TurnContent(year=day.year, what=what, why=change["decision"]))
    return turns
