"""The coordinator's reminder with its preview, the log of mails, and the calendar file."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from actions.mail import notices, outbox
from actions.models import Catalogue, Event, Mail, Notice, Round
from actions.rounds import verbs as rounds_verbs
from actions.rounds.calendar import calendar_of
from actions.status import verbs as status_verbs
from actions.tools.text import one_line
from actions.writing.refusals import Refused
from tests.servers.smtp import PostOffice, body_of
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, mandate, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: LazySettings) -> Iterator[PostOffice]:
    office = PostOffice()
    settings.MAILERS = office.mailers
    settings.SITE_URL = "https://katalog.example"
    office.open()
    yield office
    office.close()


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.coordinator)
    return client


def at(name: str, cast: Cast) -> str:
    return reverse(name, args=[cast.catalogue.slug, cast.round.year])


def look(desk: Client, address: str) -> Page:
    answer = desk.get(address)
    assert answer.status_code == 200
    return read(answer)


def send(desk: Client, cast: Cast, *people: object) -> Page:
    ids = [getattr(user, "pk", user) for user in people]
    answer = desk.post(at("remind", cast), {"people": ids}, follow=True)
    return read(answer)


# The reminder.


def test_the_preview_shows_who_gets_it_and_the_very_text(
    desk: Client, cast: Cast, office: PostOffice
) -> None:
    assert at("remind", cast) in look(desk, at("round", cast)).links
    hand_in(status_of(cast.round, cast.other_goal), "submitted")
    page = look(desk, at("remind", cast))
    assert "Head – Planchefen – 1 mål mangler" in page.text
    assert "Other-head" not in page.text
    assert not Mail.objects.exists()
    send(desk, cast, cast.head)
    (message,) = office.received
    for line in body_of(message).splitlines():
        assert line.strip() in page.text


def test_it_is_sent_at_once_to_those_who_are_ticked(
    desk: Client, cast: Cast, office: PostOffice
) -> None:
    page = send(desk, cast, cast.head, cast.other_head)
    assert "Påmindelsen er sendt til 2 personer." in page.text
    assert sorted(office.recipients) == ["head@example.org", "other-head@example.org"]
    assert "En påmindelse fra Udviklingsforvaltningen." in body_of(office.received[0])
    event = Event.objects.get(verb="remind")
    assert (event.comment, event.actor) == ("Head, Other-head", cast.coordinator)
    assert "Påmindelse sendt" in page.text


def test_nobody_is_reminded_twice_a_day(desk: Client, cast: Cast, office: PostOffice) -> None:
    send(desk, cast, cast.head)
    page = look(desk, at("remind", cast))
    assert f'name="people" value="{cast.head.pk}"' not in page.html
    assert f'name="people" value="{cast.co_head.pk}"' in page.html
    assert "Påmindet i dag Head" in page.text
    answer = desk.post(at("remind", cast), {"people": [cast.head.pk]})
    assert answer.status_code == 422
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("actions.mail.notices.reminded_on", lambda day: set())
        outbox.remind(round_=cast.round, to=[cast.head.pk], by=mandate(cast.coordinator))
    assert office.recipients == ["head@example.org"]


def test_a_reminder_comes_also_to_who_has_got_todays_mail(
    desk: Client, cast: Cast, office: PostOffice
) -> None:
    call_command("send_reminders", verbosity=0)
    send(desk, cast, cast.head)
    assert len(office.to("head@example.org")) == 2


def test_who_has_handed_in_meanwhile_is_left_out(
    desk: Client, cast: Cast, office: PostOffice
) -> None:
    hand_in(status_of(cast.round, cast.other_goal), "submitted")
    send(desk, cast, cast.head, cast.other_head, cast.outsider, 999_999)
    assert office.recipients == ["head@example.org"]


@pytest.mark.parametrize("people", [[], ["x"], ["999999"], ["-1", "1.5", "١"], ["9" * 400]])
def test_nonsense_reminds_nobody(
    desk: Client, cast: Cast, office: PostOffice, people: list[str]
) -> None:
    answer = desk.post(at("remind", cast), {"people": people})
    assert answer.status_code == 422
    assert "Vælg mindst én" in read(answer).text
    assert not Notice.objects.exists()


def test_a_server_that_is_down_keeps_the_reminders_for_later(
    desk: Client, cast: Cast, office: PostOffice
) -> None:
    office.close()
    page = send(desk, cast, cast.head, cast.other_head)
    assert "2 påmindelser ligger klar" in page.text
    assert "Mailserveren svarer ikke" in look(desk, reverse("mail_log")).text
    office.open()
    outbox.compose_all(timezone.localdate())
    outbox.send_waiting()
    assert sorted(office.recipients) == ["head@example.org", "other-head@example.org"]


def test_a_closed_round_reminds_nobody(desk: Client, cast: Cast, office: PostOffice) -> None:
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
    assert at("remind", cast) not in look(desk, at("round", cast)).links
    assert "Runden er ikke åben" in look(desk, at("remind", cast)).text
    assert desk.post(at("remind", cast), {"people": [cast.head.pk]}).status_code == 422
    with pytest.raises(Refused, match="ikke åben"):
        outbox.remind(round_=cast.round, to=[cast.head.pk], by=mandate(cast.coordinator))
    assert not office.received


def test_without_its_own_address_the_installation_says_so(
    desk: Client, cast: Cast, office: PostOffice, settings: LazySettings
) -> None:
    settings.SITE_URL = ""
    assert "SITE_URL er ikke sat" in send(desk, cast, cast.head).text
    assert not Notice.objects.exists()


def test_who_cannot_get_mail_is_named(desk: Client, cast: Cast, office: PostOffice) -> None:
    cast.head.is_active = False
    cast.head.save()
    page = look(desk, at("remind", cast))
    assert "Kan ikke få mail" in page.text
    send(desk, cast, cast.head, cast.co_head)
    assert office.recipients == ["co-head@example.org"]


# The log.


def test_the_log_tells_who_got_what_when_or_why_not(
    desk: Client, cast: Cast, office: PostOffice
) -> None:
    office.refusal = lambda address: "550 Findes ikke" if address.startswith("head") else ""
    send(desk, cast, cast.head, cast.other_head)
    page = look(desk, reverse("mail_log"))
    assert "Påmindelse" in page.text
    assert "Ikke sendt Mailserveren afviser mailen: 550 Findes ikke" in page.text
    assert "other-head@example.org" in page.text
    assert timezone.localtime().strftime("kl. %H.") in page.text


def test_the_log_tells_of_what_waits(desk: Client, cast: Cast) -> None:
    assert "Ingen mails endnu" in look(desk, reverse("mail_log")).text
    status = hand_in(status_of(cast.round, cast.own_goal), "submitted")
    status_verbs.approve(status=status, by=mandate(cast.coordinator), revision=1)
    page = look(desk, reverse("mail_log"))
    assert "4 beskeder kommer med i den næste daglige udsendelse." in page.text


def queries(desk: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert desk.get(address).status_code == 200
    return len(found)


def test_the_pages_take_no_more_queries_for_more_people(desk: Client, cast: Cast) -> None:
    """S1."""

    def crowd(number: int) -> None:
        for _each in range(number):
            post = factory.make_position(holder=factory.make_user())
            factory.make_action(cast.catalogue, responsible=[post])
        rounds_verbs.add_missing_statuses(cast.catalogue)
        notices.note_deadlines(timezone.localdate())
        outbox.compose_all(timezone.localdate())

    addresses = [at("remind", cast), reverse("mail_log")]
    crowd(2)
    few = [queries(desk, address) for address in addresses]
    crowd(20)
    assert [queries(desk, address) for address in addresses] == few
    assert max(few) <= 10


# The calendar.


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_the_days_of_a_round_are_a_calendar_file(cast: Cast, client: Client) -> None:
    client.force_login(cast.head)
    assert at("deadlines", cast) in look(client, reverse("own_goals")).links
    assert at("deadlines", cast) in look(client, at("round", cast)).links
    answer = client.get(at("deadlines", cast))
    assert isinstance(answer, HttpResponse)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert ".ics" in answer.headers["Content-Disposition"]
    lines = unfolded(answer.content.decode())
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 3
    for day in (cast.round.opens, cast.round.due, cast.round.closes):
        assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in lines
        assert f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}" in lines
    assert f"SUMMARY:Frist for statusrunde {cast.round.year}" in lines


def test_a_calendar_reads_back_what_the_round_says(cast: Cast, client: Client) -> None:
    cast.catalogue.title = "Grøn vækst; skov, å og søer: fjorde, vådområder og grønne kiler"
    cast.catalogue.save()
    client.force_login(cast.head)
    before = timezone.now().replace(microsecond=0)
    calendar = Calendar.from_ical(client.get(at("deadlines", cast)).content)
    assert isinstance(calendar, Calendar)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert not calendar.errors
    round_ = cast.round
    year, slug = round_.year, cast.catalogue.slug
    events = calendar.events
    assert [(str(event["SUMMARY"]), event.start, event.end) for event in events] == [
        (words, day, day + timedelta(days=1))
        for words, day in (
            (f"Statusrunde {year} åbner", round_.opens),
            (f"Frist for statusrunde {year}", round_.due),
            (f"Statusrunde {year} lukker", round_.closes),
        )
    ]
    for name, event in zip(("aabner", "frist", "lukker"), events, strict=True):
        assert not event.errors
        assert event["UID"] == f"{name}-{year}-{slug}@handlingskatalog"
        assert before <= event.DTSTAMP <= timezone.now()
        assert event["DESCRIPTION"] == cast.catalogue.title
        assert event["URL"] == "http://testserver/"
        assert event["TRANSP"] == "TRANSPARENT", "a deadline makes nobody busy"


def test_an_event_keeps_its_id_when_its_day_moves(cast: Cast, client: Client) -> None:
    def ids() -> list[str]:
        text = client.get(at("deadlines", cast)).content.decode()
        return [line for line in unfolded(text) if line.startswith("UID:")]

    client.force_login(cast.head)
    before = ids()
    cast.round.due += timedelta(days=3)
    cast.round.save()
    assert ids() == before
    assert len(set(before)) == 3


@given(title=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_title_breaks_the_calendar(title: str) -> None:
    days = dict.fromkeys(("opens", "due", "closes"), date(2026, 3, 1))
    catalogue = Catalogue(slug="katalog", title=title)
    text = calendar_of(
        Round(catalogue=catalogue, year=2026, **days), url="https://x.example/", now=timezone.now()
    )
    assert text.endswith("\r\n")
    physical = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in physical)
    assert not [line for line in physical if set(line) & set("\r\n")]
    names = {line.split(":")[0].split(";")[0] for line in unfolded(text)}
    assert [str(event["DESCRIPTION"]) for event in Calendar.from_ical(text).events] == (
        [one_line(title, 300)] * 3
    )
    assert names <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", ""),
        *("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "TRANSP"),
    }
