"""The geometry of the charts, and what their one renderer draws."""

import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from actions.danish import short_number
from actions.templatetags import charts as templatetags_charts
from actions.tools import charts as tools_charts

SVG = "{http://www.w3.org/2000/svg}"


def points(**values: str | None) -> list[tuple[int, Decimal | None]]:
    return [(int(year[1:]), Decimal(value) if value else None) for year, value in values.items()]


def drawn(indicator: dict[str, Any]) -> ElementTree.Element:
    html = render_to_string("components/chart.html", templatetags_charts.indicator_chart(indicator))
    svg = re.sub(r"<svg", '<svg xmlns="http://www.w3.org/2000/svg"', html)
    return ElementTree.fromstring(svg)


def indicator(**overrides: Any) -> dict[str, Any]:
    return {
        "name": "Ny skov",
        "unit": "ha",
        "target": "1000",
        "comparison": "at_least",
        "timing": "inden 2030",
        "yearly": False,
        "by_year": 2030,
        "baseline": "",
        "baseline_year": None,
        "measures": "level",
        "kind": "number",
        "upper": "",
        "targets": [],
        "every": 1,
        "decimals": None,
        "points": [point(2024, "310.5"), point(2025)],
        **overrides,
    }


def point(year: int, value: str = "", *, total: str = "", between: bool = False) -> dict[str, Any]:
    return {"year": year, "value": value, "total": total, "between": between}


def chart(
    target: str, target_year: int | None = None, **values: str | None
) -> tools_charts.IndicatorChart:
    made = tools_charts.lay_out_chart(
        points(**values), target=Decimal(target), target_year=target_year
    )
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (["91", "117"], ["0", "50", "100", "150"]),
        (["0.4", "0.9"], ["0", "0.5", "1"]),
        (["0"], ["0", "0.5", "1"]),
        (["-3", "4"], ["-4", "-2", "0", "2", "4"]),
        (["1000"], ["0", "500", "1000"]),
    ],
)
def test_ticks_are_round_and_begin_at_zero(values: list[str], ticks: list[str]) -> None:
    scale = tools_charts.value_scale([Decimal(value) for value in values])
    assert list(scale.ticks) == [Decimal(tick) for tick in ticks]


@given(st.lists(st.decimals("-99999999999999", "99999999999999", places=4), min_size=1))
def test_every_value_lies_on_the_axis_whatever_its_size(values: list[Decimal]) -> None:
    scale = tools_charts.value_scale(values)
    assert scale.ticks[0] <= min(values) <= max(values) <= scale.ticks[-1]
    assert 2 <= len(scale.ticks) <= tools_charts.INTERVALS + 3
    assert all(tools_charts.TOP <= scale.y(value) <= tools_charts.BOTTOM for value in values)


def test_a_missing_year_breaks_the_line_and_is_marked() -> None:
    made = chart("10", y2022="4", y2023="6", y2024=None, y2025="8", y2026="9")
    assert len(made.dots) == 4
    assert len(made.lines) == 2
    assert [year.label for year in made.years if year.missing] == ["2024"]
    assert made.description == "2022: 4; 2023: 6; 2024: mangler; 2025: 8; 2026: 9"


def test_a_year_that_was_never_measured_breaks_the_line_too() -> None:
    made = chart("10", y2022="4", y2024="6", y2025="7")
    assert len(made.lines) == 1
    assert [year.label for year in made.years] == ["2022", "2023", "2024", "2025"]


def test_nothing_is_drawn_where_nothing_is_measured() -> None:
    assert tools_charts.lay_out_chart(points(y2024=None), target=Decimal(5)) is None
    assert tools_charts.lay_out_chart([], target=Decimal(5)) is None


def test_the_axis_reaches_a_near_target_year_and_no_far_one() -> None:
    near = chart("10", target_year=2027, y2024="4", y2025="6")
    assert [year.label for year in near.years] == ["2024", "2025", "2026", "2027"]
    assert near.target_x == near.years[-1].x
    far = chart("10", target_year=2050, y2024="4", y2025="6")
    assert [year.label for year in far.years] == ["2024", "2025"]
    assert far.target_x == ""


def test_a_range_is_a_band_between_two_lines() -> None:
    made = tools_charts.lay_out_chart(
        points(y2024="19"), target=Decimal(20), upper=Decimal(25), target_year=None
    )
    assert made is not None
    assert float(made.upper_y) + float(made.band) == pytest.approx(float(made.target_y), abs=0.1)
    share = {"comparison": "between", "target": "20", "upper": "25", "points": [point(2024, "19")]}
    svg = drawn(indicator(**share, unit="%", timing="hvert år", by_year=None))
    assert [line.get("y1") for line in svg.iter(f"{SVG}line") if line.get("x2") == "324"][-2:] == [
        made.upper_y,
        made.target_y,
    ]
    assert "Mål: mellem 20 og 25\u00a0% hvert år" in "".join(svg.itertext())


def test_a_line_passes_the_years_between_two_values() -> None:
    asked = indicator(
        every=2, points=[point(2022, "4"), point(2023, between=True), point(2024, "6")]
    )
    assert "mangler" not in "".join(drawn(asked).itertext())
    assert len(list(drawn(asked).iter(f"{SVG}polyline"))) == 1


def test_additions_are_drawn_summed_up_as_far_as_they_are_known() -> None:
    years = [point(2024, "5", total="5"), point(2025), point(2026, "7")]
    words = "".join(drawn(indicator(measures="addition", points=years)).itertext())
    assert "(ha, lagt sammen)" in words
    assert "2024: 5; 2025: mangler." in words


def test_the_targets_on_the_way_are_marks_beside_the_one_in_force() -> None:
    stepped = {"targets": [{"year": 2024, "value": "400"}, {"year": 2027, "value": "700"}]}
    svg = drawn(indicator(**stepped, by_year=2030))
    words = "".join(svg.itertext())
    assert "Mål: mindst 700\u00a0ha inden 2027" in words
    hollow = [dot for dot in svg.iter(f"{SVG}circle") if dot.get("fill") == "#ffffff"]
    assert len(hollow) == 2


def test_a_yes_or_no_has_no_chart() -> None:
    assert templatetags_charts.indicator_chart(indicator(kind="yes_no"))["chart"] is None


def test_a_label_never_lies_on_the_target_line() -> None:
    made = chart("100", y2024="95", y2025="120", y2026="20")
    line = float(made.target_y)
    for dot in made.dots:
        assert abs(float(dot.label_y) - 4 - line) > 6


def test_millions_are_shortened_and_the_axis_keeps_to_one_magnitude() -> None:
    assert short_number(Decimal("1400000")) == "1,4\u00a0mio."
    assert short_number(Decimal("-2500000000")) == "\u22122,5\u00a0mia."
    assert short_number(Decimal("999999.5")) == "999.999,5"
    made = chart("1400000", y2024="850000", y2025="1625000")
    assert [tick.label for tick in made.ticks] == [
        "0",
        "0,5\u00a0mio.",
        "1\u00a0mio.",
        "1,5\u00a0mio.",
        "2\u00a0mio.",
    ]


def test_the_drawing_has_its_numbers_as_text_and_only_presentation_attributes() -> None:
    figure = drawn(indicator())
    svg = figure.find(f"{SVG}svg")
    assert svg is not None
    assert svg.get("role") == "img"
    title = svg.find(f"{SVG}title")
    assert title is not None
    assert (
        title.text == "Ny skov. 2024: 310,5; 2025: mangler. Mål: mindst 1.000\u00a0ha inden 2030."
    )
    assert svg.find(f"{SVG}desc") is not None
    assert {"310,5", "mangler", "2030", "1.000"} <= {text.text for text in svg.iter(f"{SVG}text")}
    assert not any(each.get("style") or each.get("class") for each in svg.iter() if each is not svg)


def test_coordinates_keep_their_decimal_point_in_danish() -> None:
    svg = ElementTree.tostring(drawn(indicator()), encoding="unicode")
    numbers = re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy|width|height|points)="([^"]*)"', svg)
    assert numbers
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", each) for each in numbers)


def test_hostile_names_are_shown_as_text() -> None:
    svg = drawn(indicator(name="<script>alert(1)</script>", unit='"><img src=x>'))
    assert svg.find(".//script") is None
    assert "<script>alert(1)</script>" in "".join(svg.itertext())


def test_a_bar_is_cut_in_proportion_and_leaves_nothing_out() -> None:
    segments = tools_charts.light_segments([1, 0, 3])
    assert [segment.count for segment in segments] == [1, 0, 3]
    assert float(segments[2].width) == pytest.approx(3 * float(segments[0].width), rel=0.01)
    right = float(segments[2].x) + float(segments[2].width)
    assert right == pytest.approx(tools_charts.BAR_WIDTH, abs=0.2)


def test_a_narrow_segment_leaves_its_shape_to_the_legend() -> None:
    narrow, wide = tools_charts.light_segments([1, 40])
    assert narrow.shape_x == ""
    assert not narrow.has_number
    assert wide.shape_x
    assert wide.has_number


def test_an_empty_bar_says_so() -> None:
    html = render_to_string("components/light_bar.html", templatetags_charts.light_bar([]))
    assert "Mål fordelt på vurdering: ingen." in html


def test_a_label_lies_on_neither_line_of_a_range() -> None:
    made = tools_charts.lay_out_chart(
        points(y2024="29", y2025="9"), target=Decimal(10), upper=Decimal(30)
    )
    assert made is not None
    for dot in made.dots:
        assert abs(float(dot.label_y) - 4 - float(made.target_y)) > 6
        assert abs(float(dot.label_y) - 4 - float(made.upper_y)) > 6


def test_a_chart_shows_the_decimals_of_the_table() -> None:
    words = drawn(indicator(decimals=2))
    assert {"310,50"} <= {text.text for text in words.iter(f"{SVG}text")}


def test_a_far_target_on_the_way_stretches_neither_axis() -> None:
    far = {"targets": [{"year": 2025, "value": "400"}, {"year": 2045, "value": "900000"}]}
    svg = drawn(indicator(**far, by_year=2050, target="1000000"))
    assert "900.000" not in "".join(svg.itertext())
