"""The main job in a browser, on the demo data: a head submits, VUF approves, ØU reads the PDF."""

import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from actions.models import GoalStatus, State
from handlingskatalog.demo.loading import load_demo
from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.tools.checks import axe_faults
from tests.browser.tools.hands import Hands, squeezed, text_of

#: What a head may have to do besides typing (E4).
MOST_CLICKS = 12

HEAD, VUF, COMMITTEE = "erhvervs-og-turistchefen", "vuf", "oekonomiudvalget"
GOAL = "Virksomhederne får bedre muligheder for bæredygtig vækst og udvikling."
HOSTILE = '<script>alert("rødgrød")</script>'
TYPED = {
    "Fremdrift siden sidste år": f"Færre besøg, men større udbytte på Vestkysten. {HOSTILE}",
    "Konsekvens": "Otte virksomheder venter på et forløb om energi og øl på ål.",
    "Næste skridt": "To nye erhvervskonsulenter begynder den 1. marts i Åbybro.",
}
FIGURES = {"Tilbud til erhvervet (tilbud)": "0", "Match med ledige i job (match)": "1.047"}
COMMENT = "Skriv, hvor mange virksomheder der fik besøg første gang. Tak!"
CORRECTED = "Færre besøg, men større udbytte: 31 virksomheder fik besøg for første gang."


@pytest.fixture
def _demo(transactional_db: None) -> None:
    load_demo()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.usefixtures("_demo")
def test_a_head_submits_what_is_missing(visit: Visit, javascript: bool) -> None:
    page = visit(width=PHONE if not javascript else WIDE, java_script_enabled=javascript)
    hands = _log_in(page, HEAD)
    _submit(hands, javascript=javascript)
    assert len(hands.clicks) <= MOST_CLICKS, hands.clicks
    status = _status()
    assert status.state == State.SUBMITTED
    assert status.progress == TYPED["Fremdrift siden sidste år"]
    assert not status.is_example


@pytest.mark.usefixtures("_demo")
def test_a_goal_without_figures_takes_few_interactions(visit: Visit) -> None:
    """E4 is at most 12 besides typing, for somebody who makes no mistake and one who makes one."""
    page = visit()
    hands = _log_in(page, "hr-chefen")
    card = page.get_by_role("article").filter(has_text="Kommunen kan rekruttere bredt.")
    hands.click(card.get_by_role("link"))
    hands.click(page.locator("label").filter(has_text="På sporet"))
    hands.type("Fremdrift siden sidste år", "Flere søger vores stillinger.")
    hands.button("Indsend status")
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")
    print(f"\n{len(hands.clicks)} interactions besides typing: {hands.clicks}")  # noqa: T201
    assert len(hands.clicks) <= MOST_CLICKS


@pytest.mark.on_each_database
@pytest.mark.usefixtures("_demo")
def test_from_a_heads_status_to_the_committees_pdf(visit: Visit) -> None:
    head = _log_in(visit(), HEAD)
    _submit(head, javascript=True)

    vuf = _log_in(visit(), VUF)
    _vuf_returns_it(vuf)
    _head_corrects_it(head)
    _vuf_approves_it(vuf)
    draft = _vuf_reads_the_draft(vuf)
    assert all("KLADDE" in page.extract_text() for page in draft.pages)
    _says_what_was_typed(draft)
    _vuf_publishes(vuf)

    committee = _log_in(visit(), COMMITTEE)
    expect(committee.page).to_have_url(re.compile("/rapporter/2026/.*/udgave/1/$"))
    expect(committee.page.get_by_text(HOSTILE)).to_be_visible()
    edition = committee.open_pdf("Hent PDF")
    assert not any("KLADDE" in page.extract_text() for page in edition.pages)
    _says_what_was_typed(edition)
    committee.log_out()
    print(f"\nthe head: {len(head.clicks)} interactions besides typing: {head.clicks}")  # noqa: T201


def _log_in(page: Page, name: str) -> Hands:
    hands = Hands(page)
    hands.log_in(name)
    return hands


def _submit(hands: Hands, *, javascript: bool) -> None:
    """First with something missing, then in full."""
    page = hands.page
    expect(page).to_have_url(re.compile("/mine-maal/$"))
    expect(page.get_by_text("Frist den").first).to_be_visible()
    card = page.get_by_role("article").filter(has_text=GOAL)
    expect(card.get_by_text("Kladde", exact=True)).to_be_visible()
    hands.click(card.get_by_role("link", name="Fortsæt kladden"))

    progress = "Fremdrift siden sidste år"
    hands.type(progress, TYPED[progress])
    hands.button("Indsend status")
    summary = page.get_by_role("alert").filter(has_text="Ret felterne herunder")
    expect(summary).to_be_visible()
    if javascript:
        expect(summary).to_be_focused()
        assert axe_faults(page) == []
    for label in ("Konsekvens", "Næste skridt", *FIGURES):
        expect(summary).to_contain_text(label)
        wrong = page.get_by_label(label, exact=True)
        expect(wrong).to_have_attribute("aria-invalid", "true")
        described = wrong.get_attribute("aria-describedby") or ""
        errors = page.locator(", ".join(f"#{name}" for name in described.split()))
        expect(errors.filter(has_text="Skriv").last).to_be_visible()
    expect(page.get_by_label(progress, exact=True)).to_have_value(TYPED[progress])
    assert _status().state == State.DRAFT

    for label, text in (TYPED | FIGURES).items():
        hands.type(label, text)
    hands.button("Indsend status")
    expect(page).to_have_url(re.compile("/mine-maal/$"))
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")
    expect(page.get_by_role("article").filter(has_text=GOAL)).to_have_count(0)


def _vuf_returns_it(vuf: Hands) -> None:
    page = vuf.page
    expect(page).to_have_url(re.compile("/handlingskatalog-24/status/2026/$"))
    row = page.get_by_role("row").filter(has_text=GOAL)
    expect(row).to_contain_text("Indsendt")
    vuf.click(row.get_by_role("link", name=GOAL))
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    vuf.click(page.locator("summary").filter(has_text="Send tilbage"))
    vuf.type("Hvad skal ændres?", COMMENT)
    vuf.button("Send tilbage")
    expect(page.get_by_role("status").first).to_contain_text("sendt tilbage")
    expect(row).to_contain_text("Sendt tilbage")


def _head_corrects_it(head: Hands) -> None:
    page = head.page
    page.reload()
    card = page.get_by_role("article").filter(has_text=GOAL)
    head.click(card.get_by_role("link", name="Se kommentaren"))
    expect(page.get_by_text(COMMENT).first).to_be_visible()
    for label, text in (TYPED | FIGURES).items():
        expect(page.get_by_label(label, exact=True)).to_have_value(text)
    head.type("Fremdrift siden sidste år", f"{CORRECTED} {HOSTILE}")
    head.button("Indsend status")
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")


def _vuf_approves_it(vuf: Hands) -> None:
    page = vuf.page
    page.reload()
    row = page.get_by_role("row").filter(has_text=GOAL)
    vuf.click(row.get_by_role("link", name=GOAL))
    expect(page.get_by_text(CORRECTED)).to_be_visible()
    vuf.button("Godkend")
    expect(page.get_by_role("status").first).to_contain_text("godkendt")
    expect(row).to_contain_text("Godkendt")


def _vuf_reads_the_draft(vuf: Hands) -> PdfReader:
    vuf.link("Se rapportens kladde")
    expect(vuf.page.get_by_text("KLADDE", exact=True)).to_be_visible()
    expect(vuf.page.get_by_text(CORRECTED)).to_be_visible()
    vuf.link("Hent kladden som PDF")
    vuf.wait_for_the_pdf("PDF'en er klar")
    return vuf.open_pdf("Hent PDF'en")


def _vuf_publishes(vuf: Hands) -> None:
    page = vuf.page
    vuf.click(page.get_by_role("main").get_by_role("link", name="Tjek og udgiv"))
    vuf.click(page.get_by_text("Udgiv med det, der mangler."))
    vuf.button("Udgiv 1. udgave")
    vuf.wait_for_the_pdf("er udgivet")


def _says_what_was_typed(pdf: PdfReader) -> None:
    said = text_of(pdf)
    typed = [text for label, text in TYPED.items() if label != "Fremdrift siden sidste år"]
    for text in [*typed, CORRECTED, HOSTILE, "1.047"]:
        assert squeezed(text) in said


def _status() -> GoalStatus:
    return GoalStatus.objects.get(goal__text=GOAL, round__year=2026)
