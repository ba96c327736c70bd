"""What an indicator's values mean in words: on pages, in forms and in reports."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext

from actions.danish import (
    NO_BREAK_SPACE,
    brief_numbers,
    format_number,
    parse_quantity,
    without_hidden,
)
from actions.meaning.arithmetic import Arithmetic
from actions.meaning.kinds import ANSWERS, Comparison, Measures


@dataclass(frozen=True)
class Meaning(Arithmetic):
    """An indicator's meaning, with its words."""

    def number(self, value: Decimal) -> str:
        """A value as it is shown, rounded and without its unit: "3,30", "ja"."""
        if self.is_yes_no:
            return gettext("ja") if value else gettext("nej")
        return self.target_number(self._rounded(value))

    def _rounded(self, value: Decimal) -> Decimal:
        if self.decimals is None:
            return value
        return value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def brief(self, values: Sequence[Decimal]) -> list[str]:
        """Values side by side without their unit: alike in decimals, and long ones shortened."""
        if self.is_yes_no:
            return [self.number(value) for value in values]
        return brief_numbers([self._rounded(each) for each in values], decimals=self.decimals)

    def brief_quantity(self, value: Decimal) -> str:
        """A value with its unit, shortened if it is long: "1,63 mia. kr."."""
        [number] = self.brief([value])
        return number if self.is_yes_no else self._with_unit(number)

    def brief_target(self, target: Decimal) -> str:
        """A target without its unit, never rounded unless it is long."""
        if self.is_yes_no:
            return self.number(target)
        [number] = brief_numbers([target], decimals=self.decimals or 0)
        return number

    def quantity(self, value: Decimal) -> str:
        """A value with its unit: "1.000 ha", "3,30 %", "nej"."""
        return self.number(value) if self.is_yes_no else self._with_unit(self.number(value))

    def target_words(self, target: Decimal) -> str:
        """A target without its time: "mindst 60 besøg", "mellem 20 og 25 %", "ja"."""
        return self._target_words(target, self.target_number)

    def _target_words(self, target: Decimal, write: Callable[[Decimal], str]) -> str:
        if self.is_yes_no:
            return self.number(target)
        if self.is_range and self.upper is not None:
            ends = {"lower": write(target), "upper": self._with_unit(write(self.upper))}
            return gettext("mellem %(lower)s og %(upper)s") % ends
        return f"{Comparison(self.comparison).label} {self._with_unit(write(target))}"

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
        return self._in_words(self.target_number)

    @property
    def in_few_words(self) -> str:
        """The same for a column of a table: long numbers are shortened."""
        return self._in_words(self.brief_target)

    def _in_words(self, write: Callable[[Decimal], str]) -> str:
        steps = [f"{self._with_unit(write(value))} {_by(year)}" for year, value in self.steps]
        if not steps or self.is_range or self.is_yes_no:
            return f"{self._target_words(self.target, write)} {self.timing}".strip()
        last = f"{self._with_unit(write(self.target))} {self.timing}".strip()
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

    def target_number(self, value: Decimal) -> str:
        """A target without its unit, never rounded, with at least the decimals to show."""
        if self.is_yes_no:
            return self.number(value)
        return format_number(value, least=self.decimals or 0)

    def target_quantity(self, value: Decimal) -> str:
        """A target with its unit: "3,30 %", "ja"."""
        number = self.target_number(value)
        return number if self.is_yes_no else self._with_unit(number)

    def _with_unit(self, number: str) -> str:
        return f"{number}{NO_BREAK_SPACE}{self.unit}" if self.unit else number


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


def values_from(content: Mapping[str, Any]) -> dict[int, Decimal | None]:
    """The values of an indicator as a report holds it, by year."""
    return {
        point["year"]: Decimal(point["value"]) if point["value"] else None
        for point in content["points"]
    }
