"""Several catalogues live side by side: each is reached from the others' pages."""

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import User
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


def look(user: User, page: str, slug: str) -> Page:
    client = Client()
    client.force_login(user)
    return read(client.get(reverse(page, args=[slug])))


@pytest.mark.parametrize("page", ["catalogue", "rounds", "reports"])
def test_the_same_page_of_the_other_catalogues_is_a_click_away(cast: Cast, page: str) -> None:
    early = factory.make_catalogue("plan-14", period_from=2014, period_to=2017, midterm_year=2016)
    late = factory.make_catalogue("plan-18", period_from=2018, period_to=2021, midterm_year=2020)
    others = [reverse(page, args=[other.slug]) for other in (late, early)]
    seen = look(cast.coordinator, page, cast.catalogue.slug)
    assert [link for link in seen.links if link in others] == others
    assert "Prøve Kommune, 2018–2021" in seen.text


@pytest.mark.parametrize("page", ["catalogue", "rounds", "reports"])
def test_a_single_catalogue_says_nothing_of_others(cast: Cast, page: str) -> None:
    assert "Andre handlingskataloger" not in look(cast.head, page, cast.catalogue.slug).text


def test_politicians_reach_the_reports_of_an_earlier_catalogue(cast: Cast) -> None:
    earlier = factory.make_catalogue("plan-18", period_from=2018, period_to=2021, midterm_year=2020)
    seen = look(cast.council, "reports", cast.catalogue.slug)
    assert reverse("reports", args=[earlier.slug]) in seen.links
