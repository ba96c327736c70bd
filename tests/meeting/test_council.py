"""Kommunalbestyrelsen's page: the latest reports, and what is to be discussed at the temamøde."""

from datetime import date, time

from django.test import Client
from django.urls import reverse

from reports.models import Kind, ThemeMeeting
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import Page


def page_of(cast: Cast, client: Client) -> Page:
    client.force_login(cast.council)
    return Page(client.get(reverse("council", args=[cast.catalogue.slug])).text)


def test_it_shows_the_latest_edition_of_each_report(cast: Cast, client: Client) -> None:
    year = cast.round.year
    old, first = (factory.make_edition(cast.catalogue, each) for each in (year - 1, year))
    latest = factory.make_edition(cast.catalogue, year, number=2)
    midterm = factory.make_edition(cast.catalogue, year, kind=Kind.MIDTERM)
    links = page_of(cast, client).links
    assert latest.get_absolute_url() in links
    assert midterm.pdf_url in links
    assert not {old.get_absolute_url(), first.get_absolute_url()} & set(links)


def test_it_shows_the_decision_that_holds_as_it_was_published(cast: Cast, client: Client) -> None:
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    factory.make_selection(edition, cast.other_goal.action)
    action = cast.own_goal.action
    title = action.title
    held = factory.make_selection(edition, action, theme_meeting_on=date(2026, 9, 3))
    ThemeMeeting.objects.create(report=edition.report, starts_at=time(16, 30), place="Salen")
    action.title = "Et nyt navn"
    action.save()
    text = page_of(cast, client).text
    assert "Temamøde den 3. september 2026" in text
    assert "kl. 16.30" in text
    assert "Salen" in text
    assert title in text
    assert held.actions.get().reason in text
    assert action.title not in text
    assert cast.other_goal.action.title not in text


def test_before_anything_is_published_it_says_so(cast: Cast, client: Client) -> None:
    text = page_of(cast, client).text
    assert "Der er ikke udgivet nogen rapport endnu." in text
    assert "Temamøde den" not in text


def test_last_years_meeting_does_not_stand_above_a_newer_report(cast: Cast, client: Client) -> None:
    """F12: the page opens with the news."""
    year = cast.round.year
    earlier = factory.make_edition(cast.catalogue, year - 1)
    factory.make_selection(earlier, cast.own_goal.action)
    text = page_of(cast, client).text
    assert text.index("Temamøde den") < text.index("De seneste rapporter")
    factory.make_edition(cast.catalogue, year, kind=Kind.MIDTERM)
    text = page_of(cast, client).text
    assert text.index("De seneste rapporter") < text.index("Temamøde den")
