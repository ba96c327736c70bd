"""The head's journey with the keyboard alone: the focus is asserted at each step (E2)."""

import re

from playwright.sync_api import Locator, Page, expect

from actions.lights import Light
from actions.models import State
from tests import factory
from tests.browser.conftest import Visit
from tests.cast import Cast

#: So many stops at most between two things on a page.
STOPS = 60

#: What has the focus must be seen: not outside the window, and not below the bar of buttons.
_HIDDEN_FOCUS = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame(), await frame();  // the skip link moves away when it loses the focus
  const e = document.activeElement, shown = e.labels?.[0] && e.type === "radio" ? e.labels[0] : e;
  const box = shown.getBoundingClientRect(), x = box.left + box.width / 2;
  const y = Math.min(Math.max(box.top, 0) + 4, box.bottom - 1);
  const top = document.elementFromPoint(x, y);
  if (top && (shown.contains(top) || top.contains(shown))) return "";
  return `${e.outerHTML.slice(0, 120)} is hidden by ${top?.outerHTML.slice(0, 80)}`;
}"""


def test_a_head_submits_with_the_keyboard_alone(visit: Visit, cast: Cast) -> None:
    page = visit()
    page.goto("/")
    _type_the_login(page, cast)
    expect(page).to_have_url(re.compile("/mine-maal/$"))

    _skip_to_the_content(page)
    _tab_to(page, page.get_by_role("link", name="Skriv status"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Indsend status")).to_be_visible()

    _choose_yellow(page)
    _tab_to(page, page.get_by_label("Årsag", exact=True))
    page.keyboard.type("Pladsen mangler.")
    _tab_to(page, page.get_by_role("button", name="Indsend status"))
    page.keyboard.press("Enter")

    _follow_the_summary(page)
    page.keyboard.type("Vi er begyndt på ænderne.")
    for label in ("Konsekvens", "Næste skridt"):
        _tab_to(page, page.get_by_label(label, exact=True))
        page.keyboard.type("Vi tager en ny runde.")
    _tab_to(page, page.get_by_role("button", name="Indsend status"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")

    status = factory.status_of(cast.round, cast.own_goal)
    assert (status.state, status.light) == (State.SUBMITTED, Light.AT_RISK)
    assert status.progress == "Vi er begyndt på ænderne."
    assert status.cause == "Pladsen mangler."


def test_the_menu_of_a_phone_opens_and_closes_with_the_keyboard(visit: Visit, cast: Cast) -> None:
    page = visit(cast.head, width=390)
    page.goto("/mine-maal/")
    opener = page.get_by_role("button", name="Menu")
    _tab_to(page, opener)
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="Menu")
    expect(menu).to_be_visible()
    _tab_to(page, menu.get_by_role("link", name="Handlinger"))
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()


def _type_the_login(page: Page, cast: Cast) -> None:
    _tab_to(page, page.get_by_label("Brugernavn eller e-mail"))
    page.keyboard.type(cast.head.username)
    _tab_to(page, page.get_by_label("Adgangskode", exact=True))
    page.keyboard.type(factory.PASSWORD)
    page.keyboard.press("Enter")


def _skip_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Gå til sidens indhold")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def _choose_yellow(page: Page) -> None:
    """One Tab leads into the five choices, the arrows between them, one Tab out again."""
    choices = page.get_by_role("radio")
    _tab_to(page, choices.first)
    page.keyboard.press("ArrowDown")
    yellow = page.get_by_role("radio", name="Opmærksomhed")
    expect(yellow).to_be_focused()
    expect(yellow).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("input[type=radio]:focus")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(yellow).to_be_focused()


def _follow_the_summary(page: Page) -> None:
    """The focus is on the summary, its links lead to the fields, and what was typed is there."""
    summary = page.get_by_role("alert").filter(has_text="Ret felterne herunder")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    first = summary.get_by_role("link").first
    expect(first).to_be_focused()
    expect(first).to_contain_text("Fremdrift siden sidste år")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Fremdrift siden sidste år", exact=True)).to_be_focused()
    expect(page.get_by_label("Årsag", exact=True)).to_have_value("Pladsen mangler.")
    expect(page.get_by_role("radio", name="Opmærksomhed")).to_be_checked()


def _tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the target has the focus; every stop on the way can be seen."""
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(_HIDDEN_FOCUS) == ""
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"{STOPS} stops, and the focus never reached {target}")
