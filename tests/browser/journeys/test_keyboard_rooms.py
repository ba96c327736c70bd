"""Every other room with the keyboard alone, one journey a role: what has the focus is asserted
after each page, each refusal and each save (E2).
"""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from reports.models import Edition, Kind, Part, Recommendation
from tests.browser.conftest import Visit
from tests.browser.tools.keyboard import Keyboard
from tests.support import factory
from tests.support.cast import Cast

#: Typed into a date's three parts it is the same day, whichever the browser asks for first.
FIRST_DAY, LAST_DAY = "0101", "1212"


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """A published report on five actions."""
    for _more in range(3):
        factory.make_action(cast.catalogue, responsible=[cast.position])
    factory.hand_in_all(cast.round)
    return factory.make_edition(cast.catalogue, cast.round.year)


def test_a_member_sorts_compares_asks_and_points(
    visit: Visit, cast: Cast, edition: Edition
) -> None:
    page = visit(cast.committee)
    keys = Keyboard(page)
    page.goto(reverse("selection", args=[cast.catalogue.slug, edition.report.year]))
    keys.is_at(re.compile("^Udvælgelse"))

    keys.follow("Peget på")
    expect(page.get_by_text("Sorteret efter Peget på")).to_be_visible()
    keys.goes_on_at(page.get_by_role("link", name="Handling", exact=True))

    keys.tick("Sammenlign 1")
    keys.push("Sammenlign de afkrydsede")
    keys.is_at(re.compile("^Udvælgelse"))
    expect(page.get_by_text("Sæt kryds ved 2-4 handlinger")).to_be_visible()
    keys.tick("Sammenlign 3")
    keys.push("Sammenlign de afkrydsede")
    expect(page.get_by_role("region", name="Side om side").get_by_role("article")).to_have_count(2)
    keys.is_at(re.compile("^Udvælgelse"))
    keys.follow("Handling nummer 3")

    keys.is_at("Handling nummer 3")
    keys.push("Send spørgsmålet")
    keys.is_refused("Dit spørgsmål")
    keys.follow_the_error(keys.field("Dit spørgsmål"))
    keys.type("Hvad koster det?")
    keys.push("Send spørgsmålet")
    keys.is_told("Spørgsmålet er sendt")
    keys.is_at("Handling nummer 3")
    keys.write("Hvorfor skal handlingen på temamødet?", "Det haster.")
    keys.push("Peg på handlingen")
    keys.is_told("Du peger på handlingen.")
    keys.is_at("Handling nummer 3")
    expect(page.get_by_role("main")).to_contain_text("Hvad koster det?")
    keys.push("Peg ikke længere på handlingen")
    keys.is_told("Du peger ikke længere på handlingen.")


def test_a_head_answers_a_question(visit: Visit, cast: Cast, edition: Edition) -> None:
    factory.make_question(edition.report, cast.own_goal.action, text="Hvad koster det?")
    page = visit(cast.head)
    keys = Keyboard(page)
    page.goto("/mine-maal/")
    keys.is_at("Mine mål")
    keys.follow(re.compile("Hvad koster det?"))
    keys.is_at("Spørgsmål til handling 1")
    keys.push("Send svaret")
    keys.is_refused("Dit svar")
    keys.follow_the_error(keys.field("Dit svar"))
    keys.type("Det koster 3 mio. kr.")
    keys.push("Send svaret")
    keys.is_told("Svaret er sendt.")
    keys.is_at("Spørgsmål til handling 1")
    expect(page.get_by_text("Det koster 3 mio. kr.").first).to_be_visible()


def test_vuf_records_the_decision_and_holds_the_meeting(
    visit: Visit, cast: Cast, edition: Edition
) -> None:
    page = visit(cast.coordinator)
    keys = Keyboard(page)
    year = edition.report.year
    page.goto(reverse("selection", args=[cast.catalogue.slug, year]))
    keys.is_at(re.compile("^Udvælgelse"))
    keys.follow("Notér beslutningen")
    keys.is_at("Notér udvalgets beslutning")
    _type_the_day(keys, "Udvalgets møde", f"{FIRST_DAY}{year}")
    keys.write("Beslutningens tekst", "Udvalget vælger fire handlinger.")
    _type_the_day(keys, "Temamødet", f"{LAST_DAY}{year}")
    for number in range(1, 6):
        keys.tick(re.compile(f"^{number}[.] "))
        keys.write(f"Begrundelse for handling {number}", "Den haster.")
    keys.push("Notér beslutningen")
    keys.is_refused("Her er valgt 5.")
    keys.tick("2. Handling nummer 2")
    keys.push("Notér beslutningen")
    keys.is_told("Beslutningen er noteret")
    keys.is_at(re.compile("^Udvælgelse"))

    page.goto(reverse("theme_meeting", args=[cast.catalogue.slug, year]))
    keys.is_at(re.compile("^Temamøde"))
    keys.follow("Lav programmet")
    keys.is_at("Temamødets program")
    keys.write(re.compile("^Sted"), "Byrådssalen")
    keys.push("Tilføj et punkt")
    added = page.get_by_role("group", name=re.compile("^Punkt")).last
    expect(added.get_by_label("Punkt", exact=True)).to_be_focused()
    keys.type("Kaffe")
    keys.push(re.compile("^Flyt op.*punkt 7"))
    above = page.get_by_role("group", name="Punkt 6")
    expect(above.get_by_label("Punkt", exact=True)).to_be_focused()
    expect(above.get_by_label("Punkt", exact=True)).to_have_value("Kaffe")
    keys.push("Gem programmet")
    keys.is_refused("Minutter")
    keys.follow_the_error(above.get_by_label("Minutter"))
    keys.type("15")
    keys.push("Gem programmet")
    keys.is_told("Programmet er gemt.")
    keys.is_at(re.compile("^Temamøde"))
    expect(page.get_by_role("row", name=re.compile("Kaffe"))).to_contain_text("15")

    keys.follow(re.compile("^Skriv konklusionen.*Handling nummer 3"))
    keys.is_at("Mødets konklusion")
    keys.write("Konklusion", "Mødet vil se et kort.")
    keys.push("Gem konklusionen")
    keys.is_told("Konklusionen er gemt.")
    action = page.get_by_role("article", name="Handling nummer 3")
    expect(action).to_contain_text("Mødet vil se et kort.")
    keys.goes_on_at(action.get_by_role("link", name=re.compile("^Hent handout")))


def test_vuf_copies_the_case_and_makes_the_edition_public(
    visit: Visit, cast: Cast, edition: Edition
) -> None:
    page = visit(cast.coordinator, permissions=["clipboard-read", "clipboard-write"])
    keys = Keyboard(page)
    page.goto(edition.get_absolute_url())
    keys.is_at(edition.title)
    keys.follow("Sagspakke")
    keys.is_at("Sagspakke")
    copy = page.get_by_role("button", name=re.compile("^Kopiér")).first
    keys.tab_to(copy)
    keys.press("Enter")
    keys.is_told("Kopieret")
    expect(copy).to_be_focused()
    text = page.get_by_role("textbox").first.input_value()
    assert page.evaluate("navigator.clipboard.readText()") == text != ""

    page.goto(edition.get_absolute_url())
    keys.is_at(edition.title)
    keys.follow("Offentliggør udgaven")
    keys.is_at(re.compile("^Offentliggør"))
    keys.push("Offentliggør")
    keys.is_told("er nu offentlig")
    keys.is_at(edition.title)


def test_the_council_reads_the_programme_and_the_midterm(
    visit: Visit, cast: Cast, edition: Edition
) -> None:
    factory.make_selection(edition)
    factory.make_passage(
        cast.catalogue,
        Part.FINAL,
        cast.own_goal.action,
        choice=Recommendation.ADJUST,
        reason="Der er langt igen.",
    )
    midterm = factory.make_edition(cast.catalogue, edition.report.year, kind=Kind.MIDTERM)
    page = visit(cast.council)
    keys = Keyboard(page)
    page.goto(reverse("council", args=[cast.catalogue.slug]))
    keys.is_at(cast.catalogue.title)
    keys.follow("Se temamødets materiale")
    keys.is_at(re.compile("^Temamøde"))
    keys.follow("Vis præsentationen")
    keys.is_at(re.compile("^Temamøde"))
    keys.push("Vis i fuld skærm")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    keys.press("ArrowRight")
    expect(page.get_by_role("heading", name="Handling nummer 1")).to_be_focused()
    keys.press("Escape")
    expect(page.get_by_role("button", name="Vis i fuld skærm")).to_be_focused()

    page.goto(reverse("council", args=[cast.catalogue.slug]))
    keys.is_at(cast.catalogue.title)
    keys.follow(midterm.title)
    keys.is_at(midterm.title)
    expect(page.get_by_role("main")).to_contain_text("Der er langt igen.")
    # The contents lead into the chapter, and the next stop is in it.
    keys.follow(re.compile("Handling nummer 1"))
    chapter = page.locator("#handling-1")
    expect(chapter).to_be_in_viewport()


def test_vuf_edits_an_action(visit: Visit, cast: Cast) -> None:
    """A target is changed with its decision, a goal is added and moved, a partner goes."""
    factory.make_indicator(cast.own_goal, name="Besøg", target=100)
    factory.hand_in_all(cast.round)
    page = visit(cast.coordinator)
    keys = Keyboard(page)
    page.goto(reverse("edit_catalogue", args=[cast.catalogue.slug]))
    keys.is_at(re.compile("^Rediger"))
    keys.follow("1. Handling nummer 1")
    keys.is_at("Handling nummer 1")
    keys.follow("Samarbejdspartnere")
    partners = page.get_by_role("region", name="Samarbejdspartnere")
    keys.goes_on_at(partners.get_by_label("Navn"))
    keys.push(re.compile("^Fjern En forening"))
    expect(page.get_by_role("button", name="Tilføj samarbejdspartner")).to_be_focused()

    keys.write("Måltal", "120")
    keys.push("Tilføj mål")
    first, second = (
        page.get_by_role("group", name=f"Mål {n}", exact=True).get_by_label("Målets tekst")
        for n in (1, 2)
    )
    expect(second).to_be_focused()
    keys.type("Flere kommer igen.")
    keys.push("Flyt op")
    expect(first).to_be_focused()
    expect(first).to_have_value("Flere kommer igen.")
    keys.push("Gem")
    keys.is_refused("Skriv beslutningen")
    keys.follow_the_error(keys.field("Beslutning, der ændrer måltallet"))
    keys.type("Økonomiudvalget, punkt 5.")
    _type_the_day(keys, "Besluttet den", f"{FIRST_DAY}{timezone.localdate().year}")
    keys.push("Gem")
    keys.is_told("Gemt")
    keys.is_at("Handling nummer 1")
    expect(page.get_by_role("main")).to_contain_text("Økonomiudvalget, punkt 5.")
    expect(page.get_by_role("heading", name="Mål 1: Flere kommer igen.")).to_be_visible()


def test_vuf_puts_the_actions_in_another_order(visit: Visit, cast: Cast) -> None:
    catalogue = factory.make_catalogue("naeste")
    for title in ("Grønne byer", "Stier"):
        factory.make_action(catalogue, title=title)
    page = visit(cast.coordinator)
    keys = Keyboard(page)
    page.goto(reverse("edit_catalogue", args=[catalogue.slug]))
    keys.is_at(re.compile("^Rediger"))
    numbers = page.get_by_role("table").get_by_role("spinbutton")
    keys.tab_to(numbers.first)
    keys.type("2")
    keys.push("Gem rækkefølgen")
    keys.is_refused("To handlinger har samme nummer.")
    keys.tab_to(numbers.nth(1))
    keys.type("1")
    keys.push("Gem rækkefølgen")
    keys.is_told("Gemt")
    keys.is_at(re.compile("^Rediger"))
    expect(page.get_by_role("row").nth(1)).to_contain_text("1. Stier")


def _type_the_day(keys: Keyboard, label: str, digits: str) -> None:
    keys.tab_to(keys.page.get_by_label(label, exact=True))
    keys.type(digits)
