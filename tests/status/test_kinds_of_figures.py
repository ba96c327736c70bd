"""What the page of a goal asks for, and shows, of each kind of indicator."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import Indicator, Measurement, State
from actions.models.goals import measured_in
from actions.rounds.page import round_page_of
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast: Cast) -> int:
    return cast.round.measured_year


def look(cast: Cast) -> Page:
    client = Client()
    client.force_login(cast.head)
    return read(client.get(address(cast)))


def address(cast: Cast) -> str:
    return reverse("status", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])


def submit(cast: Cast, **typed: str) -> str:
    """Fills in the page and hands in; the state after it."""
    client = Client()
    client.force_login(cast.head)
    fields = read(client.get(address(cast))).form_with("revision").fields
    texts = {"light": "on_track", "progress": "Det går fremad.", "move": "submit"}
    client.post(address(cast), fields | texts | typed)
    return factory.status_of(cast.round, cast.own_goal).state


def indicator(cast: Cast, **fields: Any) -> Indicator:
    row = factory.make_indicator(cast.own_goal, **{"name": "Ny skov", "unit": "ha"} | fields)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("fields", "label", "hint"),
    [
        (
            {"measures": "total", "by_year": 2090},
            "Ny skov (ha i alt)",
            "Skriv det samlede antal ved udgangen af {year}.",
        ),
        ({"measures": "addition"}, "Ny skov (ha i {year})", "Skriv, hvad {year} lagde til."),
        ({"comparison": "between", "upper": 120}, "Ny skov (ha)", "mellem 100 og 120 ha hvert år"),
        ({"kind": "yes_no", "target": 1}, "Ny skov", "Måltal: ja hvert år."),
    ],
)
def test_a_field_says_what_to_write(
    cast: Cast, year: int, fields: dict[str, Any], label: str, hint: str
) -> None:
    indicator(cast, **fields)
    text = look(cast).text.replace("\u00a0", " ")
    assert label.format(year=year) in text
    assert hint.format(year=year) in text


def test_the_field_tells_the_target_of_the_year(cast: Cast, year: int) -> None:
    steps = [{"year": year, "value": "40"}, {"year": year + 5, "value": "70"}]
    indicator(cast, targets=steps, by_year=year + 9)
    text = look(cast).text.replace("\u00a0", " ")
    assert f"Måltal: mindst 40 ha inden {year}." in text


def test_a_year_between_two_measurements_is_not_asked_for(cast: Cast, year: int) -> None:
    row = indicator(cast, every=4, baseline_year=year - 1)
    page = look(cast)
    assert f"Måles hvert 4. år; næste gang i {year + 3}." in page.text
    assert submit(cast) == State.SUBMITTED
    assert not row.measurements.exists()
    assert "måles ikke" in look(cast).text


def test_a_year_between_two_measurements_may_be_filled_in(cast: Cast, year: int) -> None:
    row = indicator(cast, every=4, baseline_year=year - 1)
    assert submit(cast, **{f"value-{row.pk}": "120"}) == State.SUBMITTED
    assert Measurement.objects.get(indicator=row).value == 120


def test_a_measured_year_is_asked_for(cast: Cast, year: int) -> None:
    indicator(cast, every=4, baseline_year=year - 4)
    assert submit(cast) == State.DRAFT


def test_a_yes_or_no_is_chosen_kept_as_one_and_shown_as_a_word(cast: Cast) -> None:
    row = indicator(cast, kind="yes_no", target=1, unit="")
    assert submit(cast, **{f"value-{row.pk}": "1"}) == State.SUBMITTED
    assert Measurement.objects.get(indicator=row).value == 1
    text = " ".join(look(cast).text.split())
    assert "Ny skov ja hvert år ja ja" in text


def test_additions_are_held_against_the_target_as_a_sum(cast: Cast, year: int) -> None:
    row = indicator(cast, measures="addition", yearly=False, by_year=year)
    first = cast.catalogue.period_from
    for each in range(first, year):
        Measurement.objects.append(indicator=row, year=each, value=Decimal(70))
    figure = {f"value-{row.pk}": "30"}
    assert submit(cast, **figure) == State.DRAFT, "the figures suggest another light"
    assert submit(cast, **figure, light="achieved") == State.SUBMITTED
    text = " ".join(look(cast).text.split()).replace("\u00a0", " ")
    assert f"Ny skov mindst 100 ha inden {year} 70 30 ja" in text


@pytest.mark.parametrize("every", [1, 2, 3, 4])
@pytest.mark.parametrize("fields", [{}, {"by_year": 2031}, {"baseline_year": 2021}])
def test_the_database_counts_the_years_as_the_words_do(
    cast: Cast, every: int, fields: dict[str, int]
) -> None:
    row = indicator(cast, every=every, yearly=False, **fields)
    for year in range(2019, 2033):
        expected = row.meaning.is_measured_in(year, 2024)
        assert measured_in(year, 2024).filter(pk=row.pk).exists() is expected


def test_a_year_between_is_no_missing_figure_of_the_round(cast: Cast, year: int) -> None:
    indicator(cast, every=4, baseline_year=year - 1)
    mandate = factory.mandate(cast.coordinator)
    for baseline_year, missing in ((year - 1, 0), (year, 1)):
        Indicator.objects.update(baseline_year=baseline_year)
        rows = round_page_of(cast.round, mandate).rows
        lines = {line.status.goal_id: line for row in rows for line in row.statuses}
        assert lines[cast.own_goal.pk].missing_figures == missing
