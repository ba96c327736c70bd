"""Økonomiudvalget's page: the published actions side by side, and never a hidden score."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from actions.lights import Light
from actions.models import Measurement
from reports.committee.criteria import CRITERIA
from reports.committee.page import CommitteePage, committee_page
from reports.models import Edition
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """Action 1 has gone back to yellow and misses a figure's target; action 2 is as it was."""
    past = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    met, missed, unknown = (factory.make_indicator(cast.own_goal) for _number in range(3))
    for round_ in (past, cast.round):
        for status in round_.statuses.all():
            factory.hand_in(status, light=Light.ON_TRACK)
    own = factory.hand_in(
        factory.status_of(cast.round, cast.own_goal),
        light=Light.AT_RISK,
        cause="Vejret.",
        consequence="Det tager længere tid.",
        next_step="Vi prøver igen.",
    )
    for indicator, value in ((met, Decimal(120)), (missed, Decimal(20)), (unknown, None)):
        Measurement.objects.append(
            indicator=indicator,
            status=own,
            year=cast.round.measured_year,
            value=value,
            missing_reason="" if value else "Opgøres senere.",
        )
    return factory.make_edition(cast.catalogue, cast.round.year)


def address(cast: Cast, route: str = "selection", *more: int) -> str:
    return reverse(route, args=[cast.catalogue.slug, cast.round.year, *more])


def order(page: CommitteePage) -> list[int]:
    return [row.number for row in page.rows]


def test_each_action_stands_with_what_the_report_says_of_it(edition: Edition) -> None:
    first, second = committee_page(edition).rows
    assert (first.worse, first.better, second.worse, second.better) == (1, 0, 0, 0)
    assert [figure["name"] for figure in first.off_target] == ["Måltal 2"]
    assert (len(first.figures), first.missing, second.figures) == (3, 1, [])
    assert (first.posts, second.posts) == (2, 1)
    assert first.last_meeting is second.last_meeting is None


def test_nothing_that_happens_after_publishing_changes_the_page(
    edition: Edition, cast: Cast, client: Client
) -> None:
    client.force_login(cast.committee)
    before = read(client.get(address(cast))).text
    factory.hand_in(factory.status_of(cast.round, cast.own_goal), light=Light.ACHIEVED)
    cast.own_goal.action.title = "Et nyt navn"
    cast.own_goal.action.save()
    cast.position.name = "En ny stilling"
    cast.position.save()
    assert read(client.get(address(cast))).text == before


def test_the_last_temamoede_is_that_of_the_decision_that_holds(
    edition: Edition, cast: Cast
) -> None:
    first, second = cast.catalogue.actions.order_by("number")
    for back, last in ((2, (first, second)), (1, (second,))):
        earlier = factory.make_edition(cast.catalogue, cast.round.year - back)
        for chosen in ((first,), last):
            day = date(cast.round.year - back, 6, 1)
            factory.make_selection(earlier, *chosen, theme_meeting_on=day)
    rows = committee_page(edition).rows
    assert [row.years_since for row in rows] == [2, 1]


def test_a_temamoede_counts_for_what_goes_on_from_the_action_in_later_catalogues(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Two catalogues later, and in as many queries as where nothing was carried over."""
    first, second = cast.catalogue.actions.order_by("number")
    old = factory.make_edition(cast.catalogue, cast.round.year - 1)
    factory.make_selection(old, second, theme_meeting_on=date(cast.round.year - 1, 6, 1))
    for _generation in range(2):
        later = factory.make_catalogue(f"senere-{second.pk}")
        second = factory.make_action(later, origin=second)
        factory.make_action(later, origin=first if first.catalogue == cast.catalogue else None)
    newest = factory.make_edition(later, cast.round.year)
    newest.report.catalogue = later
    with django_assert_num_queries(5):
        rows = committee_page(newest).rows
    assert [row.years_since for row in rows if row.last_meeting] == [1]
    assert rows[0].last_meeting


def test_a_goal_without_status_this_year_is_not_called_unchanged(cast: Cast) -> None:
    past = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    factory.hand_in_all(past)
    factory.hand_in(factory.status_of(cast.round, cast.other_goal), light=Light.NOT_ASSESSABLE)
    rows = committee_page(factory.make_edition(cast.catalogue, cast.round.year)).rows
    assert [row.moves for row in rows] == ["1 mål uden status i år", "1 mål kan ikke sammenlignes"]


def test_each_light_stands_with_its_word(edition: Edition, cast: Cast, client: Client) -> None:
    client.force_login(cast.committee)
    table = client.get(address(cast)).content.decode().partition("</table>")[2]
    assert '<span class="light__word">Opmærksomhed</span>' in table


def test_the_decision_leads_to_the_temamoede(edition: Edition, cast: Cast, client: Client) -> None:
    factory.make_selection(edition)
    client.force_login(cast.committee)
    assert address(cast, "theme_meeting") in read(client.get(address(cast))).links


def test_this_years_own_decision_is_no_earlier_temamoede(edition: Edition) -> None:
    factory.make_selection(edition)
    page = committee_page(edition)
    assert {row.last_meeting for row in page.rows} == {None}
    assert all(row.chosen for row in page.rows)


@pytest.mark.parametrize(
    ("sorter", "expected"),
    [
        ("handling", [1, 2, 3]),
        ("vurdering", [1, 2, 3]),
        ("aendring", [1, 2, 3]),
        ("maaltal", [1, 2, 3]),
        ("temamoede", [2, 3, 1]),
        ("stillinger", [1, 2, 3]),
        ("spoergsmaal", [2, 1, 3]),
        ("peget", [3, 1, 2]),
        ("findes-ikke", [1, 2, 3]),
    ],
)
def test_each_column_sorts_by_what_it_shows(
    cast: Cast, edition: Edition, sorter: str, expected: list[int]
) -> None:
    factory.make_action(cast.catalogue)
    edition = factory.make_edition(cast.catalogue, cast.round.year, number=2)
    first, second, third = cast.catalogue.actions.order_by("number")
    report = edition.report
    factory.make_question(report, second)
    factory.make_pointer(report, third, cast.committee)
    factory.make_pointer(report, second, cast.committee, withdrawn_at=edition.published_at)
    earlier = factory.make_edition(cast.catalogue, cast.round.year - 1)
    factory.make_selection(earlier, first)
    assert order(committee_page(edition, sorter=sorter)) == expected


def test_the_columns_are_explained_and_sorting_keeps_what_is_ticked(
    edition: Edition, cast: Cast, client: Client
) -> None:
    client.force_login(cast.committee)
    page = read(client.get(address(cast) + "?sorter=maaltal&handling=1&handling=2"))
    for criterion in CRITERIA:
        assert str(criterion.meaning) in page.text
        assert f"?sorter={criterion.key}&handling=1&handling=2#handlinger" in page.links
    assert "Side om side" in page.text


@pytest.mark.parametrize("ticked", ["1", "1&handling=99", "1&handling=1", "<b>&handling=2"])
def test_fewer_than_two_actions_are_not_compared(
    edition: Edition, cast: Cast, client: Client, ticked: str
) -> None:
    client.force_login(cast.committee)
    text = read(client.get(address(cast) + f"?handling={ticked}")).text
    assert "Sæt kryds ved 2-4 handlinger" in text
    assert "Side om side" not in text


def test_more_than_four_actions_are_not_compared(cast: Cast) -> None:
    for _number in range(3):
        factory.make_action(cast.catalogue)
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    assert len(committee_page(edition, ticked=list("1234")).compared) == 4
    assert committee_page(edition, ticked=list("12345")).compared == []


def test_the_report_leads_the_committee_there_and_nobody_else(
    edition: Edition, cast: Cast, client: Client
) -> None:
    for name, leads in (("committee", True), ("coordinator", True), ("council", False)):
        client.force_login(cast.people[name])
        links = read(client.get(edition.get_absolute_url())).links
        assert (address(cast) in links) is leads


def test_the_short_address_leads_to_the_latest_report(cast: Cast, client: Client) -> None:
    client.force_login(cast.committee)
    short = reverse("latest_selection", args=[cast.catalogue.slug])
    assert client.get(short).headers["Location"] == reverse("reports", args=[cast.catalogue.slug])
    factory.make_edition(cast.catalogue, cast.round.year)
    assert client.get(short).headers["Location"] == address(cast)
