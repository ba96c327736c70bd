"""Numbers, dates and times in Danish."""

import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.danish import (
    brief_numbers,
    format_date,
    format_number,
    format_quantity,
    format_time,
    parse_number,
    parse_quantity,
    sort_key,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3478", "3.478"),
        ("3.3000", "3,3"),
        ("1000.50", "1.000,5"),
        ("0", "0"),
        ("-0.0", "0"),
        ("-3.5", "−3,5"),
        ("1E+3", "1.000"),
        ("0.0001", "0,0001"),
        ("12345678901234.5678", "12.345.678.901.234,5678"),
    ],
)
def test_a_number_is_grouped_and_loses_its_trailing_zeros(value: str, text: str) -> None:
    assert format_number(Decimal(value)) == text


def test_whole_numbers_need_not_be_decimals() -> None:
    assert format_number(1000) == "1.000"


def test_a_unit_stays_on_the_line_of_its_number() -> None:
    assert format_quantity(Decimal("3.3"), "%") == "3,3\u00a0%"
    assert format_quantity(Decimal("1.4"), "mio. kr.") == "1,4\u00a0mio. kr."
    assert format_quantity(Decimal(7), "") == "7"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3,3", "3.3"),
        ("1.000", "1000"),
        ("1.000,5", "1000.5"),
        ("3.3", "3.3"),
        ("3.30", "3.3"),
        ("0.125", "0.125"),
        ("1,000", "1"),
        ("1234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1 000", "1000"),
        ("1\u00a0000,5", "1000.5"),
        ("1\u202f000.5", "1000.5"),
        ("  42  ", "42"),
        ("+5", "5"),
        ("-5", "-5"),
        ("−5,25", "-5.25"),
        ("-0", "0"),
        ("–5", "-5"),
        ("\u200e612", "612"),
        ("\u200b612", "612"),
        ("612\ufeff", "612"),
        ("1\u00ad000", "1000"),
        ("007", "7"),
        ("99999999999,9999", "99999999999.9999"),
        ("3,30000000", "3.3"),
    ],
)
def test_danish_is_read_first_and_a_decimal_point_where_it_must_be_one(
    typed: str, value: str
) -> None:
    assert parse_number(typed) == Decimal(value)
    assert str(parse_number("-0")) == "0"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "NaN",
        "inf",
        "-",
        "--5",
        "1e5",
        "tre",
        "3,3,3",
        "1.00.0",
        "1.000.50",
        "1,000.5",
        "1.000 000",
        "10 00",
        ",5",
        "5,",
        "3,3 %",
        "0x10",
        "1_000",
        "٣",
        "3\n3",
    ],
)
def test_what_is_no_number_is_answered_with_examples(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Skriv et tal, fx 3,3 eller 1\.000\."):
        parse_number(typed)


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("25 %", "%", "25"),
        ("25%", "%", "25"),
        ("25 pct.", "%", "25"),
        ("25 Pct", "%", "25"),
        ("–2,5 procent", "%", "-2.5"),
        ("612 ton.", "ton", "612"),
        ("612\u00a0ton\u200b", "ton", "612"),
        ("1.000 kr. pr. år", "kr. pr. år", "1000"),
        ("1.000", "", "1000"),
    ],
)
def test_the_unit_of_a_number_may_follow_it(typed: str, unit: str, value: str) -> None:
    assert parse_quantity(typed, unit) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "unit"), [("25 pct.", "ton"), ("612 ton", "%"), ("612 ton", ""), ("ton", "ton")]
)
def test_another_unit_is_refused(typed: str, unit: str) -> None:
    with pytest.raises(ValueError, match="Skriv et tal"):
        parse_quantity(typed, unit)


@given(
    st.decimals(min_value=-(10**11) + 1, max_value=10**11 - 1, places=4),
    st.sampled_from(["%", "ha", "kr. pr. år", "m2", "1.000 kr."]),
)
def test_a_quantity_that_the_page_shows_can_be_typed_again(value: Decimal, unit: str) -> None:
    assert parse_quantity(format_quantity(value, unit), unit) == value


def test_a_number_that_does_not_fit_says_which_end_is_too_long() -> None:
    with pytest.raises(ValueError, match="højst 11 cifre før kommaet"):
        parse_number("100000000000000")
    with pytest.raises(ValueError, match="højst 4 cifre efter kommaet"):
        parse_number("0,00001")


@given(st.decimals(min_value=-(10**11) + 1, max_value=10**11 - 1, places=4))
@example(Decimal("-0.0001"))
@example(Decimal(1000))
def test_what_the_page_shows_can_be_typed_again(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@given(st.text(max_size=60))
def test_any_text_gives_a_finite_number_or_a_refusal(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_number(text).is_finite()


def test_a_date_is_written_out() -> None:
    assert format_date(date(2026, 11, 25)) == "den 25. november 2026"
    assert format_date(date(2025, 3, 1)) == "den 1. marts 2025"


def test_a_time_is_that_of_the_clock_in_denmark() -> None:
    assert format_time(datetime(2026, 11, 25, 15, 30, tzinfo=UTC)) == "kl. 16.30"
    assert format_time(datetime(2026, 11, 25, 9, 5)) == "kl. 09.05"


def test_names_are_sorted_as_in_a_danish_index() -> None:
    names = ["Århus", "Zoo", "Østkyst", "ærø", "Abe", "Ærø Havn", "zebra"]
    assert sorted(names, key=sort_key) == [
        "Abe",
        "zebra",
        "Zoo",
        "ærø",
        "Ærø Havn",
        "Østkyst",
        "Århus",
    ]


def test_what_rounds_up_to_a_million_is_shortened() -> None:
    assert brief_numbers([Decimal("-999999.5")]) == ["\u22121\u00a0mio."]
