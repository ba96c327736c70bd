"""The light that the figures suggest: its few rules, and what must hold for any figures."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.lights import LOOKS, Light
from actions.lights import order as attention
from actions.models import Comparison, Indicator
from actions.status.suggestion import RULES, Standing, expected_by, standing, suggest

PERIOD_FROM = 2024
YEAR = 2025

AT_LEAST, AT_MOST = Comparison.AT_LEAST, Comparison.AT_MOST


def indicator(target: str | int | Decimal = 100, **kwargs: Any) -> Indicator:
    defaults: dict[str, Any] = {"comparison": AT_LEAST, "yearly": "by_year" not in kwargs}
    baseline = kwargs.pop("baseline", None)
    return Indicator(
        target=Decimal(target),
        baseline=None if baseline is None else Decimal(baseline),
        **defaults | kwargs,
    )


def suggested(*figures: tuple[Indicator, str | int | None]) -> Light | None:
    values = [(row, None if value is None else Decimal(value)) for row, value in figures]
    return suggest(values, year=YEAR, period_from=PERIOD_FROM).light


@pytest.mark.parametrize(
    ("target", "comparison", "value", "expected"),
    [
        ("100", AT_LEAST, "100", Standing.MET),
        ("100", AT_LEAST, "100.0001", Standing.MET),
        ("100", AT_LEAST, "99.9999", Standing.NEAR),
        ("100", AT_LEAST, "90", Standing.NEAR),
        ("100", AT_LEAST, "89.9999", Standing.FAR),
        ("4.5", AT_MOST, "4.5", Standing.MET),
        ("4.5", AT_MOST, "4.95", Standing.NEAR),
        ("4.5", AT_MOST, "4.9501", Standing.FAR),
        ("0", AT_MOST, "1", Standing.FAR),
        ("0", AT_MOST, "-1", Standing.MET),
        ("-10", AT_LEAST, "-11", Standing.NEAR),
        ("-10", AT_LEAST, "-12", Standing.FAR),
    ],
)
def test_a_yearly_figure_is_met_near_or_far(
    target: str, comparison: Comparison, value: str, expected: Standing
) -> None:
    row = indicator(target, comparison=comparison)
    assert standing(row, Decimal(value), YEAR, PERIOD_FROM) is expected


@pytest.mark.parametrize(
    ("year", "value", "expected"),
    [
        # From 0 at the end of 2023 to 700 at the end of 2030: 100 a year.
        (2024, "100", Standing.FOLLOWS),
        (2024, "99.9999", Standing.NEAR),
        (2024, "90", Standing.NEAR),
        (2024, "89", Standing.FAR),
        (2025, "200", Standing.FOLLOWS),
        (2025, "0", Standing.FAR),
        (2029, "700", Standing.MET),
        (2030, "699", Standing.NEAR),
        (2031, "629", Standing.FAR),
    ],
)
def test_a_figure_with_a_final_year_is_held_against_a_straight_line(
    year: int, value: str, expected: Standing
) -> None:
    row = indicator(700, by_year=2030)
    assert standing(row, Decimal(value), year, PERIOD_FROM) is expected


def test_the_line_begins_at_the_baseline_before_the_period() -> None:
    falling = indicator(4, by_year=2026, baseline=31, comparison=AT_MOST)
    assert [expected_by(falling, year, 2024) for year in (2022, 2023, 2024, 2025, 2026, 2027)] == [
        *(31, 31, 22, 13, 4, 4)
    ]
    assert standing(falling, Decimal(13), 2025, 2024) is Standing.FOLLOWS
    assert standing(falling, Decimal(14), 2025, 2024) is Standing.NEAR


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("17.9", Standing.FAR),
        ("18", Standing.NEAR),
        ("20", Standing.MET),
        ("25", Standing.MET),
        ("27.5", Standing.NEAR),
        ("27.6", Standing.FAR),
    ],
)
def test_a_range_is_missed_at_the_end_that_is_nearest(value: str, expected: Standing) -> None:
    row = indicator(20, comparison=Comparison.BETWEEN, upper=Decimal(25))
    assert standing(row, Decimal(value), YEAR, PERIOD_FROM) is expected


@pytest.mark.parametrize(
    ("baseline", "value", "expected"),
    [
        # Down from 46 at the end of 2023 to 25 at the end of 2030: 40 at the end of 2025.
        (46, "40", Standing.FOLLOWS),
        (46, "44", Standing.NEAR),
        (46, "44.1", Standing.FAR),
        # A value that has passed the range from below is on no way down to it.
        (10, "27", Standing.NEAR),
        (10, "40", Standing.FAR),
        (None, "40", Standing.FAR),
    ],
)
def test_a_value_above_a_range_follows_the_pace_down_to_its_upper_end(
    baseline: int | None, value: str, expected: Standing
) -> None:
    between: dict[str, Any] = {"comparison": Comparison.BETWEEN, "upper": Decimal(25)}
    row = indicator(20, by_year=2030, baseline=baseline, **between)
    assert standing(row, Decimal(value), YEAR, PERIOD_FROM) is expected


def test_there_is_no_line_without_a_final_year_or_from_an_unknown_start_downwards() -> None:
    assert expected_by(indicator(100), YEAR, PERIOD_FROM) is None
    unknown = indicator(4, by_year=2030, comparison=AT_MOST)
    assert expected_by(unknown, YEAR, PERIOD_FROM) is None
    assert standing(unknown, Decimal(5), YEAR, PERIOD_FROM) is Standing.NEAR


def test_a_target_on_the_way_is_kept_up_with_and_only_the_last_is_reached_for_good() -> None:
    steps = [{"year": 2025, "value": "120"}]
    row = indicator(300, by_year=2030, baseline=0, targets=steps)
    standings = [standing(row, Decimal(value), YEAR, PERIOD_FROM) for value in (300, 120, 108, 107)]
    assert standings == [Standing.MET, Standing.FOLLOWS, Standing.NEAR, Standing.FAR]
    # From 120 in 2025 to 300 in 2030: 156 in 2026.
    assert standing(row, Decimal(156), 2026, PERIOD_FROM) is Standing.FOLLOWS
    assert standing(row, Decimal(120), 2026, PERIOD_FROM) is Standing.FAR


def test_a_year_between_two_measurements_is_neither_missing_nor_judged() -> None:
    between = indicator(100, every=4, baseline_year=2023)
    assert standing(between, None, YEAR, PERIOD_FROM) is Standing.BETWEEN
    assert standing(between, None, 2027, PERIOD_FROM) is Standing.MISSING
    told = suggest([(between, None), (indicator(), Decimal(100))], year=YEAR, period_from=2024)
    assert told.light is Light.ON_TRACK
    assert "mangler" not in told.reason
    alone = suggest([(between, None)], year=YEAR, period_from=2024)
    assert alone.light is None
    assert alone.reason == "Ingen af målets tal måles det år; vurderingen er helt din."


def test_a_no_is_a_miss_when_it_is_due_and_not_before() -> None:
    row = indicator(1, kind="yes_no", by_year=2026)
    standings = [standing(row, Decimal(0), year, PERIOD_FROM) for year in (2025, 2026)]
    assert standings == [Standing.NEAR, Standing.FAR]
    assert standing(row, Decimal(1), 2025, PERIOD_FROM) is Standing.MET


@pytest.mark.parametrize("by_year", [2022, 2023, 2024])
def test_a_final_year_at_or_before_the_period_begins_is_no_division_by_zero(by_year: int) -> None:
    row = indicator(100, by_year=by_year)
    for year in range(2020, 2026):
        assert standing(row, Decimal(-1), year, PERIOD_FROM) is Standing.FAR


def test_the_line_begins_in_the_year_of_the_baseline() -> None:
    forest = indicator(3000, by_year=2030, baseline=0, baseline_year=2018)
    assert expected_by(forest, 2025, PERIOD_FROM) == 1750
    assert standing(forest, Decimal(1000), 2025, PERIOD_FROM) is Standing.FAR


@pytest.mark.parametrize(
    ("tolerance", "expected"), [(None, Standing.FAR), (20, Standing.NEAR), (0, Standing.FAR)]
)
def test_the_catalogue_may_set_another_tolerance(tolerance: int | None, expected: Standing) -> None:
    row = indicator(100, tolerance=None if tolerance is None else Decimal(tolerance))
    assert standing(row, Decimal(80), YEAR, PERIOD_FROM) is expected


def test_a_range_is_met_between_its_ends() -> None:
    row = indicator(20, upper=Decimal(25), comparison=Comparison.BETWEEN)
    assert [standing(row, Decimal(value), YEAR, 2024) for value in (20, 25, 19)] == [
        *(Standing.MET, Standing.MET, Standing.NEAR)
    ]


def test_a_target_without_any_time_is_measured_against_the_target() -> None:
    row = indicator(100, yearly=False)
    assert standing(row, Decimal(1), YEAR, PERIOD_FROM) is Standing.FAR


def test_more_than_half_missed_calls_for_action() -> None:
    met, near, far = ((indicator(), value) for value in (100, 95, 10))
    assert suggested(met) is Light.ON_TRACK
    assert suggested(met, near) is Light.ON_TRACK
    assert suggested(met, near, far) is Light.AT_RISK
    assert suggested(met, far) is Light.AT_RISK
    assert suggested(met, far, far) is Light.OFF_TRACK
    assert suggested(far) is Light.OFF_TRACK


def test_one_figure_of_four_a_notch_short_is_no_cause_for_alarm() -> None:
    """Four visits of five: it gave "Kræver handling" to the whole goal."""
    met, notch = (indicator(), 100), (indicator(5), 4)
    assert suggested(met, met, met, notch) is Light.AT_RISK


def test_achieved_is_only_for_targets_that_are_reached_for_good() -> None:
    lasting = indicator(100, by_year=2030)
    assert suggested((lasting, 100)) is Light.ACHIEVED
    assert suggested((lasting, 100), (indicator(), 100)) is Light.ON_TRACK
    assert suggested((lasting, 100), (lasting, None)) is Light.ON_TRACK


def test_missing_figures_are_told_and_never_counted_as_bad() -> None:
    assert suggested((indicator(), None)) is None
    assert suggested((indicator(), None), (indicator(), 100)) is Light.ON_TRACK
    assert suggested((indicator(), None), (indicator(), 1)) is Light.OFF_TRACK
    told = suggest([(indicator(), None), (indicator(), Decimal(100))], year=YEAR, period_from=2024)
    assert told.reason == (
        "De indtastede måltal er nået, følger planen eller er tæt på. 1 tal mangler."
    )


def test_a_goal_without_indicators_has_no_suggestion() -> None:
    assert suggested() is None


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([10], "1 af 1 måltal er ikke, hvor det skal være."),
        ([10, 95, 100], "1 af 3 måltal er ikke, hvor det skal være."),
        ([10, 20, 100], "2 af 3 måltal er ikke, hvor de skal være."),
        ([10, None], "1 af 2 måltal er ikke, hvor det skal være. 1 tal mangler."),
        ([None, None], "Der er ingen tal for året endnu."),
        ([], "Målet har ingen måltal; vurderingen er helt din."),
    ],
)
def test_the_reason_is_a_sentence_with_the_counts(values: list[int | None], reason: str) -> None:
    figures = [(indicator(), None if v is None else Decimal(v)) for v in values]
    assert suggest(figures, year=YEAR, period_from=PERIOD_FROM).reason == reason


def test_the_printed_rules_name_the_lights_by_the_words_they_have() -> None:
    printed = " ".join(map(str, RULES))
    for light in (Light.ON_TRACK, Light.ACHIEVED, Light.AT_RISK, Light.OFF_TRACK):
        assert f"»{light.label}«" in printed


# What must hold for any figures.

numbers = st.decimals(min_value=-10_000, max_value=10_000, places=4)
years = st.integers(2018, 2036)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    yearly = draw(st.booleans())
    return indicator(
        draw(numbers),
        comparison=draw(st.sampled_from([AT_LEAST, AT_MOST])),
        baseline=draw(st.none() | numbers),
        yearly=yearly,
        by_year=None if yearly else draw(st.none() | years),
    )


@dataclass(frozen=True)
class Case:
    figures: list[tuple[Indicator, Decimal | None]]
    year: int

    def light(self) -> Light | None:
        return suggest(self.figures, year=self.year, period_from=PERIOD_FROM).light


figure_lists = st.lists(st.tuples(indicators(), st.none() | numbers), min_size=1, max_size=4)
cases = st.builds(Case, figure_lists, years)


@given(case=cases, chosen=st.integers(0, 3), step=st.decimals("0.0001", 20_000, places=4))
@example(Case([(indicator(100, by_year=2023), Decimal(1))], 2021), 0, Decimal(1))
@example(Case([(indicator(0), Decimal(-1))], 2025), 0, Decimal("0.5"))
def test_a_better_value_never_gives_a_worse_light(case: Case, chosen: int, step: Decimal) -> None:
    row, value = case.figures[chosen % len(case.figures)]
    if value is None:
        return
    better = value - step if row.comparison == AT_MOST else value + step
    figures = [*case.figures]
    figures[chosen % len(figures)] = (row, better)
    before, after = case.light(), Case(figures, case.year).light()
    assert attention(after or "") >= attention(before or "")


@given(case=cases)
def test_one_more_missed_figure_never_makes_a_light_of_figures_better(case: Case) -> None:
    before = case.light()
    after = Case([*case.figures, (indicator(100), Decimal(1))], case.year).light()
    if before is not None:
        assert attention(after or "") <= attention(before)


@given(case=cases, rotation=st.integers(0, 3))
def test_the_order_of_the_figures_does_not_matter(case: Case, rotation: int) -> None:
    turned = case.figures[rotation:] + case.figures[:rotation]
    assert Case(turned, case.year).light() is case.light()


@given(case=cases)
def test_figures_always_give_a_light_that_can_be_drawn_and_a_reason(case: Case) -> None:
    found = suggest(case.figures, year=case.year, period_from=PERIOD_FROM)
    assert found.light is None or found.light in LOOKS
    assert found.reason.endswith(".")
    nothing_known = all(value is None for _row, value in case.figures)
    assert (found.light is None) == nothing_known
