"""Who delivers an indicator's values is told by mail of those that an open round lacks."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.mail import outbox
from actions.mail.lacking import lacking
from actions.models import Event, FigureSupplier, Indicator, Mail, Measurement, User
from tests.servers.smtp import PostOffice, body_of
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db

SUPPLIER = "outsider@example.org"


@pytest.fixture
def office(settings: LazySettings) -> Iterator[PostOffice]:
    office = PostOffice()
    settings.MAILERS = office.mailers
    settings.SITE_URL = "https://katalog.example"
    office.open()
    yield office
    office.close()


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    today = timezone.localdate()
    cast.round.opens = today - timedelta(days=40)
    cast.round.due = today + timedelta(days=3)
    cast.round.closes = today + timedelta(days=20)
    cast.round.save()
    return factory.make_indicator(cast.own_goal, name="Besøg", unit="besøg")


def run() -> None:
    call_command("send_reminders", verbosity=0)


def supply(indicator: Indicator, user: User) -> None:
    FigureSupplier.objects.create(indicator=indicator, user=user)


def test_a_supplier_is_told_what_the_round_lacks(
    cast: Cast, indicator: Indicator, office: PostOffice
) -> None:
    supply(indicator, cast.outsider)
    for _run in range(2):
        run()
    [message] = office.to(SUPPLIER)
    body = body_of(message)
    assert f"Dette måltal mangler for {cast.round.measured_year}:" in body
    assert "om 3 dage" in body
    assert f"https://katalog.example{indicator.get_absolute_url()}#skriv" in body
    assert "mål venter" not in body
    assert message["Subject"].startswith(f"Statusrunde {cast.round.year}: frist")


def test_the_next_day_that_counts_tells_again_only_of_what_lacks(
    cast: Cast, indicator: Indicator, office: PostOffice
) -> None:
    more = factory.make_indicator(cast.own_goal, name="Gæster")
    supply(indicator, cast.outsider)
    supply(more, cast.outsider)
    run()
    assert "Disse 2 måltal mangler" in body_of(office.to(SUPPLIER)[0])
    Measurement.objects.append(
        indicator=indicator, year=cast.round.measured_year, missing_reason="Tælles ikke."
    )
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon + timedelta(days=3), tick=False):
        run()
    last = body_of(office.to(SUPPLIER)[-1])
    assert len(office.to(SUPPLIER)) == 2
    assert "Gæster" in last
    assert "Besøg" not in last


@pytest.mark.parametrize("why", ["told", "between", "stopped", "closed", "taken back"])
def test_a_supplier_who_owes_nothing_is_told_nothing(
    cast: Cast, indicator: Indicator, office: PostOffice, why: str
) -> None:
    supply(indicator, cast.outsider)
    year = cast.round.measured_year
    if why == "told":
        Measurement.objects.append(indicator=indicator, year=year, value=Decimal(1))
    elif why == "between":
        Indicator.objects.update(every=2, baseline_year=year - 1)
    elif why == "stopped":
        cast.own_goal.stopped_on = cast.round.due
        cast.own_goal.save()
    elif why == "closed":
        cast.round.closed_at = timezone.now()
        cast.round.save()
    else:
        FigureSupplier.objects.all().delete()
    run()
    assert not office.to(SUPPLIER)


def test_what_was_told_meanwhile_is_left_out_of_a_mail_that_waits(
    cast: Cast, indicator: Indicator, office: PostOffice
) -> None:
    supply(indicator, cast.outsider)
    office.close()
    with pytest.raises(Exception, match="De mails, der venter"):
        run()
    assert Mail.objects.waiting().filter(recipient=cast.outsider).exists()
    Measurement.objects.append(indicator=indicator, year=cast.round.measured_year, value=Decimal(1))
    office.open()
    run()
    assert not office.to(SUPPLIER)


def test_a_head_who_delivers_too_gets_one_mail(
    cast: Cast, indicator: Indicator, office: PostOffice
) -> None:
    FigureSupplier.objects.create(indicator=indicator, position=cast.position)
    run()
    [message] = office.to("head@example.org")
    body = body_of(message)
    assert "Dette mål venter på dig:" in body
    assert "Dette måltal mangler" in body
    assert "Dette måltal mangler" not in body_of(office.to("co-head@example.org")[0])


def test_the_coordinators_reminder_asks_a_supplier(
    cast: Cast, indicator: Indicator, office: PostOffice, client: Client
) -> None:
    supply(indicator, cast.outsider)
    client.force_login(cast.coordinator)
    address = reverse("remind", args=[cast.catalogue.slug, cast.round.year])
    assert "Outsider – 1 måltal mangler" in read(client.get(address)).text
    client.post(address, {"people": [cast.outsider.pk]})
    [message] = office.to(SUPPLIER)
    body = body_of(message)
    assert str(message["Subject"]).startswith(f"Påmindelse: {cast.round}")
    assert "En påmindelse fra Udviklingsforvaltningen. Fristen er " in body
    assert f"Dette måltal mangler for {cast.round.measured_year}:" in body
    assert indicator.get_absolute_url() in body
    assert "mål venter" not in body
    assert Event.objects.get(verb="remind").comment == "Outsider"


def test_a_post_that_delivers_is_reminded_whoever_holds_it(
    cast: Cast, indicator: Indicator, office: PostOffice
) -> None:
    post = factory.make_position("Økonomichefen", holder=cast.outsider)
    FigureSupplier.objects.create(indicator=indicator, position=post)
    outbox.remind(round_=cast.round, to=[cast.outsider.pk], by=mandate(cast.coordinator))
    assert len(office.to(SUPPLIER)) == 1
    Measurement.objects.append(indicator=indicator, year=cast.round.measured_year, value=Decimal(1))
    assert cast.outsider not in {row.user for row in lacking(cast.round, timezone.localdate())}
