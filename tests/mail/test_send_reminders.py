"""`manage.py send_reminders` with a real mail server: one mail each, once, whatever fails."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from actions.mail import outbox
from actions.models import Event, Mail, Notice, Occasion, State
from actions.status import verbs
from tests.servers.smtp import PostOffice, body_of
from tests.support.cast import Cast
from tests.support.factory import entry, hand_in, mandate, status_of

pytestmark = pytest.mark.django_db

LACKING = {"head", "co-head", "other-head", "writer", "deputy"}
EVERYBODY = sorted(f"{name}@example.org" for name in LACKING)


@pytest.fixture(autouse=True)
def no_midterm(cast: Cast) -> None:
    """In a midterm's year the heads' recommendations are asked for too: `test_recommendations`."""
    cast.catalogue.midterm_year = None
    cast.catalogue.save()


@pytest.fixture
def office(settings: LazySettings) -> Iterator[PostOffice]:
    """A mail server that is up, and the application that uses it."""
    office = PostOffice()
    settings.MAILERS = office.mailers
    settings.SITE_URL = "https://katalog.example"
    settings.DEFAULT_FROM_EMAIL = "Handlingskatalog <post@katalog.example>"
    office.open()
    yield office
    office.close()


def run(**options: Any) -> str:
    said = StringIO()
    call_command("send_reminders", stdout=said, **options)
    return said.getvalue()


def run_in_vain() -> str:
    with pytest.raises(CommandError) as refusal:
        run()
    return str(refusal.value)


def on(day: int, hour: int = 7) -> time_machine.travel:
    """The clock, a number of days from now."""
    moment = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return time_machine.travel(moment + timedelta(days=day), tick=False)


def make_due(cast: Cast, days: int) -> None:
    today = timezone.localdate()
    cast.round.opens = today - timedelta(days=40)
    cast.round.due = today + timedelta(days=days)
    cast.round.closes = today + timedelta(days=days + 20)
    cast.round.save()


def test_everybody_who_lacks_something_gets_one_mail_with_a_link(
    cast: Cast, office: PostOffice
) -> None:
    make_due(cast, 14)
    said = run()
    assert sorted(office.recipients) == EVERYBODY
    (message,) = office.to("head@example.org")
    assert message["Subject"].startswith(f"Statusrunde {cast.round.year}: frist den ")
    assert message["From"] == "Handlingskatalog <post@katalog.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    path = status_of(cast.round, cast.own_goal).get_absolute_url()
    assert f"  https://katalog.example{path}#id_progress\n" in body_of(message)
    assert "Head <head@example.org>: 14 dage til fristen" in said
    assert "Sendt: 5." in said


def test_who_has_handed_in_everything_gets_nothing(cast: Cast, office: PostOffice) -> None:
    hand_in(status_of(cast.round, cast.own_goal), "submitted")
    run()
    assert office.recipients == ["other-head@example.org"]


def test_each_occasion_comes_once_on_its_day(cast: Cast, office: PostOffice) -> None:
    hand_in(status_of(cast.round, cast.other_goal), "submitted")
    cast.position.delegations.all().delete()
    cast.co_head.appointments.all().delete()
    make_due(cast, 20)
    subjects: dict[int, str] = {}
    for day in range(30):
        with on(day):
            run()
            run()
        if len(office.received) > len(subjects):
            subjects[day] = str(office.received[-1]["Subject"])
    assert list(subjects) == [0, 6, 17, 20, 21]
    assert office.recipients == ["head@example.org"] * 5
    assert " er åben: frist" in subjects[0]
    assert ": fristen var" in subjects[21]


def test_days_without_cron_are_made_up_for_with_the_latest_only(
    cast: Cast, office: PostOffice
) -> None:
    make_due(cast, 20)
    run()
    with on(18):
        run()
    mails = office.to("head@example.org")
    assert len(mails) == 2
    assert "om 2 dage" in body_of(mails[1])
    assert set(Notice.objects.values_list("occasion", flat=True)) == {
        Occasion.ROUND_OPENED,
        Occasion.DUE_IN_3,
    }


def test_all_news_of_a_day_is_one_mail(cast: Cast, office: PostOffice) -> None:
    make_due(cast, 3)
    by = mandate(cast.coordinator)
    status = verbs.submit(
        status=status_of(cast.round, cast.own_goal),
        by=mandate(cast.head),
        entry=entry(),
        revision=0,
    )
    verbs.return_to_head(status=status, by=by, revision=1, comment="Uddyb")
    run()
    (message,) = office.to("head@example.org")
    text = body_of(message)
    assert "Sendt tilbage med en kommentar: »" in text
    assert "Fristen er" in text
    assert text.count("https://") == 1
    verbs.submit(status=status, by=mandate(cast.head), entry=entry(), revision=2)
    run()
    assert len(office.to("co-head@example.org")) == 1, "what is new today waits for tomorrow"
    with on(1):
        run()
    assert "har indsendt status" in body_of(office.to("co-head@example.org")[1])
    assert len(office.to("head@example.org")) == 1


def test_a_rehearsal_says_who_would_get_what_and_writes_nothing(
    cast: Cast, office: PostOffice
) -> None:
    make_due(cast, 0)
    said = run(dry_run=True)
    assert said.count("Frist i dag") == 5
    assert "Head <head@example.org>: Frist i dag" in said
    assert "intet er sendt eller gemt" in said
    assert not office.received
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()
    run()
    assert len(office.received) == 5


# What can fail.


def test_no_save_fails_while_the_server_is_down_and_each_mail_comes_once(
    cast: Cast, office: PostOffice
) -> None:
    """F4."""
    office.close()
    make_due(cast, 14)
    assert "Mailserveren svarer ikke" in run_in_vain()
    status = verbs.submit(
        status=status_of(cast.round, cast.own_goal),
        by=mandate(cast.head),
        entry=entry(progress="Skrevet imens"),
        revision=0,
    )
    verbs.approve(status=status, by=mandate(cast.coordinator), revision=1)
    for _attempt in range(3):
        assert "bliver sendt ved næste kørsel" in run_in_vain()
    status.refresh_from_db()
    assert (status.state, status.progress) == (State.APPROVED, "Skrevet imens")
    waiting = Mail.objects.waiting()
    assert set(waiting.values_list("recipient__username", "attempts")) == {
        (name, 4) for name in LACKING
    }
    assert all("svarer ikke" in mail.last_error for mail in waiting)
    office.open()
    run()
    run()
    assert sorted(office.recipients) == EVERYBODY
    assert len({message["Message-ID"] for message in office.received}) == 5
    # What has changed meanwhile is told as it is now.
    assert "har godkendt status" in body_of(office.to("head@example.org")[0])
    assert "venter på dig" not in body_of(office.to("head@example.org")[0])
    assert not Mail.objects.waiting().exists()


def test_a_mail_that_tells_nothing_any_more_is_not_sent_late(
    cast: Cast, office: PostOffice
) -> None:
    office.close()
    run_in_vain()
    hand_in(status_of(cast.round, cast.own_goal), "submitted")
    office.open()
    run()
    assert office.recipients == ["other-head@example.org"]
    withdrawn = Mail.objects.filter(given_up_at__isnull=False)
    assert {mail.last_error for mail in withdrawn} == {"Ikke længere aktuel."}


def test_one_address_that_is_refused_does_not_hold_up_the_others(
    cast: Cast, office: PostOffice
) -> None:
    answers = {
        "head@example.org": "550 Findes ikke",
        "co-head@example.org": "450 Vent lidt",
    }
    office.refusal = lambda address: answers.get(address, "")
    said = run()
    assert "Sendt: 3. Afvist: 1. Venter: 1." in said
    gone = Mail.objects.get(recipient=cast.head)
    assert (gone.is_waiting, gone.sent_at) == (False, None)
    assert "550 Findes ikke" in gone.last_error
    office.refusal = lambda address: ""
    run()
    assert sorted(office.recipients) == sorted({*EVERYBODY} - {"head@example.org"})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_active": False}, "Brugeren er lukket."),
        ({"email": ""}, "Brugeren har ingen mailadresse."),
        ({"email": "head@example.org\r\nBcc: alle@example.org"}, "Mailen kan ikke sendes"),
        ({"email": "head@example.org, alle@example.org"}, "Mailen kan ikke sendes"),
        ({"email": "ikke en adresse"}, "Mailen kan ikke sendes"),
    ],
)
def test_who_cannot_get_mail_gets_none_and_the_log_says_why(
    cast: Cast, office: PostOffice, change: dict[str, Any], why: str
) -> None:
    type(cast.head).objects.filter(pk=cast.head.pk).update(**change)
    run()
    run()
    assert sorted(office.recipients) == sorted({*EVERYBODY} - {"head@example.org"})
    (mail,) = Mail.objects.filter(recipient=cast.head)
    assert not mail.is_waiting
    assert why in mail.last_error


def test_nobodys_words_become_a_header(cast: Cast, office: PostOffice) -> None:
    hostile = "Kultur\r\nBcc: alle@example.org\r\n\r\n<script>alert(1)</script>"
    cast.catalogue.coordinator = cast.catalogue.title = cast.own_goal.text = hostile
    cast.catalogue.save()
    cast.own_goal.save()
    type(cast.head).objects.update(first_name=hostile[:150])
    make_due(cast, 3)
    run()
    assert sorted(office.recipients) == EVERYBODY
    for message in office.received:
        assert message["Bcc"] is None
        assert message.get_content_type() == "text/plain"
        assert not [line for line in body_of(message).splitlines() if line.startswith("Bcc")]


def test_without_its_own_address_an_installation_sends_nothing(
    cast: Cast, office: PostOffice, settings: LazySettings
) -> None:
    settings.SITE_URL = ""
    assert "SITE_URL er ikke sat" in run_in_vain()
    assert not Notice.objects.exists()


# Two runs at once.


def test_a_claimed_mail_is_left_to_the_run_that_has_it(cast: Cast, office: PostOffice) -> None:
    mail = Mail.objects.create(recipient=cast.head, address="head@example.org", subject="", body="")
    now = timezone.now()
    assert outbox.claim(mail.pk, now)
    assert not outbox.claim(mail.pk, now + timedelta(minutes=14))
    run()
    assert "head@example.org" not in office.recipients
    # Whoever had it is gone: it is taken up again.
    assert outbox.claim(mail.pk, now + timedelta(minutes=16))


RUN = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from actions.mail import outbox
folder, name, claims = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "claims"
claim = outbox.claim if claims else lambda pk, now: True
def claim_together(pk, now):
    # Both runs have read what waits before either sends.
    (folder / name).touch()
    end = time.monotonic() + 60
    while len(list(folder.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    return claim(pk, now)
outbox.claim = claim_together
call_command("send_reminders")
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("claims", [True, False], ids=["with claims", "without claims"])
def test_two_runs_at_once_send_each_mail_once(
    cast: Cast, office: PostOffice, tmp_path: Path, claims: bool
) -> None:
    """Real processes on the test's database; without the claim the mails come twice."""
    address = _database_for_others(tmp_path)
    folder = tmp_path / "ready"
    folder.mkdir()
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "handlingskatalog.settings",
        "EMAIL_URL": office.url,
    }
    word = "claims" if claims else "no claims"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RUN, folder, name, word],
            cwd=project.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name in ("a", "b")
    ]
    for each in runs:
        said, _nothing = each.communicate(timeout=120)
        assert each.returncode == 0, said
    if claims:
        assert sorted(office.recipients) == sorted(EVERYBODY)
    else:
        assert sorted(office.recipients) == sorted(EVERYBODY * 2), "the control"


def _database_for_others(folder: Path) -> str:
    """The address at which other processes find what the test has made."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        file = folder / "db.sqlite3"
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
        copy.close()
        return f"sqlite:///{file}"
    values = connection.settings_dict
    return f"postgresql://{values['USER']}@/{values['NAME']}?host={values['HOST']}"


def test_a_run_leaves_the_history_alone(cast: Cast, office: PostOffice) -> None:
    run()
    assert not Event.objects.exists()


def test_a_round_that_closes_in_three_days_tells_the_coordinator_once(
    cast: Cast, office: PostOffice
) -> None:
    make_due(cast, 0)
    with on(17):
        run()
        run()
    (message,) = office.to("coordinator@example.org")
    assert message["Subject"].startswith(f"Statusrunde {cast.round.year}: lukker den ")
    assert "Af 2 mål er 2 ikke indsendt" in body_of(message)
    assert len(office.to("head@example.org")) == 1
