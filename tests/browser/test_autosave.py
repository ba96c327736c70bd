"""Nothing typed is lost, seen from the browser (T1-T3, T6), and few clicks to submit (E4).

Timers are moved by hand (`page.clock`): no test waits for a pause to pass, except where Chromium
is killed. KILLS and SAVES make the drill of what is a handful in CI.
"""

import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import (
    BrowserContext,
    Error,
    Locator,
    Page,
    Playwright,
    Request,
    Route,
    expect,
)

from actions.models import Event
from actions.models.history import REFUSED
from actions.rounds import verbs as rounds_verbs
from actions.status import verbs as status_verbs
from handlingskatalog.demo.loading import load_demo
from handlingskatalog.demo.people import PASSWORD
from tests.browser.conftest import Visit, log_in
from tests.browser.tools.hands import Hands
from tests.browser.tools.watch import Watch
from tests.support import factory
from tests.support.cast import Cast

TEXT = "Vi er halvvejs på ruten: æøå <b>& «citat»</b>.\nOg en linje til."
MORE = " Så blev der skrevet videre."
OTHER = "Den andens tekst om stien."
PROGRESS = "Fremdrift siden sidste år"

AUTOSAVE = "**/autogem/"
PAUSE, RETRY = 1200, 5000  # as in static/js/autosave.js
KILLS = int(os.environ.get("KILLS", "5"))
SAVES = int(os.environ.get("SAVES", "10"))

#: What the browser's own store holds.
COPIES = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("handlingskatalog", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("texts");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction("texts").objectStore("texts").getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result); };
  };
})"""


@pytest.fixture
def faults(watch: Watch) -> Iterator[None]:
    """Forgives what a test does to the autosave on purpose: its answers and htmx's word on them."""
    yield
    expected = re.compile(
        r"/autogem/|htmx:(sendError|timeout)|htmx:afterRequest|ERR_INTERNET_DISCONNECTED"
    )
    watch.faults[:] = [fault for fault in watch.faults if not expected.search(fault)]


# --- T1: on the server within 3 s, in the browser within 0.5 s --------------------------------


def test_typing_without_a_pause_is_saved_all_the_while(visit: Visit, cast: Cast) -> None:
    """Ten seconds by the page's clock, a stroke every 100 ms: it never rests long enough for the
    pause alone to send anything.
    """
    page, sent = _typing_by_the_clock(visit, cast)
    field, now, typed = _open(page, cast), 0, ""
    page.clock.pause_at(datetime(2030, 1, 1, 12, tzinfo=UTC))
    field.focus()
    strokes: list[int] = []
    on_server = in_browser = 0
    for _stroke in range(100):
        page.keyboard.type("x")
        typed += "x"
        strokes.append(now)
        page.clock.run_for(100)
        now += 100
        if len(sent) > on_server:
            on_server = len(sent)
            expect(_note(page)).to_contain_text("Gemt kl.")
        unsaved = strokes[len(_stored(cast)) :]
        assert not unsaved or now - unsaved[0] <= 3000
        copy = _copy(page)
        in_browser = max(in_browser, len(copy), len(_stored(cast)))
        unkept = strokes[in_browser:]
        assert not unkept or now - unkept[0] <= 500
    assert 3 <= len(sent) <= 8


def test_the_measure_of_typing_sees_a_page_without_autosave(visit: Visit, cast: Cast) -> None:
    """The control: nothing is sent, nothing kept."""
    page, sent = _typing_by_the_clock(visit, cast)
    _without_autosave(page.context)
    field = _open(page, cast)
    field.press_sequentially("x" * 20)
    page.clock.fast_forward(10_000)
    assert (sent, _copy(page), _stored(cast)) == ([], "", "")


@pytest.mark.on_each_database
def test_what_was_typed_half_a_second_before_chromium_is_killed_is_there(
    profile: "Profile", cast: Cast
) -> None:
    """In every second run the server is out of reach, and only the browser's own store is left."""
    page = profile.start()
    before = ""
    for run in range(KILLS):
        if alone := run % 2 == 1:
            page.context.route(AUTOSAVE, lambda route: route.abort())
        typed, safe = _type_until_killed(page, profile, cast)
        page = profile.start()
        field = _open(page, cast)
        expect(field).to_have_value(re.compile(f"^{re.escape((before + safe).rstrip())}"))
        # What the browser alone had is by then in its field and on the server.
        assert _eventually(page, "") == ""
        value = field.input_value()
        assert (before + typed).startswith(value), f"run {run}, alone: {alone}"
        assert _stored(cast) == value.rstrip(), f"run {run}, alone: {alone}"
        before = value
    assert Event.objects.filter(verb=REFUSED).count() == 0


@pytest.mark.on_each_database
def test_the_kill_loses_what_is_typed_without_autosave(profile: "Profile", cast: Cast) -> None:
    """The control."""
    page = profile.start()
    _without_autosave(page.context)
    _typed, safe = _type_until_killed(page, profile, cast, after=1.5)
    assert safe
    expect(_open(profile.start(), cast)).to_have_value("")


# --- T2: the journeys -------------------------------------------------------------------------


@pytest.mark.usefixtures("faults")
def test_the_session_expires(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    page.context.clear_cookies(name="sessionid")
    field.press_sequentially(TEXT)
    with page.expect_response(AUTOSAVE) as answer:
        page.clock.fast_forward(PAUSE)
    assert answer.value.status == 401
    expect(_note(page)).to_contain_text("Du er logget ud – din tekst er i sikkerhed her.")
    expect(field).to_have_value(TEXT)
    with page.context.expect_page() as window:
        _note(page).get_by_role("link").click()
    _log_in_by_the_form(window.value, cast)
    page.bring_to_front()
    _saves(page, cast, TEXT, wait=RETRY)


@pytest.mark.usefixtures("faults")
def test_the_token_is_rotated_by_a_login_in_another_window(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto("/")
    _log_in_by_the_form(other, cast)
    field.press_sequentially(TEXT)
    _saves(page, cast, TEXT)


@pytest.mark.usefixtures("faults")
def test_the_line_is_gone_and_comes_back(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    page.context.set_offline(True)
    field.press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Ikke gemt endnu")
    assert _stored(cast) == ""
    page.context.set_offline(False)
    _saves(page, cast, TEXT, wait=0)


@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize("code", [413, 500, 503])
def test_the_server_fails(visit: Visit, cast: Cast, code: int) -> None:
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    page.route(AUTOSAVE, lambda route: route.fulfill(status=code, body="<h1>Fejl</h1>"), times=1)
    field.press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Ikke gemt endnu – din tekst er i sikkerhed her.")
    expect(page.get_by_role("heading", name="Fejl")).to_have_count(0)
    expect(field).to_have_value(TEXT)
    assert _copy(page) == TEXT
    field.press_sequentially(MORE)
    _saves(page, cast, TEXT + MORE, wait=RETRY)


@pytest.mark.usefixtures("faults")
def test_the_answer_never_comes(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    page.evaluate("htmx.config.timeout = 300")
    held: list[Route] = []
    page.route(AUTOSAVE, lambda route: held.append(route), times=1)
    field.press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Ikke gemt endnu")
    assert (len(held), _copy(page)) == (1, TEXT)
    page.evaluate("htmx.config.timeout = 10000")
    field.press_sequentially(MORE)
    _saves(page, cast, TEXT + MORE, wait=RETRY)


@pytest.mark.on_each_database
@pytest.mark.usefixtures("faults")
def test_the_answer_is_lost_though_the_server_has_saved(visit: Visit, cast: Cast) -> None:
    """No conflict with oneself: what is typed afterwards goes on top of it."""
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)

    def save_and_say_nothing(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route(AUTOSAVE, save_and_say_nothing, times=1)
    field.press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Ikke gemt endnu")
    assert _stored(cast) == TEXT
    field.press_sequentially(MORE)
    _saves(page, cast, TEXT + MORE, wait=RETRY)
    assert Event.objects.filter(verb=REFUSED).count() == 0


@pytest.mark.on_each_database
@pytest.mark.usefixtures("faults")
def test_a_co_head_has_saved_meanwhile(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    status_verbs.save_draft(
        status=factory.status_of(cast.round, cast.own_goal),
        by=factory.mandate(cast.co_head),
        entry=factory.entry(light="", progress=OTHER),
        revision=0,
    )
    field.press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    _shows_both(page, TEXT, OTHER)
    assert _stored(cast) == OTHER


@pytest.mark.on_each_database
@pytest.mark.usefixtures("faults")
def test_two_windows_of_the_same_head(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    second = page.context.new_page()
    second.clock.install()
    first_field, second_field = _open(page, cast), _open(second, cast)
    first_field.press_sequentially(OTHER)
    _saves(page, cast, OTHER)
    second_field.press_sequentially(TEXT)
    second.clock.fast_forward(PAUSE)
    _shows_both(second, TEXT, OTHER)


@pytest.mark.on_each_database
@pytest.mark.usefixtures("faults")
def test_the_round_is_closed_meanwhile(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    rounds_verbs.close_round(round_=cast.round, by=factory.mandate(cast.coordinator))
    field.press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    _shows_both(page, TEXT, "")


@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize("saved", [False, True], ids=["nothing saved", "some of it saved"])
def test_leaving_and_going_back(visit: Visit, cast: Cast, saved: bool) -> None:
    """The browser puts back what the fields held, and the old revision if a script had set it."""
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    if saved:
        field.press_sequentially(TEXT[:10])
        _saves(page, cast, TEXT[:10])
    field.press_sequentially(TEXT[10:] if saved else TEXT)
    page.goto("/mine-maal/")
    page.go_back()
    expect(_field(page)).to_have_value(TEXT)
    _field(page).press("Control+End")
    page.keyboard.type(MORE)
    _saves(page, cast, TEXT + MORE)
    assert Event.objects.filter(verb=REFUSED).count() == 0


@pytest.mark.on_each_database
@pytest.mark.usefixtures("faults")
def test_going_back_shows_what_somebody_else_has_written_since(visit: Visit, cast: Cast) -> None:
    """Not what the browser puts back, which would be saved on top of it."""
    page = _by_the_clock(visit, cast)
    _open(page, cast).press_sequentially(TEXT)
    _saves(page, cast, TEXT)
    page.goto("/mine-maal/")
    status = factory.status_of(cast.round, cast.own_goal)
    status_verbs.save_draft(
        status=status,
        by=factory.mandate(cast.co_head),
        entry=factory.entry(light="", progress=OTHER),
        revision=status.revision,
    )
    page.go_back()
    expect(_field(page)).to_have_value(OTHER)
    _field(page).press("Control+End")
    page.keyboard.type(MORE)
    _saves(page, cast, OTHER + MORE)


@pytest.mark.on_each_database
@pytest.mark.usefixtures("faults")
def test_leaving_while_a_save_is_under_way(visit: Visit, cast: Cast) -> None:
    """What is typed meanwhile goes behind it, and overtakes it here."""
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    late: list[Route] = []
    page.route(AUTOSAVE, lambda route: late.append(route), times=1)
    field.press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Gemmer")
    field.press_sequentially(MORE)
    page.goto("/mine-maal/")
    page.go_back()
    expect(_field(page)).to_have_value(TEXT + MORE)
    assert len(late) == 1
    overtaken = late[0].request
    page.request.post(overtaken.url, headers=overtaken.headers, data=overtaken.post_data)
    assert _stored(cast) == TEXT + MORE
    assert Event.objects.filter(verb=REFUSED).count() == 0


@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize("reached", [True, False], ids=["with a server", "without a server"])
def test_a_window_is_closed_and_opened_again(visit: Visit, cast: Cast, reached: bool) -> None:
    page = _by_the_clock(visit, cast)
    context = page.context
    field = _open(page, cast)
    if not reached:
        context.route(AUTOSAVE, lambda route: route.abort())
    field.press_sequentially(TEXT)
    later = context.new_page()  # a context without a page would be gone
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    context.unroute(AUTOSAVE)
    page = later
    page.clock.install()
    field = _open(page, cast)
    expect(field).to_have_value(TEXT)
    field.press("Control+End")
    page.keyboard.type(MORE)
    _saves(page, cast, TEXT + MORE)
    assert Event.objects.filter(verb=REFUSED).count() == 0


def test_without_autosave_the_text_of_a_closed_window_is_lost(visit: Visit, cast: Cast) -> None:
    """The control of the journeys."""
    page = visit(cast.head)
    context = page.context
    _without_autosave(context)
    _open(page, cast).press_sequentially(TEXT)
    later = context.new_page()
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    expect(_open(later, cast)).to_have_value("")


# --- T3: only a line is swapped ---------------------------------------------------------------

#: Counts the saves under way in the page, and names what else than the two parts is swapped.
OBSERVE = """() => {
  window.seen = {most: 0, foreign: []};
  let under = 0;
  const isSave = (event) => event.detail.requestConfig.path.endsWith("/autogem/");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isSave(event)) seen.most = Math.max(seen.most, ++under);
  });
  document.addEventListener("htmx:afterRequest", (event) => isSave(event) && under--);
  const own = "#saved, #assessment-notes, .character-limit, .character-limit-sr-only";
  new MutationObserver((changes) => {
    for (const {target, addedNodes, removedNodes} of changes) {
      const nodes = [...addedNodes, ...removedNodes];
      const swapped = (node) => node.nodeType !== Node.ELEMENT_NODE || node.matches(own);
      if (!target.closest?.(own) && !nodes.every(swapped))
        seen.foreign.push(nodes.map((node) => node.nodeName).join() + " in " + target.nodeName);
    }
  }).observe(document.body, {childList: true, subtree: true});
}"""


def test_a_hundred_saves_leave_focus_and_caret_alone(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    page.evaluate(OBSERVE)
    field.press_sequentially("Først. Sidst.")
    for _left in range(len(" Sidst.")):
        page.keyboard.press("ArrowLeft")
    field.evaluate("(field) => { window.field = field; }")
    caret = len("Først.")
    for save in range(SAVES):
        page.keyboard.type("x")
        caret += 1
        with page.expect_response(AUTOSAVE) as answer:
            page.clock.fast_forward(PAUSE)
            page.keyboard.type("y")  # while the answer is under way
            caret += 1
            page.clock.fast_forward(PAUSE)
        answer.value.finished()
        where = page.evaluate("() => [document.activeElement === field, field.selectionStart]")
        assert where == [True, caret], f"save {save}"
    _saves(page, cast, f"Først.{'xy' * SAVES} Sidst.", wait=PAUSE)
    assert page.evaluate("() => window.seen") == {"most": 1, "foreign": []}


def test_the_measure_of_swaps_sees_a_swapped_field(visit: Visit, cast: Cast) -> None:
    """The control."""
    page = _by_the_clock(visit, cast)
    field = _open(page, cast)
    page.evaluate(OBSERVE)
    field.evaluate("(field) => field.replaceWith(field.cloneNode())")
    assert page.evaluate("() => window.seen.foreign") == ["TEXTAREA,TEXTAREA in DIV"]


# --- the same for what is a draft until it is given ----------------------------------------------


@pytest.fixture(params=["answer", "conclusion"])
def draft_page(visit: Visit, cast: Cast, request: pytest.FixtureRequest) -> Page:
    """The form of an answer to the committee, or of what a temamøde came to."""
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    factory.make_selection(edition, cast.own_goal.action)
    year = [cast.catalogue.slug, cast.round.year]
    address = reverse("conclusion", args=[*year, 1])
    if request.param == "answer":
        question = factory.make_question(edition.report, cast.own_goal.action)
        address = reverse("question", args=[*year, question.pk])
    page = visit(cast.head if request.param == "answer" else cast.coordinator)
    page.clock.install()
    page.goto(address)
    return page


@pytest.mark.usefixtures("faults")
def test_a_draft_survives_a_lost_session_and_a_closed_tab(draft_page: Page) -> None:
    page, address = draft_page, draft_page.url
    field = page.locator("form.draft-form textarea")
    field.press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Kladde gemt kl.")
    context, session = page.context, page.context.cookies()
    context.clear_cookies(name="sessionid")
    field.press_sequentially(MORE)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Du er logget ud – din tekst er i sikkerhed her.")
    page.close()
    context.add_cookies(session)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    field = page.locator("form.draft-form textarea")
    expect(field).to_have_value(TEXT + MORE)
    expect(_note(page)).to_contain_text("Kladde gemt kl.")
    page.get_by_role("button", name=re.compile("^(Send svaret|Gem konklusionen)$")).click()
    expect(page.get_by_role("status").filter(has_text="er")).not_to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Og en linje til. Så blev der skrevet videre.")
    assert _eventually(page, "") == ""


@pytest.mark.on_each_database
@pytest.mark.usefixtures("faults")
def test_a_draft_in_two_windows_shows_both_texts_side_by_side(draft_page: Page) -> None:
    page, second = draft_page, draft_page.context.new_page()
    second.clock.install()
    second.goto(page.url)
    for window, text in ((page, OTHER), (second, TEXT)):
        window.locator("form.draft-form textarea").press_sequentially(text)
        window.clock.fast_forward(PAUSE)
        expect(_note(window)).to_contain_text("Kladde gemt kl." if text == OTHER else "Ikke gemt.")
    second.get_by_role("button", name=re.compile("^(Send svaret|Gem konklusionen)$")).click()
    field, beside = second.locator("form.draft-form textarea"), second.locator(".beside__then")
    expect(field).to_have_value(TEXT)
    expect(beside).to_contain_text(OTHER)
    ours, theirs = field.bounding_box(), beside.bounding_box()
    assert ours is not None
    assert theirs is not None
    assert ours["x"] + ours["width"] <= theirs["x"]


@pytest.mark.usefixtures("faults")
def test_a_draft_is_there_after_leaving_and_going_back(draft_page: Page) -> None:
    page = draft_page
    field = page.locator("form.draft-form textarea")
    field.press_sequentially(TEXT)
    page.goto("/")
    page.go_back()
    expect(field).to_have_value(TEXT)
    field.press("Control+End")
    page.keyboard.type(MORE)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Kladde gemt kl.")
    assert _eventually(page, "") == ""
    page.reload()
    expect(field).to_have_value(TEXT + MORE)


# --- T6: nothing stays behind -----------------------------------------------------------------


@pytest.mark.usefixtures("faults")
def test_the_copy_is_gone_when_the_server_has_the_text(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    page.route(AUTOSAVE, lambda route: route.fulfill(status=503), times=1)
    _open(page, cast).press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Ikke gemt endnu")
    assert _eventually(page, TEXT) == TEXT
    _saves(page, cast, TEXT, wait=RETRY)
    assert _eventually(page, "") == ""


@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize("by", ["the header", "the page"])
def test_nothing_can_be_read_after_logout(visit: Visit, cast: Cast, by: str) -> None:
    page = _by_the_clock(visit, cast)
    page.context.route(AUTOSAVE, lambda route: route.abort(), times=1)
    _open(page, cast).press_sequentially(TEXT)
    page.clock.fast_forward(PAUSE)
    expect(_note(page)).to_contain_text("Ikke gemt endnu")
    assert _eventually(page, TEXT) == TEXT
    if by == "the page":
        page.context.route(AUTOSAVE, lambda route: route.abort(), times=1)
        page.goto("/konto/log-ud/")
        page.get_by_role("main").get_by_role("button", name="Log af").click()
    else:
        page.get_by_role("banner").get_by_role("button", name="Log af").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    assert page.evaluate(COPIES) == []
    page.go_back()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    expect(page.get_by_text(TEXT.splitlines()[0])).to_have_count(0)
    expect(page.locator("textarea")).to_have_count(0)
    assert page.evaluate(COPIES) == []


def test_a_logout_takes_unsaved_words_to_the_server_first(visit: Visit, cast: Cast) -> None:
    page = _by_the_clock(visit, cast)
    _open(page, cast).press_sequentially(TEXT)
    page.get_by_role("banner").get_by_role("button", name="Log af").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    assert _stored(cast) == TEXT
    assert page.evaluate(COPIES) == []


# --- E4: few interactions ---------------------------------------------------------------------


@pytest.mark.usefixtures("transactional_db")
def test_a_goal_with_figures_takes_few_interactions(visit: Visit) -> None:
    """From the login page to "submitted", for somebody who reads nothing first."""
    load_demo()
    page = visit()
    hands = Hands(page)
    page.goto("/")
    hands.type("Brugernavn eller e-mail", "erhvervs-og-turistchefen")
    hands.type("Adgangskode", PASSWORD)
    hands.button("Log ind")
    goal = "Virksomhederne får bedre muligheder for bæredygtig vækst og udvikling."
    hands.click(page.get_by_role("article").filter(has_text=goal).get_by_role("link").last)
    hands.type("Tilbud til erhvervet (tilbud)", "2")
    hands.type("Match med ledige i job (match)", "30")  # one of four is missed
    hands.click(page.locator("label").filter(has_text="Opmærksomhed"))
    for label in (PROGRESS, "Årsag", "Konsekvens", "Næste skridt"):
        hands.type(label, f"{label}: to konsulenter begynder den 1. marts.")
    hands.button("Indsend status")
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")
    fields = 2 + 2 + 4  # every field typed in is one click more for who does not use Tab
    print(f"\n{len(hands.clicks)} + {fields} interactions: {hands.clicks}")  # noqa: T201
    assert len(hands.clicks) + fields <= 12


# --- helpers ----------------------------------------------------------------------------------


class Profile:
    """A Chromium of its own with a profile on disk, to be killed and started again."""

    def __init__(self, folder: Path, launch: Callable[[], BrowserContext]) -> None:
        self.folder = folder
        self.launch = launch
        self.context: BrowserContext | None = None

    def start(self) -> Page:
        self.context = self.launch()
        return self.context.pages[0]

    def kill(self) -> None:
        mine = f"--user-data-dir={self.folder}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (process / "cmdline").read_bytes().split(b"\0")
                if mine in words and not any(word.startswith(b"--type=") for word in words):
                    os.kill(int(process.name), signal.SIGKILL)

    def close(self) -> None:
        if self.context:
            with suppress(Error):
                self.context.close()


@pytest.fixture
def profile(
    playwright: Playwright,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    base_url: str,
    tmp_path: Path,
    cast: Cast,
) -> Iterator[Profile]:
    folder = tmp_path / "profile"

    def launch() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            folder, **browser_type_launch_args, **browser_context_args
        )
        log_in(context, cast.head, base_url)
        return context

    profile = Profile(folder, launch)
    yield profile
    profile.close()


def _type_until_killed(
    page: Page, profile: Profile, cast: Cast, after: float | None = None
) -> tuple[str, str]:
    """Types until a random moment and kills; what was typed, and what of it half a second ago."""
    _open(page, cast).press("Control+End")
    moment = after or random.uniform(0.6, 4)
    begin = time.monotonic()
    strokes: list[tuple[float, str]] = []
    while time.monotonic() - begin < moment:
        # No space: the server drops white space at the end of a text.
        letter = random.choice("abcdefghijklmn")
        page.keyboard.type(letter, delay=25)
        strokes.append((time.monotonic(), letter))
    killed = time.monotonic()
    profile.kill()
    profile.close()
    safe = "".join(letter for at, letter in strokes if at <= killed - 0.5)
    return "".join(letter for _at, letter in strokes), safe


def _by_the_clock(visit: Visit, cast: Cast) -> Page:
    page = visit(cast.head)
    page.clock.install()
    return page


def _typing_by_the_clock(visit: Visit, cast: Cast) -> tuple[Page, list[str]]:
    page = visit(cast.head)
    page.clock.install(time=datetime(2030, 1, 1, 12, tzinfo=UTC) - timedelta(hours=1))
    sent: list[str] = []
    page.on("request", lambda request: _note_save(request, sent))
    return page, sent


def _note_save(request: Request, sent: list[str]) -> None:
    if "/autogem/" in request.url:
        sent.append(request.url)


def _without_autosave(context: BrowserContext) -> None:
    context.route(
        "**/autosave.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )


def _open(page: Page, cast: Cast) -> Locator:
    page.goto(factory.status_of(cast.round, cast.own_goal).get_absolute_url())
    return _field(page)


def _field(page: Page) -> Locator:
    return page.get_by_label(PROGRESS, exact=True)


def _note(page: Page) -> Locator:
    return page.locator("#saved")


def _stored(cast: Cast) -> str:
    return factory.status_of(cast.round, cast.own_goal).progress


def _copy(page: Page) -> str:
    """The text that the browser's own store holds."""
    copies = page.evaluate(COPIES)
    return str(dict(copies[0]["fields"])["progress"]) if copies else ""


def _eventually(page: Page, text: str) -> str:
    """The stored text, asked again until it is the one."""
    for _again in range(500):
        if (copy := _copy(page)) == text:
            return copy
    return _copy(page)


def _saves(page: Page, cast: Cast, text: str, *, wait: int = PAUSE) -> None:
    """Moves the clock on; the text is in its field and in the database."""
    if wait:
        page.clock.fast_forward(wait)
    expect(_note(page)).to_contain_text("Gemt kl.")
    expect(_field(page)).to_have_value(text)
    assert _stored(cast) == text


def _shows_both(page: Page, refused: str, stored: str) -> None:
    """Follows the link of the refusal to the page with both texts."""
    expect(_field(page)).to_have_value(refused)
    expect(_note(page)).to_contain_text("Ikke gemt.")
    _note(page).get_by_role("link", name="se begge tekster").click()
    sides = page.locator(".comparison__text")
    for text in filter(None, (refused, stored)):
        expect(
            sides.filter(has_text=re.compile(r"\s*".join(map(re.escape, text.split()))))
        ).not_to_have_count(0)


def _log_in_by_the_form(page: Page, cast: Cast) -> None:
    page.get_by_label("Brugernavn eller e-mail").fill(cast.head.username)
    page.get_by_label("Adgangskode", exact=True).fill(factory.PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page).to_have_url(re.compile("/mine-maal/$"))
