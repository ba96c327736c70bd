"""A figure over the whole period against its target, with a plain verdict.

A target of every year is met if it is met in every year. Any other target is met by the last value,
or by the years together if each value is an addition.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from actions.danish import format_number, format_quantity
from actions.models import Comparison, Measures, ValueKind
from reports.content.shape import FigureVerdict, IndicatorContent, PointContent


def verdict(indicator: IndicatorContent, years: range) -> FigureVerdict:
    """The verdict on a figure from the years that it should be measured in."""
    code, words = _judged(indicator, years)
    target = f"{target_words(indicator)} {indicator['timing']}".strip()
    return FigureVerdict(name=indicator["name"], target=target, verdict=code, words=words)


def _judged(indicator: IndicatorContent, years: range) -> tuple[str, str]:
    known = [point for point in indicator["points"] if point["value"]]
    if not known:
        return "missing", _("Tallet mangler")
    measured = {point["year"] for point in known}
    missing = [year for year in years if year not in measured] if indicator["every"] == 1 else []
    if indicator["yearly"]:
        return _every_year(indicator, known, missing)
    if indicator["measures"] == Measures.ADDITION:
        return _together(indicator, known, missing)
    latest = known[-1]
    if latest["year"] <= years[-1] - indicator["every"]:
        return "missing", _missing(indicator, latest)
    return _against(indicator, Decimal(latest["value"]), years[-1])


def _every_year(
    indicator: IndicatorContent, known: Sequence[PointContent], missing: Sequence[int]
) -> tuple[str, str]:
    missed = [point for point in known if not _is_met(indicator, Decimal(point["value"]))]
    if missed:
        words = _("Ikke nået i %s") % _listed([point["year"] for point in missed])
        how = _how_far(indicator, Decimal(missed[0]["value"])) if len(missed) == 1 else ""
        return "not_met", f"{words}: {how}" if how else words
    if missing:
        return "missing", _("Tallet mangler for %s") % _listed(missing)
    return "met", _("Nået")


def _together(
    indicator: IndicatorContent, known: Sequence[PointContent], missing: Sequence[int]
) -> tuple[str, str]:
    """Against the sum of what each year added."""
    total = sum((Decimal(point["value"]) for point in known), Decimal(0))
    only_grows = indicator["comparison"] == Comparison.AT_LEAST
    if missing and not (only_grows and _is_met(indicator, total)):
        return "missing", _("Tallet mangler for %s") % _listed(missing)
    return _against(indicator, total, known[-1]["year"])


def _against(indicator: IndicatorContent, value: Decimal, year: int) -> tuple[str, str]:
    if _is_met(indicator, value):
        return "met", _("Nået")
    by_year = indicator["by_year"]
    how = _how_far(indicator, value)
    if by_year is not None and by_year > year:
        return "later", _("Skal nås i %(year)d: %(how)s") % {"year": by_year, "how": how}
    return "not_met", _("Ikke nået: %s") % how if how else _("Ikke nået")


def _missing(indicator: IndicatorContent, latest: PointContent) -> str:
    return _("Tallet mangler; det seneste er %(value)s fra %(year)d") % {
        "value": _quantity(indicator, Decimal(latest["value"])),
        "year": latest["year"],
    }


def _listed(years: Sequence[int]) -> str:
    """ "2025, 2026 og 2027"."""
    *first, last = [str(year) for year in years]
    return f"{', '.join(first)} {_('og')} {last}" if first else last


def _is_met(indicator: IndicatorContent, value: Decimal) -> bool:
    target = Decimal(indicator["target"])
    if indicator["comparison"] == Comparison.AT_MOST:
        return value <= target
    if indicator["comparison"] == Comparison.BETWEEN and indicator["upper"]:
        return target <= value <= Decimal(indicator["upper"])
    return value >= target


def _how_far(indicator: IndicatorContent, value: Decimal) -> str:
    """ "45 af 60 besøg" of what is counted up; else the value beside its target: "5 %, mål højst
    4,5 %". "" for a yes or no.
    """
    if indicator["kind"] == ValueKind.YES_NO:
        return ""
    target = Decimal(indicator["target"])
    if indicator["comparison"] == Comparison.AT_LEAST and indicator["unit"] != "%":
        words = {"value": format_number(value), "target": _quantity(indicator, target)}
        return _("%(value)s af %(target)s") % words
    return _("%(value)s, mål %(target)s") % {
        "value": _quantity(indicator, value),
        "target": target_words(indicator),
    }


def target_words(indicator: IndicatorContent) -> str:
    """The target: "mindst 60 besøg", "mellem 4 og 6 %"."""
    if indicator["kind"] == ValueKind.YES_NO:
        return _("ja")
    target = _quantity(indicator, Decimal(indicator["target"]))
    if indicator["comparison"] == Comparison.BETWEEN and indicator["upper"]:
        return _("mellem %(lower)s og %(upper)s") % {
            "lower": format_number(Decimal(indicator["target"])),
            "upper": _quantity(indicator, Decimal(indicator["upper"])),
        }
    return f"{indicator['comparison_word']} {target}"


def _quantity(indicator: IndicatorContent, value: Decimal) -> str:
    return format_quantity(value, indicator["unit"])
