"""Two minutes before a session ends the page asks, and nothing that is typed goes (K3)."""

from time import time

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.support import factory
from tests.support.cast import Cast

WARNING = 120


def test_the_page_asks_two_minutes_ahead_and_the_text_stays(visit: Visit, cast: Cast) -> None:
    page = visit(cast.head)
    cookies = {row["name"]: row["value"] for row in page.context.cookies()}
    session = SessionStore(cookies[settings.SESSION_COOKIE_NAME])
    session["ends"] = int(time()) + WARNING + 5
    session.save()
    page.goto(factory.status_of(cast.round, cast.own_goal).get_absolute_url())
    dialog = page.locator("#session-ends")
    expect(dialog).to_be_hidden()
    progress = page.get_by_label("Fremdrift siden sidste år")
    progress.fill("Stien er åben.")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button").first.click()
    expect(dialog).to_be_hidden()
    expect(progress).to_have_value("Stien er åben.")
    session = SessionStore(cookies[settings.SESSION_COOKIE_NAME])
    assert session["ends"] > time() + settings.SESSION_COOKIE_AGE - WARNING
