"""What the midterm says besides the yearly report: courses, pace, turns and recommendations.

Pure functions from what is entered to content (`reports.content.shape`);
`reports.content.assemble` calls
them. Arithmetic is stated as it is, with the numbers it comes from, and what cannot be worked out
is said in a sentence. No judgement is made here: it is the heads' and the coordinator's.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.danish import NO_BREAK_SPACE, format_date, format_number, format_quantity
from actions.lights import Light
from actions.lights import order as attention_order
from actions.models import Comparison, GoalStatus
from reports.content.shape import (
    ActionContent,
    CourseContent,
    CourseYear,
    DecisionContent,
    EvaluationContent,
    Gap,
    IndicatorContent,
    LightContent,
    MovementContent,
    PaceContent,
    PointContent,
    RecommendationContent,
    RecommendationCount,
    TurnContent,
)
from reports.models import Passage, Recommendation

#: A mark beside each recommendation's word; the report's font has them all.
SIGNS: Final = {
    Recommendation.CONTINUE: "→",
    Recommendation.ADJUST: "↗",
    Recommendation.CLOSE: "×",
}
#: So many characters of a year's text are shown; whole sentences, and at least one.
SHORT: Final = 260
SENTENCE: Final = re.compile(r".+?[.!?](?=\s|$)|.+?(?=\n|$)", re.DOTALL)


@dataclass(frozen=True)
class YearOfGoal:
    """A round with a goal's light and status in it, None where nothing is handed in."""

    year: int
    light: LightContent | None
    status: GoalStatus | None


# --- the whole -----------------------------------------------------------------------------------


def evaluate(
    actions: Sequence[ActionContent], decisions: list[DecisionContent]
) -> EvaluationContent:
    """The counts of a midterm, once its actions are assembled, and what was decided on the way."""
    courses = [goal["course"] for action in actions for goal in action["goals"]]
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
    """How the midterm's own parts are made, for the appendix."""
    return [
        _(
            "Takten er forskellen mellem to tal delt med antallet af år imellem dem, afrundet. Et "
            "udgangspunkt regnes fra periodens begyndelse, årets tal ved årets udgang. Takten er "
            "ren regning og ingen forudsigelse."
        ),
        _(
            "Årenes tekster er gengivet i kort form. De står i fuld længde i hvert års "
            "statusredegørelse."
        ),
    ]


def gaps(action: ActionContent, coordinator: str) -> list[Gap]:
    """Whose recommendation an action lacks."""
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
    """A recommendation as it was written; None where nothing is."""
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
    known = Recommendation(choice)
    return str(known.label), SIGNS[known]


def _recommendation_counts(actions: Sequence[ActionContent]) -> list[RecommendationCount]:
    given = Counter((action["recommendation"] or {"choice": ""})["choice"] for action in actions)
    rows = []
    for choice in [*Recommendation.values, ""]:
        word, sign = _recommended(choice)
        rows.append(RecommendationCount(choice=choice, word=word, sign=sign, actions=given[choice]))
    return rows


# --- a goal's course -----------------------------------------------------------------------------


def course(
    years: Sequence[YearOfGoal], indicators: Sequence[IndicatorContent], period_from: int
) -> CourseContent:
    """A goal from round to round, how it changed direction, and the pace of its figures."""
    given = [row for row in years if row.light and row.light["code"]]
    return CourseContent(
        years=[
            CourseYear(
                year=row.year,
                light=row.light,
                text=in_short(row.status.progress) if row.status else "",
            )
            for row in years
        ],
        first=given[0].light if given else None,
        latest=given[-1].light if given else None,
        direction=direction(given),
        turns=sorted(
            [*_light_turns(given), *_target_turns(indicators)], key=lambda turn: turn["year"]
        ),
        paces=[pace(indicator, period_from) for indicator in indicators],
    )


def in_short(text: str) -> str:
    """Whole sentences as far as they fit, at least the first; "…" where there is more."""
    sentences = [found.strip() for found in SENTENCE.findall(text.strip())]
    short = ""
    for sentence in filter(None, sentences):
        if short and len(short) + len(sentence) > SHORT:
            return f"{short}{NO_BREAK_SPACE}…"
        short = f"{short} {sentence}".strip()
    return short


def direction(given: Sequence[YearOfGoal]) -> str:
    """From the first light to the latest: see CourseContent."""
    codes = [row.light["code"] for row in given if row.light]
    if len(codes) < 2:
        return ""
    if codes[0] == codes[-1]:
        return "same"
    if Light.NOT_ASSESSABLE in {codes[0], codes[-1]}:
        return "other"
    return "better" if attention_order(codes[-1]) > attention_order(codes[0]) else "worse"


def _light_turns(given: Sequence[YearOfGoal]) -> list[TurnContent]:
    turns = []
    for before, after in pairwise(given):
        if before.light and after.light and before.light["code"] != after.light["code"]:
            words = {"before": before.light["word"], "after": after.light["word"]}
            what = _("Vurderingen gik fra »%(before)s« til »%(after)s«.") % words
            turns.append(TurnContent(year=after.year, what=what, why=_why(after)))
    return turns


def _why(year: YearOfGoal) -> str:
    """The reason that the head gave for the light. Green and blue ask for none: then it is in what
    the head wrote of the year.
    """
    if year.status is None:
        return ""
    status = year.status
    reasons = (status.why_not_assessable, status.cause, status.why_differs)
    return in_short(next(filter(None, reasons), "")) or (
        _("Se teksten for %d.") % year.year if status.progress else ""
    )


def _target_turns(indicators: Sequence[IndicatorContent]) -> list[TurnContent]:
    turns = []
    for each in indicators:
        for change in each["revisions"]:
            day = date.fromisoformat(change["date"])
            what = _("Måltallet »%(name)s« blev ændret fra %(old)s til %(new)s %(day)s.") % {
                "name": each["name"],
                "old": _quantity(change["old_target"], each),
                "new": _quantity(change["new_target"], each),
                "day": format_date(day),
            }
            turns.append(TurnContent(year=day.year, what=what, why=change["decision"]))
    return turns


# --- pace ----------------------------------------------------------------------------------------


def pace(indicator: IndicatorContent, period_from: int) -> PaceContent:
    """How fast a figure has moved, and how fast it must move from now on to reach its target."""
    known = [point for point in indicator["points"] if point["value"]]
    latest = known[-1] if known else None
    return PaceContent(
        indicator=indicator["name"],
        target=_target(indicator),
        latest=_in_year(latest, indicator) if latest else "",
        so_far=_so_far(indicator, known, period_from),
        needed=_needed(indicator, latest),
        unknown=_unknown(indicator, known),
    )


def _so_far(indicator: IndicatorContent, known: Sequence[PointContent], period_from: int) -> str:
    if indicator["yearly"]:
        return ", ".join(_hit(indicator, point) for point in known)
    if known and indicator["baseline"]:
        # The baseline is of the day the period begins: the end of the year before.
        start = _("%s ved periodens begyndelse") % _quantity(indicator["baseline"], indicator)
        years = known[-1]["year"] - (period_from - 1)
        return _pace(indicator, indicator["baseline"], start, known[-1], years)
    if len(known) < 2:
        return ""
    years = known[-1]["year"] - known[0]["year"]
    start = _in_year(known[0], indicator)
    return _pace(indicator, known[0]["value"], start, known[-1], years)


def _pace(
    indicator: IndicatorContent, first: str, start: str, last: PointContent, years: int
) -> str:
    if years < 1:
        return ""
    change = (Decimal(last["value"]) - Decimal(first)) / years
    return _("%(pace)s (fra %(start)s til %(end)s)") % {
        "pace": _per_year(change, indicator["unit"]),
        "start": start,
        "end": _in_year(last, indicator),
    }


def _needed(indicator: IndicatorContent, latest: PointContent | None) -> str:
    if indicator["yearly"]:
        return _("det samme hvert år")
    if latest is None:
        return ""
    if _is_met(indicator, latest):
        return _("ingen: målet er nået")
    by_year = indicator["by_year"]
    if by_year is None or by_year <= latest["year"]:
        return ""
    change = (Decimal(indicator["target"]) - Decimal(latest["value"])) / (by_year - latest["year"])
    return _("%(pace)s (fra %(start)s til %(target)s i %(by)d)") % {
        "pace": _per_year(change, indicator["unit"]),
        "start": _in_year(latest, indicator),
        "target": _quantity(indicator["target"], indicator),
        "by": by_year,
    }


def _unknown(indicator: IndicatorContent, known: Sequence[PointContent]) -> list[str]:
    """What cannot be worked out, and why."""
    found = [
        _("Tallet for %(year)d mangler: %(reason)s")
        % {"year": point["year"], "reason": _sentence(point["missing_reason"])}
        for point in indicator["points"]
        if not point["value"]
    ]
    if not known:
        found.append(_("Uden et tal kan ingen takt regnes ud."))
    if indicator["yearly"] or not known:
        return found
    by_year, latest = indicator["by_year"], known[-1]
    if not indicator["baseline"]:
        found.append(_("Udgangspunktet ved periodens begyndelse er ikke oplyst."))
        if len(known) == 1:
            found.append(_("Med ét tal kan takten hidtil ikke regnes ud."))
    if not _is_met(indicator, latest):
        if by_year is None:
            found.append(
                _(
                    "Kataloget siger ikke, hvilket år målet skal være nået, så den nødvendige takt "
                    "kan ikke regnes ud."
                )
            )
        elif by_year <= latest["year"]:
            found.append(_("Målet skulle være nået i %d og er det ikke.") % by_year)
    return found


def _hit(indicator: IndicatorContent, point: PointContent) -> str:
    template = _("nået i %d") if _is_met(indicator, point) else _("ikke nået i %d")
    return template % point["year"]


def _is_met(indicator: IndicatorContent, point: PointContent) -> bool:
    value, target = Decimal(point["value"]), Decimal(indicator["target"])
    return value <= target if indicator["comparison"] == Comparison.AT_MOST else value >= target


def _target(indicator: IndicatorContent) -> str:
    return " ".join(filter(None, [_least(indicator), indicator["timing"]]))


def _least(indicator: IndicatorContent) -> str:
    return f"{indicator['comparison_word']} {_quantity(indicator['target'], indicator)}"


def _in_year(point: PointContent, indicator: IndicatorContent) -> str:
    words = {"quantity": _quantity(point["value"], indicator), "year": point["year"]}
    return _("%(quantity)s i %(year)d") % words


def _quantity(number: str, indicator: IndicatorContent) -> str:
    return format_quantity(Decimal(number), indicator["unit"])


def _per_year(change: Decimal, unit: str) -> str:
    """A change a year in words: "188 ha om året", "0,4 procentpoint mindre om året"."""
    size = _rounded(abs(change))
    words = {
        "size": format_number(size),
        "unit": _("procentpoint") if unit == "%" else unit,
        "space": NO_BREAK_SPACE,
    }
    if not size:
        return _("uændret")
    if change < 0:
        return _("%(size)s%(space)s%(unit)s mindre om året") % words
    return _("%(size)s%(space)s%(unit)s om året") % words


def _rounded(size: Decimal) -> Decimal:
    """As many digits as can be meant: two, but never less than whole numbers have."""
    step = Decimal(1).scaleb(min(size.adjusted() - 1, 0)) if size else Decimal(1)
    return size.quantize(step, ROUND_HALF_UP)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
