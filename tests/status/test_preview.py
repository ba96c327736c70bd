"""What follows a form while it is typed in: chart, suggestion, the report's look; and remarks."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from actions.lights import Light
from actions.models import Action, Event, Indicator, Measurement
from actions.status import slots
from actions.status.slots import Remark
from reports.content.goal_look import CHARACTERS, LINES, length_of
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Besøg", target=Decimal(100))


def client_of(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.head)
    return client


def address(cast: Cast, route: str) -> str:
    return reverse(route, args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])


def follow(cast: Cast, *, target: str = "", **typed: str) -> HttpResponse:
    headers = {"HX-Request": "true", "HX-Target": target}
    answer = client_of(cast).post(address(cast, "typed"), typed, headers=headers)
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 200
    return answer


def test_chart_and_suggestion_follow_the_typed_figure_and_nothing_is_saved(
    cast: Cast, indicator: Indicator
) -> None:
    before = status_of(cast.round, cast.own_goal)
    page = read(follow(cast, **{f"value-{indicator.pk}": "95,5"}))
    assert f"{cast.round.measured_year}: 95,5" in page.html  # the chart's title
    assert "stiplede linje er målet" in page.html
    assert "Tallene foreslår: På sporet De indtastede måltal er nået" in page.text
    assert page.html.count('hx-swap-oob="true"') == 2
    assert "<html" not in page.html
    assert not Event.objects.filter(status=before).exists()
    assert not Measurement.objects.exists()
    assert status_of(cast.round, cast.own_goal).revision == before.revision


def test_a_figure_that_is_no_number_draws_no_point(cast: Cast, indicator: Indicator) -> None:
    page = read(follow(cast, **{f"value-{indicator.pk}": "mange"}))
    assert '<svg class="chart__drawing"' not in page.html


def test_the_report_shows_what_is_typed_with_its_length_against_the_page(
    cast: Cast, indicator: Indicator
) -> None:
    typed = {
        "light": Light.AT_RISK,
        "progress": "Stien <b>er</b> åben.\nFolk bruger den.",
        "why_unchanged": "Sagen venter.",
        f"value-{indicator.pk}": "95,5",
    }
    page = read(follow(cast, target="look", **typed))
    for words in ("Opmærksomhed", "Stien <b>er</b> åben.", "Sagen venter.", "95,5", "ca. 15 %"):
        assert words in page.text
    assert "ikke godkendt" not in page.text
    assert 'id="look"' in page.html


def test_the_saved_text_has_a_page_of_its_own_for_who_has_no_scripts(cast: Cast) -> None:
    client, status_url = client_of(cast), address(cast, "status")
    form = read(client.get(status_url)).form_with("revision")
    sent = form.fields | {"progress": "Stien er åben.", "move": "look"}
    answer = client.post(status_url, sent)
    assert answer["Location"] == address(cast, "preview")
    page = read(client.get(address(cast, "preview")))
    assert "Stien er åben." in page.text
    assert status_url in page.links


def test_a_text_of_more_than_a_page_is_told() -> None:
    def text(lines: int) -> dict[str, str]:
        return {"name": "progress", "label": "Fremdrift", "text": "æ" * (lines * CHARACTERS)}

    fits, too_long = length_of([text(LINES - 2)]), length_of([text(LINES - 1)])  # type: ignore[list-item]
    assert (fits.percent, fits.fits) == (100, True)
    assert (too_long.percent, too_long.fits) == (102, False)


# What a committee decided or asked.


@pytest.fixture
def source() -> Iterator[None]:
    """A source of remarks, as an app registers one."""

    def tell(action: Action, year: int) -> list[Remark]:
        heading = f"Udvalget spurgte til handling {action.number} i {year - 1}"
        return [Remark(heading, "Hvornår åbner <i>stien</i>?", "/svar/")]

    slots.remarks.append(tell)
    yield
    slots.remarks.remove(tell)


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_what_was_decided_or_asked_stands_above_everything_else(cast: Cast, state: str) -> None:
    hand_in(status_of(cast.round, cast.own_goal), state, progress="Stien er åben.")
    page = read(client_of(cast).get(address(cast, "status")))
    heading = f"Udvalget spurgte til handling 1 i {cast.round.year - 1}"
    assert page.text.index(heading) < page.text.index("Vurdering")
    assert "Hvornår åbner <i>stien</i>?" in page.text
    assert "/svar/" in page.links
