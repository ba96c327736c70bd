"""The target of a year, the pace to it, and the years of which a value is expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from actions.meaning.kinds import Comparison, Due, Measures, ValueKind


class _Start(NamedTuple):
    """Where the way to a target begins."""

    year: int
    value: Decimal


@dataclass(frozen=True)
class Arithmetic:
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

    @property
    def dues(self) -> list[Due]:
        """Every target, the last one last."""
        return [*(Due(*step) for step in self.steps), Due(self.by_year, self.target)]

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

    def course(
        self, values: Mapping[int, Decimal | None], period_from: int
    ) -> list[tuple[int, Decimal | None]]:
        """What is held against the target, year by year; None if a value is missing.

        A year between has no place in it, and no year has whose sum is not known.
        """
        years = sorted(values)
        held = {year: self.held(values, year, period_from) for year in years}
        return [
            (year, held[year])
            for year in years
            if held[year] is not None
            or (values[year] is None and self.is_measured_in(year, period_from))
        ]

    def is_met(self, value: Decimal, year: int) -> bool:
        """Whether a value reaches the target in force in a year."""
        return self.reaches(value, self.due(year).value)

    def reaches(self, value: Decimal, target: Decimal) -> bool:
        """Whether a value reaches a target."""
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

    def _start(self, due: Due, period_from: int) -> _Start | None:
        before = [_Start(*step) for step in self.steps if due.year is None or step[0] < due.year]
        begins = self.begins(period_from)
        if before and (self.baseline is None or before[-1].year >= begins):
            return before[-1]
        if self.baseline is None and self.comparison == Comparison.AT_MOST and not self.adds_up:
            return None
        return _Start(begins, self.baseline or Decimal(0))
