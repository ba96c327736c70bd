"""The final report from its last round to its public page."""

import pytest
from django.test import Client
from django.urls import reverse

from actions.lights import Light
from actions.models import Goal
from reports.editions import verbs
from reports.models import Edition, Kind
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import Page, read


@pytest.fixture
def last_round(cast: Cast) -> int:
    """The year of the round after the period, with every goal's status handed in and approved."""
    year = cast.catalogue.final_year
    before, last = (
        factory.make_past_round(cast.catalogue, year - 1),
        factory.make_round(cast.catalogue, year=year),
    )
    promised = {"next_step": "Vi åbner to kontorer."}
    for goal in Goal.objects.filter(action__catalogue=cast.catalogue):
        factory.hand_in(factory.status_of(before, goal), "approved", **promised)
        factory.hand_in(factory.status_of(last, goal), "approved", light=Light.ACHIEVED)
    return year


def publish(cast: Cast, year: int) -> Edition:
    return verbs.publish(
        catalogue=cast.catalogue,
        year=year,
        kind=Kind.FINAL,
        seal=verbs.proof_of(cast.catalogue, year, Kind.FINAL).seal,
        changes="",
        confirmed=True,
        by=factory.mandate(cast.coordinator),
    )


def test_it_goes_from_the_last_round_to_everybody(
    cast: Cast, last_round: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "render_pdf", lambda content, edition: b"%PDF-")
    client.force_login(cast.coordinator)
    listed = reverse("reports", args=[cast.catalogue.slug])
    draft = f"/{cast.catalogue.slug}/rapporter/{last_round}/slutredegoerelse/"
    assert any(link.endswith(draft) for link in Page(client.get(listed).text).links)
    url = next(link for link in Page(client.get(listed).text).links if link.endswith(draft))
    text = read(client.get(url)).text
    assert f"Slutredegørelse {last_round}" in text
    assert "Vi åbner to kontorer." in text

    edition = publish(cast, last_round)
    assert edition.get_absolute_url().endswith("/slutredegoerelse/udgave/1/")
    factory.make_public(edition)
    client.logout()
    assert f"Slutredegørelse {last_round}" in read(client.get(edition.public_url)).text
    client.force_login(cast.council)
    council = client.get(reverse("council", args=[cast.catalogue.slug]))
    assert edition.get_absolute_url() in Page(council.text).links


def test_vuf_writes_its_conclusion_and_a_line_for_each_action(
    cast: Cast, last_round: int, client: Client
) -> None:
    client.force_login(cast.coordinator)
    url = reverse("editorial", args=[cast.catalogue.slug, last_round, Kind.FINAL.word])
    page = client.get(url)
    assert "Forord, resumé og konklusion, og en linje for hver handling." in page.text
    passage = reverse(
        "passage", args=[cast.catalogue.slug, last_round, Kind.FINAL.word, "redaktion"]
    )
    typed = {"revision": "0", "foreword": "", "summary": "", "conclusion": "Tak for fire år."}
    assert client.post(passage, typed).status_code == 302
    draft = reverse(
        "draft", kwargs={"slug": cast.catalogue.slug, "year": last_round, "kind": Kind.FINAL}
    )
    assert "Tak for fire år." in read(client.get(draft)).text
