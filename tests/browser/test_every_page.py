"""Every page × role × state, found from the URL configuration, on a screen and on a phone (E1, E5).

Pages that differ in nothing but whose they are get visited once.
"""

import copy
import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error
from playwright.sync_api import Page, Response

from actions.models import User
from tests.browser.conftest import PHONE, WIDE, Crawler
from tests.browser.tools.checks import Source, axe_faults, axe_faults_resized, sideways_faults
from tests.site import PAGES, SITUATIONS
from tests.support import factory
from tests.support.cast import Cast
from tests.support.rows import Situation

#: The menus differ by role: they are looked at on one page, by everybody.
MENUS_ROUTE = "account_logout"
_USER = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|<p class="user">.*?</p>', re.DOTALL)
_USER_AND_MENUS = re.compile(rf"{_USER.pattern}|<header.*?</header>", re.DOTALL)


def test_every_route_is_visited_or_has_no_page() -> None:
    visited = {situation.route for situation in SITUATIONS}
    assert visited == {route.name for route in PAGES}


def test_each_situation_is_named() -> None:
    labels = [situation.label for situation in SITUATIONS]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.label)
def test_every_page_can_be_used_by_everybody(
    cast: Cast, crawler: Crawler, situation: Situation
) -> None:
    situation.given(cast)
    url = reverse(situation.route, kwargs=situation.kwargs(cast)) + situation.query
    faults = []
    for who, source in _different_pages(cast, situation, url):
        found = Source(source).faults
        crawler.become(cast.people.get(who))
        crawler.page.set_viewport_size({"width": PHONE, "height": 844})
        crawler.watch.allowed.add(situation.code)
        response = _open(crawler.page, url, situation, cast)
        assert response is not None
        assert response.status == situation.code
        found += _faults_of(crawler.page)
        faults += [f"{who}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_no_two_addresses_have_the_same_title(cast: Cast) -> None:
    routes: dict[str, set[str]] = {}
    for situation in SITUATIONS:
        # A refused form says so before the title, and is the same page.
        title = re.sub(r"^(Fejl|Ikke \w+): ?", "", _title(situation, copy.deepcopy(cast)))
        routes.setdefault(title, set()).add(situation.route)
    shared = {title: found for title, found in routes.items() if len(found) > 1}
    assert shared == {}


@pytest.mark.parametrize("code", [404, 403, 429, 500])
def test_error_pages_can_be_used_by_everybody(
    cast: Cast, crawler: Crawler, rf: RequestFactory, code: int
) -> None:
    crawler.become(cast.head)
    page = crawler.page
    page.set_viewport_size({"width": PHONE, "height": 844})
    crawler.watch.allowed.add(code)
    if code == HTTPStatus.NOT_FOUND:
        response = page.goto("/findes/ikke/")
    elif code == HTTPStatus.FORBIDDEN:
        page.goto(reverse("account_change_password"))
        response = _post(page, reverse("account_change_password"), {"csrfmiddlewaretoken": "nej"})
    else:
        body = server_error(rf.get("/"), template_name=f"{code}.html").content
        page.route("**/fejl/", lambda route: route.fulfill(status=code, body=body))
        response = page.goto("/fejl/")
        page.unroute("**/fejl/")
    assert response is not None
    assert response.status == code
    assert Source(response.text()).faults == []
    assert _faults_of(page) == []


def test_the_login_page_with_demo_logins_can_be_used_by_everybody(
    crawler: Crawler, settings: LazySettings, transactional_db: None
) -> None:
    settings.DEBUG = True
    for name in ("vuf", "oekonomiudvalget", "strategisk-chefforum"):
        factory.make_user(name)
    crawler.become(None)
    crawler.page.set_viewport_size({"width": PHONE, "height": 844})
    crawler.page.goto(reverse("account_login"))
    assert crawler.page.get_by_role("button", name="Økonomiudvalget").is_visible()
    assert _faults_of(crawler.page) == []


def test_the_open_menu_of_a_phone_can_be_used_by_everybody(cast: Cast, crawler: Crawler) -> None:
    crawler.become(cast.coordinator)
    page = crawler.page
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(reverse("reports", args=[cast.catalogue.slug]))
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("dialog", name="Menu")
    assert menu.get_by_role("link", name="Rapporter").is_visible()
    assert axe_faults(page) + sideways_faults(page) == []
    page.keyboard.press("Escape")
    assert not menu.is_visible()


# --- the checks must see what they look for -------------------------------------------------------


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        ("<p style='color:red'>x</p>", "<p style>"),
        ("<p onclick='x()'>x</p>", "<p onclick>"),
        ("<script>x()</script>", "an inline <script>"),
        ("<h1>To</h1>", "2 h1"),
    ],
)
def test_a_breach_in_the_source_is_seen(spoilt: str, fault: str) -> None:
    page = f"<html lang=da><title>T</title><h1>En</h1>{spoilt}"
    assert Source(page).faults == [fault]


def test_a_breach_on_the_page_is_seen(crawler: Crawler, transactional_db: None) -> None:
    page = crawler.page
    crawler.become(None)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(reverse("account_login"))
    assert _faults_of(page) == []
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.evaluate(
        """() => {
          const wide = document.createElement("p");
          wide.textContent = "x".repeat(100);
          wide.style.whiteSpace = "nowrap";
          document.querySelector("main").append(wide, document.createElement("img"));
          wide.insertAdjacentHTML("afterend", "<p style='color: red'>x</p>");
          console.error("galt");
        }"""
    )
    assert any("cut off" in fault for fault in sideways_faults(page))
    assert any("image-alt" in fault for fault in axe_faults(page))
    page.goto(reverse("account_login"))
    faults, crawler.watch.faults = crawler.watch.faults, []
    assert any(fault.startswith("CSP: style-src-attr") for fault in faults), faults
    assert "console: galt" in faults


@pytest.mark.parametrize(
    "where",
    ["@media (min-width: 800px) { main p", "@media (min-width: 800px) { main", "@media all { nav"],
)
def test_what_cannot_be_read_at_one_width_is_seen(cast: Cast, crawler: Crawler, where: str) -> None:
    page = crawler.page
    crawler.become(cast.coordinator)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(reverse("account_logout"))
    page.evaluate(
        """(where) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`${where} { &, a { color: #999; background: #888 } } }`);
          document.adoptedStyleSheets.push(sheet);
        }""",
        where,
    )
    found = _faults_of(page)
    assert any("color-contrast" in fault for fault in found)
    assert [fault for fault in found if f"at {WIDE}: axe: color-contrast" not in fault] == []


# -------------------------------------------------------------------------------------------------


def _different_pages(cast: Cast, situation: Situation, url: str) -> Iterator[tuple[str, str]]:
    """One person for each version of the page, with its source."""
    own = _USER if situation.route == MENUS_ROUTE else _USER_AND_MENUS
    seen = set()
    for who in sorted(situation.people):
        source = _source(cast.people.get(who), situation, url, cast)
        version = own.sub("", source)
        if version not in seen:
            seen.add(version)
            yield who, source


def _source(user: User | None, situation: Situation, url: str, cast: Cast) -> str:
    cache.clear()  # allauth counts the attempts of an address
    client = Client()
    if user is not None:
        client.force_login(user)
    data = situation.typed
    answer = client.get(url) if data is None else client.post(url, data(cast))
    assert answer.status_code == situation.code, f"{situation.label}: {answer.status_code}"
    return answer.content.decode()


def _title(situation: Situation, cast: Cast) -> str:
    with transaction.atomic():
        situation.given(cast)
        url = reverse(situation.route, kwargs=situation.kwargs(cast)) + situation.query
        who = min(situation.people)
        title = Source(_source(cast.people.get(who), situation, url, cast)).title
        transaction.set_rollback(True)
    return title


def _open(page: Page, url: str, situation: Situation, cast: Cast) -> Response | None:
    if situation.typed is None:
        return page.goto(url)
    page.goto(reverse("account_reset_password"))
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    return _post(page, url, situation.typed(cast) | {"csrfmiddlewaretoken": token})


def _post(page: Page, url: str, data: dict[str, str]) -> Response | None:
    with page.expect_navigation() as navigation:
        page.evaluate(
            """([url, data]) => {
              const form = document.createElement("form");
              form.method = "post";
              form.action = url;
              for (const [name, value] of Object.entries(data)) {
                const field = document.createElement("textarea");
                field.name = name;
                field.value = value;
                form.append(field);
              }
              document.body.append(form);
              form.submit();
            }""",
            [url, data],
        )
    return navigation.value


def _faults_of(page: Page) -> list[str]:
    """At both widths, with everything unfolded that folds; the page was opened on the phone."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    faults = [f"at {PHONE}: {fault}" for fault in sideways_faults(page) + axe_faults(page)]
    page.set_viewport_size({"width": WIDE, "height": 900})
    wide = sideways_faults(page) + axe_faults_resized(page)
    return faults + [f"at {WIDE}: {fault}" for fault in wide]
