"""Publishing: numbered editions that nothing later changes, and `verify`, which proves it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F
from django.template import engines
from django.template.loader import render_to_string
from django.template.loaders.locmem import Loader
from django.test import Client
from django.urls import reverse
from docx import Document

from actions.dialogue import verbs as dialogue_verbs
from actions.lights import Light
from actions.models import Action, Catalogue, Event, Goal, Indicator, Measurement, Partner, Position
from actions.writing.refusals import Conflict, Refused
from reports.content.shape import ReportContent, content_hash
from reports.documents import pdf as documents_pdf
from reports.documents.pdf import EditionMark, render_html
from reports.documents.word import render_docx
from reports.editions import verbs as editions_verbs
from reports.models import Edition, Publication, Report
from tests.servers.worker import work
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, mandate, proof_now, status_of
from tests.support.tampering import guards_off

pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)  # the first of April in Denmark


def stand_in_pdf(content: ReportContent, *, edition: EditionMark | None) -> bytes:
    """Different for different content, as a PDF is, in no time at all."""
    return f"%PDF-1.7 {edition} {content_hash(content)}".encode()


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions_verbs, "render_pdf", stand_in_pdf)


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """On the cast's own goal, whose status is approved with a figure."""
    made = factory.make_indicator(cast.own_goal)
    status = hand_in(status_of(cast.round), light=Light.ON_TRACK, progress="Stien er åbnet.")
    Measurement.objects.append(
        indicator=made, status=status, year=cast.round.measured_year, value=Decimal(120)
    )
    return made


@pytest.fixture
def edition(cast: Cast, indicator: Indicator) -> Edition:
    return publish(cast)


@pytest.fixture
def coordinator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.coordinator)
    return client


def publish(cast: Cast, changes: str = "", seal: str = "") -> Edition:
    return editions_verbs.publish(
        catalogue=cast.catalogue,
        year=cast.round.year,
        seal=seal or proof_now(cast.catalogue, cast.round.year),
        changes=changes,
        confirmed=True,
        by=mandate(cast.coordinator),
    )


def typed_in(cast: Cast, changes: str) -> dict[str, str]:
    """The form on the page as it is now."""
    seal = proof_now(cast.catalogue, cast.round.year)
    return {"seal": seal, "changes": changes, "confirmed": "on"}


def correct(cast: Cast, progress: str = "Stien er næsten åbnet.") -> None:
    hand_in(status_of(cast.round), progress=progress)


def address(cast: Cast, name: str, *more: int) -> str:
    return reverse(name, args=[cast.catalogue.slug, cast.round.year, *more])


def main_part(client: Client, url: str) -> str:
    found = re.search(r"<main.*</main>", client.get(url).text, re.DOTALL)
    assert found is not None
    return found[0]


# Publishing.


def test_publishing_freezes_content_and_pdf_with_their_hashes(cast: Cast, edition: Edition) -> None:
    edition.refresh_from_db()
    goal = edition.content["actions"][0]["goals"][0]
    assert goal["texts"][0]["text"] == "Stien er åbnet."
    assert edition.number == 1
    assert edition.published_by == str(cast.coordinator)
    assert edition.content_sha256 == content_hash(edition.content)
    content_sha256 = content_hash(edition.content)
    mark = documents_pdf.mark_for(edition.number, edition.published_at, content_sha256)
    assert bytes(edition.pdf) == stand_in_pdf(edition.content, edition=mark)
    assert mark.sha256 == edition.content_sha256


def test_publishing_is_one_row_of_history_with_the_reason(cast: Cast, edition: Edition) -> None:
    correct(cast)
    publish(cast, "Stien var ikke åbnet.")
    rows = Event.objects.filter(verb="publish").order_by("pk")
    assert {row.actor for row in rows} == {cast.coordinator}
    report = f"Statusredegørelse {cast.round.year}"
    assert [(row.subject, row.comment) for row in rows] == [
        (f"{report}, 1. udgave", ""),
        (f"{report}, 2. udgave", "Stien var ikke åbnet."),
    ]


def test_an_edition_is_dated_by_the_danish_calendar(
    cast: Cast, indicator: Indicator, coordinator: Client
) -> None:
    with time_machine.travel(WHEN, tick=False):
        edition = publish(cast)
    assert (
        documents_pdf.mark_for(
            edition.number, edition.published_at, edition.content_sha256
        ).published_on
        == "2026-04-01"
    )
    for page in (edition.get_absolute_url(), reverse("reports", args=[cast.catalogue.slug])):
        assert "den 1. april 2026" in main_part(coordinator, page)


def test_a_report_without_a_round_cannot_be_published(cast: Cast) -> None:
    with pytest.raises(Refused, match="intet at udgive"):
        editions_verbs.publish(
            catalogue=cast.catalogue,
            year=cast.round.year - 1,
            seal=proof_now(cast.catalogue, cast.round.year - 1),
            changes="",
            confirmed=True,
            by=mandate(cast.coordinator),
        )
    assert not Edition.objects.exists()


def test_content_that_changed_since_it_was_read_is_not_published(
    cast: Cast, indicator: Indicator, coordinator: Client
) -> None:
    form = typed_in(cast, "")
    correct(cast)
    answer = coordinator.post(address(cast, "publish"), form)
    assert answer.status_code == 409
    assert "Rapporten er ændret, siden du så den." in answer.text
    assert " checked" not in answer.text  # it is to be confirmed anew
    assert not Edition.objects.exists()


def test_only_the_coordinator_publishes(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(Refused, match="ikke ret"):
        editions_verbs.publish(
            catalogue=cast.catalogue,
            year=cast.round.year,
            seal=proof_now(cast.catalogue, cast.round.year),
            changes="",
            confirmed=True,
            by=mandate(cast.head),
        )


def test_unchanged_content_is_not_published_again(cast: Cast, edition: Edition) -> None:
    with pytest.raises(Refused, match=r"Intet er ændret siden 1\. udgave"):
        publish(cast, "Ingenting")
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("changes", ["", "  \n"])
def test_a_correction_must_say_what_it_changes(cast: Cast, edition: Edition, changes: str) -> None:
    correct(cast)
    with pytest.raises(Refused, match="Skriv, hvorfor rapporten er rettet"):
        publish(cast, changes)
    assert Edition.objects.count() == 1


def test_a_correction_is_a_new_edition_and_leaves_the_first_as_it_was(
    cast: Cast, edition: Edition
) -> None:
    before = vars(Edition.objects.get()).copy()
    correct(cast)
    second = publish(cast, "Stien var ikke åbnet.")
    assert (second.number, second.changes) == (2, "Stien var ikke åbnet.")
    after = vars(Edition.objects.get(number=1))
    for name in ("content", "content_sha256", "pdf_sha256", "published_at", "changes"):
        assert after[name] == before[name]
    assert bytes(after["pdf"]) == bytes(before["pdf"])


def test_a_correction_says_on_paper_and_in_word_what_it_changes_and_why(
    cast: Cast, edition: Edition
) -> None:
    long = "Stien er åbnet på den første strækning, og resten følger. " * 3
    correct(cast, long)
    second = publish(cast, "Stien var <ikke> åbnet.")
    assert "correction" not in edition.content
    assert second.content["correction"] == {
        "before": 1,
        "why": "Stien var <ikke> åbnet.",
        "differences": second.differences,
    }
    mark = EditionMark(number=2, published_on="2026-04-01", sha256=second.content_sha256)
    paper = render_html(second.content, edition=mark)
    assert paper.count("Ændringer siden 1. udgave") == 2, "in the contents and as a heading"
    assert "Stien var &lt;ikke&gt; åbnet." in paper
    assert re.search(r"Handling 1, mål 1</span><br>Fremdrift</th>", paper)
    assert re.search(r"<strong>[^<]*og resten følger", paper)
    word = Document(BytesIO(render_docx(second.content, edition=mark)))
    assert word.tables[0].rows[0].cells[1].text == "Før"
    assert "Stien er åbnet." in word.tables[0].rows[1].cells[1].text
    with pytest.raises(Refused, match="Intet er ændret siden 2"):
        publish(cast, "Igen.")


def test_a_signature_that_came_afterwards_is_a_change_that_can_be_published(
    cast: Cast, edition: Edition
) -> None:
    assert edition.content["actions"][0]["goals"][0]["unsigned"] == ["Kulturchefen"]
    status = status_of(cast.round)
    dialogue_verbs.sign(status=status, by=mandate(cast.co_head), text_version=status.text_version)
    second = publish(cast, "Begge har tiltrådt.")
    assert second.differences == [
        {
            "place": "Handling 1, mål 1",
            "what": "Mangler tiltrædelse fra",
            "before": "Kulturchefen",
            "after": "",
        }
    ]


def test_content_that_moves_while_the_pdf_is_made_is_not_published(
    cast: Cast, indicator: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(content: ReportContent, *, edition: EditionMark | None) -> bytes:
        correct(cast)
        return stand_in_pdf(content, edition=edition)

    monkeypatch.setattr(editions_verbs, "render_pdf", meanwhile)
    with pytest.raises(Conflict):
        publish(cast)
    assert not Edition.objects.exists()
    assert not Event.objects.filter(verb="publish").exists()


def test_another_s_other_edition_meanwhile_is_told_and_not_followed_unseen(
    cast: Cast, indicator: Indicator
) -> None:
    seal = proof_now(cast.catalogue, cast.round.year)
    publish(cast)
    correct(cast)
    with pytest.raises(Conflict):
        publish(cast, "Min rettelse", seal=seal)
    assert Edition.objects.count() == 1


def test_what_stands_in_the_way_must_be_confirmed_and_is_kept_with_the_edition(
    cast: Cast, indicator: Indicator, coordinator: Client
) -> None:
    form = typed_in(cast, "")
    del form["confirmed"]
    refused = coordinator.post(address(cast, "publish"), form)
    assert refused.status_code == 422
    assert "Bekræft, at rapporten skal udgives" in refused.text
    assert not Edition.objects.exists()
    coordinator.post(address(cast, "publish"), form | {"confirmed": "on"})
    work()
    published = coordinator.get(address(cast, "edition", 1))
    gap = {"place": "Handling 2, mål 1", "what": "Der er ikke indsendt status på målet."}
    assert gap in Edition.objects.get().hindrances
    assert "Udgivet med mangler" in published.text
    assert gap["what"] in published.text


def test_a_double_click_leads_to_the_one_edition(
    cast: Cast, indicator: Indicator, coordinator: Client
) -> None:
    form = typed_in(cast, "")
    for _click in range(2):
        answer = coordinator.post(address(cast, "publish"), form)
        there = address(cast, "publication", Publication.objects.get().pk)
        assert answer.headers["Location"] == there
    work()
    answer = coordinator.post(address(cast, "publish"), form, follow=True)
    assert answer.redirect_chain == [(address(cast, "edition", 1), 302)]
    assert "1. udgave er allerede udgivet" in answer.text
    assert Edition.objects.count() == 1


# The pages.


def test_the_coordinator_publishes_from_the_page(
    cast: Cast, indicator: Indicator, coordinator: Client
) -> None:
    assert coordinator.get(address(cast, "publish")).status_code == 200
    answer = coordinator.post(address(cast, "publish"), typed_in(cast, ""), follow=True)
    wish = Publication.objects.get()
    assert answer.redirect_chain == [(address(cast, "publication", wish.pk), 302)]
    assert "i kø" in answer.text
    assert not Edition.objects.exists()
    work()
    page = main_part(coordinator, address(cast, "publication", wish.pk))
    assert "1. udgave er udgivet" in page
    assert address(cast, "edition", 1) in page
    assert "KLADDE" not in main_part(coordinator, address(cast, "edition", 1))
    pdf = coordinator.get(address(cast, "edition_pdf", 1))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert b"".join(pdf) == bytes(Edition.objects.get().pdf)


@pytest.mark.parametrize(
    ("correction", "typed", "message"),
    [
        ("Nyt.", "", "Skriv, hvorfor rapporten er rettet."),
        ("", "Noget <b>fedt</b>", "Intet er ændret siden 1. udgave."),
        ("Nyt.", "æ" * 4001, "Teksten er på 4.001 tegn. Der er plads til 4.000"),
    ],
)
def test_a_refusal_to_publish_says_why_and_keeps_what_is_typed(
    cast: Cast, edition: Edition, coordinator: Client, correction: str, typed: str, message: str
) -> None:
    if correction:
        correct(cast, correction)
    answer = coordinator.post(address(cast, "publish"), typed_in(cast, typed))
    assert answer.status_code == 422
    assert message in answer.text
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in answer.text
    assert Edition.objects.count() == 1


def test_the_draft_page_says_that_it_is_one(cast: Cast, coordinator: Client) -> None:
    page = coordinator.get(address(cast, "draft"))
    assert "KLADDE" in page.text
    assert address(cast, "draft_pdf") in page.text
    assert address(cast, "publish") in page.text


# Frozen.


def change_everything(cast: Cast, indicator: Indicator) -> None:
    """What may happen in the years after a report is published."""
    Catalogue.objects.update(title="OMDØBT", municipality="OMDØBT", coordinator="OMDØBT")
    Action.objects.update(title="OMDØBT", purpose="OMDØBT", summary="OMDØBT")
    Goal.objects.update(text="OMDØBT")
    Position.objects.filter(pk=cast.position.pk).update(name="OMDØBT")
    Partner.objects.update(name="OMDØBT")
    factory.change_target(indicator, 9999, decision="OMDØBT")
    Indicator.objects.update(name="OMDØBT", unit="OMDØBT", target=9999)
    Measurement.objects.append(
        indicator=indicator, year=cast.round.measured_year, value=1, source="OMDØBT"
    )
    hand_in(status_of(cast.round), "returned", light=Light.OFF_TRACK, progress="OMDØBT")
    cast.round.statuses.update(author_name="OMDØBT", author_position="OMDØBT")
    factory.make_action(cast.catalogue, title="OMDØBT")
    cast.head.delete()
    cast.deputy.delete()


def test_nothing_that_happens_later_changes_a_published_edition(
    cast: Cast, indicator: Indicator, edition: Edition, client: Client
) -> None:
    client.force_login(cast.committee)
    page, pdf = (address(cast, name, 1) for name in ("edition", "edition_pdf"))
    before = main_part(client, page), client.get(pdf).content
    change_everything(cast, indicator)
    cast.coordinator.delete()
    after = main_part(client, page), client.get(pdf).content
    assert after == before
    assert "OMDØBT" not in after[0]
    call_command("verify")


def test_new_words_for_a_light_do_not_reach_a_published_edition(
    cast: Cast, edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.committee)
    before = main_part(client, address(cast, "edition", 1))
    monkeypatch.setattr(Light.ON_TRACK, "_label_", "OMDØBT")
    assert main_part(client, address(cast, "edition", 1)) == before


def test_a_change_in_the_templates_does_not_reach_a_published_edition(
    cast: Cast, edition: Edition, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.committee)
    before = main_part(client, address(cast, "edition", 1))
    engine: Any = engines["django"].engine  # type: ignore[attr-defined]
    todays = Loader(engine, {"reports/document/_chapter.html": "OMDØBT"})
    monkeypatch.setattr(engine, "template_loaders", [todays, *engine.template_loaders])
    assert "OMDØBT" in render_to_string(
        "reports/document/_document.html", {"content": edition.content}
    )
    assert main_part(client, address(cast, "edition", 1)) == before


def test_an_old_edition_stays_as_it_was_and_points_at_the_newest(
    cast: Cast, edition: Edition, client: Client
) -> None:
    client.force_login(cast.committee)
    first = client.get(address(cast, "edition", 1)).text
    assert "nyere udgave" not in first
    correct(cast)
    second = publish(cast, "Stien var <ikke> åbnet.")
    page = client.get(address(cast, "edition", 1)).text
    assert edition.html in page
    assert "Der er en nyere udgave" in page
    assert f'href="{second.get_absolute_url()}"' in page
    newest = client.get(address(cast, "edition", 2)).text
    assert "nyere udgave" not in newest
    for words in (
        "Hvad er ændret siden 1. udgave?",
        "Stien var &lt;ikke&gt; åbnet.",
        "Handling 1, mål 1",
        "Stien er åbnet. ",
        second.pdf_sha256,
        second.content_sha256,
    ):
        assert words in newest


def test_an_edition_from_before_pages_were_kept_is_read_as_pdf(
    cast: Cast, edition: Edition, client: Client
) -> None:
    client.force_login(cast.committee)
    with guards_off():
        Edition.objects.update(html="", html_sha256="")
    page = client.get(address(cast, "edition", 1))
    assert "Udgaven findes kun som PDF." in page.text
    assert address(cast, "edition_pdf", 1) in page.text


# Proof.


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    return lambda: capsys.readouterr().out.strip()


def test_verify_counts_the_editions_that_are_unchanged(
    cast: Cast, edition: Edition, told: Callable[[], str]
) -> None:
    correct(cast)
    publish(cast, "Rettelse")
    call_command("verify")
    told_lines = told().splitlines()
    assert told_lines[0] == (
        "2 udgaver, 2 rækker i historikken, 0 justerede måltal, 0 versioner af kataloger "
        "og 1 tal for måltal er uændrede."
    )
    last = Edition.objects.latest("pk")
    assert told_lines[3] == f"reports_edition: 2, {last.chain_hash}"


def tamper_with_content(edition: Edition) -> None:
    edition.content["actions"][0]["goals"][0]["light"]["word"] = "Nået"
    Edition.objects.filter(pk=edition.pk).update(content=edition.content)


def tamper_with_pdf(edition: Edition) -> None:
    changed = bytearray(edition.pdf)
    changed[-1] ^= 1
    Edition.objects.filter(pk=edition.pk).update(pdf=bytes(changed))


def tamper_with_page(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(html=edition.html.replace("Stien", "Vejen"))


def take_page_away(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(html="")


def tamper_with_reason(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(changes="Ingenting")


def move_to_another_year(edition: Edition) -> None:
    Report.objects.update(year=F("year") - 1)


def tamper_with_pdf_hash(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(pdf_sha256="0" * 64)


def tamper_with_content_hash(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(content_sha256=F("pdf_sha256"))


@pytest.mark.parametrize(
    ("tamper", "what"),
    [
        (tamper_with_content, "indholdet er ændret"),
        (tamper_with_content_hash, "indholdet er ændret"),
        (tamper_with_pdf, "PDF-filen er ændret"),
        (tamper_with_pdf_hash, "PDF-filen er ændret"),
        (tamper_with_page, "websiden er ændret"),
        (take_page_away, "websiden er ændret"),
        (tamper_with_reason, "rækken er ændret"),
        (move_to_another_year, "flyttet til en anden rapport"),
    ],
)
def test_verify_finds_the_edition_that_was_tampered_with(
    cast: Cast, edition: Edition, tamper: Callable[[Edition], None], what: str
) -> None:
    correct(cast)
    second = publish(cast, "Rettelse")
    with guards_off():
        tamper(second)
    with pytest.raises(CommandError, match=what) as refusal:
        call_command("verify")
    year = cast.round.year
    place = f"katalog, Statusredegørelse {year}, [12]. udgave: "
    assert re.match(place, str(refusal.value))
    assert refusal.value.returncode == 1


def test_the_hash_is_of_the_content_and_not_of_its_order(edition: Edition) -> None:
    content: Any = edition.content
    turned: Any = dict(reversed(content.items()))
    assert content_hash(turned) == edition.content_sha256
    turned["year"] = 1999
    assert content_hash(turned) != edition.content_sha256
