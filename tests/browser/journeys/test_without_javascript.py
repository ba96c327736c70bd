"""Without scripts everything works: the menu can be reached, and every form does its job."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from actions.models import Round, State
from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.tools.checks import sideways_faults
from tests.support import factory
from tests.support.cast import Cast


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_menu_leads_everywhere_and_out(visit: Visit, cast: Cast, width: int) -> None:
    page = visit(cast.coordinator, width=width, java_script_enabled=False)
    page.goto("/")
    for name in ("Handlinger", "Rapporter", "Stillinger", "Status"):
        page.get_by_role("link", name=name, exact=True).locator("visible=true").first.click()
        # Once on the page, in the menu that is shown at this width.
        current = page.locator("[aria-current=page]").filter(has_text=name, visible=True)
        expect(current.first).to_be_visible()
    page.get_by_role("button", name="Log af").locator("visible=true").first.click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_no_page_is_wider_or_offers_what_does_nothing(visit: Visit, cast: Cast, width: int) -> None:
    page = visit(cast.head, width=width, java_script_enabled=False)
    for address in ("/mine-maal/", factory.status_of(cast.round, cast.own_goal).get_absolute_url()):
        page.goto(address)
        assert sideways_faults(page) == []
        dead = page.locator("button[type=button]").locator("visible=true")
        expect(dead).to_have_count(0)


def test_a_head_saves_gets_the_errors_and_submits(visit: Visit, cast: Cast) -> None:
    page = visit(cast.head, width=PHONE, java_script_enabled=False)
    page.goto("/mine-maal/")
    page.get_by_role("link", name="Skriv status").click()
    page.get_by_label("Fremdrift siden sidste år", exact=True).fill("Vi er begyndt.")
    page.get_by_role("button", name="Gem kladde").click()
    expect(page.get_by_role("status").first).to_contain_text("Kladden er gemt")

    page.get_by_role("button", name="Indsend status").click()
    summary = page.get_by_role("alert").filter(has_text="Ret felterne herunder")
    expect(summary).to_contain_text("Vælg en vurdering")
    summary.get_by_role("link").first.click()
    page.locator("label").filter(has_text="På sporet").click()
    page.get_by_role("button", name="Indsend status").click()
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")
    assert factory.status_of(cast.round, cast.own_goal).state == State.SUBMITTED


def test_vuf_returns_approves_and_closes(visit: Visit, cast: Cast) -> None:
    status = factory.hand_in(factory.status_of(cast.round, cast.own_goal), State.SUBMITTED)
    page = visit(cast.coordinator, java_script_enabled=False)
    page.goto(status.get_absolute_url())
    page.locator("summary").filter(has_text="Send tilbage").click()
    page.get_by_role("button", name="Send tilbage", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Hvad skal ændres?")
    page.get_by_label("Hvad skal ændres?").fill("Skriv årstallet.")
    page.get_by_role("button", name="Send tilbage", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("sendt tilbage")

    status.refresh_from_db()
    assert status.state == State.RETURNED
    factory.hand_in(status, State.SUBMITTED)
    page.goto(status.get_absolute_url())
    page.get_by_role("button", name="Godkend").click()
    expect(page.get_by_role("status").first).to_contain_text("godkendt")

    page.get_by_role("link", name="Luk runden").click()
    page.get_by_role("button", name="Luk runden").click()
    expect(page.get_by_role("status").first).to_contain_text("Runden er lukket")
    assert Round.objects.get().closed_at is not None


def test_vuf_opens_a_round_with_dates(visit: Visit, cast: Cast) -> None:
    page = visit(cast.coordinator, java_script_enabled=False)
    page.goto(reverse("rounds", args=[cast.catalogue.slug]))
    page.get_by_role("link", name="Ny statusrunde").click()
    year = cast.round.year + 1
    page.get_by_label("Rundens år").fill(str(year))
    page.get_by_label("Tallene er fra").fill(str(year - 1))
    _fill_days(page, 0, -1, 30)
    page.get_by_role("button", name="Opret runden").click()
    expect(page.get_by_role("alert")).to_contain_text("Fristen ligger før åbningen")
    _fill_days(page, 0, 20, 30)
    page.get_by_role("button", name="Opret runden").click()
    expect(page).to_have_url(re.compile(f"/status/{year}/$"))
    assert Round.objects.get(year=year).statuses.count() == 2


def _fill_days(page: Page, *days: int) -> None:
    for label, number in zip(("Åbner", "Frist", "Lukker"), days, strict=True):
        day = timezone.localdate() + timedelta(days=number)
        page.get_by_label(label, exact=True).fill(day.isoformat())
