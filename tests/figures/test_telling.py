"""A figure is told on its indicator's page at any time, and revised with a reason."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actions.figures.told import FigureFaults, Told, YearTold
from actions.figures.verbs import tell_figures
from actions.models import Event, Indicator, Measurement, User
from actions.writing.refusals import NotAllowed
from tests.support import factory
from tests.support.cast import Cast
from tests.support.clock import on
from tests.support.factory import mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Besøg", unit="besøg")


@pytest.fixture
def year(cast: Cast) -> int:
    return cast.round.measured_year


def told(indicator: Indicator, year: int) -> list[tuple[Any, str]]:
    rows = Measurement.objects.filter(indicator=indicator, year=year)
    return list(rows.order_by("pk").values_list("value", "reason"))


def row(indicator: Indicator, year: int, value: int | None, **more: Any) -> YearTold:
    number = None if value is None else Decimal(value)
    return YearTold(indicator, year, Told(number, more.pop("missing", "")), **more)


class Page:
    """The indicator's page as somebody sees and posts it."""

    def __init__(self, user: User, indicator: Indicator) -> None:
        self.client = Client()
        self.client.force_login(user)
        slug = indicator.goal.action.catalogue.slug
        self.url = reverse("indicator", args=[slug, indicator.pk])

    def seen(self, year: int) -> str:
        return str(self.client.get(self.url, {"aar": year}).context["form"]["seen"].value())

    def post(self, year: int | str, value: str, **more: str) -> Any:
        data = {"year": str(year), "value": value} | more
        return self.client.post(self.url, data)


def test_a_late_figure_is_told_outside_the_round(
    cast: Cast, indicator: Indicator, year: int
) -> None:
    answer = Page(cast.coordinator, indicator).post(year - 3, "1.047 besøg", source="Registeret")
    assert answer.status_code == 302
    [known] = Measurement.objects.known().filter(indicator=indicator)
    assert (known.year, known.value, known.source) == (year - 3, Decimal(1047), "Registeret")
    assert (known.status, known.reason) == (None, "")
    assert known.by_name == str(cast.coordinator)
    event = Event.objects.get(verb="tell_figure")
    assert event.subject == f"Besøg, {year - 3}: 1.047\xa0besøg"


def test_a_revision_needs_a_reason_and_keeps_what_stood(
    cast: Cast, indicator: Indicator, year: int
) -> None:
    page = Page(cast.head, indicator)
    page.post(year, "12")
    answer = page.post(year, "15", seen=page.seen(year))
    assert answer.status_code == 422
    assert "Der står »12\xa0besøg«" in answer.context["form"].errors["reason"][0]
    assert answer.context["form"]["value"].value() == "15", "what was typed is still there"
    answer = page.post(year, "15", seen=page.seen(year), reason="Tre besøg manglede.")
    assert answer.status_code == 302
    assert told(indicator, year) == [(12, ""), (15, "Tre besøg manglede.")]
    assert Event.objects.get(comment="Tre besøg manglede.").subject.endswith(
        "12\xa0besøg → 15\xa0besøg"
    )
    shown = read(page.client.get(page.url)).text
    assert "Rettet, fordi: Tre besøg manglede." in shown
    assert "Før: 12 besøg" in shown


def test_the_same_again_is_told_once(cast: Cast, indicator: Indicator, year: int) -> None:
    page = Page(cast.coordinator, indicator)
    for _click in range(2):
        assert page.post(year, "12").status_code == 302
    assert told(indicator, year) == [(12, "")]
    assert "Det stod der allerede." in read(page.client.get(page.url)).text


def test_another_source_of_the_same_value_asks_no_reason(
    cast: Cast, indicator: Indicator, year: int
) -> None:
    page = Page(cast.coordinator, indicator)
    page.post(year, "12")
    page.post(year, "12", source="Registeret", seen=page.seen(year))
    assert told(indicator, year) == [
        (12, ""),
        (12, "Kilden eller bemærkningen er en anden."),
    ]


def test_a_year_that_is_not_over_is_refused(cast: Cast, indicator: Indicator) -> None:
    with on("2026-12-31"):
        answer = Page(cast.coordinator, indicator).post(2026, "12")
        assert answer.status_code == 422
        assert answer.context["form"].errors["year"] == [
            "Året 2026 er ikke slut. Skriv først tallet, når året er gået."
        ]
    assert told(indicator, 2026) == []
    with on("2027-01-01"):
        assert Page(cast.coordinator, indicator).post(2026, "12").status_code == 302


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"year": "", "value": "1"}, "year", "Dette felt er påkrævet."),
        ({"year": "i fjor", "value": "1"}, "year", "Skriv et årstal, fx 2025."),
        ({"year": "2020", "value": ""}, "value", "Skriv et tal, eller hvorfor det mangler."),
        ({"year": "2020", "value": "mange"}, "value", "Skriv et tal, fx 3,3 eller 1.000."),
        (
            {"year": "2020", "value": "1", "missing_reason": "Tælles ikke."},
            "missing_reason",
            "Der er skrevet et tal. Slet tallet eller grunden til, at det mangler.",
        ),
    ],
)
def test_what_cannot_be_told_is_said_at_its_field(
    cast: Cast, indicator: Indicator, typed: dict[str, str], field: str, message: str
) -> None:
    answer = Page(cast.coordinator, indicator).post(**typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [message]
    assert not Measurement.objects.exists()


def test_who_did_not_see_what_stands_is_shown_it(
    cast: Cast, indicator: Indicator, year: int
) -> None:
    first, second = Page(cast.head, indicator), Page(cast.coordinator, indicator)
    seen = second.seen(year)
    first.post(year, "12")
    answer = second.post(year, "15", seen=seen, reason="Talt igen.")
    assert answer.status_code == 409
    form = answer.context["form"]
    assert f"For {year} står der allerede »12\xa0besøg«" in form.errors["year"][0]
    assert form["value"].value() == "15"
    answer = second.post(year, "15", seen=str(form["seen"].value()), reason="Talt igen.")
    assert answer.status_code == 302
    assert told(indicator, year) == [(12, ""), (15, "Talt igen.")]


def test_many_are_told_at_once_or_none(cast: Cast, indicator: Indicator, year: int) -> None:
    rows = [
        row(indicator, year - 1, 3),
        row(indicator, year + 5, 4),
        row(indicator, year - 1, 5),
    ]
    with pytest.raises(FigureFaults) as refusal:
        tell_figures(by=mandate(cast.coordinator), rows=rows)
    assert [(fault.place, fault.field) for fault in refusal.value.faults] == [
        (2, "year"),
        (1, "year"),
    ]
    assert not Measurement.objects.exists()
    made = tell_figures(
        by=mandate(cast.coordinator),
        rows=[row(indicator, year - 1, 3), row(indicator, year, None, missing="Tælles ikke.")],
    )
    assert [measurement.year for measurement in made] == [year - 1, year]


def test_only_who_answers_for_the_goal_tells(cast: Cast, indicator: Indicator, year: int) -> None:
    for user in (cast.other_head, cast.writer):
        with pytest.raises(NotAllowed):
            tell_figures(by=mandate(user), rows=[row(indicator, year, 3)])
    page = Page(cast.other_head, indicator)
    assert "Skriv et tal" not in read(page.client.get(page.url)).text


def test_additions_are_drawn_summed_up_on_the_page(
    cast: Cast, indicator: Indicator, year: int
) -> None:
    Indicator.objects.update(measures="addition", yearly=False, by_year=year + 2)
    first = cast.catalogue.period_from
    for each in range(first, year + 1):
        Measurement.objects.append(indicator=indicator, year=each, value=Decimal(7))
    indicator.refresh_from_db()
    page = Page(cast.head, indicator)
    text = page.client.get(page.url).text
    assert "(besøg, lagt sammen)" in text
    assert f"{year}: {7 * (year - first + 1)}" in text


def test_a_target_that_is_a_yes_is_shown_as_a_word(cast: Cast, indicator: Indicator) -> None:
    Indicator.objects.update(kind="yes_no", target=1, baseline=0)
    factory.change_target(indicator, 1)
    page = Page(cast.head, indicator)
    text = " ".join(read(page.client.get(page.url)).text.split())
    assert "Udgangspunkt nej" in text
    assert "til ja:" in text
