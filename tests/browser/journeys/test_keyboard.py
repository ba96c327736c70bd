"""The head's journey with the keyboard alone: the focus is asserted at each step (E2)."""

import re

from playwright.sync_api import expect

from actions.lights import Light
from actions.models import State
from tests.browser.conftest import Visit
from tests.browser.tools.keyboard import Keyboard
from tests.support import factory
from tests.support.cast import Cast


def test_a_head_submits_with_the_keyboard_alone(visit: Visit, cast: Cast) -> None:
    keys = Keyboard(visit())
    keys.page.goto("/")
    _type_the_login(keys, cast)
    expect(keys.page).to_have_url(re.compile("/mine-maal/$"))

    keys.skip_to_the_content()
    keys.follow(re.compile("Skriv status"))
    keys.is_at(str(cast.own_goal.action))

    _choose_yellow(keys)
    keys.write("Årsag", "Pladsen mangler.")
    keys.push("Indsend status")

    _follow_the_summary(keys)
    keys.type("Vi er begyndt på ænderne.")
    for label in ("Konsekvens", "Næste skridt"):
        keys.write(label, "Vi tager en ny runde.")
    keys.push("Indsend status")
    keys.is_told("Status er indsendt")

    status = factory.status_of(cast.round, cast.own_goal)
    assert (status.state, status.light) == (State.SUBMITTED, Light.AT_RISK)
    assert status.progress == "Vi er begyndt på ænderne."
    assert status.cause == "Pladsen mangler."


def test_the_menu_of_a_phone_opens_and_closes_with_the_keyboard(visit: Visit, cast: Cast) -> None:
    page = visit(cast.head, width=390)
    keys = Keyboard(page)
    page.goto("/mine-maal/")
    opener = page.get_by_role("button", name="Menu")
    keys.tab_to(opener)
    keys.press("Enter")
    menu = page.get_by_role("dialog", name="Menu")
    expect(menu).to_be_visible()
    keys.tab_to(menu.get_by_role("link", name="Handlinger"))
    keys.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()


def _type_the_login(keys: Keyboard, cast: Cast) -> None:
    keys.write("Brugernavn eller e-mail", cast.head.username)
    keys.write("Adgangskode", factory.PASSWORD)
    keys.press("Enter")


def _choose_yellow(keys: Keyboard) -> None:
    """One Tab leads into the five choices, the arrows between them, one Tab out again."""
    page = keys.page
    keys.tab_to(page.get_by_role("radio").first)
    keys.press("ArrowDown")
    yellow = page.get_by_role("radio", name="Opmærksomhed")
    expect(yellow).to_be_focused()
    expect(yellow).to_be_checked()
    keys.press("Tab")
    expect(page.locator("input[type=radio]:focus")).to_have_count(0)
    keys.press("Shift+Tab")
    expect(yellow).to_be_focused()


def _follow_the_summary(keys: Keyboard) -> None:
    """The focus is on the summary, its links lead to the fields, and what was typed is there."""
    page = keys.page
    keys.is_refused("Ret felterne herunder")
    keys.follow_the_error(keys.field("Fremdrift siden sidste år"))
    expect(page.get_by_label("Årsag", exact=True)).to_have_value("Pladsen mangler.")
    expect(page.get_by_role("radio", name="Opmærksomhed")).to_be_checked()
