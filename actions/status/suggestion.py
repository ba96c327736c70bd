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

#: By how many per cent a figure may miss and be close, if the catalogue says nothing else.
TOLERANCE: Final = Decimal(10)

RULES: Final = (
    gettext_lazy(
        "Et tal holdes op mod sit måltal. Skal målet først nås i et senere år, holdes det op mod "
        "den jævne takt fra udgangspunktet (ellers nul) til måltallet."
    ),
    gettext_lazy(
        "Har måltallet delmål, går takten fra delmål til delmål. Det, hvert år lægger til, lægges "
        "sammen, medmindre måltallet gælder hvert år. Et tal, der ikke måles hvert år, mangler "
        "ikke i årene imellem."
    ),
    gettext_lazy(
        "Er tallet højst 10 % fra måltallet eller takten, er det tæt på, hvis kataloget ikke siger "
        "andet. Er det længere fra, er det misset."
    ),
    gettext_lazy(
        "Er alle tal nået eller tæt på, foreslås »På sporet«, og »Nået«, hvis de er nået for "
        "altid. Er nogle misset, foreslås »Opmærksomhed«, og »Kræver handling«, hvis det er over "
        "halvdelen. Uden tal er der intet forslag."
    ),
)


class Standing(Enum):
    """How a single figure stands to its target; `BETWEEN` if none is measured that year."""

    MISSING = "missing"
    BETWEEN = "between"
    MET = "met"
    FOLLOWS = "follows"
    NEAR = "near"
    FAR = "far"


UNKNOWN: Final = (Standing.MISSING, Standing.BETWEEN)


@dataclass(frozen=True)
class Suggestion:
    """`light` is None if there are no indicators; `reason` is a sentence for the reader."""

    light: Light | None
    reason: str


def suggest(
    figures: Sequence[tuple[Indicator, Decimal | None]], *, year: int, period_from: int
) -> Suggestion:
    """The suggestion for a goal from what is held against its targets in the calendar year `year`.

    A value is one of `Meaning.held`.
    """
    if not figures:
        return Suggestion(None, _("Målet har ingen måltal; vurderingen er helt din."))
    standings = [standing(indicator, value, year, period_from) for indicator, value in figures]
    return Suggestion(_light(figures, standings), _reason(standings))


def standing(indicator: Indicator, value: Decimal | None, year: int, period_from: int) -> Standing:
    """How what is held against the target stands (`Meaning.held`)."""
    meaning = indicator.meaning
    if value is None:
        is_due = meaning.is_measured_in(year, period_from)
        return Standing.MISSING if is_due else Standing.BETWEEN
    if meaning.is_met(value, year):
        is_last = meaning.is_met(value, indicator.by_year or year)
        return Standing.MET if is_last else Standing.FOLLOWS
    if meaning.is_above_range(value):
        return _standing_above(indicator, value, year, period_from)
    if meaning.is_due(year):
        return _against(indicator, value, meaning.due(year).value)
    expected = expected_by(indicator, year, period_from)
    if expected is None:
        return Standing.NEAR  # nobody knows the pace
    at_most = indicator.comparison == Comparison.AT_MOST
    is_ahead = value <= expected if at_most else value >= expected
    return Standing.FOLLOWS if is_ahead else _against(indicator, value, expected)


def _standing_above(indicator: Indicator, value: Decimal, year: int, period_from: int) -> Standing:
    """How a value above a range stands: to its upper end, or to the even pace down to that end.

    There is a pace down only if the baseline is above the range too.
    """
    top = indicator.upper or indicator.target
    if indicator.baseline is not None and indicator.baseline > top:
        expected = indicator.meaning.expected(year, period_from, top)
        if expected is not None:
            follows = value <= expected
            return Standing.FOLLOWS if follows else _against(indicator, value, expected)
    return _against(indicator, value, top)


def _against(indicator: Indicator, value: Decimal, expected: Decimal) -> Standing:
    """How a value that falls short stands: close within the tolerance. At zero there is none."""
    share = TOLERANCE if indicator.tolerance is None else indicator.tolerance
    is_close = abs(expected - value) <= abs(expected) * share / 100
    return Standing.NEAR if is_close else Standing.FAR


def expected_by(indicator: Indicator, year: int, period_from: int) -> Decimal | None:
    """Where the even pace to the target is at the end of `year`; None if there is none."""
    return indicator.meaning.expected(year, period_from)


def _light(
    figures: Sequence[tuple[Indicator, Decimal | None]], standings: Sequence[Standing]
) -> Light | None:
    known = [one for one in standings if one not in UNKNOWN]
    missed = standings.count(Standing.FAR)
    if not known:
        return None
    if missed:
        return Light.OFF_TRACK if 2 * missed > len(known) else Light.AT_RISK
    is_for_good = all(not indicator.yearly for indicator, _value in figures)
    if is_for_good and all(one is Standing.MET for one in standings):
        return Light.ACHIEVED
    return Light.ON_TRACK


def _reason(standings: Sequence[Standing]) -> str:
    missed, missing = standings.count(Standing.FAR), standings.count(Standing.MISSING)
    total = len(standings) - standings.count(Standing.BETWEEN)
    if not total:
        return _("Ingen af målets tal måles det år; vurderingen er helt din.")
    if missing == total:
        return _("Der er ingen tal for året endnu.")
    sentences = [_("De indtastede måltal er nået, følger planen eller er tæt på.")]
    if missed:
        sentence = ngettext(
            "%(missed)d af %(total)d måltal er ikke, hvor det skal være.",
            "%(missed)d af %(total)d måltal er ikke, hvor de skal være.",
            missed,
        )
        sentences = [sentence % {"missed": missed, "total": total}]
    if missing:
        sentences.append(_("%(n)d tal mangler.") % {"n": missing})
    return " ".join(sentences)
