"""The pace of a figure: how fast it has moved, and how fast it must move to reach its target.

The arithmetic is stated with the numbers it comes from; what cannot be worked out is said in a
sentence.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from actions.danish import NO_BREAK_SPACE, format_number, format_quantity
from actions.models import Comparison
from reports.content.shape import IndicatorContent, PaceContent, PointContent


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
        begins, start = _beginning(indicator, period_from)
        years = known[-1]["year"] - begins
        return _pace(indicator, indicator["baseline"], start, known[-1], years)
    if len(known) < 2:
        return ""
    years = known[-1]["year"] - known[0]["year"]
    start = _in_year(known[0], indicator)
    return _pace(indicator, known[0]["value"], start, known[-1], years)


def _beginning(indicator: IndicatorContent, period_from: int) -> tuple[int, str]:
    """The year at whose end the baseline was measured, and the baseline in words.

    A catalogue that names no year means the beginning of the period.
    """
    baseline = quantity_of(indicator["baseline"], indicator)
    year = indicator["baseline_year"]
    if year is None:
        return period_from - 1, _("%s ved periodens begyndelse") % baseline
    return year, _("%(quantity)s i %(year)d") % {"quantity": baseline, "year": year}


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
    target = _nearest_target(indicator, Decimal(latest["value"]))
    change = (Decimal(target) - Decimal(latest["value"])) / (by_year - latest["year"])
    return _("%(pace)s (fra %(start)s til %(target)s i %(by)d)") % {
        "pace": _per_year(change, indicator["unit"]),
        "start": _in_year(latest, indicator),
        "target": quantity_of(target, indicator),
        "by": by_year,
    }


def _unknown(indicator: IndicatorContent, known: Sequence[PointContent]) -> list[str]:
    """Sentences on what cannot be worked out, and why."""
    sentences = [
        _("Tallet for %(year)d mangler: %(reason)s")
        % {"year": point["year"], "reason": _sentence(point["missing_reason"])}
        for point in indicator["points"]
        if not point["value"]
    ]
    if not known:
        sentences.append(_("Uden et tal kan ingen takt regnes ud."))
    if indicator["yearly"] or not known:
        return sentences
    by_year, latest = indicator["by_year"], known[-1]
    if not indicator["baseline"]:
        sentences.append(_("Udgangspunktet ved periodens begyndelse er ikke oplyst."))
        if len(known) == 1:
            sentences.append(_("Med ét tal kan takten hidtil ikke regnes ud."))
    if not _is_met(indicator, latest):
        if by_year is None:
            sentences.append(
                _(
                    "Kataloget siger ikke, hvilket år målet skal være nået, så den nødvendige takt "
                    "kan ikke regnes ud."
                )
            )
        elif by_year <= latest["year"]:
            sentences.append(_("Målet skulle være nået i %d og er det ikke.") % by_year)
    return sentences


def _hit(indicator: IndicatorContent, point: PointContent) -> str:
    template = _("nået i %d") if _is_met(indicator, point) else _("ikke nået i %d")
    return template % point["year"]


def _is_met(indicator: IndicatorContent, point: PointContent) -> bool:
    value, target = Decimal(point["value"]), Decimal(indicator["target"])
    if indicator["comparison"] == Comparison.AT_MOST:
        return value <= target
    if _is_range(indicator):
        return target <= value <= Decimal(indicator["upper"])
    return value >= target


def _is_range(indicator: IndicatorContent) -> bool:
    return indicator["comparison"] == Comparison.BETWEEN and bool(indicator["upper"])


def _nearest_target(indicator: IndicatorContent, value: Decimal) -> str:
    """The target, or the upper end of a range if that is the end a value has passed."""
    is_above = _is_range(indicator) and value > Decimal(indicator["upper"])
    return indicator["upper"] if is_above else indicator["target"]


def _target(indicator: IndicatorContent) -> str:
    return " ".join(filter(None, [_least(indicator), indicator["timing"]]))


def _least(indicator: IndicatorContent) -> str:
    if _is_range(indicator):
        return _("mellem %(lower)s og %(upper)s") % {
            "lower": format_number(Decimal(indicator["target"])),
            "upper": quantity_of(indicator["upper"], indicator),
        }
    return f"{indicator['comparison_word']} {quantity_of(indicator['target'], indicator)}"


def _in_year(point: PointContent, indicator: IndicatorContent) -> str:
    words = {"quantity": quantity_of(point["value"], indicator), "year": point["year"]}
    return _("%(quantity)s i %(year)d") % words


def quantity_of(number: str, indicator: IndicatorContent) -> str:
    return format_quantity(Decimal(number), indicator["unit"])


def _per_year(change: Decimal, unit: str) -> str:
    """A yearly change in words: "188 ha om året", "0,4 procentpoint mindre om året"."""
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
    """To two significant digits, or to a whole number if that takes more."""
    step = Decimal(1).scaleb(min(size.adjusted() - 1, 0)) if size else Decimal(1)
    return size.quantize(step, ROUND_HALF_UP)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
