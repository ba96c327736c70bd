"""One status of a closed round is unlocked, corrected and locked again; the round stays closed."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Event, GoalStatus, Notice, Occasion, Round, RoundState, State
from actions.rounds.verbs import close_round
from actions.status import verbs
from actions.writing.refusals import Conflict, NotAllowed, Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db

REASON = "Sygefraværet er 5,3 og ikke 5,1."


@pytest.fixture
def status(cast: Cast) -> GoalStatus:
    """What was approved before the round closed."""
    approved = factory.hand_in(status_of(cast.round, cast.own_goal), progress="Som vi lovede.")
    close_round(round_=cast.round, by=mandate(cast.coordinator))
    return approved


def now(status: GoalStatus) -> GoalStatus:
    return status_of(Round.objects.get(pk=status.round_id), status.goal)


def unlock(cast: Cast, status: GoalStatus) -> GoalStatus:
    return verbs.unlock(
        status=now(status),
        by=mandate(cast.coordinator),
        revision=now(status).revision,
        reason=REASON,
    )


def submit(cast: Cast, status: GoalStatus, progress: str) -> GoalStatus:
    latest = now(status)
    return verbs.submit(
        status=latest,
        by=mandate(cast.head),
        entry=entry(progress=progress),
        revision=latest.revision,
    )


def test_one_status_is_corrected_and_the_round_stays_closed(cast: Cast, status: GoalStatus) -> None:
    with pytest.raises(Refused, match="Statusrunden er ikke åben"):
        submit(cast, status, "Rettet.")
    closed_on = Round.objects.get(pk=cast.round.pk).closed_on
    unlock(cast, status)
    assert (now(status).state, now(status).unlocked_because) == (State.RETURNED, REASON)
    submit(cast, status, "Rettet.")
    latest = now(status)
    verbs.approve(status=latest, by=mandate(cast.coordinator), revision=latest.revision)
    assert (now(status).state, now(status).unlocked_because) == (State.APPROVED, "")
    assert now(status).progress == "Rettet."
    with pytest.raises(Refused, match="Statusrunden er ikke åben"):
        submit(cast, status, "Endnu en gang.")
    round_ = Round.objects.get(pk=cast.round.pk)
    assert round_.state(timezone.localdate()) is RoundState.CLOSED
    assert (round_.closed_on, round_.stands_on) == (closed_on, None)
    codes = Event.objects.filter(status=status).values_list("verb", flat=True)
    assert list(codes.order_by("pk")) == ["unlock", "submit", "approve"]


def test_only_that_goal_is_open(cast: Cast, status: GoalStatus) -> None:
    unlock(cast, status)
    other = status_of(now(status).round, cast.other_goal)
    with pytest.raises(Refused, match="Statusrunden er ikke åben"):
        verbs.save_draft(status=other, by=mandate(cast.other_head), entry=entry(), revision=0)


def test_what_was_never_handed_in_can_come_late(cast: Cast) -> None:
    close_round(round_=cast.round, by=mandate(cast.coordinator))
    late = status_of(Round.objects.get(pk=cast.round.pk), cast.own_goal)
    unlock(cast, late)
    assert now(late).state == State.NOT_STARTED
    assert submit(cast, late, "Sent, men sandt.").state == State.SUBMITTED


def test_an_unlocking_by_mistake_is_taken_back(cast: Cast, status: GoalStatus) -> None:
    before = now(status)
    unlock(cast, status)
    latest = now(status)
    verbs.lock_again(status=latest, by=mandate(cast.coordinator), revision=latest.revision)
    assert now(status).state == State.APPROVED
    assert now(status).text_version == before.text_version, "its signatures still hold"
    codes = Event.objects.filter(status=status).values_list("verb", flat=True)
    assert list(codes.order_by("pk")) == ["unlock", "lock_again"]


def test_what_the_head_has_written_since_is_not_taken_back(cast: Cast, status: GoalStatus) -> None:
    unlock(cast, status)
    latest = now(status)
    verbs.save_draft(
        status=latest,
        by=mandate(cast.head),
        entry=entry(progress="På vej."),
        revision=latest.revision,
    )
    latest = now(status)
    with pytest.raises(Conflict):
        verbs.lock_again(status=latest, by=mandate(cast.coordinator), revision=latest.revision)
    assert now(status).progress == "På vej."


def test_who_may_not_and_what_cannot_be_unlocked(cast: Cast, status: GoalStatus) -> None:
    by, latest = mandate(cast.coordinator), now(status)
    with pytest.raises(NotAllowed):
        verbs.unlock(status=latest, by=mandate(cast.head), revision=latest.revision, reason=REASON)
    with pytest.raises(Refused, match="Skriv, hvad der skal rettes"):
        verbs.unlock(status=latest, by=by, revision=latest.revision, reason="  ")
    with pytest.raises(Conflict):
        verbs.unlock(status=latest, by=by, revision=latest.revision + 1, reason=REASON)
    unlock(cast, status)
    with pytest.raises(Conflict, match="allerede låst op"):
        unlock(cast, status)


def test_an_open_round_has_nothing_to_unlock(cast: Cast) -> None:
    approved = factory.hand_in(status_of(cast.round, cast.own_goal))
    with pytest.raises(Refused, match="Runden er ikke lukket"):
        unlock(cast, approved)


def test_the_head_is_told_at_once_with_the_reason(
    cast: Cast, status: GoalStatus, vuf: Client, settings: object
) -> None:
    settings.SITE_URL = "https://handlingskatalog.example.org"  # type: ignore[attr-defined]
    url = reverse("unlock", args=[cast.catalogue.slug, cast.round.year, status.goal_id])
    answer = vuf.post(url, {"revision": now(status).revision, "reason": REASON}, follow=True)
    page = read(answer)
    assert "Målet er låst op" in page.text
    assert "Lås målet igen" in page.text
    told = Notice.objects.filter(occasion=Occasion.UNLOCKED)
    assert cast.head.pk in told.values_list("recipient", flat=True)
    letters = [row for row in mail.outbox if cast.head.email in row.to]
    assert [REASON in row.body for row in letters] == [True]
    assert f"maal/{status.goal_id}/#laast-op" in letters[0].body


def test_the_heads_pages_show_it_though_the_round_is_closed(
    cast: Cast, status: GoalStatus, client: Client
) -> None:
    client.force_login(cast.head)
    url = reverse("own_goals")
    assert "til rettelse" not in read(client.get(url)).text
    unlock(cast, status)
    assert "til rettelse" in read(client.get(url)).text
    page = read(client.get(now(status).get_absolute_url()))
    assert REASON in page.text
    assert "Indsend status" in page.text
