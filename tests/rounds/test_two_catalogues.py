"""The form of a goal that goes on in the next catalogue: it begins where the earlier one ended."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue.exporter import rows_of
from actions.catalogue.importer import import_rows
from actions.lights import Light
from actions.models import Goal, GoalStatus, Indicator, Measurement
from actions.status.page import goal_page
from reports.content.goal_look import look_of
from tests.support import factory
from tests.support.cast import Cast, next_catalogue
from tests.support.factory import hand_in, mandate, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def last(cast: Cast) -> GoalStatus:
    """What was handed in last year, in the catalogue that ends."""
    indicator = factory.make_indicator(cast.own_goal, name="Besøg i året")
    before = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    status = hand_in(
        status_of(before, cast.own_goal),
        light=Light.AT_RISK,
        progress="Sidste fremdrift.",
        next_step="Sidste løfte.",
    )
    factory.measure(status, indicator, 1234.5)
    return status


@pytest.fixture
def first(cast: Cast, last: GoalStatus) -> GoalStatus:
    """The first status of the goal's copy: both catalogues have a round this spring."""
    return status_of(factory.make_round(next_catalogue(cast), year=cast.round.year))


def look(cast: Cast, status: GoalStatus) -> Page:
    client = Client()
    client.force_login(cast.head)
    return read(client.get(status.get_absolute_url()))


def test_the_last_light_text_promise_and_figure_stand_beside_the_fields(
    cast: Cast, last: GoalStatus, first: GoalStatus
) -> None:
    page, year = look(cast, first), last.round.year
    for words in (
        f"Målet fortsætter fra {cast.catalogue}.",
        f"Vurderingen i {year}: Opmærksomhed",
        "Sidste år lovede I Sidste løfte.",
        f"Fremdrift i {year} Sidste fremdrift.",
        f"Besøg i året, {last.round.measured_year} 1.234,5 besøg",
    ):
        assert words in page.text
    # The earlier catalogue's values are not the copy's: its course begins anew.
    assert not Measurement.objects.filter(indicator__goal=first.goal).exists()


def test_an_indicator_with_another_unit_is_another_one(cast: Cast, first: GoalStatus) -> None:
    Indicator.objects.filter(goal=first.goal).update(unit="procent")
    assert "1.234,5" not in look(cast, first).text


def reword(cast: Cast, status: GoalStatus, decision: str) -> None:
    """VUF changes a goal's words: "" only corrects them, a decision gives them a new meaning."""
    rows = rows_of(status.round.catalogue.slug)
    goal = replace(rows.actions[0].goals[0], text="Et helt andet mål.", decision=decision)
    actions = (replace(rows.actions[0], goals=(goal,)), *rows.actions[1:])
    import_rows(replace(rows, actions=actions), by=mandate(cast.coordinator))


def test_a_correction_of_language_keeps_the_goal(cast: Cast, first: GoalStatus) -> None:
    reword(cast, first, decision="")
    text = look(cast, first).text
    assert "Et helt andet mål." in text
    assert "Sidste år lovede I Sidste løfte." in text


def test_a_goal_with_a_new_meaning_begins_anew(cast: Cast, first: GoalStatus) -> None:
    reword(cast, first, decision="KB, punkt 3")
    text = look(cast, first).text
    assert "Sidste løfte." not in text
    assert "Målet fortsætter fra" not in text


def test_a_meaning_that_is_new_later_on_keeps_the_history(cast: Cast, first: GoalStatus) -> None:
    hand_in(first)
    reword(cast, first, decision="KB, punkt 3")
    assert Goal.objects.get(pk=first.goal_id).origin_id is not None


def test_a_goal_that_was_carried_over_before_finds_the_one_it_continues(
    cast: Cast, last: GoalStatus, first: GoalStatus
) -> None:
    other = Goal.objects.create(action=first.goal.action, number=2, text="Kun her.")
    Goal.objects.update(origin=None)
    import_module("actions.migrations.0017_once").link_goals(apps, None)
    linked = dict(Goal.objects.filter(action=first.goal.action).values_list("pk", "origin"))
    assert linked == {first.goal_id: last.goal_id, other.pk: None}
    assert Goal.objects.exclude(action=first.goal.action).filter(origin__isnull=False).count() == 0


def test_its_own_status_comes_before_the_one_it_continues(cast: Cast, first: GoalStatus) -> None:
    hand_in(first, next_step="Det nye løfte.")
    first.round.year -= 1
    first.round.measured_year -= 1
    first.round.save()
    text = look(cast, status_of(factory.make_round(first.round.catalogue))).text
    assert "Sidste år lovede I Det nye løfte." in text
    assert "Målet fortsætter fra" not in text


def test_the_unchanged_text_is_taken_over_and_the_figure_is_not(
    cast: Cast, first: GoalStatus
) -> None:
    client = Client()
    client.force_login(cast.head)
    form = look(cast, first).form_with("revision")
    client.post(first.get_absolute_url(), form.fields | {"move": "unchanged"})
    first.refresh_from_db()
    assert (first.light, first.progress) == (Light.AT_RISK, "Sidste fremdrift.")
    assert first.figures == []


def test_the_report_names_no_light_of_another_catalogue(
    cast: Cast, last: GoalStatus, first: GoalStatus
) -> None:
    page = goal_page(first, mandate(cast.head), timezone.localdate())
    assert page.previous == last
    goal = look_of(page).context["goal"]
    assert goal["previous_light"] is None
    assert [row["year"] for row in goal["lights_by_year"]] == [first.round.year]


def test_the_rounds_of_two_catalogues_stand_by_deadline(
    cast: Cast, last: GoalStatus, first: GoalStatus
) -> None:
    first.round.due = cast.round.due - timedelta(days=3)
    first.round.save()
    client = Client()
    client.force_login(cast.head)
    rounds = [own.round for own in client.get(reverse("own_goals")).context["rounds"]]
    assert rounds == [first.round, cast.round, last.round]
    first.round.due = cast.round.due + timedelta(days=3)
    first.round.save()
    rounds = [own.round for own in client.get(reverse("own_goals")).context["rounds"]]
    assert rounds == [cast.round, first.round, last.round]
