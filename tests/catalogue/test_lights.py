"""The lights on the catalogue's page, while a new round has few of its own."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue.versions.store import add_version
from actions.lights import Light
from actions.models import Round
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(cast: Cast) -> Round:
    return factory.make_past_round(cast.catalogue, cast.round.year - 1)


def text_for(cast: Cast, client: Client) -> str:
    client.force_login(cast.strategic_forum)
    return read(client.get(cast.catalogue.get_absolute_url())).text.split("Hvad betyder")[0]


def test_a_new_round_does_not_hide_last_years_lights(
    cast: Cast, client: Client, before: Round
) -> None:
    """F12: they stand with their year until the goal has a new one."""
    hand_in(status_of(before, cast.own_goal), light=Light.AT_RISK)
    hand_in(status_of(before, cast.other_goal), light=Light.OFF_TRACK)
    hand_in(status_of(cast.round, cast.other_goal), light=Light.ON_TRACK)
    text = text_for(cast, client)
    assert f"Opmærksomhed ({before.year})" in text
    assert "På sporet" in text
    assert "Kræver handling" not in text
    assert text.count(f"({before.year})") == 1


def test_a_draft_of_last_year_is_no_light(cast: Cast, client: Client, before: Round) -> None:
    hand_in(status_of(before, cast.own_goal), "draft", light=Light.AT_RISK)
    client.force_login(cast.coordinator)
    page = read(client.get(cast.catalogue.get_absolute_url()))
    assert f"({before.year})" not in page.text


def test_an_earlier_light_does_not_stand_at_a_new_meaning(
    cast: Cast, client: Client, vuf: Client, before: Round
) -> None:
    add_version(cast.catalogue)
    hand_in(status_of(before, cast.own_goal), light=Light.AT_RISK)
    address = reverse("edit_action", args=[cast.catalogue.slug, 1])
    typed = {
        "goals-0-text": "Noget helt andet.",
        "goals-0-change": "meaning",
        "goals-0-decision": "Byrådet, punkt 7",
        "goals-0-decided_on": timezone.localdate().isoformat(),
    }
    answer = vuf.post(address, read(vuf.get(address)).form_with("seal").fields | typed)
    assert answer.status_code == 302
    assert f"({before.year})" not in text_for(cast, client)
