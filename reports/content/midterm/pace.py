"""The pace of a figure: how fast it has moved, and how fast it must move to reach its target.

The arithmetic is stated with the numbers it comes from; what cannot be worked out is said in a
sentence.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from django.utils.translation import gettext as _

from actions.danish import NO_BREAK_SPACE, brief_numbers
from actions.meaning import Due, Meaning, meaning_from, values_from
from reports.content.shape import IndicatorContent, PaceContent


@dataclass(frozen=True)
class Way:
    """What is held against the target, by year: the known values, or their sums if they add up."""

    meaning: Meaning
    values: dict[int, Decimal]
    held: dict[int, Decimal]
    begins: int

    @property
    def latest(self) -> int:
        return max(self.held)

    def in_year(self, year: int) -> str:
        """ "80 ha i 2025"."""
        return _in_year(self.meaning, self.held[year], year)


def pace(indicator: IndicatorContent, period_from: int) -> PaceContent:
    """How fast a figure has moved, and how fast it must move from now on to reach its target."""
    meaning, values = meaning_from(indicator), values_from(indicator)
    held = {year: meaning.held(values, year, period_from) for year in values}
    way = Way(
        meaning,
        {year: value for year, value in values.items() if value is not None},
        {year: value for year, value in held.items() if value is not None},
        meaning.begins(period_from),
    )
    return PaceContent(
        indicator=indicator["name"],
        target=meaning.in_few_words,
        latest=_latest(way),
        so_far=_so_far(way),
        needed=_needed(way),
        unknown=_unknown(indicator, way),
    )


def _latest(way: Way) -> str:
    if not way.values:
        return ""
    year = max(way.values)
    words = _in_year(way.meaning, way.values[year], year)
    if not (way.meaning.adds_up and year in way.held):
        return words
    total = way.meaning.brief_quantity(way.held[year])
    return _("%(latest)s, %(total)s i alt") % {"latest": words, "total": total}


def _so_far(way: Way) -> str:
    meaning, held = way.meaning, way.held
    if meaning.yearly:
        return ", ".join(_hit(meaning, value, year) for year, value in held.items())
    if meaning.is_yes_no:
        return ", ".join(way.in_year(year) for year in held)
    if not held:
        return ""
    if meaning.baseline is not None or meaning.adds_up:
        return _pace(way, meaning.baseline or Decimal(0), _beginning(way), way.begins)
    first = min(held)
    return _pace(way, held[first], way.in_year(first), first)


def _beginning(way: Way) -> str:
    """Where the way begins: at the baseline, or at nothing for what is only added up."""
    start = way.meaning.baseline or Decimal(0)
    if way.meaning.baseline is None:
        return way.meaning.brief_quantity(start)
    if way.meaning.baseline_year is None:
        return _("udgangspunktet %s") % way.meaning.brief_quantity(start)
    return _in_year(way.meaning, start, way.meaning.baseline_year)


def _pace(way: Way, first: Decimal, start: str, begins: int) -> str:
    years = way.latest - begins
    if years < 1:
        return ""
    end = way.in_year(way.latest)
    return _("%(pace)s (fra %(start)s til %(end)s)") % {
        "pace": _per_year((way.held[way.latest] - first) / years, way.meaning.unit),
        "start": start,
        "end": _("%s, lagt sammen") % end if way.meaning.adds_up else end,
    }


def _needed(way: Way) -> str:
    meaning = way.meaning
    if meaning.yearly:
        return meaning.in_few_words
    if not way.held:
        return ""
    value = way.held[way.latest]
    due = _next(way)
    if meaning.reaches(value, meaning.target):
        return _("ingen: målet er nået")
    if due is None or due.year is None:
        return ""
    if meaning.is_yes_no:
        return meaning.due_words(due.year)
    target = _nearest_end(meaning, value, due.value)
    return _("%(pace)s (fra %(start)s til %(target)s i %(by)d)") % {
        "pace": _per_year((target - value) / (due.year - way.latest), meaning.unit, ROUND_UP),
        "start": way.in_year(way.latest),
        "target": meaning.brief_quantity(target),
        "by": due.year,
    }


def _next(way: Way) -> Due | None:
    """The first target after the latest value that this value does not reach."""
    value = way.held[way.latest]
    ahead = [due for due in way.meaning.dues if due.year is not None and due.year > way.latest]
    return next((due for due in ahead if not way.meaning.reaches(value, due.value)), None)


def _unknown(indicator: IndicatorContent, way: Way) -> list[str]:
    """Sentences on what cannot be worked out, and why."""
    meaning, held = way.meaning, way.held
    sentences = [
        _("Tallet for %(year)d mangler: %(reason)s")
        % {"year": point["year"], "reason": _sentence(point["missing_reason"])}
        for point in indicator["points"]
        if not point["value"] and not point.get("between")
    ]
    if not way.values and not meaning.is_yes_no:
        sentences.append(_("Uden et tal kan ingen takt regnes ud."))
    elif meaning.adds_up and max(way.values) not in held:
        sentences.append(_("Tallene kan ikke lægges sammen, fordi et år mangler."))
    if meaning.yearly or not held:
        return sentences
    if meaning.baseline is None and not (meaning.adds_up or meaning.is_yes_no):
        sentences += _without_baseline(way)
    return sentences + _without_year(way)


def _without_baseline(way: Way) -> list[str]:
    sentences = [_("Kataloget oplyser intet udgangspunkt.")]
    if len(way.held) == 1:
        sentences.append(_("Med ét tal kan takten hidtil ikke regnes ud."))
    return sentences


def _without_year(way: Way) -> list[str]:
    """What is to be said of a target that is not reached, and has no year or a year that passed."""
    meaning, value = way.meaning, way.held[way.latest]
    if meaning.reaches(value, meaning.target):
        return []
    passed = [due.year for due in meaning.dues if due.year and due.year <= way.latest]
    missed = [year for year in passed if not meaning.is_met(value, year)]
    if meaning.by_year is None and not meaning.is_yes_no:
        return [
            _(
                "Kataloget siger ikke, hvilket år målet skal være nået, så den nødvendige takt "
                "kan ikke regnes ud."
            )
        ]
    return [_("Målet skulle være nået i %d og er det ikke.") % missed[-1]] if missed else []


def _hit(meaning: Meaning, value: Decimal, year: int) -> str:
    template = _("nået i %d") if meaning.is_met(value, year) else _("ikke nået i %d")
    return template % year


def _nearest_end(meaning: Meaning, value: Decimal, target: Decimal) -> Decimal:
    """The target, or the upper end of a range if that is the end a value has passed."""
    is_above = meaning.is_above_range(value)
    return meaning.upper if is_above and meaning.upper is not None else target


def _in_year(meaning: Meaning, value: Decimal, year: int) -> str:
    words = {"quantity": meaning.brief_quantity(value), "year": year}
    return _("%(quantity)s i %(year)d") % words


def _per_year(change: Decimal, unit: str, rounding: str = ROUND_HALF_UP) -> str:
    """A yearly change in words: "188 ha om året", "0,4 procentpoint mindre om året"."""
    size = _rounded(abs(change), rounding)
    words = {
        "size": brief_numbers([size])[0],
        "unit": _("procentpoint") if unit == "%" else unit,
        "space": NO_BREAK_SPACE,
    }
    if not size:
        return _("uændret")
    if change < 0:
        return _("%(size)s%(space)s%(unit)s mindre om året") % words
    return _("%(size)s%(space)s%(unit)s om året") % words


def _rounded(size: Decimal, rounding: str) -> Decimal:
    """To two significant digits, or to a whole number if that takes more."""
    step = Decimal(1).scaleb(min(size.adjusted() - 1, 0)) if size else Decimal(1)
    return size.quantize(step, rounding)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
