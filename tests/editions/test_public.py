"""What VUF makes public everybody may read, and any proxy may keep; the rest is not there."""

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Event
from actions.writing.refusals import Refused
from reports.editions import public
from reports.models import Edition, Kind, PublicEdition
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.pages import Page

PDF = b"%PDF-1.7 de gemte bytes"
TEXT = "Det går fremad med det offentlige."


@pytest.fixture
def edition(cast: Cast) -> Edition:
    factory.hand_in(factory.status_of(cast.round), progress=TEXT)
    return factory.make_edition(cast.catalogue, cast.round.year, pdf=PDF)


def addresses(edition: Edition) -> list[str]:
    return [edition.public_url, edition.public_pdf_url]


def vuf(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.coordinator)
    return client


def test_making_public_is_the_coordinators_act_and_withdrawing_it_takes_a_reason(
    cast: Cast, edition: Edition, client: Client
) -> None:
    desk, before = vuf(cast), Edition.objects.values().get()
    assert "Kun dem, der har en rolle" in Page(desk.get(edition.get_absolute_url()).text).text
    assert [client.get(url).status_code for url in addresses(edition)] == [404, 404]

    for told in ("er nu offentlig", "er allerede offentlig"):  # a double click does no harm
        answer = desk.post(edition.make_public_url, follow=True)
        assert told in Page(answer.text).text
    assert "Alle, også uden login." in Page(answer.text).text
    assert [client.get(url).status_code for url in addresses(edition)] == [200, 200]

    assert desk.post(edition.withdraw_url, {"reason": " "}).status_code == 422
    answer = desk.post(edition.withdraw_url, {"reason": "Et tal er forkert."}, follow=True)
    assert "Et tal er forkert." in Page(answer.text).text
    late = desk.post(edition.withdraw_url, {"reason": "Skrevet i en anden fane."})
    assert late.status_code == 409
    assert "Skrevet i en anden fane." in late.text
    assert desk.post(edition.make_public_url).status_code == 302

    rows = Event.objects.order_by("pk").filter(verb__endswith="public")
    assert [(row.verb, row.subject, row.comment) for row in rows] == [
        ("make_public", str(edition), ""),
        ("withdraw_public", str(edition), "Et tal er forkert."),
        ("make_public", str(edition), ""),
    ]
    assert PublicEdition.objects.get().holds
    assert Edition.objects.values().get() == before


def test_only_the_coordinator_decides_and_readers_are_not_told(
    cast: Cast, edition: Edition, client: Client
) -> None:
    for by in (mandate(cast.committee), mandate(cast.administrator)):
        with pytest.raises(Refused):
            public.make_public(edition=edition, by=by)
    client.force_login(cast.committee)
    assert "Hvem kan læse udgaven?" not in client.get(edition.get_absolute_url()).text


def test_everybody_reads_what_was_frozen_and_nothing_of_the_house(
    cast: Cast, edition: Edition
) -> None:
    factory.make_public(edition)
    other = factory.make_edition(cast.catalogue, cast.round.year, number=2)  # published, not public
    factory.hand_in(factory.status_of(cast.round), progress="Skrevet bagefter.")
    for client in (Client(), vuf(cast)):
        listed = client.get(reverse("public_reports"))
        page, pdf = (client.get(url) for url in addresses(edition))
        assert edition.html in page.text
        assert TEXT in page.text
        assert pdf.content == PDF
        for source in (listed.text, page.text):
            assert "<script" not in source
            assert "csrf" not in source
            for inside in ("Hemmelig Skriver", str(cast.coordinator), other.published_by):
                assert inside not in source.replace(edition.html, "")
            links = {link for link in Page(source).links if not link.startswith("#")}
            assert all(link.startswith(("/offentlig/", "/tilgaengelighed/")) for link in links)
        assert other.public_url not in listed.text + page.text
        assert '<meta name="description" content="' in page.text


def test_a_newer_edition_is_pointed_at_once_it_is_public_too(
    cast: Cast, edition: Edition, client: Client
) -> None:
    factory.make_public(edition)
    newer = factory.make_edition(cast.catalogue, cast.round.year, number=2)
    assert "nyere udgave" not in client.get(edition.public_url).text
    factory.make_public(newer)
    assert newer.public_url in Page(client.get(edition.public_url).text).links
    assert "nyere udgave" not in client.get(newer.public_url).text
    assert Page(client.get(reverse("public_reports")).text).links.index(newer.public_url) < (
        Page(client.get(reverse("public_reports")).text).links.index(edition.public_url)
    )


@pytest.mark.parametrize("who", ["nobody", "coordinator"])
def test_a_proxy_may_keep_the_pages_whoever_asks(cast: Cast, edition: Edition, who: str) -> None:
    factory.make_public(edition)
    client = vuf(cast) if who == "coordinator" else Client()
    for url in (reverse("public_reports"), reverse("accessibility"), *addresses(edition)):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        assert not [each for each in queries if "session" in each["sql"]], url
        assert_kept_by_proxies(answer)
        again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert_kept_by_proxies(again)
        other = client.get(url, headers={"If-None-Match": '"noget-andet"'})
        assert other.status_code == 200


def assert_kept_by_proxies(answer: HttpResponseBase) -> None:
    assert set(answer.headers["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert not answer.has_header("Vary")
    assert not answer.cookies


def test_what_is_withdrawn_is_gone_from_every_address_like_what_never_was(
    cast: Cast, edition: Edition, client: Client
) -> None:
    factory.make_public(edition)
    tags = {url: client.get(url).headers["ETag"] for url in addresses(edition)}
    listed = client.get(reverse("public_reports")).headers["ETag"]
    public.withdraw(edition=edition, by=mandate(cast.coordinator), reason="En fejl.")
    absent = client.get("/offentlig/findes-ikke/2020/statusredegoerelse/udgave/1/")
    midterm = [url.replace(Kind.STATUS.word, Kind.MIDTERM.word) for url in tags]
    for url in (*tags, *midterm):
        for tag in ("", "*", *tags.values()):
            for ask in (client.get, client.head):
                answer = ask(url, headers={"If-None-Match": tag} if tag else {})
                assert answer.status_code == 404, (url, tag)
                assert answer.headers == absent.headers
                assert answer.content in {absent.content, b""}
        assert client.get(url).content == absent.content
    answer = client.get(reverse("public_reports"), headers={"If-None-Match": listed})
    assert answer.status_code == 200
    assert edition.title not in answer.text
    assert absent.headers["Cache-Control"] == "private, no-store"
