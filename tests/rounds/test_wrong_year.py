"""A round made for the wrong year gets another one, as long as nothing is written in it."""

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import Event, Round
from actions.rounds.verbs import change_round_year
from actions.status.verbs import save_draft
from actions.writing.refusals import Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db


def change(cast: Cast, year: int) -> Round:
    by = mandate(cast.coordinator)
    return change_round_year(round_=cast.round, year=year, measured_year=year - 1, by=by)


def test_the_year_is_another_and_the_log_says_so(cast: Cast) -> None:
    before = cast.round.year
    change(cast, before + 1)
    round_ = Round.objects.get(pk=cast.round.pk)
    assert (round_.year, round_.measured_year) == (before + 1, before)
    assert str(before + 1) in Event.objects.get(verb="change_round_year").comment
    assert round_.statuses.count() == 2


def test_a_round_in_which_somebody_has_written_keeps_its_year(cast: Cast) -> None:
    status = status_of(cast.round, cast.own_goal)
    save_draft(status=status, by=mandate(cast.head), entry=entry(), revision=0)
    with pytest.raises(Refused, match="Der er skrevet i runden"):
        change(cast, cast.round.year + 1)
    client = Client()
    client.force_login(cast.coordinator)
    assert "Ret år" not in read(client.get(cast.round.get_absolute_url())).text
    url = reverse("round_year", args=[cast.catalogue.slug, cast.round.year])
    year = cast.round.year
    response = client.post(url, {"year": year, "measured_year": year - 2})
    assert response.status_code == 422
    assert "Der er skrevet i runden" in read(response).text


def test_two_rounds_have_not_one_year(cast: Cast) -> None:
    other = factory.make_round(cast.catalogue, year=cast.round.year - 1)
    with pytest.raises(Refused, match="Der er allerede en statusrunde"):
        change(cast, other.year)


def test_the_coordinator_changes_it_on_its_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.coordinator)
    assert "Ret år" in read(client.get(cast.round.get_absolute_url())).text
    url = reverse("round_year", args=[cast.catalogue.slug, cast.round.year])
    new = cast.catalogue.report_years[0]
    response = client.post(url, {"year": new, "measured_year": new - 1}, follow=True)
    assert "Rundens år er ændret" in read(response).text
    assert Round.objects.get(pk=cast.round.pk).year == new
