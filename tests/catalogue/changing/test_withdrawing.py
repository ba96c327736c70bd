"""A catalogue made by mistake is taken back, as long as nothing rests on it."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue.carry_over import carry_over
from actions.catalogue.changing.withdrawing import withdraw_catalogue
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import read_bytes
from actions.catalogue.importer import import_rows
from actions.figures.told import Told, YearTold
from actions.figures.verbs import tell_figures
from actions.models import Catalogue, CatalogueVersion, Event, Indicator, Position
from actions.rounds.verbs import RoundDates, open_round
from actions.writing.refusals import Refused
from reports.models import Kind, Report
from tests.support.cast import Cast
from tests.support.catalogues import SMALL
from tests.support.factory import mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db


def address(slug: str = "plan-22") -> str:
    return reverse("withdraw_catalogue", args=[slug])


@pytest.fixture
def mistake(cast: Cast) -> Catalogue:
    """A catalogue that VUF brought in from the wrong file."""
    return import_rows(read_bytes(SMALL.encode()), by=mandate(cast.coordinator)).catalogue


def test_it_goes_from_every_list_and_stays_in_the_history(
    vuf: Client, cast: Cast, mistake: Catalogue
) -> None:
    edit = read(vuf.get(reverse("edit_catalogue", args=["plan-22"])))
    assert "Fortryd kataloget" in edit.text
    asked = read(vuf.get(address()))
    assert "2 handlinger" in asked.text
    assert "2 måltal" in asked.text
    answer = read(vuf.post(address(), follow=True))
    assert "Plan 22 er fortrudt." in answer.text
    assert "Plan 22" not in read(vuf.get(reverse("catalogues"))).text
    assert vuf.get(reverse("catalogue", args=["plan-22"])).status_code == 404
    codes = Event.objects.filter(subject="Plan 22").order_by("pk")
    assert list(codes.values_list("verb", flat=True)) == ["edit_catalogue", "withdraw_catalogue"]
    assert CatalogueVersion.objects.filter(catalogue_id=mistake.pk).count() == 1
    assert Position.objects.filter(name="Vejchefen").exists()
    call_command("verify", stdout=io.StringIO())


def test_it_is_exported_by_command_and_its_short_name_is_free(
    cast: Cast, mistake: Catalogue
) -> None:
    by = mandate(cast.coordinator)
    withdraw_catalogue(catalogue=mistake, by=by)
    out = io.StringIO()
    call_command("export_catalogue", "plan-22", stdout=out)
    assert yaml.safe_load(out.getvalue()) == yaml.safe_load(SMALL)
    again = import_rows(read_bytes(out.getvalue().encode()), by=by).catalogue
    assert again.pk != mistake.pk
    assert CatalogueVersion.objects.filter(catalogue=again).count() == 1
    with pytest.raises(Refused, match="allerede fortrudt"):
        withdraw_catalogue(catalogue=mistake, by=by)


def test_what_was_carried_over_is_carried_over_once_more(cast: Cast) -> None:
    by, slug = mandate(cast.coordinator), cast.catalogue.slug
    before = rows_of(slug)
    end = before.period_to
    frame = replace(
        before, slug="naeste", period_from=end + 1, period_to=end + 4, midterm_year=end + 3
    )
    first = carry_over(source=slug, numbers=[1, 2], frame=frame, by=by).catalogue
    withdraw_catalogue(catalogue=first, by=by)
    assert rows_of(slug) == before
    second = carry_over(source=slug, numbers=[1], frame=frame, by=by).catalogue
    assert second.actions.get().origin == cast.own_goal.action


def _round(cast: Cast, catalogue: Catalogue) -> None:
    today = timezone.localdate()
    dates = RoundDates(today, today + timedelta(days=9), today + timedelta(days=19))
    by = mandate(cast.coordinator)
    open_round(catalogue=catalogue, year=2023, measured_year=2022, dates=dates, by=by)


def _changed(cast: Cast, catalogue: Catalogue) -> None:
    other = SMALL.replace("title: Stier", "title: Cykelstier")
    import_rows(read_bytes(other.encode()), by=mandate(cast.coordinator))


def _figure(cast: Cast, catalogue: Catalogue) -> None:
    indicator = Indicator.objects.get(name="Badedage")
    row = YearTold(indicator, 2023, Told(Decimal(100), source="Tælling"))
    tell_figures(by=mandate(cast.coordinator), rows=[row])


def _carried_over(cast: Cast, catalogue: Catalogue) -> None:
    cast.own_goal.action.origin = catalogue.actions.first()
    cast.own_goal.action.save()


def _report(cast: Cast, catalogue: Catalogue) -> None:
    Report.objects.create(catalogue=catalogue, kind=Kind.STATUS, year=2023)


@pytest.mark.parametrize(
    ("rests", "words"),
    [
        (_round, "Det har statusrunder: 2023."),
        (_changed, "Det er ændret, siden det blev oprettet, sidst"),
        (_figure, "Der er indberettet tal for dets måltal."),
        (_carried_over, "Handlinger er ført videre herfra til"),
        (_report, "Der er begyndt på rapporter: Statusredegørelse 2023."),
    ],
)
def test_what_rests_on_it_is_said_and_nothing_is_lost(
    vuf: Client,
    cast: Cast,
    mistake: Catalogue,
    rests: Callable[[Cast, Catalogue], None],
    words: str,
) -> None:
    rests(cast, mistake)
    with pytest.raises(Refused, match="kan ikke fortrydes"):
        withdraw_catalogue(catalogue=mistake, by=mandate(cast.coordinator))
    page = read(vuf.post(address(), follow=True))
    assert words in page.text
    assert "Kataloget kan ikke fortrydes" in page.text
    assert Catalogue.objects.filter(pk=mistake.pk).exists()
