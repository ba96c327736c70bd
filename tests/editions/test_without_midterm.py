"""A plan need not have a midterm: then no page, mail, report or command speaks of one."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from actions.catalogue.exporter import rows_of
from actions.catalogue.file import read_bytes, to_text
from reports.content.assemble import assemble
from reports.content.shape import NoSuchReport
from reports.documents.pdf import render_html
from reports.models import Kind
from tests.site import SITUATIONS
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import Page, read
from tests.support.rows import ANONYMOUS, Situation, nothing
from tests.texts import site as texts_site

pytestmark = pytest.mark.django_db

#: Where the year of the midterm is chosen.
CHOSEN = {"catalogue_fields", "new_catalogue", "carry_over"}
#: What is written for a midterm alone, in the registry of pages.
OF_ONE = {route.name for route in texts_site.SITE.routes} - {"editorial"}


@pytest.fixture
def plain(cast: Cast) -> Cast:
    cast.catalogue.midterm_year = None
    cast.catalogue.save()
    return cast


def shown(cast: Cast, situation: Situation) -> str:
    client = Client()
    name = min(situation.people)
    with transaction.atomic():  # what the address needs is there for this page only
        if name != ANONYMOUS:
            client.force_login(cast.people[name])
        answer = client.get(reverse(situation.route, kwargs=situation.kwargs(cast)))
        transaction.set_rollback(True)
    is_page = answer.get("Content-Type", "").startswith("text/html")
    return read(answer).text if is_page and not answer.streaming else ""


def test_no_page_speaks_of_one(plain: Cast) -> None:
    seen, told = 0, {}
    for situation in SITUATIONS:
        is_of_one = situation.route in OF_ONE
        if is_of_one or situation.typed is not None or situation.given is not nothing:
            continue
        text = shown(plain, situation)
        seen += bool(text)
        for word in ("None", "idtvejs"):
            if word in text and situation.route not in CHOSEN:
                at = text.index(word)
                told[situation.label] = text[max(0, at - 60) : at + 60]
    assert not told
    assert seen > 40


@pytest.mark.parametrize("kind", [Kind.STATUS, Kind.FINAL])
def test_no_report_speaks_of_one(plain: Cast, kind: Kind) -> None:
    year = plain.catalogue.final_year if kind is Kind.FINAL else plain.round.year
    if kind is Kind.FINAL:
        factory.make_round(plain.catalogue, year=year)
    factory.hand_in_all(plain.catalogue.rounds.get(year=year))
    html = render_html(assemble(plain.catalogue, year, kind), edition=None)
    assert "None" not in Page(html).text
    assert "idtvejs" not in Page(html).text


def test_there_is_none_to_make(plain: Cast, tmp_path: Path) -> None:
    year = plain.round.year
    with pytest.raises(NoSuchReport, match="Kataloget har ingen midtvejsevaluering"):
        assemble(plain.catalogue, year, Kind.MIDTERM)
    with pytest.raises(CommandError, match="Kataloget har ingen midtvejsevaluering"):
        call_command(
            "compile_report",
            *(plain.catalogue.slug, str(year), "midterm"),
            output=tmp_path / "x.pdf",
            stdout=StringIO(),
        )
    assert not list(tmp_path.iterdir())
    client = Client()
    client.force_login(plain.coordinator)
    for rest in ("", "udgiv/", "tekster/"):
        url = f"/{plain.catalogue.slug}/rapporter/{year}/midtvejsevaluering/{rest}"
        assert client.get(url).status_code == 404


def test_the_file_says_none_and_the_next_catalogue_has_none(plain: Cast) -> None:
    rows = rows_of(plain.catalogue.slug)
    text = to_text(rows, "yaml")
    assert "midterm_year" not in text
    assert read_bytes(text.encode()) == rows
    client = Client()
    client.force_login(plain.coordinator)
    form = read(client.get(reverse("carry_over", args=[plain.catalogue.slug]))).form_with("slug")
    assert form.fields["midterm_year"] == ""
    typed = form.fields | {"slug": "naeste", "title": "Det næste", "actions": ["1"]}
    assert client.post(reverse("carry_over", args=[plain.catalogue.slug]), typed).status_code == 302
    assert rows_of("naeste").midterm_year is None
