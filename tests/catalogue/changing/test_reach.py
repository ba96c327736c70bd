"""A decision that reaches back behind a published report is saved, and the report is named."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue import editor
from actions.catalogue.exporter import rows_of
from actions.catalogue.versions.store import add_version
from actions.models import Round
from reports.models import Edition
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cast: Cast) -> Round:
    """Last year's round, with a status on every goal and a published report."""
    add_version(cast.catalogue)
    round_ = factory.make_past_round(cast.catalogue, timezone.localdate().year - 1)
    factory.hand_in_all(round_)
    return round_


def stop(vuf: Client, cast: Cast, day: date) -> str:
    rows = rows_of(cast.catalogue.slug)
    seal = editor.seal_of(rows, 2)
    typed = {"seal": seal, "day": day.isoformat(), "decision": "Byrådet, punkt 4"}
    answer = vuf.post(reverse("stop_action", args=[rows.slug, 2]), typed, follow=True)
    assert answer.redirect_chain, answer.text
    return read(answer).text


def test_who_stops_an_action_behind_a_report_is_told_its_name(
    vuf: Client, cast: Cast, closed: Round
) -> None:
    edition = factory.make_edition(cast.catalogue, closed.year)
    kept = Edition.objects.get(pk=edition.pk).content_sha256
    day = closed.closed_on
    closed.statuses.filter(goal__action__number=2).update(state="draft")
    cast.round.statuses.filter(goal__action__number=2).update(state="not_started")
    text = stop(vuf, cast, day)
    assert f"Statusredegørelse {closed.year} er udgivet uden den." in text
    assert Edition.objects.get(pk=edition.pk).content_sha256 == kept


def test_nothing_is_said_of_a_report_that_is_not_published_or_a_later_day(
    vuf: Client, cast: Cast, closed: Round
) -> None:
    factory.make_edition(cast.catalogue, closed.year)
    assert "er udgivet uden den" not in stop(vuf, cast, timezone.localdate() + timedelta(days=1))
