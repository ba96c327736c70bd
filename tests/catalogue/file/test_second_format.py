"""The second format of the catalogue file: its keys, its rules, and when a file needs it."""

from decimal import Decimal

import pytest

from actions.catalogue.file import CatalogueFileError, TargetRow, read_bytes, to_text, to_workbook
from tests.support.catalogues import SMALL, changed, without

SECOND = ("handlingskatalog/1", "handlingskatalog/2")
DAYS = "unit: dage, target: 120, comparison: at_least, frequency: yearly"


def faults_of(text: str) -> list[str]:
    with pytest.raises(CatalogueFileError) as caught:
        read_bytes(text.encode())
    return [fault.message for fault in caught.value.faults]


def with_indicator(words: str) -> str:
    return changed(SECOND, (DAYS, words))


def test_a_file_of_the_first_format_refuses_a_key_of_the_second() -> None:
    [message] = faults_of(changed((DAYS, f"{DAYS}, tolerance: 5")))
    assert message == "kræver et nyere format; skriv format: handlingskatalog/2 øverst i filen"


def test_an_export_says_the_second_format_only_if_it_needs_it() -> None:
    assert to_text(read_bytes(changed(SECOND).encode()), "yaml").startswith(f"format: {SECOND[0]}")
    without_midterm = without("midterm_year", text=changed(SECOND))
    written = to_text(read_bytes(without_midterm.encode()), "yaml")
    assert written.startswith(f"format: {SECOND[1]}")


def test_the_first_format_needs_a_midterm_year() -> None:
    assert faults_of(without("midterm_year", text=SMALL)) == ["midterm_year mangler"]


def test_the_targets_of_the_years_end_in_the_last_one() -> None:
    text = with_indicator(
        "unit: dage, comparison: at_least,"
        " targets: [{year: 2023, value: 80}, {year: 2030, value: 120}]"
    )
    row = read_bytes(text.encode()).actions[0].goals[0].indicators[0]
    assert (row.by, row.target) == (2030, Decimal(120))
    assert row.targets == (TargetRow(2023, Decimal(80)),)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "unit: dage, target: [9, 5], comparison: between",
            "skriv det mindste tal først, og to forskellige tal",
        ),
        (
            "unit: dage, comparison: at_least,"
            " targets: [{year: 2025, value: 1}, {year: 2024, value: 2}]",
            "årene skal stige: 2024 står efter 2025",
        ),
        (
            "kind: yes_no, unit: dage, target: ja",
            "kan ikke bruges, når svaret er ja eller nej; slet det",
        ),
        (f"{DAYS}, baseline: 1, baseline_year: 2026", "2026 er efter perioden slutter i 2025"),
        (f"{DAYS}, every: 0", "skal være mindst 1"),
        (f"{DAYS}, tolerance: 101", "må højst være 100"),
    ],
)
def test_an_indicator_that_says_two_things_is_refused(words: str, message: str) -> None:
    assert faults_of(with_indicator(words)) == [message]


def test_a_code_and_a_world_goal_stand_once() -> None:
    text = changed(
        SECOND,
        ("title: En å", "title: En å\n    code: '1.0'\n    sdg: [3, 3]"),
        ("title: Stier", "title: Stier\n    code: '1.0'\n    sdg: [18]"),
    )
    sdg, code, limit = faults_of(text)
    assert sdg == "verdensmål 3 står to gange"
    assert code.startswith("koden er brugt før")
    assert limit == "må højst være 17"


def test_a_workbook_carries_the_keys() -> None:
    text = with_indicator("unit: dage, target: [20, 25], comparison: between, every: 2")
    text = text.replace("title: En å", "title: En å\n    money: [{year: 2023, amount: 5}]")
    rows = read_bytes(text.encode())
    assert read_bytes(to_workbook(rows)) == rows
