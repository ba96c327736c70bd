"""The temamøde's presentation by keyboard: one slide at a time, told aloud, and back again."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.tools.checks import axe_faults
from tests.support import factory
from tests.support.cast import Cast


def test_the_slides_are_led_by_the_keyboard_and_told_aloud(visit: Visit, cast: Cast) -> None:
    factory.hand_in_all(cast.round)
    factory.make_selection(factory.make_edition(cast.catalogue, cast.round.year))
    page = visit(cast.council)
    page.goto(f"/katalog/rapporter/{cast.round.year}/temamoede/praesentation/")
    slides, status = page.locator(".slide"), page.locator("[data-slides-status]")
    count = slides.count()
    expect(page.locator(".slide:visible")).to_have_count(count)

    start = page.get_by_role("button", name="Vis i fuld skærm")
    start.press("Enter")
    for key, place in (
        ("", 1),
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("ArrowLeft", 2),
        ("End", count),
        ("ArrowRight", count),
        ("Home", 1),
        ("PageUp", 1),
    ):
        if key:
            page.keyboard.press(key)
        expect(page.locator(".slide:visible")).to_have_count(1)
        expect(slides.nth(place - 1)).to_be_visible()
        expect(slides.nth(place - 1).locator("h1, h2")).to_be_focused()
        expect(status).to_have_text(f"Side {place} af {count}")
    page.get_by_role("button", name="Næste").click()
    expect(slides.nth(1)).to_be_visible()
    assert axe_faults(page) == []

    page.keyboard.press("Escape")
    expect(page.locator(".slide:visible")).to_have_count(count)
    expect(start).to_be_focused()
