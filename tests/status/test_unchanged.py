""" "Uændret": last year's status stands for this year's, and the head says why."""

from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from actions.lights import Light
from actions.models import GoalStatus, Indicator, State
from actions.status.entry import stored_entry
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db

LAST_YEAR = {
    "light": Light.AT_RISK,
    "progress": "Tre af fem stier er åbne.",
    "cause": "Lodsejerne tøver.",
    "consequence": "To landsbyer venter.",
    "next_step": "Vi mødes med lodsejerne.",
    "why_differs": "Sidste års grund.",
}


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Stier", target=Decimal(5), unit="stier")


@pytest.fixture
def last_year(cast: Cast, indicator: Indicator) -> GoalStatus:
    before = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    status = hand_in(status_of(before, cast.own_goal), **LAST_YEAR)
    factory.measure(status, indicator, 3, source="Optalt")
    return status


class Desk:
    """The head at the status page of the cast's own goal."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.client = Client()
        self.client.force_login(cast.head)
        self.url = reverse("status", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])

    def look(self) -> Page:
        return read(self.client.get(self.url))

    def press(self, move: str, **typed: str) -> HttpResponse:
        form = self.look().form_with("revision")
        assert ("move", move) in form.buttons
        answer = self.client.post(self.url, form.fields | typed | {"move": move})
        assert isinstance(answer, HttpResponse)
        return answer

    @property
    def stored(self) -> GoalStatus:
        return status_of(self.cast.round, self.cast.own_goal)


@pytest.mark.usefixtures("last_year")
def test_it_takes_over_light_and_texts_but_no_figure_and_asks_why(
    cast: Cast, indicator: Indicator
) -> None:
    desk = Desk(cast)
    answer = desk.press("unchanged")
    assert answer["Location"] == f"{desk.url}#id_why_unchanged"
    taken = {name: getattr(desk.stored, name) for name in LAST_YEAR}
    assert taken == LAST_YEAR | {"why_differs": ""}
    assert desk.stored.figures == []

    figure = {f"value-{indicator.pk}": "3"}
    refused = desk.press("submit", why_differs="Vi er tæt på.", **figure)
    assert refused.status_code == 422
    assert "Skriv, hvorfor intet er ændret." in read(refused).text
    reasons = {"why_differs": "Vi er tæt på.", "why_unchanged": "Sagen venter på retten."}
    desk.press("submit", **reasons, **figure)
    assert desk.stored.state == State.SUBMITTED


@pytest.mark.usefixtures("last_year")
def test_what_is_typed_already_stays(cast: Cast, indicator: Indicator) -> None:
    desk = Desk(cast)
    typed = {"light": Light.OFF_TRACK, "cause": "En ny årsag.", f"value-{indicator.pk}": "4"}
    desk.press("unchanged", **typed)
    status = desk.stored
    assert (status.light, status.cause) == (Light.OFF_TRACK, "En ny årsag.")
    assert status.progress == LAST_YEAR["progress"]
    (figure,) = stored_entry(status).figures
    assert (figure.value, figure.comment) == (Decimal(4), "")


@pytest.mark.usefixtures("last_year")
def test_a_number_that_is_none_stays_as_typed(cast: Cast, indicator: Indicator) -> None:
    desk = Desk(cast)
    answer = desk.press("unchanged", **{f"value-{indicator.pk}": "mange"})
    assert answer.status_code == 422
    assert read(answer).form_with("revision").fields[f"value-{indicator.pk}"] == "mange"


def test_it_is_offered_only_where_something_was_handed_in_and_nothing_is_written(
    cast: Cast, last_year: GoalStatus
) -> None:
    desk = Desk(cast)
    hand_in(last_year, "draft")
    assert "Er målet uændret" not in desk.look().text
    hand_in(last_year, "approved")
    assert "Er målet uændret" in desk.look().text
    desk.press("save", progress="Nyt i år.")
    assert "Er målet uændret" not in desk.look().text


def test_a_take_over_without_a_last_year_keeps_what_was_typed(cast: Cast) -> None:
    desk = Desk(cast)
    form = desk.look().form_with("revision")
    typed = form.fields | {"progress": "Nyt i år.", "move": "unchanged"}
    answer = desk.client.post(desk.url, typed)
    assert answer.status_code == 409
    assert read(answer).form_with("revision").fields["progress"] == "Nyt i år."


@pytest.mark.usefixtures("last_year")
def test_enter_in_a_field_saves_and_takes_nothing_over(cast: Cast) -> None:
    """A browser presses the form's first button."""
    assert Desk(cast).look().form_with("revision").buttons[0] == ("move", "save")
