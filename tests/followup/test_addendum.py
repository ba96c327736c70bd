"""The addendum: beside the edition, which never changes, and readable for everybody (PDF/UA)."""

from datetime import timedelta
from io import BytesIO

import page as validator
import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from reports.followup.addendum import addendum_content, edition_before, make_addendum
from reports.models import Edition, FollowUp, FollowUpAnswer, Paper, Rendering
from tests.documents.test_pdf import bookmarks, squeezed
from tests.support import factory
from tests.support.cast import Cast
from tests.support.followups import make_follow_up
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast: Cast) -> Edition:
    factory.hand_in_all(cast.round)
    return factory.make_edition(cast.catalogue, cast.round.year)


@pytest.fixture
def closed(cast: Cast, edition: Edition) -> FollowUp:
    """A closed follow-up: one goal is answered, the other is not."""
    row = make_follow_up(cast, due=timezone.localdate() - timedelta(days=1))
    FollowUpAnswer.objects.filter(status__goal=cast.own_goal).update(
        reached="Vi er halvvejs.",
        changed="<b>Ny</b> leder.",
        next_step="Vi går i gang.",
        author_name="Anna Holm",
        author_position="Planchefen",
    )
    return row


def rendering(edition: Edition) -> Rendering:
    return Rendering(report=edition.report, paper=Paper.ADDENDUM, number=1)


def test_it_can_be_read_by_everybody_and_says_what_matters(
    cast: Cast, edition: Edition, closed: FollowUp
) -> None:
    pdf = make_addendum(rendering(edition)).pdf()
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    assert [(each.rule_id, each.message) for each in report.failures] == []
    reader = PdfReader(BytesIO(pdf))
    assert f"Tillæg til {edition.title}" in dict(bookmarks(reader))
    words = squeezed("".join(each.extract_text() for each in reader.pages))
    for told in (
        "Vi er halvvejs.",
        "<b>Ny</b> leder.",
        "Vi går i gang.",
        "Anna Holm, Planchefen",
        "Ikke besvaret.",
        "Rapporten selv er ikke ændret.",
    ):
        assert squeezed(told) in words


def test_it_stands_beside_the_edition_which_is_as_it_was(
    vuf: Client, cast: Cast, edition: Edition, closed: FollowUp
) -> None:
    before = (bytes(edition.pdf), edition.content_sha256)
    for url in (edition.get_absolute_url(), f"/{cast.catalogue.slug}/rapporter/"):
        page = read(vuf.get(url))
        assert closed.addendum_url in page.links
        assert closed.get_absolute_url() in page.links
    after = Edition.objects.get(pk=edition.pk)
    assert (bytes(after.pdf), after.content_sha256) == before


def test_it_belongs_to_the_edition_of_its_time(
    cast: Cast, edition: Edition, closed: FollowUp
) -> None:
    factory.make_edition(cast.catalogue, cast.round.year, number=2)
    assert edition_before(closed) == edition
    assert addendum_content(closed, edition)["edition_sha256"] == edition.content_sha256


def test_an_open_one_has_none(vuf: Client, cast: Cast, edition: Edition) -> None:
    row = make_follow_up(cast)
    assert vuf.get(row.addendum_url).status_code == 404
    assert row.addendum_url not in read(vuf.get(edition.get_absolute_url())).links
