"""The heads' recommendations for the midterm: asked for by mail, missed before publishing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.mail import outbox
from actions.mail.lacking import lacking
from actions.models import Catalogue, GoalStatus, User
from reports.editions.verbs import proof_of
from reports.models import Kind, Part, Recommendation
from tests.servers.smtp import PostOffice, body_of
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db

TITLE = "Din anbefaling til midtvejsevalueringen"


@pytest.fixture
def office(settings: LazySettings) -> Iterator[PostOffice]:
    office = PostOffice()
    settings.MAILERS = office.mailers
    settings.SITE_URL = "https://katalog.example"
    office.open()
    yield office
    office.close()


@pytest.fixture
def handed_in(cast: Cast) -> GoalStatus:
    """The midterm's year: everything is handed in, and nothing recommended."""
    for status in cast.round.statuses.select_related("goal__action"):
        hand_in(status)
    return status


def due(cast: Cast, days: int) -> None:
    cast.round.due = timezone.localdate() + timedelta(days=days)
    cast.round.save()


def recommend(cast: Cast, number: int, part: Part = Part.HEAD) -> None:
    action = cast.catalogue.actions.get(number=number)
    given = {"choice": Recommendation.CONTINUE, "reason": "Det går godt."}
    factory.make_passage(cast.catalogue, part, action, **given)


def users(cast: Cast) -> set[User]:
    return {row.user for row in lacking(cast.round, timezone.localdate())}


def test_from_the_due_day_on_who_recommends_nothing_lacks_something(
    cast: Cast, handed_in: GoalStatus
) -> None:
    assert not users(cast), "before that it is no reason of its own"
    due(cast, 0)
    assert users(cast) == {cast.head, cast.co_head, cast.deputy, cast.other_head}
    recommend(cast, 1)
    assert users(cast) == {cast.other_head}


def test_a_catalogue_without_a_midterm_asks_for_none(cast: Cast, handed_in: GoalStatus) -> None:
    due(cast, 0)
    Catalogue.objects.update(midterm_year=None)
    cast.round.catalogue.refresh_from_db()
    assert not users(cast)


def test_a_published_midterm_asks_for_none(cast: Cast, handed_in: GoalStatus) -> None:
    due(cast, 0)
    factory.make_edition(cast.catalogue, cast.round.year, kind=Kind.MIDTERM)
    assert not users(cast)


def test_the_mail_asks_beside_the_goals(cast: Cast, office: PostOffice) -> None:
    call_command("send_reminders", verbosity=0)
    [message] = office.to("head@example.org")
    body = body_of(message)
    assert "Dette mål venter på dig:" in body
    assert TITLE in body
    assert f"/rapporter/{cast.round.year}/midtvejsevaluering/" in body
    assert TITLE not in body_of(office.to("writer@example.org")[0]), "she may not submit"


def test_the_coordinators_reminder_asks_too(
    cast: Cast, handed_in: GoalStatus, office: PostOffice
) -> None:
    due(cast, 0)
    recommend(cast, 1)
    client = Client()
    client.force_login(cast.coordinator)
    page = read(client.get(reverse("remind", args=[cast.catalogue.slug, cast.round.year])))
    assert "Other-head – HR-chefen – 1 anden tekst mangler" in page.text
    outbox.remind(round_=cast.round, to=[cast.other_head.pk], by=mandate(cast.coordinator))
    [message] = office.to("other-head@example.org")
    body = body_of(message)
    assert str(message["Subject"]) == f"{cast.round}: {TITLE}"
    assert "En påmindelse fra Udviklingsforvaltningen. Skal handlingen fortsætte" in body
    assert "Fristen" not in body, "a recommendation has no day of its own"
    assert "2. Handling nummer 2" in body


def test_my_goals_do_not_say_that_all_is_done(cast: Cast, handed_in: GoalStatus) -> None:
    client = Client()
    client.force_login(cast.other_head)
    page = read(client.get(reverse("own_goals")))
    assert "Alt er indsendt" not in page.text
    assert f"Alle mål er indsendt Der mangler endnu: {TITLE}: 2. Handling nummer 2" in page.text
    recommend(cast, 2)
    assert "Alt er indsendt. Tak for det!" in read(client.get(reverse("own_goals"))).text


def test_the_check_before_publishing_names_each_that_is_missing(
    cast: Cast, handed_in: GoalStatus
) -> None:
    def missing(kind: Kind) -> list[tuple[str, str]]:
        check = proof_of(cast.catalogue, cast.round.year, kind).check
        groups = [each for each in check.in_the_way if each.label == "Anbefaling mangler"]
        return [(row.place, row.what) for group in groups for row in group.findings]

    recommend(cast, 1)
    recommend(cast, 2, Part.FINAL)
    assert missing(Kind.MIDTERM) == [
        ("Handling 1", "Der er ingen anbefaling fra Udviklingsforvaltningen."),
        ("Handling 2", "Der er ingen anbefaling fra de ansvarlige."),
    ]
    assert missing(Kind.STATUS) == []
    [group] = [
        each
        for each in proof_of(cast.catalogue, cast.round.year, Kind.MIDTERM).check.in_the_way
        if each.label == "Anbefaling mangler"
    ]
    client = Client()
    client.force_login(cast.coordinator)
    assert {client.get(row.url).status_code for row in group.findings} == {200}
