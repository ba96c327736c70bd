"""A whole cycle in a browser, on the demo data: from the round of 2026 to the catalogue of 2028.

One window, in which one after the other logs in by the form, does their part and logs out. What
is asserted is what that person reads.
"""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import expect

from actions.danish import format_date
from handlingskatalog.demo.people import PASSWORD
from tests.browser.conftest import Visit
from tests.browser.journeys.cycle import (
    ADMINISTRATOR,
    ANSWER,
    COMMENT,
    CONCLUSION,
    COUNCIL,
    DECISION,
    FOREWORD,
    HEAD,
    LACKING,
    MEMBER,
    NEXT,
    OTHER_MEMBER,
    PLACE,
    PROGRESS,
    QUESTION,
    READERS,
    REASON,
    RECOMMENDED,
    TITLES,
    VUF,
    WHY_POINTED,
    menu,
    open_round,
    publish,
    to_the_meeting,
)
from tests.browser.tools.hands import Hands, squeezed, text_of


@pytest.fixture
def _demo(transactional_db: None) -> None:
    with override_settings(DEBUG=True):
        call_command("demo", verbosity=0)


@pytest.mark.usefixtures("_demo")
def test_a_whole_cycle_from_the_round_to_the_next_catalogue(visit: Visit) -> None:
    hands = Hands(visit())
    for name, numbers in LACKING.items():
        _a_head_writes_what_is_missing(hands, name, numbers)
    for name in READERS:
        _a_reader_comments(hands, name)
    _vuf_approves_and_closes(hands)
    _vuf_writes_and_publishes_the_report(hands)
    _the_administrator_lets_another_member_in(hands)
    _a_member_compares_asks_and_points(hands)
    _another_member_points_and_thinks_better_of_it(hands)
    _the_head_answers(hands)
    _vuf_records_what_the_committee_decided(hands)
    _the_head_is_told(hands)
    _vuf_makes_the_programme_and_the_material(hands)
    _the_council_reads_the_programme(hands)
    _vuf_writes_what_the_meeting_came_to(hands)
    _vuf_makes_the_report_public(hands)
    _anybody_reads_it(hands)
    _vuf_publishes_the_midterm(hands)
    _the_council_reads_the_midterm(hands)
    _vuf_opens_the_round_of_next_year(hands)
    _the_conclusion_meets_the_head(hands)
    _vuf_makes_the_next_catalogue(hands)
    _vuf_opens_its_first_year(hands)
    _the_head_finds_both_catalogues(hands)


# --- the round of 2026 ---------------------------------------------------------------------------


def _a_head_writes_what_is_missing(hands: Hands, name: str, numbers: list[int]) -> None:
    hands.log_in(name)
    page = hands.page
    waiting = page.get_by_role("article")
    for done, number in enumerate(numbers):
        card = waiting.filter(has_text=TITLES[number])
        expect(card).to_have_count(len(numbers) - done)
        hands.click(card.first.get_by_role("link"))
        hands.click(page.locator("label").filter(has_text="På sporet"))
        hands.type("Fremdrift siden sidste år", PROGRESS)
        hands.button("Indsend status")
        hands.is_told("Status er indsendt")
    expect(waiting.filter(has_text=TITLES[numbers[0]])).to_have_count(0)
    hands.log_out()


def _a_reader_comments(hands: Hands, name: str) -> None:
    hands.log_in(name)
    page = hands.page
    expect(page.get_by_role("heading", name="Statusrunde 2026")).to_be_visible()
    card = page.get_by_role("rowgroup").filter(has_text=TITLES[7])
    hands.click(card.get_by_role("row").nth(1).get_by_role("link"))
    hands.sees(PROGRESS)
    hands.type("Kommentar", f"{COMMENT} ({name})")
    hands.button("Send kommentar")
    hands.sees(f"{COMMENT} ({name})")
    hands.log_out()


def _vuf_approves_and_closes(hands: Hands) -> None:
    hands.log_in(VUF)
    page = hands.page
    expect(page.get_by_role("heading", name="Statusrunde 2026")).to_be_visible()
    handed_in = page.get_by_role("row").filter(has=page.get_by_text("Indsendt", exact=True))
    count = handed_in.count()
    assert count
    for left in range(count, 0, -1):
        expect(handed_in).to_have_count(left)
        hands.click(handed_in.first.get_by_role("link").first)
        hands.button("Godkend")
        hands.is_told("godkendt")
    hands.link("Luk runden")
    hands.sees("15 af 16 mål er godkendt")
    hands.button("Luk runden")
    hands.is_told("Runden er lukket")
    hands.sees("Runden er lukket, så intet kan ændres.")


def _vuf_writes_and_publishes_the_report(hands: Hands) -> None:
    page = hands.page
    menu(hands, "Rapporter")
    hands.link("Skriv tekster Statusredegørelse 2026")
    hands.link("Forord og resumé")
    hands.type("Forord", FOREWORD)
    hands.button("Gem")
    hands.is_told("gemt")
    publish(hands, "Statusredegørelse 2026")
    page.get_by_role("link", name="Statusredegørelse 2026, 1. udgave").click()
    hands.sees(FOREWORD, "Handling 5", PROGRESS)
    hands.log_out()


# --- the committee before the temamøde ------------------------------------------------------------


def _the_administrator_lets_another_member_in(hands: Hands) -> None:
    hands.log_in(ADMINISTRATOR)
    hands.link("Ny bruger")
    hands.type("Brugernavn", OTHER_MEMBER)
    hands.type("Fornavn", "Et andet medlem")
    hands.type("E-mail", f"{OTHER_MEMBER}@example.org")
    hands.type("Adgangskode", PASSWORD)
    hands.click(hands.page.locator("label").filter(has_text="Økonomiudvalget"))
    hands.button("Gem brugeren")
    hands.is_told("Brugeren er gemt.")
    hands.log_out()


def _a_member_compares_asks_and_points(hands: Hands) -> None:
    hands.log_in(MEMBER)
    page = hands.page
    hands.sees("1. udgave", FOREWORD)
    menu(hands, "Udvælgelse")
    for number in (5, 7):
        page.get_by_role("checkbox", name=f"Sammenlign {number}", exact=True).check()
    hands.button("Sammenlign de afkrydsede")
    side_by_side = page.get_by_role("region", name="Side om side")
    expect(side_by_side.get_by_role("article")).to_have_count(2)
    hands.click(side_by_side.get_by_role("link", name=TITLES[5]))
    hands.type("Dit spørgsmål", QUESTION)
    hands.button("Send spørgsmålet")
    hands.is_told("Spørgsmålet er sendt")
    hands.sees(QUESTION)
    hands.type("Hvorfor skal handlingen på temamødet?", WHY_POINTED)
    hands.button("Peg på handlingen")
    hands.is_told("Du peger på handlingen.")
    hands.sees(WHY_POINTED)
    hands.log_out()


def _another_member_points_and_thinks_better_of_it(hands: Hands) -> None:
    hands.log_in(OTHER_MEMBER)
    page = hands.page
    for title in (TITLES[7], TITLES[11]):
        menu(hands, "Udvælgelse")
        hands.click(page.get_by_role("row").get_by_role("link", name=title))
        hands.type("Hvorfor skal handlingen på temamødet?", WHY_POINTED)
        hands.button("Peg på handlingen")
        hands.is_told("Du peger på handlingen.")
    hands.button("Peg ikke længere på handlingen")
    hands.sees("Ingen har peget på handlingen endnu.")
    hands.log_out()


def _the_head_answers(hands: Hands) -> None:
    hands.log_in(HEAD)
    hands.sees("Spørgsmål til dig")
    hands.link(re.compile(QUESTION))
    hands.type("Dit svar", ANSWER)
    hands.button("Send svaret")
    hands.is_told("Svaret er sendt.")
    hands.sees(QUESTION, ANSWER)
    hands.log_out()


def _vuf_records_what_the_committee_decided(hands: Hands) -> None:
    """Five are refused, and all that was typed is still there; four are recorded."""
    hands.log_in(VUF)
    page = hands.page
    menu(hands, "Udvælgelse")
    for number, pointed in ((5, "1"), (7, "1"), (11, "0")):
        row = page.get_by_role("row").filter(has_text=TITLES[number])
        expect(row.get_by_role("cell").last).to_have_text(pointed)
    hands.link("Notér beslutningen")
    hands.sees(WHY_POINTED)
    today = timezone.localdate()
    hands.type("Udvalgets møde", today.isoformat())
    hands.type("Temamødet", (today + timedelta(days=21)).isoformat())
    hands.type("Beslutningens tekst", DECISION)
    for number in (2, 5, 7, 9, 11):
        hands.click(page.locator("label").filter(has_text=f"{number}. {TITLES[number]}"))
        hands.type(f"Begrundelse for handling {number}", f"{REASON} ({number})")
    hands.button("Notér beslutningen")
    refusal = page.get_by_role("alert").filter(has_text="Der skal vælges 3-4 handlinger")
    expect(refusal).to_contain_text("Her er valgt 5.")
    expect(page.get_by_label("Beslutningens tekst")).to_have_value(DECISION)
    expect(page.get_by_label("Begrundelse for handling 11")).to_have_value(f"{REASON} (11)")
    hands.click(page.locator("label").filter(has_text=f"2. {TITLES[2]}"))
    hands.button("Notér beslutningen")
    hands.is_told("Beslutningen er noteret")
    hands.sees(DECISION, *(f"{REASON} ({number})" for number in (5, 7, 9, 11)))
    expect(page.get_by_text(f"{REASON} (2)")).to_have_count(0)
    hands.log_out()


def _the_head_is_told(hands: Hands) -> None:
    hands.log_in(HEAD)
    expected = hands.page.get_by_role("region", name="Temamødet")
    expect(expected).to_contain_text(TITLES[5])
    expect(expected).to_contain_text(format_date(timezone.localdate() + timedelta(days=21)))
    hands.log_out()


# --- the temamøde --------------------------------------------------------------------------------


def _vuf_makes_the_programme_and_the_material(hands: Hands) -> None:
    hands.log_in(VUF)
    page = hands.page
    to_the_meeting(hands)
    hands.link("Lav programmet")
    page.get_by_label(re.compile("^Mødet begynder|^Begynder")).fill("16:30")
    page.get_by_label(re.compile("^Sted|^Hvor")).fill(PLACE)
    hands.button("Gem programmet")
    hands.is_told("Programmet er gemt.")
    hands.sees(PLACE, "kl. 16.30", TITLES[11], QUESTION, ANSWER)

    handout = hands.open_pdf(re.compile(f"^Hent handout.*{TITLES[5]}"))
    said = text_of(handout)
    for words in (TITLES[5], f"{REASON} (5)", QUESTION, ANSWER):
        assert squeezed(words) in said
    assert squeezed(TITLES[7]) not in said
    everything = text_of(hands.open_pdf("Hent alt materiale (PDF)"))
    for number in (5, 7, 9, 11):
        assert squeezed(TITLES[number]) in everything

    hands.link("Vis præsentationen")
    hands.button("Vis i fuld skærm")
    slide = page.locator(".slide:visible")
    expect(slide).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(slide).to_contain_text("kl. 16.30")
    page.keyboard.press("ArrowRight")
    expect(slide).to_contain_text(TITLES[5])
    page.keyboard.press("Escape")
    hands.log_out()


def _the_council_reads_the_programme(hands: Hands) -> None:
    hands.log_in(COUNCIL)
    day = format_date(timezone.localdate() + timedelta(days=21))
    expect(hands.page.get_by_role("heading", name=f"Temamøde {day}")).to_be_visible()
    hands.sees(PLACE, "kl. 16.30", TITLES[9], f"{REASON} (9)")
    hands.link("Se temamødets materiale")
    hands.sees(QUESTION, ANSWER)
    expect(hands.page.get_by_role("link", name="Skriv konklusionen")).to_have_count(0)
    hands.log_out()


def _vuf_writes_what_the_meeting_came_to(hands: Hands) -> None:
    hands.log_in(VUF)
    to_the_meeting(hands)
    hands.link(re.compile(f"^Skriv konklusionen.*{TITLES[5]}"))
    hands.type("Konklusion", CONCLUSION)
    hands.button("Gem konklusionen")
    hands.is_told("Konklusionen er gemt.")
    hands.sees(CONCLUSION)


# --- for all -------------------------------------------------------------------------------------


def _vuf_makes_the_report_public(hands: Hands) -> None:
    menu(hands, "Rapporter")
    hands.link(re.compile("^Statusredegørelse 2026$"))
    hands.link("Offentliggør udgaven")
    hands.button("Offentliggør")
    hands.is_told("er nu offentlig")
    hands.log_out()


def _anybody_reads_it(hands: Hands) -> None:
    page = hands.page
    page.goto("/offentlig/")
    expect(page.get_by_role("link", name="Statusredegørelse 2025")).to_have_count(0)
    hands.link(re.compile("^Statusredegørelse 2026$"))
    hands.sees(FOREWORD, PROGRESS)
    expect(page.get_by_text("KLADDE")).to_have_count(0)
    said = text_of(hands.open_pdf("Hent PDF"))
    assert squeezed(FOREWORD) in said
    assert "KLADDE" not in said


# --- the midtvejsevaluering, and what it leads to -------------------------------------------------


def _vuf_publishes_the_midterm(hands: Hands) -> None:
    hands.log_in(VUF)
    menu(hands, "Rapporter")
    hands.link("Skriv tekster Midtvejsevaluering 2026")
    hands.sees("8 af 11 er skrevet.")
    for number, choice in ((7, "Fortsæt"), (9, "Justér"), (11, "Afslut")):
        hands.link(re.compile(f"^(Handling )?{number}[.:] "))
        hands.click(hands.page.locator("label").filter(has_text=choice))
        hands.page.get_by_label(re.compile("Begrundelse|Hvorfor")).fill(RECOMMENDED)
        hands.button("Gem")
        hands.is_told("gemt")
    publish(hands, "Midtvejsevaluering 2026")
    hands.log_out()


def _the_council_reads_the_midterm(hands: Hands) -> None:
    hands.log_in(COUNCIL)
    hands.link(re.compile("^Midtvejsevaluering 2026$"))
    hands.sees(RECOMMENDED, CONCLUSION)
    hands.log_out()


def _vuf_opens_the_round_of_next_year(hands: Hands) -> None:
    hands.log_in(VUF)
    open_round(hands, 2027, timezone.localdate())
    hands.log_out()


def _the_conclusion_meets_the_head(hands: Hands) -> None:
    hands.log_in(HEAD)
    card = hands.page.get_by_role("article").filter(has_text=TITLES[5])
    hands.click(card.get_by_role("link"))
    hands.sees("konkluderede", CONCLUSION, QUESTION, ANSWER, f"{REASON} (5)")
    hands.log_out()


def _vuf_makes_the_next_catalogue(hands: Hands) -> None:
    """What is to go on or be adjusted is ticked, and says so."""
    hands.log_in(VUF)
    page = hands.page
    menu(hands, "Rapporter")
    hands.link("Skriv tekster Midtvejsevaluering 2026")
    hands.link("Begynd det næste katalog med anbefalingerne")
    for words, goes_on in (
        (f"5. {TITLES[5]} – Justér", True),
        (f"7. {TITLES[7]} – Fortsæt", True),
        (f"11. {TITLES[11]} – Afslut", False),
    ):
        expect(page.get_by_label(words)).to_be_checked(checked=goes_on)
    expect(page.get_by_label("Perioden begynder")).to_have_value("2028")
    expect(page.get_by_label("Perioden slutter")).to_have_value("2031")
    hands.type("Titel", NEXT)
    hands.type("Kortnavn", "handlingskatalog-28")
    hands.button("Opret det næste katalog")
    hands.is_told(f"{NEXT} er oprettet.")
    hands.sees("2028–2031", TITLES[7])
    expect(page.get_by_text(TITLES[11])).to_have_count(0)


def _vuf_opens_its_first_year(hands: Hands) -> None:
    page = hands.page
    open_round(hands, 2028, date(2028, 1, 15))
    hands.sees(NEXT, "0 af", TITLES[5])
    expect(page.get_by_text(TITLES[11])).to_have_count(0)
    hands.click(page.get_by_role("link", name=TITLES[5]))
    hands.sees("Handling 4", "Statusrunde 2028")
    before = page.get_by_role("link", name="Statusrunde 2026, handling 5")
    expect(before).to_have_count(1)  # the history of what it continues
    hands.click(page.get_by_role("link", name="handling 5 i Handlingskatalog'24"))
    hands.sees(f"i {NEXT}", "Statusrunde 2026")
    hands.log_out()


def _the_head_finds_both_catalogues(hands: Hands) -> None:
    hands.log_in(HEAD)
    page = hands.page
    for words in ("Statusrunde 2027, Handlingskatalog'24", f"Statusrunde 2028, {NEXT}"):
        expect(page.get_by_role("heading", name=words)).to_be_visible()
    page.goto("/status/2027/")
    hands.sees("Handlingskatalog'24", "Statusrunde 2027")
    hands.log_out()
