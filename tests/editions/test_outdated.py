"""A figure that is revised after an edition: the edition stays, VUF and the next report say so."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from actions.figures.told import Told, YearTold
from actions.figures.verbs import tell_figures
from actions.models import Indicator, Measurement, Round
from reports.content.assemble import assemble
from reports.content.shape import PointContent
from reports.editions.outdated import OutdatedFigure, outdated_figures
from reports.models import Edition, Kind, Report
from tests.support import factory
from tests.support.cast import Cast
from tests.support.clock import on
from tests.support.factory import mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db

REASON = "Tre borgere manglede."


@pytest.fixture
def past(cast: Cast) -> Round:
    return factory.make_past_round(cast.catalogue, cast.round.year - 1)


@pytest.fixture
def indicator(cast: Cast, past: Round) -> Indicator:
    row = factory.make_indicator(cast.own_goal, name="Sygefravær", unit="borgere")
    factory.measure(factory.hand_in(factory.status_of(past, cast.own_goal)), row, -12)
    return row


@pytest.fixture
def edition(cast: Cast, past: Round, indicator: Indicator) -> Edition:
    return factory.make_edition(cast.catalogue, past.year)


def revise(cast: Cast, indicator: Indicator, year: int, value: int) -> None:
    told = Told(Decimal(value))
    tell_figures(by=mandate(cast.coordinator), rows=[YearTold(indicator, year, told, REASON)])


def point(cast: Cast, round_: Round, year: int) -> PointContent:
    content = assemble(cast.catalogue, round_.year)
    [indicator] = content["actions"][0]["goals"][0]["indicators"]
    [found] = [row for row in indicator["points"] if row["year"] == year]
    return found


def test_vuf_is_told_what_an_edition_says_otherwise(
    cast: Cast, past: Round, indicator: Indicator, edition: Edition, vuf: Client
) -> None:
    url = reverse("reports", args=[cast.catalogue.slug])
    assert outdated_figures(cast.catalogue, [edition]) == {}
    assert "nu kendes" not in read(vuf.get(url)).text
    revise(cast, indicator, past.measured_year, -15)
    assert outdated_figures(cast.catalogue, [edition]) == {
        edition.pk: [
            OutdatedFigure("Sygefravær", past.measured_year, "−12\xa0borgere", "−15\xa0borgere")
        ]
    }
    page = read(vuf.get(url))
    words = f"udgaven siger −12 borgere for {past.measured_year}, nu kendes −15 borgere."
    assert words in page.text
    assert edition.report.publish_url in page.links
    reader = Client()
    reader.force_login(cast.committee)
    assert "nu kendes" not in read(reader.get(url)).text


def test_a_correction_says_what_is_known_and_the_older_edition_is_left_alone(
    cast: Cast, past: Round, indicator: Indicator, edition: Edition, vuf: Client
) -> None:
    revise(cast, indicator, past.measured_year, -15)
    factory.make_edition(cast.catalogue, past.year, number=2)
    page = read(vuf.get(reverse("reports", args=[cast.catalogue.slug])))
    assert "nu kendes" not in page.text
    edition.refresh_from_db()
    assert edition.content["actions"][0]["goals"][0]["indicators"][0]["points"][0]["value"] == "-12"


def test_a_value_that_came_late_is_told_too(
    cast: Cast, past: Round, indicator: Indicator, edition: Edition
) -> None:
    other = factory.make_indicator(cast.own_goal, name="Besøg", unit="besøg")
    newer = factory.make_edition(cast.catalogue, past.year, number=2)
    tell_figures(
        by=mandate(cast.coordinator), rows=[YearTold(other, past.measured_year, Told(Decimal(7)))]
    )
    [figure] = outdated_figures(cast.catalogue, [newer])[newer.pk]
    assert (figure.said, figure.known) == ("intet tal", "7\xa0besøg")


def test_the_next_report_says_that_an_earlier_figure_was_revised(
    cast: Cast, past: Round, indicator: Indicator, vuf: Client
) -> None:
    year = past.measured_year
    assert point(cast, cast.round, year)["revised"] == ""
    with on(f"{cast.round.year}-11-20"):
        revise(cast, indicator, year, -15)
        revised = point(cast, cast.round, year)["revised"]
        assert point(cast, past, year)["revised"] == "", "it is the report's own figure"
        draft = Report(catalogue=cast.catalogue, kind=Kind.STATUS, year=cast.round.year).draft_url
        assert f"Tallet for {year} er revideret" in read(vuf.get(draft)).text
    assert revised == (
        f"Tallet for {year} er revideret den 20. november {cast.round.year}: "
        f"før −12\xa0borgere, nu −15\xa0borgere. {REASON}"
    )


def test_a_report_after_the_next_says_nothing_of_it_again(
    cast: Cast, past: Round, indicator: Indicator
) -> None:
    with on(f"{cast.round.year}-11-20"):
        revise(cast, indicator, past.measured_year, -15)
    cast.catalogue.period_to = cast.round.year + 1
    cast.catalogue.save()
    later = factory.make_past_round(cast.catalogue, cast.round.year + 1)
    assert point(cast, later, past.measured_year)["revised"] == ""


def test_what_the_same_status_says_anew_is_no_revision(
    cast: Cast, past: Round, indicator: Indicator
) -> None:
    first = Measurement.objects.get()
    Measurement.objects.append(
        indicator=indicator, status=first.status, year=first.year, value=Decimal(-15)
    )
    assert point(cast, cast.round, first.year)["value"] == "-15"
    assert point(cast, cast.round, first.year)["revised"] == ""
