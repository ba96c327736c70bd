"""Clicking twice, going back, and a second window: one submit, and no typed text is lost."""

import pytest
from playwright.sync_api import Page, Route, expect

from actions.models import Event, State
from tests.browser.conftest import Visit
from tests.support import factory
from tests.support.cast import Cast

pytestmark = pytest.mark.on_each_database

TEXT = "Vi er nået halvvejs på ruten æ ø å."
OTHER = "En anden tekst, som ingen må miste."


def test_a_double_click_submits_once(visit: Visit, cast: Cast) -> None:
    """The second click comes while the first is under way, as on a slow line."""
    page = visit(cast.head)
    _fill_in(page, cast, TEXT)
    posts: list[Route] = []
    page.route(
        "**/maal/*/",
        lambda route: posts.append(route) if route.request.method == "POST" else route.continue_(),
    )
    # The button's own click() would wait for the answer; the mouse does not.
    box = page.get_by_role("button", name="Indsend status").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    with page.expect_request("**/maal/*/"):
        page.mouse.click(x, y)
    page.mouse.click(x, y)
    assert len(posts) == 1
    posts[0].continue_()
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert Event.objects.filter(verb="submit").count() == 1


def test_a_form_whose_answer_never_came_can_be_sent_again(visit: Visit, cast: Cast) -> None:
    page = visit(cast.head)
    page.clock.install()
    _fill_in(page, cast, TEXT)
    page.route("**/maal/*/", lambda route: route.abort("aborted"), times=1)
    submit = page.get_by_role("button", name="Indsend status")
    submit.click()
    expect(submit).to_have_attribute("aria-disabled", "true")
    page.clock.fast_forward(10_000)
    expect(submit).not_to_have_attribute("aria-disabled", "true")
    submit.click()
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")
    assert factory.status_of(cast.round, cast.own_goal).progress == TEXT


def test_going_back_after_the_submit_shows_what_was_submitted(visit: Visit, cast: Cast) -> None:
    page = visit(cast.head)
    _fill_in(page, cast, TEXT)
    page.get_by_role("button", name="Indsend status").click()
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")
    page.go_back()
    expect(page.get_by_text(TEXT)).to_be_visible()
    expect(page.get_by_text("Status er indsendt og kan ikke ændres.")).to_be_visible()
    expect(page.get_by_role("button", name="Indsend status")).to_have_count(0)


def test_a_second_submit_of_the_same_form_is_refused_and_keeps_the_text(
    visit: Visit, cast: Cast
) -> None:
    """Without scripts, so that no autosave is quicker than the click."""
    page = visit(cast.head, java_script_enabled=False)
    _fill_in(page, cast, TEXT)
    stale = page.context.new_page()
    _fill_in(stale, cast, OTHER)
    page.get_by_role("button", name="Indsend status").click()
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")

    stale.get_by_role("button", name="Indsend status").click()
    refusal = stale.get_by_role("alert")
    expect(refusal).to_contain_text("Din tekst er ikke gemt")
    expect(refusal).to_contain_text("Status er allerede indsendt")
    expect(stale.get_by_label("Fremdrift siden sidste år", exact=True)).to_have_value(OTHER)
    assert factory.status_of(cast.round, cast.own_goal).progress == TEXT
    assert Event.objects.filter(verb="submit").count() == 1


def test_two_windows_with_a_draft_show_both_texts(visit: Visit, cast: Cast) -> None:
    """Without scripts, so that no autosave is quicker than the click."""
    first, second = (visit(user, java_script_enabled=False) for user in (cast.head, cast.co_head))
    _fill_in(first, cast, TEXT)
    _fill_in(second, cast, OTHER)
    first.get_by_role("button", name="Gem kladde").click()
    expect(first.get_by_role("status").first).to_contain_text("Kladden er gemt")

    second.get_by_role("button", name="Gem kladde").click()
    refusal = second.get_by_role("alert")
    expect(refusal).to_contain_text("har ændret denne status")
    expect(second.get_by_text(TEXT)).to_have_count(1)
    expect(second.get_by_label("Fremdrift siden sidste år", exact=True)).to_have_value(OTHER)
    second.get_by_role("button", name="Gem kladde").click()
    expect(second.get_by_role("status").first).to_contain_text("Kladden er gemt")
    status = factory.status_of(cast.round, cast.own_goal)
    assert (status.state, status.progress) == (State.DRAFT, OTHER)


def _fill_in(page: Page, cast: Cast, text: str) -> None:
    page.goto(factory.status_of(cast.round, cast.own_goal).get_absolute_url())
    page.locator("label").filter(has_text="På sporet").click()
    page.get_by_label("Fremdrift siden sidste år", exact=True).fill(text)
