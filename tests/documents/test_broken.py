"""No number, unit, year or word of state is divided by a line of paper."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import danish
from actions.danish import brief_numbers
from reports.content.midterm.pace import pace
from reports.content.shape import ReportContent
from reports.documents import pdf
from reports.templatetags.figure_tables import figure_table
from tests.content import sample
from tests.documents.broken import broken_in

LONG_UNIT = "kWh pr. m² opvarmet erhvervsareal pr. år"
ONE_WORD = "vognkilometerækvivalenter"
UNITS = frozenset([*LONG_UNIT.lower().split(), ONE_WORD])
#: Values over the years: 1 to 15 digits, negative, with decimals, missing.
COURSES = {
    "Store tal": ("kr.", "2000000000", ["1234567890.1234", "−1", "1632000000", "98765432109"]),
    "Under nul": ("kr.", "-500000", ["-2000000", "-860000", "-500000.5", "-1234567"]),
    "Små tal": ("", "0.001", ["0.0005", "0.0008", "0.001", ""]),
    "Procent": ("%", "5", ["5.1", "5", "4.9", "5"]),
    "Lang enhed": (LONG_UNIT, "150", ["553.75", "148.1234", "170", "12345.6789"]),
    "Ét langt ord": (ONE_WORD, "1000000", ["999999", "1000000", "1234567", "123456.789"]),
    "Slet ingen": ("ha", "10", ["", "", "", ""]),
}


def stressed(content: ReportContent, years: int) -> ReportContent:
    """A report whose goals have every kind of figure over some years."""
    last = content["measured_year"]
    for number, goal in enumerate(content["actions"][0]["goals"] + content["actions"][1]["goals"]):
        goal["indicators"] = []
        for name, (unit, target, values) in COURSES.items():
            points = [
                sample.point(last - years + 1 + place, values[place % 4].replace("−", "-"))
                for place in range(years)
            ]
            yearly = number % 2 == 0
            more = {"yearly": yearly, "by_year": None if yearly else last + 3}
            timing = "hvert år" if yearly else f"inden {last + 3}"
            row = sample.indicator(name, unit, target, points, timing=timing, **more)
            goal["indicators"].append(row)
        if goal["course"]:
            goal["course"]["paces"] = [pace(each, last - 4) for each in goal["indicators"]]
    return content


@pytest.mark.slow
@pytest.mark.parametrize("years", [1, 3, 4, 12])
def test_no_number_of_a_statusredegørelse_is_divided(years: int) -> None:
    content = stressed(sample.report(), years)
    assert list(map(str, broken_in(pdf.render_html(content, edition=None), units=UNITS))) == []


@pytest.mark.slow
@pytest.mark.parametrize("years", [4])
def test_no_number_of_a_midterm_is_divided(years: int) -> None:
    content = stressed(sample.midterm(), years)
    assert list(map(str, broken_in(pdf.render_html(content, edition=None), units=UNITS))) == []


@pytest.mark.slow
@pytest.mark.parametrize("make", [sample.report, sample.midterm, sample.final, sample.small_report])
def test_no_word_of_state_of_any_report_is_divided(make: object) -> None:
    assert callable(make)
    assert list(map(str, broken_in(pdf.render_html(make(), edition=None)))) == []


@pytest.mark.slow
def test_a_number_that_does_break_is_found() -> None:
    html = (
        "<style>td { width: 9mm; overflow-wrap: break-word }"
        "table { table-layout: fixed; width: 30mm }</style>"
        "<table><tr><td>1.234.567.890<td>Opmærksomhed<td>12 ha</table>"
    )
    found = [each.word for each in broken_in(f'<html lang="da">{html}')]
    assert "1.234.567.890" in found
    assert "Opmærksomhed" in found


def test_the_decimals_of_a_figure_are_alike() -> None:
    assert brief_numbers([Decimal("5.1"), Decimal(5), Decimal("4.9")]) == ["5,1", "5,0", "4,9"]
    assert brief_numbers([Decimal("5.25"), Decimal(5)], decimals=2) == ["5,25", "5,00"]


def test_a_long_number_is_shortened_and_a_short_one_is_not() -> None:
    told = brief_numbers(
        [Decimal("1234567.5"), Decimal(2000000), Decimal("-2000000"), Decimal("1632000000")]
    )
    assert told == ["1,23\u00a0mio.", "2.000.000", "−2,00\u00a0mio.", "1,63\u00a0mia."]
    assert brief_numbers([Decimal("123456.7891")]) == ["123.456,8"]


@settings(max_examples=300)
@given(
    st.lists(
        st.decimals("-99999999999", "99999999999", places=4, allow_nan=False),
        min_size=1,
        max_size=12,
    )
)
def test_no_number_of_a_column_is_longer_than_its_short_form(values: list[Decimal]) -> None:
    for text, value in zip(brief_numbers(values), values, strict=True):
        assert len(text) < danish.LONG or (text.endswith(".") and len(text) <= 12)
        number, _space, word = text.partition("\u00a0")
        size = {"mia.": 10**9, "mio.": 10**6, "": 1}[word]
        told = Decimal(number.replace(".", "").replace(",", ".").replace("−", "-")) * size
        assert abs(told - value) <= Decimal("0.005") * size or abs(told - value) < 1


def test_a_table_says_which_years_it_leaves_out() -> None:
    goal = stressed(sample.report(), 12)["actions"][0]["goals"][0]
    table = figure_table(goal)
    assert table.earlier[0] == 2014
    assert [*table.earlier, *table.years] == list(range(2014, 2026))
    assert f"de seneste {len(table.years)} år" in table.note
    assert "Lange tal er afrundet" in table.note
    goal["indicators"] = goal["indicators"][3:4]
    assert figure_table(goal).shortened is False


def test_a_table_that_has_everything_says_nothing() -> None:
    goal = stressed(sample.report(), 2)["actions"][0]["goals"][0]
    goal["indicators"] = goal["indicators"][3:4]
    assert figure_table(goal).note == ""
