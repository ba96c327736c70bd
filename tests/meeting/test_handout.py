"""The temamøde's handouts: a spread for each action, which everybody can read (PDF/UA)."""

from io import BytesIO

import page as validator
import pytest
from django.utils import timezone
from pypdf import PdfReader

from actions.lights import Light
from reports.meeting.handout import handout_content, handout_pdf
from reports.meeting.page import get_meeting
from reports.models import Question
from tests.documents.test_pdf import bookmarks, squeezed
from tests.support import factory
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def pdf(cast: Cast) -> bytes:
    """Both actions' handouts, the first with figures, a chart and a question."""
    for name in ("Besøg", "Møder"):
        factory.make_indicator(cast.own_goal, name=name, by_year=cast.round.year + 3)
    factory.hand_in_all(cast.round, light=Light.AT_RISK, progress="Det går. " * 60)
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    factory.make_selection(edition)
    Question.objects.create(
        report=edition.report,
        action=cast.own_goal.action,
        text="Hvornår er I i mål?",
        asked_by_name="<b>Et</b> \N{GRINNING FACE} medlem",
        asked_at=timezone.now(),
        due=timezone.localdate(),
        answer="Til næste år.",
        answered_by_name="En chef",
    )
    meeting = get_meeting(cast.catalogue.slug, cast.round.year)
    return handout_pdf(handout_content(meeting))


def test_the_handouts_can_be_read_by_everybody_and_say_what_matters(pdf: bytes) -> None:
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    assert [(each.rule_id, each.message) for each in report.failures] == []
    reader = PdfReader(BytesIO(pdf))
    marks = dict(bookmarks(reader))
    assert [marks[title] for title in ("1. Handling nummer 1", "2. Handling nummer 2")] == [1, 2]
    assert len(reader.pages) == 2
    words = squeezed(reader.pages[0].extract_text())
    for told in (
        "Udvalget vil vide mere.",
        "Planchefen",
        "En forening",
        "Opmærksomhed",
        "Besøg",
        "Hvornår er I i mål?",
        "Til næste år.",
        "<b>Et</b> ? medlem",
    ):
        assert squeezed(told) in words
