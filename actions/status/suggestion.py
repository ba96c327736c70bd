"""The light that the figures suggest. Professional judgement decides, never this arithmetic.

The report's appendix prints `RULES` word for word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions.lights import Light
from actions.models import Comparison, Indicator

#: The share of its target by which a figure may miss it and still only call for attention.
NEAR: Final = Decimal("0.10")

RULES: Final = (
    gettext_lazy("Et måltal er nået, når årets værdi opfylder målet."),
    gettext_lazy(
        "Et måltal med slutår følger planen, når værdien mindst ligger på en ret linje fra "
        "udgangspunktet (ellers nul) ved periodens begyndelse til målet i slutåret."
    ),
    gettext_lazy(
        "Et måltal, der er højst 10 % fra målet, som er bagud med år tilbage, eller som ikke har "
        "nogen frist, giver »Opmærksomhed«. Er det længere fra målet, eller er slutåret gået, "
        "giver det »Kræver handling«."
    ),
    gettext_lazy(
        "Målets forslag er det dårligste blandt dets måltal. Mangler alle tal, er forslaget "
        "»Kan ikke vurderes«. Mål uden måltal har intet forslag."
    ),
)


class Standing(Enum):
    """How a single figure stands to its target."""

    MISSING = "missing"
    MET = "met"
    FOLLOWS = "follows"
    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True)
class Suggestion:
    """`light` is None if there are no indicators; `reason` is a sentence for the reader."""

    light: Light | None
    reason: str


def suggest(
    figures: Sequence[tuple[Indicator, Decimal | None]], *, year: int, period_from: int
) -> Suggestion:
    """The suggestion for a goal from the values of the calendar year `year`."""
    if not figures:
        return Suggestion(None, _("Målet har ingen måltal; vurderingen er helt din."))
    standings = [standing(indicator, value, year, period_from) for indicator, value in figures]
    return Suggestion(_light(figures, standings), _reason(standings))


def standing(indicator: Indicator, value: Decimal | None, year: int, period_from: int) -> Standing:
    if value is None:
        return Standing.MISSING
    if indicator.is_met_by(value):
        return Standing.MET
    if indicator.by_year is not None:
        return _standing_on_the_way(indicator, value, year, period_from)
    distance = abs(indicator.target - value)
    near = not indicator.yearly or distance <= abs(indicator.target) * NEAR
    return Standing.NEAR if near else Standing.FAR


def expected_by(indicator: Indicator, year: int, period_from: int) -> Decimal | None:
    """Where a straight line from the baseline to the target is at the end of `year`.

    None if there is no line: no final year, or "at most" without a baseline.
    """
    at_most = indicator.comparison == Comparison.AT_MOST
    if indicator.by_year is None or (at_most and indicator.baseline is None):
        return None
    start = indicator.baseline or Decimal(0)
    span = indicator.by_year - (period_from - 1)
    if span <= 0:
        return indicator.target  # due before the period: the line is at its end
    passed = min(max(year - (period_from - 1), 0), span)
    return start + (indicator.target - start) * passed / span


def _standing_on_the_way(
    indicator: Indicator, value: Decimal, year: int, period_from: int
) -> Standing:
    if indicator.by_year is not None and year >= indicator.by_year:
        return Standing.FAR
    expected = expected_by(indicator, year, period_from)
    if expected is None:
        return Standing.NEAR
    at_most = indicator.comparison == Comparison.AT_MOST
    ahead = value <= expected if at_most else value >= expected
    return Standing.FOLLOWS if ahead else Standing.NEAR


def _light(
    figures: Sequence[tuple[Indicator, Decimal | None]], standings: Sequence[Standing]
) -> Light:
    if Standing.FAR in standings:
        return Light.OFF_TRACK
    if Standing.NEAR in standings:
        return Light.AT_RISK
    if all(each is Standing.MISSING for each in standings):
        return Light.NOT_ASSESSABLE
    for_good = all(not indicator.yearly for indicator, _value in figures)
    if for_good and all(each is Standing.MET for each in standings):
        return Light.ACHIEVED
    return Light.ON_TRACK


def _reason(standings: Sequence[Standing]) -> str:
    behind = sum(each in {Standing.NEAR, Standing.FAR} for each in standings)
    missing = standings.count(Standing.MISSING)
    total = len(standings)
    sentences = []
    if missing == total:
        return _("Der er ingen tal for året endnu.")
    if behind:
        sentences.append(
            ngettext(
                "%(behind)d af %(total)d måltal er ikke, hvor det skal være.",
                "%(behind)d af %(total)d måltal er ikke, hvor de skal være.",
                behind,
            )
            % {"behind": behind, "total": total}
        )
    else:
        sentences.append(_("De indtastede måltal er nået eller følger planen."))
    if missing:
        sentences.append(_("%(n)d tal mangler.") % {"n": missing})
    return " ".join(sentences)
