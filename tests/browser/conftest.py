"""What every browser test may ask for; all of them are skipped where there is no Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from actions.models import User
from tests.browser.tools.chromium import ARGUMENTS, MISSING, find_chromium, is_required
from tests.browser.tools.watch import Watch

HERE = Path(__file__).parent
WIDE, PHONE = 1280, 390
#: Milliseconds; these machines are busy.
PATIENCE = 20_000

expect.set_options(timeout=PATIENCE)

type Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a browser shows is the same on every database, unless a test says otherwise."""
    skips = find_chromium() is None and not is_required()
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.get_closest_marker("on_each_database") is None:
                item.add_marker(pytest.mark.once)
            if skips:
                item.add_marker(pytest.mark.skip(reason=MISSING))


class KeptFiles(StaticFilesHandler):
    """Lets a browser keep the static files, which it would ask for anew in a fresh clone."""

    def serve(self, request: HttpRequest) -> HttpResponse | FileResponse:
        answer = super().serve(request)
        answer.headers["Cache-Control"] = "max-age=86400"
        return answer


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """pytest-django's server, with the static files from where they lie.

    Its own asks for "django.contrib.staticfiles" among the apps, where we have a subclass of its
    configuration, and would serve STATIC_ROOT. It does not ask for the database either, which
    must be there before: the server shares the connection of one in memory.
    """
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = KeptFiles
    for connection in (server.thread.connections_override or {}).values():
        connection.inc_thread_sharing()  # once more: a request's thread may outlive the server
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = find_chromium()
    if program is None:
        pytest.fail(f"REQUIRE_BROWSER is set, and there is {MISSING}", pytrace=False)
    return browser_type_launch_args | {"executable_path": program, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {
        "locale": "da-DK",
        "timezone_id": "Europe/Copenhagen",
        "reduced_motion": "reduce",
        "viewport": {"width": WIDE, "height": 900},
    }


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    watch.settle()


@pytest.fixture
def visit(watch: Watch, new_context: Callable[..., BrowserContext], base_url: str) -> Visit:
    """Opens a new browser window as somebody, or as nobody who is logged in."""

    def open_window(user: User | None = None, *, width: int = WIDE, **context_args: Any) -> Page:
        context = new_context(**context_args)
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        if user is not None:
            log_in(context, user, base_url)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    return open_window


def log_in(context: BrowserContext, user: User, base_url: str) -> None:
    """Gives the browser a session of the user's, without the login page."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])


class Crawler:
    """One browser window for many tests: its cache keeps what all pages share."""

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.watch = Watch()
        self.watch.follow(context)
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.base_url = base_url

    def become(self, user: User | None) -> None:
        self.page.context.clear_cookies()
        if user is not None:
            log_in(self.page.context, user, self.base_url)


@pytest.fixture(scope="session")
def window(
    browser: Browser, browser_context_args: dict[str, Any], base_url: str
) -> Iterator[Crawler]:
    with browser.new_context(**browser_context_args) as context:
        yield Crawler(context, base_url)


@pytest.fixture
def crawler(window: Crawler) -> Iterator[Crawler]:
    yield window
    window.page.goto("about:blank")  # a page that asks for news would go on into the next test
    window.watch.settle()
