"""Rounds tell: what is missing before they close, other days, and who cannot be reached."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.mail.letters import Letter, letter_for
from actions.mail.notices import note_deadlines
from actions.mail.unmanned import Unmanned, unmanned
from actions.models import Appointment, Delegation, Notice, Occasion, Role, Round, User
from actions.rounds import verbs as rounds_verbs
from actions.rounds.verbs import RoundDates
from actions.status import verbs as status_verbs
from tests.support import factory
from tests.support.cast import Cast
from tests.support.clock import on
from tests.support.factory import entry, hand_in, mandate, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db


def letter(user: User, today: date | None = None) -> Letter:
    """The mail that tells somebody all that waits."""
    notices = list(user.notices.untold().select_related("round__catalogue"))
    made = letter_for(
        user, notices, today=today or timezone.localdate(), site="https://katalog.example"
    )
    return made or Letter("", "")


def told(cast: Cast, occasion: str) -> set[str]:
    rows = Notice.objects.filter(occasion=occasion).values_list("recipient", flat=True)
    return {name for name, user in cast.people.items() if user.pk in set(rows)}


def days(cast: Cast, *, due: int, closes: int) -> Round:
    today = timezone.localdate()
    cast.round.opens = today - timedelta(days=60)
    cast.round.due, cast.round.closes = today + timedelta(days=due), today + timedelta(days=closes)
    cast.round.save()
    return cast.round


def test_three_days_before_it_closes_a_round_tells_what_is_missing(cast: Cast) -> None:
    days(cast, due=-10, closes=4)
    note_deadlines(timezone.localdate())
    assert told(cast, Occasion.CLOSING) == told(cast, Occasion.LAST_DAYS) == set()
    days(cast, due=-10, closes=3)
    note_deadlines(timezone.localdate())
    assert told(cast, Occasion.CLOSING) == {"coordinator"}
    assert "other_head" in told(cast, Occasion.LAST_DAYS)
    hand_in(status_of(cast.round, cast.own_goal))
    mail = letter(cast.coordinator)
    assert "lukker den" in mail.subject
    assert "Af 2 mål er 1 ikke indsendt, og 0 er indsendt, men ikke godkendt." in mail.body
    assert "til runden lukker" in letter(cast.other_head).body


def test_a_round_that_closes_complete_is_no_news(cast: Cast) -> None:
    days(cast, due=-10, closes=2)
    note_deadlines(timezone.localdate())
    for status in cast.round.statuses.all():
        hand_in(status)
    assert letter(cast.coordinator).subject == ""


def dates(cast: Cast, *, later: int) -> RoundDates:
    round_, more = cast.round, timedelta(days=later)
    return RoundDates(round_.opens, round_.due + more, round_.closes + more)


def test_other_days_are_told_to_those_who_are_not_approved(cast: Cast) -> None:
    hand_in(status_of(cast.round, cast.other_goal))
    colleague = factory.make_user(roles=[Role.COORDINATOR])
    rounds_verbs.change_round_dates(
        round_=cast.round, dates=dates(cast, later=5), by=mandate(cast.coordinator)
    )
    assert told(cast, Occasion.DATES_CHANGED) == {"head", "co_head", "writer", "deputy"}
    assert colleague.notices.filter(occasion=Occasion.DATES_CHANGED).exists()
    mail = letter(cast.head)
    assert "nye datoer, frist den" in mail.subject
    assert f"{cast.catalogue.coordinator} har ændret datoerne: fristen er den" in mail.body


def test_only_the_latest_days_are_told_and_the_same_days_are_no_news(cast: Cast) -> None:
    by = mandate(cast.coordinator)
    rounds_verbs.change_round_dates(round_=cast.round, dates=dates(cast, later=0), by=by)
    assert not Notice.objects.exists()
    for later in (5, 7):
        new = dates(cast, later=later)
        rounds_verbs.change_round_dates(round_=cast.round, dates=new, by=by)
    assert letter(cast.head).body.count("har ændret datoerne") == 1


def test_a_reopened_round_is_told(cast: Cast) -> None:
    by, today = mandate(cast.coordinator), timezone.localdate()
    rounds_verbs.close_round(round_=cast.round, by=by)
    closed = Round.objects.get(pk=cast.round.pk)
    rounds_verbs.reopen_round(
        round_=closed, closes=today + timedelta(days=9), reason="To mål mangler.", by=by
    )
    assert "har genåbnet runden. Den lukker" in letter(cast.head).body
    assert "genåbnet til" in letter(cast.head).subject


def test_who_was_on_time_is_not_told_that_they_are_late(cast: Cast) -> None:
    """A status that came back after the due day."""
    days(cast, due=3, closes=30)
    by = mandate(cast.other_head)
    status = status_of(cast.round, cast.other_goal)
    status_verbs.submit(status=status, by=by, entry=entry(), revision=0)
    late = timezone.localdate() + timedelta(days=5)
    with on(late.isoformat()):
        status_verbs.return_to_head(
            status=status_of(cast.round, cast.other_goal),
            by=mandate(cast.coordinator),
            revision=1,
            comment="HR har rettet fraværet til 5,3 %.",
        )
        note_deadlines(late)
        mail = letter(cast.other_head, late)
        assert "fristen var" in letter(cast.head, late).subject
    assert "sendt tilbage til rettelse" in mail.subject
    assert "risten var" not in mail.subject + mail.body
    assert "»HR har rettet fraværet til 5,3 %.«" in mail.body


def test_a_post_that_nobody_can_write_for_is_named(cast: Cast) -> None:
    today = timezone.localdate()
    assert unmanned(cast.round, today) == []
    Delegation.objects.all().delete()
    cast.head.is_active = False
    cast.head.save()
    assert unmanned(cast.round, today) == [Unmanned(cast.position.name, 1)]
    Appointment.objects.filter(user=cast.other_head).delete()
    assert len(unmanned(cast.round, today)) == 2
    client = Client()
    client.force_login(cast.coordinator)
    for name in ("round", "remind", "close_round"):
        page = read(client.get(reverse(name, args=[cast.catalogue.slug, cast.round.year])))
        assert f"{cast.position.name} (1 mål)" in page.text, name
    days(cast, due=-10, closes=2)
    note_deadlines(today)
    assert "Uden en person, der kan logge ind: " in letter(cast.coordinator).body
