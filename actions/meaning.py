"""What an indicator's values mean: the arithmetic and the words, from plain values.

Catalogue, forms and reports ask here, so that all of them count and say the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, NamedTuple

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.danish import NO_BREAK_SPACE, format_number, parse_quantity, without_hidden

YES, NO = Decimal(1), Decimal(0)
#: What people type for yes and no.
ANSWERS: Final = {"ja": YES, "j": YES, "1": YES, "nej": NO, "n": NO, "0": NO}


class Comparison(models.TextChoices):
    AT_LEAST = "at_least", _("mindst")
    AT_MOST = "at_most", _("højst")
    BETWEEN = "between", _("mellem")


class Measures(models.TextChoices):
    """What a value says: the level that year, the total so far, or what the year added."""

    LEVEL = "level", _("niveauet det år")
    TOTAL = "total", _("det samlede antal ved årets udgang")
    ADDITION = "addition", _("årets tilvækst")


class ValueKind(models.TextChoices):
    NUMBER = "number", _("et tal")
    YES_NO = "yes_no", _("ja eller nej")


class Due(NamedTuple):
    """A target and the year to reach it in; None if it holds every year, or no time is set."""

    year: int | None
    value: Decimal


@dataclass(frozen=True)
class Meaning:
    """An indicator without its values: see `actions.models.Indicator` for the fields.

    `timing` is when to reach the target, in words; `steps` are the targets on the way, by year.
    """

    unit: str
    target: Decimal
    comparison: str
    timing: str
    yearly: bool
    by_year: int | None
    baseline: Decimal | None
    baseline_year: int | None
    measures: str
    kind: str
    upper: Decimal | None
    steps: tuple[tuple[int, Decimal], ...]
    every: int
    decimals: int | None

    # --- years and targets -----------------------------------------------------------------------

    @property
    def is_yes_no(self) -> bool:
        return self.kind == ValueKind.YES_NO

    @property
    def is_range(self) -> bool:
        return self.comparison == Comparison.BETWEEN and self.upper is not None

    @property
    def adds_up(self) -> bool:
        """Whether the values are summed up: additions, unless the target holds every year."""
        return self.measures == Measures.ADDITION and not self.yearly

    def due(self, year: int) -> Due:
        """The target in force in a year: the first whose year has not passed, else the last."""
        steps = (Due(*step) for step in self.steps if step[0] >= year)
        return next(steps, Due(self.by_year, self.target))

    def is_due(self, year: int) -> bool:
        """Whether the year's target is to be reached by then; before that less is no miss."""
        due = self.due(year).year
        return due is None or due <= year

    def begins(self, period_from: int) -> int:
        """The year at whose end the way to the target begins: the baseline's, if it has one."""
        return self.baseline_year if self.baseline_year is not None else period_from - 1

    def is_measured_in(self, year: int, period_from: int) -> bool:
        """Whether a value is expected of a year. In the years between none is missing.

        The rhythm is counted from the baseline's year, else from the target's year backwards, else
        from the first year of the period.
        """
        return (year - self._anchor(period_from)) % self.every == 0

    def next_measured(self, year: int, period_from: int) -> int:
        """The first year after `year` of which a value is expected."""
        return year + self.every - (year - self._anchor(period_from)) % self.every

    def _anchor(self, period_from: int) -> int:
        years = (self.baseline_year, self.by_year, period_from)
        return next(year for year in years if year is not None)

    # --- values ----------------------------------------------------------------------------------

    def held(
        self, values: Mapping[int, Decimal | None], year: int, period_from: int
    ) -> Decimal | None:
        """What is held against the target in a year: its value, or the sum up to it.

        A sum begins with the baseline. It is None if the value of any year of it is missing.
        """
        if not self.adds_up or values.get(year) is None:
            return values.get(year)
        begins = self.begins(period_from)
        parts = [
            values.get(each)
            for each in range(begins + 1, year + 1)
            if values.get(each) is not None or self.is_measured_in(each, period_from)
        ]
        known = [part for part in parts if part is not None]
        return sum(known, self.baseline or Decimal(0)) if len(known) == len(parts) else None

    def is_met(self, value: Decimal, year: int) -> bool:
        """Whether a value reaches the target in force in a year."""
        target = self.due(year).value
        if self.comparison == Comparison.AT_MOST:
            return value <= target
        if self.is_above_range(value):
            return False
        return value >= target

    def is_above_range(self, value: Decimal) -> bool:
        return self.is_range and self.upper is not None and value > self.upper

    def expected(self, year: int, period_from: int, end: Decimal | None = None) -> Decimal | None:
        """Where the even pace to the target in force, or to `end`, is at the end of a year.

        It begins at the target before it, else at the baseline (else zero). None if there is no
        pace: no year to reach the target in, a yes or no, or "at most" from nobody knows where.
        """
        due = self.due(year)
        start = self._start(due, period_from)
        if due.year is None or start is None or self.is_yes_no:
            return None
        to = due.value if end is None else end
        if due.year <= start.year:
            return to  # due before the pace begins: it is at its end
        passed = min(max(year - start.year, 0), due.year - start.year)
        return start.value + (to - start.value) * passed / (due.year - start.year)

    def _start(self, due: Due, period_from: int) -> "_Start | None":
        before = [_Start(*step) for step in self.steps if due.year is None or step[0] < due.year]
        begins = self.begins(period_from)
        if before and (self.baseline is None or before[-1].year >= begins):
            return before[-1]
        if self.baseline is None and self.comparison == Comparison.AT_MOST and not self.adds_up:
            return None
        return _Start(begins, self.baseline or Decimal(0))

    # --- words -----------------------------------------------------------------------------------

    def number(self, value: Decimal) -> str:
        """A value as it is shown, rounded and without its unit: "3,30", "ja"."""
        if self.is_yes_no:
            return gettext("ja") if value else gettext("nej")
        if self.decimals is not None:
            value = value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return self._exact(value)

    def quantity(self, value: Decimal) -> str:
        """A value with its unit: "1.000 ha", "3,30 %", "nej"."""
        return self.number(value) if self.is_yes_no else self._with_unit(self.number(value))

    def target_words(self, target: Decimal) -> str:
        """A target without its time: "mindst 60 besøg", "mellem 20 og 25 %", "ja"."""
        if self.is_yes_no:
            return self.number(target)
        if self.is_range and self.upper is not None:
            ends = {"lower": self._exact(target), "upper": self._target(self.upper)}
            return gettext("mellem %(lower)s og %(upper)s") % ends
        return f"{Comparison(self.comparison).label} {self._target(target)}"

    def due_words(self, year: int) -> str:
        """The target in force in a year, with its time: "mindst 120 ha inden 2025"."""
        due = self.due(year)
        words = self.target_words(due.value)
        if due.year is None or due.year == self.by_year:
            return f"{words} {self.timing}".strip()
        return f"{words} {_by(due.year)}"

    @property
    def in_words(self) -> str:
        """Every target with its time: "mindst 120 ha inden 2025, 300 ha inden 2030"."""
        steps = [f"{self._target(value)} {_by(year)}" for year, value in self.steps]
        if not steps or self.is_range or self.is_yes_no:
            return f"{self.target_words(self.target)} {self.timing}".strip()
        last = f"{self._target(self.target)} {self.timing}".strip()
        return f"{Comparison(self.comparison).label} {', '.join([*steps, last])}"

    def unit_in(self, year: int) -> str:
        """The unit beside an empty field, which says what to count: "ha i alt", "ha i 2025"."""
        if self.is_yes_no:
            return ""
        words = {
            Measures.TOTAL: gettext("%(unit)s i alt"),
            Measures.ADDITION: gettext("%(unit)s i %(year)d"),
        }
        shape = words.get(Measures(self.measures), "%(unit)s")
        return (shape % {"unit": self.unit, "year": year}).strip()

    def asks(self, year: int, period_from: int) -> str:
        """What to write in a field for the value of a year, in a few sentences."""
        sentences = [gettext("Måltal: %(target)s.") % {"target": self.due_words(year)}]
        if self.measures == Measures.TOTAL and not self.is_yes_no:
            sentences.append(gettext("Skriv det samlede antal ved udgangen af %(year)d."))
        elif self.measures == Measures.ADDITION and not self.is_yes_no:
            sentences.append(gettext("Skriv, hvad %(year)d lagde til."))
        elif not self.is_yes_no:
            sentences.append(gettext("Skriv fx 3,3 eller 1.000."))
        if not self.is_measured_in(year, period_from):
            sentences.append(gettext("Måles hvert %(every)d. år; næste gang i %(next)d."))
        words = {
            "year": year,
            "every": self.every,
            "next": self.next_measured(year, period_from),
        }
        return " ".join([sentences[0], *(sentence % words for sentence in sentences[1:])])

    def parse(self, text: str) -> Decimal:
        """A typed value: a number that its unit may follow, or "ja" and "nej".

        Raises ValueError, in Danish and with what to write instead, if it is neither.
        """
        if not self.is_yes_no:
            return parse_quantity(text, self.unit)
        answer = ANSWERS.get(without_hidden(text).rstrip(".").lower())
        if answer is None:
            raise ValueError(gettext("Skriv ja eller nej."))
        return answer

    def _exact(self, value: Decimal) -> str:
        """A number with at least the decimals to show, never rounded."""
        return format_number(value, least=self.decimals or 0)

    def _target(self, value: Decimal) -> str:
        return self._with_unit(self._exact(value))

    def _with_unit(self, number: str) -> str:
        return f"{number}{NO_BREAK_SPACE}{self.unit}" if self.unit else number


class _Start(NamedTuple):
    """Where the way to a target begins."""

    year: int
    value: Decimal


def timing_words(*, yearly: bool, by_year: int | None, every: int = 1) -> str:
    """When to reach a target: "hvert år", "hvert 4. år", "inden 2030", or "" if no time is set."""
    if yearly:
        each = gettext("hvert %(every)d. år") % {"every": every}
        return gettext("hvert år") if every == 1 else each
    return _by(by_year) if by_year else ""


def _by(year: int) -> str:
    return gettext("inden %(year)d") % {"year": year}


def steps_from(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[int, Decimal], ...]:
    """The targets on the way from their rows {"year": 2025, "value": "120"}, by year."""
    return tuple(sorted((int(row["year"]), Decimal(row["value"])) for row in rows))


def meaning_from(content: Mapping[str, Any]) -> Meaning:
    """The meaning of an indicator as a report holds it (`reports.content.shape`)."""
    return Meaning(
        unit=content["unit"],
        target=Decimal(content["target"]),
        comparison=content["comparison"],
        timing=content["timing"],
        yearly=content["yearly"],
        by_year=content["by_year"],
        baseline=Decimal(content["baseline"]) if content["baseline"] else None,
        baseline_year=content["baseline_year"],
        measures=content["measures"],
        kind=content["kind"],
        upper=Decimal(content["upper"]) if content["upper"] else None,
        steps=steps_from(content["targets"]),
        every=content["every"],
        decimals=content["decimals"],
    )
