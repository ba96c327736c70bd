"""Years with their values, pasted from a spreadsheet: shown first, then kept, all or none."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from actions.danish import format_number
from actions.figures.column import ColumnFaults, ColumnLine, read_column
from actions.models import Event, Indicator, Measurement, User
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Besøg", unit="besøg")


@pytest.fixture
def year(cast: Cast) -> int:
    return cast.round.measured_year


class Page:
    """The page as somebody sees it, and posts it with what they saw."""

    def __init__(self, user: User, indicator: Indicator) -> None:
        self.client = Client()
        self.client.force_login(user)
        slug = indicator.goal.action.catalogue.slug
        self.url = reverse("paste_figures", args=[slug, indicator.pk])
        self.seen = self.client.get(self.url).context["page"].seen

    def post(self, column: str, *, confirm: bool = False, **more: str) -> Any:
        data = {"column": column, "seen": self.seen} | more
        answer = self.client.post(self.url, data | ({"confirm": "1"} if confirm else {}))
        if answer.context:
            self.seen = answer.context["page"].seen
        return answer


def keep(indicator: Indicator, year: int, value: int, **more: str) -> Measurement:
    return Measurement.objects.append(indicator=indicator, year=year, value=Decimal(value), **more)


def known(indicator: Indicator) -> list[tuple[int, Any, str]]:
    rows = Measurement.objects.known().filter(indicator=indicator).order_by("year")
    return list(rows.values_list("year", "value", "reason"))


@pytest.mark.parametrize(
    "text",
    [
        "2023\t3,5\n2024\t1.000",
        "År\tBesøg\n2023\t3,5\n2024\t1.000\n",
        "\n2023 3,5\n\n2024   1.000 besøg",
        'År;Tal\n2023;3,5\n2024;"1.000"',
        "2023\t3,5\r\n2024\t1.000\r\n".replace("\r\n", "\n"),
        "2023: 3,5\n2024:1\N{NO-BREAK SPACE}000",
    ],
)
def test_columns_are_read_as_spreadsheets_copy_them(indicator: Indicator, text: str) -> None:
    assert read_column(text, indicator.meaning) == [
        ColumnLine(2023, Decimal("3.5")),
        ColumnLine(2024, Decimal(1000)),
    ]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("År\tTal", ["Der er kun en overskrift. Kopiér også linjerne med år og tal."]),
        (
            "2023\t\ni fjor\t3\n2024\tmange\n2025\t1\t2\n2022\t7",
            [
                "Linje 1: Der står intet tal for 2023. Skriv det, eller slet linjen.",
                "Linje 2: Skriv et årstal og et tal, fx »2025 12,5«.",
                "Linje 3: Skriv et tal, fx 3,3 eller 1.000.",
                "Linje 4: Linjen har mere end to kolonner. Kopiér kun år og tal.",
            ],
        ),
    ],
)
def test_all_faults_are_told_at_once(indicator: Indicator, text: str, messages: list[str]) -> None:
    with pytest.raises(ColumnFaults) as faults:
        read_column(text, indicator.meaning)
    assert faults.value.messages == messages


@given(
    years=st.lists(st.integers(1900, 2199), min_size=1, max_size=30),
    value=st.decimals(-99999, 99999, places=2),
)
def test_what_we_write_is_read_again(years: list[int], value: Decimal) -> None:
    meaning = Indicator(unit="besøg", target=Decimal(1), comparison="at_least").meaning
    text = "\n".join(f"{year}\t{format_number(value)}" for year in years)
    assert [(line.year, line.value) for line in read_column(text, meaning)] == [
        (year, value) for year in years
    ]


def test_old_beside_new_is_shown_and_nothing_kept_before_a_yes(
    cast: Cast, indicator: Indicator, year: int
) -> None:
    keep(indicator, year, 12, source="Registeret", comment="Foreløbigt.")
    keep(indicator, year - 1, 10)
    page = Page(cast.head, indicator)
    column = f"År\tBesøg\n{year - 2}\t8\n{year - 1}\t11\n{year}\t12"
    answer = page.post(column)
    assert answer.status_code == 200
    shown = " ".join(read(answer).text.split())
    assert f"{year - 1} 10 besøg 11 besøg rettes" in shown
    assert f"{year - 2} – 8 besøg nyt tal" in shown
    assert f"{year} 12 besøg 12 besøg ingen" in shown
    assert Measurement.objects.count() == 2
    answer = page.post(column, confirm=True)
    assert answer.status_code == 422
    [message] = answer.context["form"].errors["reason"]
    assert (
        message == f"Der står »10\xa0besøg« for {year - 1}. Skriv, hvorfor tallet er et andet nu."
    )
    assert Measurement.objects.count() == 2
    answer = page.post(column, confirm=True, reason="Talt igen.")
    assert answer["Location"] == indicator.get_absolute_url()
    assert known(indicator) == [(year - 2, 8, ""), (year - 1, 11, "Talt igen."), (year, 12, "")]
    assert Measurement.objects.get(year=year).source == "Registeret"
    assert Event.objects.filter(verb="tell_figure").count() == 2
    page.post(column, confirm=True)
    assert Measurement.objects.count() == 4, "the same again writes nothing"


def test_faults_of_lines_and_years_are_told_together_and_nothing_is_written(
    cast: Cast, indicator: Indicator, year: int
) -> None:
    page = Page(cast.coordinator, indicator)
    column = f"{year - 1}\t3\n{year - 1}\t4\n{year + 1}\t5\n{year}\tmange"
    answer = page.post(column, confirm=True)
    assert answer.status_code == 422
    assert answer.context["form"].errors["column"] == [
        "Linje 4: Skriv et tal, fx 3,3 eller 1.000.",
        f"Året {year - 1} står to gange. Behold den linje, der gælder.",
        f"Året {year + 1} er ikke slut. Skriv først tallet, når året er gået.",
    ]
    assert answer.context["form"]["column"].value() == column
    assert not Measurement.objects.exists()


def test_who_did_not_see_what_stands_is_shown_it_and_loses_nothing(
    cast: Cast, indicator: Indicator, year: int
) -> None:
    page, column = Page(cast.head, indicator), f"{year - 1}\t3\n{year}\t15"
    page.post(column)
    keep(indicator, year, 12)
    answer = page.post(column, confirm=True, reason="Talt igen.")
    assert answer.status_code == 409
    assert (
        f"For {year} står der allerede »12\xa0besøg«" in answer.context["form"].errors["column"][0]
    )
    assert answer.context["form"]["column"].value() == column
    assert f"{year} 12 besøg 15 besøg rettes" in " ".join(read(answer).text.split())
    assert known(indicator) == [(year, 12, "")]
    page.post(column)
    assert page.post(column, confirm=True, reason="Talt igen.").status_code == 302
    assert known(indicator) == [(year - 1, 3, ""), (year, 15, "Talt igen.")]


def test_a_yes_and_a_no_are_pasted_too(cast: Cast, indicator: Indicator, year: int) -> None:
    Indicator.objects.update(kind="yes_no", target=1)
    page = Page(cast.head, indicator)
    column = f"{year - 1}\tnej\n{year}\tJa"
    assert f"{year} – ja nyt tal" in " ".join(read(page.post(column)).text.split())
    assert page.post(column, confirm=True).status_code == 302
    assert known(indicator) == [(year - 1, 0, ""), (year, 1, "")]


def test_who_may_not_tell_gets_no_page(cast: Cast, indicator: Indicator) -> None:
    client = Client()
    client.force_login(cast.other_head)
    slug = cast.catalogue.slug
    url = reverse("paste_figures", args=[slug, indicator.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"column": "2020\t1", "confirm": "1"}).status_code == 404
    assert url not in read(client.get(indicator.get_absolute_url())).links
