"""A figure over the whole period against its target, with a plain verdict.

A target of every year is met if it is met in every year. Any other target is met by the last value,
or by the years together if each value is an addition.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from actions.danish import listed
from actions.meaning import Comparison, Meaning, meaning_from, values_from
from reports.content.shape import FigureVerdict, IndicatorContent


@dataclass(frozen=True)
class Course:
    """A figure's known values, and the years of the period in which one is missing."""

    meaning: Meaning
    known: dict[int, Decimal]
    years: range
    missing: list[int]
    period_from: int


def verdict(
    indicator: IndicatorContent, years: range, period_from: int | None = None
) -> FigureVerdict:
    """The verdict on a figure from the years that it should be measured in."""
    meaning = meaning_from(indicator)
    begins = years[0] if period_from is None else period_from
    known = {year: value for year, value in values_from(indicator).items() if value is not None}
    missing = [year for year in years if year not in known and meaning.is_measured_in(year, begins)]
    code, words = _judged(Course(meaning, known, years, missing, begins))
    return FigureVerdict(name=indicator["name"], target=meaning.in_words, verdict=code, words=words)


def _judged(course: Course) -> tuple[str, str]:
    meaning, last = course.meaning, course.years[-1]
    if not course.known and not course.missing:
        year = meaning.next_measured(last, course.period_from)
        return "later", _("Måles først i %(year)d") % {"year": year}
    if not course.known:
        return "missing", _("Tallet mangler")
    if meaning.yearly:
        return _every_year(course)
    if meaning.adds_up:
        return _together(course)
    latest = max(course.known)
    if latest <= last - meaning.every:
        return "missing", _missing(meaning, course.known[latest], latest)
    code, words = _against(meaning, course.known[latest], last)
    if code == "not_met" and latest < last:
        how = _how_far(meaning, course.known[latest], meaning.target)
        words = _("Ikke nået i %(year)d: %(how)s") % {"year": latest, "how": how}
    return code, words


def _every_year(course: Course) -> tuple[str, str]:
    meaning = course.meaning
    missed = [year for year, value in course.known.items() if not meaning.is_met(value, year)]
    if missed:
        words = _("Ikke nået i %s") % listed(missed)
        year = missed[0]
        how = _how_far(meaning, course.known[year], meaning.due(year).value)
        return "not_met", f"{words}: {how}" if how and len(missed) == 1 else words
    if course.missing:
        return "missing", _("Tallet mangler for %s") % listed(
            [str(year) for year in course.missing]
        )
    return "met", _("Nået")


def _together(course: Course) -> tuple[str, str]:
    """Against the sum of what each year added, from the baseline on."""
    meaning, latest = course.meaning, max(course.known)
    begins = meaning.begins(course.period_from)
    added = (value for year, value in course.known.items() if year > begins)
    total = sum(added, meaning.baseline or Decimal(0))
    only_grows = meaning.comparison == Comparison.AT_LEAST
    if course.missing and not (only_grows and meaning.is_met(total, latest)):
        return "missing", _("Tallet mangler for %s") % listed(
            [str(year) for year in course.missing]
        )
    return _against(meaning, total, latest)


def _against(meaning: Meaning, value: Decimal, year: int) -> tuple[str, str]:
    """Against the last target, or on the way to it against the latest target that is passed."""
    how = _how_far(meaning, value, meaning.target)
    if meaning.reaches(value, meaning.target):
        return "met", _("Nået")
    if meaning.by_year is None or meaning.by_year <= year:
        return "not_met", _("Ikke nået: %s") % how if how else _("Ikke nået")
    passed = [step for step in meaning.steps if step[0] <= year]
    words = {"year": passed[-1][0] if passed else 0, "by": meaning.by_year, "how": how}
    if passed and not meaning.reaches(value, passed[-1][1]):
        words["how"] = _how_far(meaning, value, passed[-1][1])
        return "not_met", _("Delmålet for %(year)d er ikke nået: %(how)s") % words
    later = _("Skal nås i %(by)d: %(how)s") if how else _("Skal nås i %(by)d")
    reached = _("Delmålet for %(year)d er nået.") if passed else ""
    return "later", f"{reached} {later}".strip() % words


def _missing(meaning: Meaning, value: Decimal, year: int) -> str:
    return _("Tallet mangler; det seneste er %(value)s fra %(year)d") % {
        "value": meaning.brief_quantity(value),
        "year": year,
    }


def _how_far(meaning: Meaning, value: Decimal, target: Decimal) -> str:
    """ "45 af 60 besøg" of what is counted up; else the value beside its target: "5 %, mål højst
    4,5 %". "" for a yes or no.
    """
    if meaning.is_yes_no:
        return ""
    if meaning.comparison == Comparison.AT_LEAST and meaning.unit != "%":
        [number] = meaning.brief([value])
        words = {"value": number, "target": meaning.brief_quantity(target)}
        return _("%(value)s af %(target)s") % words
    return _("%(value)s, mål %(target)s") % {
        "value": meaning.brief_quantity(value),
        "target": meaning.target_words(target),
    }
