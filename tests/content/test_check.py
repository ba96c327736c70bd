"""The check before publishing: what stands in the way, what is only noted, and their links."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.lights import Light
from actions.models import Measurement
from reports.content.assemble import assemble
from reports.content.check import Check, Group
from reports.documents.pdf import render_html
from reports.editions.verbs import proof_of
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, status_of

pytestmark = pytest.mark.django_db

IN_THE_WAY = [
    "Status mangler",
    "Ikke godkendt",
    "Mangler tal",
    "Tekster over længden",
]


def check(cast: Cast) -> Check:
    return proof_of(cast.catalogue, cast.round.year).check


def told(groups: list[Group]) -> dict[str, list[tuple[str, str]]]:
    return {
        str(group.label): [(each.place, each.what) for each in group.findings] for group in groups
    }


def settle_everything(cast: Cast) -> None:
    for status in cast.round.statuses.select_related("goal__action"):
        hand_in(status)
        for responsible in status.goal.action.responsibilities.select_related("position"):
            status.signatures.get_or_create(
                position=responsible.position,
                version=status.text_version,
                defaults={
                    "signer_name": "En chef",
                    "signer_position": responsible.position.name,
                    "signed_at": timezone.now(),
                },
            )


def test_nothing_stands_in_the_way_of_what_is_approved_signed_and_measured(cast: Cast) -> None:
    settle_everything(cast)
    assert check(cast) == Check([], [])


def test_everything_that_stands_in_the_way_is_found_with_its_goal_and_a_link(cast: Cast) -> None:
    factory.make_indicator(cast.own_goal, name="Besøg")
    hand_in(status_of(cast.round, cast.own_goal), "submitted", progress="æ" * 901)
    result = check(cast)
    own = "Handling 1, mål 1"
    assert [str(group.label) for group in result.in_the_way] == IN_THE_WAY
    findings = told(result.in_the_way)
    assert all(place != own for place, _what in findings["Status mangler"])
    assert findings["Ikke godkendt"] == [
        (own, "Status er indsendt, men ikke godkendt af Udviklingsforvaltningen.")
    ]
    assert told(result.noted) == {
        "Mangler tiltrædelse": [(own, "Mangler tiltrædelse fra Kulturchefen.")]
    }
    year = cast.round.measured_year
    assert findings["Mangler tal"] == [(own, f"Besøg, {year}: tallet er ikke indsendt")]
    assert findings["Tekster over længden"] == [
        (own, "Fremdrift er på 901 tegn; siden har plads til 900.")
    ]
    address = reverse("status", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])
    assert result.in_the_way[1].findings[0].url == address
    assert len(result.hindrances) == sum(len(rows) for rows in findings.values())


def test_the_report_itself_says_who_has_not_signed_and_what_is_too_long(cast: Cast) -> None:
    settle_everything(cast)
    complete = assemble(cast.catalogue, cast.round.year)
    hand_in(status_of(cast.round, cast.own_goal), progress="æ" * 901)
    content = assemble(cast.catalogue, cast.round.year)
    who = "1 medansvarlig havde ikke tiltrådt alle sine tekster, da rapporten blev lavet."
    long = "Fremdrift er på 901 tegn; siden har plads til 900."
    assert content["gaps"] == []
    assert content["too_long"] == [{"action_number": 1, "goal_number": 1, "what": long}]
    paper = render_html(content, edition=None)
    assert who in paper
    assert "Kulturchefen." not in paper
    assert long in paper
    # What is in order adds nothing to the content, so that older editions still compare equal.
    assert not complete.keys() & {"too_long", "correction"}
    assert all("unsigned" not in goal for row in complete["actions"] for goal in row["goals"])
    assert "Tekster over længden" not in render_html(complete, edition=None)


def test_what_is_in_order_but_shows_is_only_noted(cast: Cast) -> None:
    settle_everything(cast)
    status = status_of(cast.round, cast.own_goal)
    status.light, status.why_not_assessable = Light.NOT_ASSESSABLE, "Tallet kommer først i maj."
    status.save()
    result = check(cast)
    assert result.in_the_way == []
    assert [str(group.label) for group in result.noted] == ["Kan ikke vurderes"]


@pytest.mark.parametrize(
    ("light", "noted"),
    [(Light.OFF_TRACK, []), (Light.ON_TRACK, ["En anden vurdering end tallenes"])],
)
def test_lights_are_compared_with_the_figures_whatever_is_written(
    cast: Cast, light: Light, noted: list[str]
) -> None:
    settle_everything(cast)
    status = status_of(cast.round, cast.own_goal)
    status.light, status.why_differs = light, "Skrevet før."
    status.save()
    indicator = factory.make_indicator(cast.own_goal, target=Decimal(100))
    year = cast.round.measured_year
    Measurement.objects.append(indicator=indicator, status=status, year=year, value=Decimal(1))
    assert [str(group.label) for group in check(cast).noted] == noted


def test_a_figure_that_is_given_no_longer_stands_in_the_way(cast: Cast) -> None:
    settle_everything(cast)
    indicator = factory.make_indicator(cast.own_goal)
    assert list(told(check(cast).in_the_way)) == ["Mangler tal"]
    status = status_of(cast.round, cast.own_goal)
    year = cast.round.measured_year
    Measurement.objects.append(indicator=indicator, status=status, year=year, value=Decimal(0))
    assert check(cast).in_the_way == []


def test_the_page_leads_to_each_spot_and_asks_for_a_confirmation_only_where_needed(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.coordinator)
    url = reverse("publish", args=[cast.catalogue.slug, cast.round.year])
    page = client.get(url).text
    assert reverse("status", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk]) in page
    assert 'name="confirmed"' in page
    settle_everything(cast)
    page = client.get(url).text
    assert "Intet står i vejen" in page
    assert 'name="confirmed"' not in page


def test_what_cannot_be_printed_is_named_before_publishing(cast: Cast) -> None:
    settle_everything(cast)
    hand_in(status_of(cast.round, cast.own_goal), progress="● Godt 😀 gået")
    found = told(check(cast).in_the_way)
    assert found["Tegn, der ikke kan trykkes"] == [
        ("Handling 1, mål 1", "Fremdrift: 😀 kan ikke trykkes; i PDF'en står et spørgsmålstegn.")
    ]
