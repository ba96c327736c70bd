"""What an indicator's values mean: the year's target, its pace, its rhythm and its words."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.danish import NO_BREAK_SPACE
from actions.meaning import Comparison, Due, Measures, ValueKind, meaning_from
from actions.models import Indicator

PERIOD_FROM = 2024


def indicator(target: str | int = 3000, **fields: Any) -> Indicator:
    for name in ("baseline", "upper"):
        if name in fields:
            fields[name] = Decimal(fields[name])
    given = {"unit": "ha", "comparison": Comparison.AT_LEAST} | fields
    return Indicator(target=Decimal(target), **given)


def steps(**values: int) -> list[dict[str, Any]]:
    return [{"year": int(name[1:]), "value": str(value)} for name, value in values.items()]


def numbers(**values: int | None) -> dict[int, Decimal | None]:
    return {int(k[1:]): None if v is None else Decimal(v) for k, v in values.items()}


STEPPED = {"by_year": 2050, "targets": steps(y2030=300, y2025=100)}


@pytest.mark.parametrize(
    ("year", "due", "target"),
    [(2024, 2025, 100), (2025, 2025, 100), (2026, 2030, 300), (2031, 2050, 900), (2051, 2050, 900)],
)
def test_the_target_of_a_year_is_the_first_that_has_not_passed(
    year: int, due: int, target: int
) -> None:
    meaning = indicator(900, **STEPPED).meaning
    assert meaning.due(year) == Due(due, Decimal(target))
    assert meaning.is_due(year) is (year in {2025, 2051})
    assert meaning.is_met(Decimal(target), year)
    assert not meaning.is_met(Decimal(target - 1), year)


@pytest.mark.parametrize(
    ("year", "expected"), [(2023, 0), (2024, 50), (2025, 100), (2027, 180), (2030, 300)]
)
def test_the_pace_goes_from_step_to_step(year: int, expected: int) -> None:
    assert indicator(900, baseline=0, **STEPPED).meaning.expected(year, PERIOD_FROM) == expected


def test_the_pace_of_a_total_goes_from_the_year_of_its_baseline() -> None:
    forest = indicator(
        by_year=2030, baseline=0, baseline_year=2018, measures=Measures.TOTAL
    ).meaning
    assert forest.expected(2025, PERIOD_FROM) == 1750
    assert forest.held(numbers(y2024=900, y2025=1000), 2025, PERIOD_FROM) == 1000


def test_additions_are_summed_up_from_the_baseline() -> None:
    paths = indicator(60, by_year=2027, baseline=5, measures=Measures.ADDITION).meaning
    values = numbers(y2022=99, y2024=10, y2025=20, y2026=None, y2027=8)
    held = [paths.held(values, year, PERIOD_FROM) for year in range(2024, 2028)]
    assert held == [15, 35, None, None]  # nobody knows the sum over a hole
    assert paths.expected(2025, PERIOD_FROM) == Decimal("32.5")


def test_additions_have_no_hole_in_a_year_between() -> None:
    counted = indicator(60, by_year=2027, every=2, measures=Measures.ADDITION).meaning
    assert counted.held(numbers(y2025=20, y2027=30), 2027, PERIOD_FROM) == 50


def test_the_addition_of_every_year_is_held_against_its_target_each_year() -> None:
    planted = indicator(60, yearly=True, measures=Measures.ADDITION).meaning
    assert planted.held(numbers(y2024=50, y2025=40), 2025, PERIOD_FROM) == 40


def test_an_addition_that_may_grow_to_a_limit_begins_at_nothing() -> None:
    limit = {"by_year": 2027, "measures": Measures.ADDITION, "comparison": Comparison.AT_MOST}
    assert indicator(100, **limit).meaning.expected(2025, PERIOD_FROM) == 50


@pytest.mark.parametrize(
    ("fields", "measured"),
    [
        ({}, [2024, 2025, 2026, 2027]),
        ({"every": 4, "baseline_year": 2021, "by_year": 2027}, [2025]),
        ({"every": 4, "by_year": 2030}, [2026]),
        ({"every": 2, "yearly": True}, [2024, 2026]),
    ],
)
def test_the_rhythm_is_counted_from_baseline_or_target_or_the_first_year(
    fields: dict[str, Any], measured: list[int]
) -> None:
    meaning = indicator(**fields).meaning
    years = range(2024, 2028)
    assert [year for year in years if meaning.is_measured_in(year, PERIOD_FROM)] == measured


@given(
    every=st.integers(1, 10),
    anchor=st.integers(1990, 2060),
    year=st.integers(2000, 2060),
    first=st.integers(2000, 2050),
)
def test_the_next_measured_year_is_the_nearest(
    every: int, anchor: int, year: int, first: int
) -> None:
    meaning = indicator(every=every, baseline_year=anchor).meaning
    later = meaning.next_measured(year, first)
    years = range(year + 1, later + 1)
    assert [each for each in years if meaning.is_measured_in(each, first)] == [later]


@given(
    values=st.dictionaries(st.integers(2024, 2030), st.integers(-99, 99).map(Decimal)),
    baseline=st.integers(-99, 99),
    year=st.integers(2024, 2030),
)
def test_a_sum_never_passes_a_hole(
    values: dict[int, Decimal | None], baseline: int, year: int
) -> None:
    meaning = indicator(by_year=2030, baseline=baseline, measures=Measures.ADDITION).meaning
    held = meaning.held(values, year, PERIOD_FROM)
    parts = [values.get(each) for each in range(2024, year + 1)]
    if held is None:
        assert None in parts
    else:
        assert held == baseline + sum(part for part in parts if part is not None)


def test_a_range_has_two_ends() -> None:
    share = indicator(20, upper=25, comparison=Comparison.BETWEEN, unit="%", yearly=True).meaning
    assert [share.is_met(Decimal(value), 2025) for value in (19, 20, 25, 26)] == [
        *(False, True, True, False)
    ]
    assert share.in_words == f"mellem 20 og 25{NO_BREAK_SPACE}% hvert år"


def plain(text: str) -> str:
    return text.replace(NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (indicator(by_year=2030), "mindst 3.000 ha inden 2030"),
        (
            indicator(900, **STEPPED),
            "mindst 100 ha inden 2025, 300 ha inden 2030, 900 ha inden 2050",
        ),
        (indicator(4, comparison=Comparison.AT_MOST, yearly=True, unit="%"), "højst 4 % hvert år"),
        (indicator(4, yearly=True, every=4, decimals=1), "mindst 4,0 ha hvert 4. år"),
        (indicator(1, kind=ValueKind.YES_NO, unit="", by_year=2026), "ja inden 2026"),
        (indicator(7, unit=""), "mindst 7"),
    ],
)
def test_a_target_is_told_with_its_time(row: Indicator, words: str) -> None:
    assert plain(row.target_in_words) == words


@pytest.mark.parametrize(
    ("decimals", "value", "shown"),
    [
        (None, "3.25", "3,25 ha"),
        (1, "3.25", "3,3 ha"),
        (2, "3", "3,00 ha"),
        (0, "1234.5", "1.235 ha"),
        (1, "-0.25", "−0,3 ha"),
    ],
)
def test_a_value_is_shown_with_its_decimals(decimals: int | None, value: str, shown: str) -> None:
    assert plain(indicator(decimals=decimals).meaning.quantity(Decimal(value))) == shown


def test_a_target_is_never_rounded() -> None:
    row = indicator(comparison=Comparison.AT_MOST, decimals=1)
    row.target = Decimal("3.2500")
    assert plain(row.target_in_words) == "højst 3,25 ha"


YES_NO = indicator(1, kind=ValueKind.YES_NO, unit="stk", by_year=2026)


@pytest.mark.parametrize(
    ("text", "value"), [("ja", 1), ("Nej.", 0), (" JA ", 1), ("n", 0), ("1", 1), ("0", 0)]
)
def test_yes_and_no_are_understood_and_shown(text: str, value: int) -> None:
    assert YES_NO.meaning.parse(text) == value
    assert YES_NO.meaning.quantity(Decimal(value)) == ("ja" if value else "nej")


@pytest.mark.parametrize("text", ["2", "måske", "", "0,5"])
def test_another_answer_is_neither_yes_nor_no(text: str) -> None:
    with pytest.raises(ValueError, match="Skriv ja eller nej"):
        YES_NO.meaning.parse(text)


def test_a_number_is_parsed_with_its_unit() -> None:
    assert indicator().meaning.parse("1.000 ha") == 1000


def test_a_yes_or_no_has_no_pace() -> None:
    assert YES_NO.meaning.expected(2024, PERIOD_FROM) is None


@pytest.mark.parametrize(
    ("fields", "unit", "asks"),
    [
        ({}, "ha", "Måltal: mindst 3.000 ha. Skriv fx 3,3 eller 1.000."),
        (
            {"measures": Measures.TOTAL, "by_year": 2030},
            "ha i alt",
            "Måltal: mindst 3.000 ha inden 2030. Skriv det samlede antal ved udgangen af 2025.",
        ),
        (
            {"measures": Measures.ADDITION, "yearly": True},
            "ha i 2025",
            "Måltal: mindst 3.000 ha hvert år. Skriv, hvad 2025 lagde til.",
        ),
        (
            STEPPED,
            "ha",
            "Måltal: mindst 100 ha inden 2025. Skriv fx 3,3 eller 1.000.",
        ),
        (
            {"yearly": True, "every": 4, "baseline_year": 2023},
            "ha",
            "Måltal: mindst 3.000 ha hvert 4. år. Skriv fx 3,3 eller 1.000. Måles hvert 4. år; "
            "næste gang i 2027.",
        ),
    ],
)
def test_a_field_says_what_to_write(fields: dict[str, Any], unit: str, asks: str) -> None:
    meaning = indicator(**fields).meaning
    assert plain(meaning.unit_in(2025)) == unit
    assert plain(meaning.asks(2025, PERIOD_FROM)) == asks


def test_a_yes_or_no_is_asked_for_without_a_unit() -> None:
    assert YES_NO.meaning.unit_in(2025) == ""
    assert YES_NO.meaning.asks(2025, PERIOD_FROM) == "Måltal: ja inden 2026."


def test_a_report_means_the_same_as_the_catalogue() -> None:
    row = indicator(900, baseline=5, baseline_year=2020, every=2, decimals=1, **STEPPED)
    content = {
        **{name: getattr(row, name) for name in ("unit", "comparison", "timing", "yearly")},
        **{name: getattr(row, name) for name in ("by_year", "baseline_year", "measures", "kind")},
        **{name: getattr(row, name) for name in ("targets", "every", "decimals")},
        "target": "900",
        "baseline": "5",
        "upper": "",
    }
    assert meaning_from(content) == row.meaning
