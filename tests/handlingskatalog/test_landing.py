"""Where the committee and the council land when a new catalogue has no report yet."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Catalogue
from reports.models import Edition, Kind
from tests.support import factory
from tests.support.cast import Cast


@pytest.fixture
def later(cast: Cast) -> Catalogue:
    """The catalogue after the one of the cast, and the current one: its round is open now."""
    begins = cast.catalogue.period_to + 1
    later = factory.make_catalogue("naeste", period_from=begins, period_to=begins + 3)
    today = timezone.localdate()
    factory.make_round(later, opens=today, due=today, closes=today + timedelta(days=1))
    return later


@pytest.fixture
def edition(cast: Cast, later: Catalogue) -> Edition:
    factory.make_edition(cast.catalogue, cast.round.year)
    return factory.make_edition(cast.catalogue, cast.catalogue.final_year, kind=Kind.FINAL)


def test_the_committee_lands_on_the_latest_report_there_is(
    cast: Cast, edition: Edition, client: Client
) -> None:
    client.force_login(cast.committee)
    assert client.get("/")["Location"] == edition.get_absolute_url()


def test_the_council_lands_on_the_catalogue_that_has_a_report(
    cast: Cast, edition: Edition, later: Catalogue, client: Client
) -> None:
    client.force_login(cast.council)
    assert client.get("/")["Location"] == reverse("council", args=[cast.catalogue.slug])
    factory.make_edition(later, later.period_from)
    assert client.get("/")["Location"] == reverse("council", args=[later.slug])
