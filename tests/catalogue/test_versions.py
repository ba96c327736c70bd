"""Versions: the catalogue as it stood, for reports of earlier years and as a file."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from hypothesis import given

from actions.catalogue import versions
from actions.catalogue.exporter import read_rows
from actions.catalogue.file import CatalogueRows, read_bytes
from actions.catalogue.importer import import_rows
from actions.catalogue.versions import as_data, rows_in, version_on
from actions.models import Catalogue, CatalogueVersion, Position
from actions.people.verbs import rename
from tests.support import factory
from tests.support.cast import Cast
from tests.support.catalogues import REAL, SMALL, catalogues, changed

pytestmark = pytest.mark.django_db


def on(day: str) -> "time_machine.travel":
    return time_machine.travel(datetime.fromisoformat(f"{day}T12:00:00+01:00"), tick=False)


def bring(*changes: tuple[str, str]) -> Catalogue:
    return import_rows(read_bytes(changed(*changes).encode())).catalogue


def export(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_catalogue", *arguments, stdout=out)
    return out.getvalue()


@given(rows=catalogues())
def test_rows_come_back_from_data(rows: CatalogueRows) -> None:
    read = versions._read(CatalogueRows, as_data(rows))
    assert read == rows


def test_every_change_makes_a_version_and_no_change_none() -> None:
    with on("2023-05-01"):
        catalogue = bring()
    with on("2023-09-01"):
        bring()
    with on("2024-02-01"):
        bring(("target: 4.5", "target: 3"))
    first, second = CatalogueVersion.objects.filter(catalogue=catalogue).order_by("pk")
    assert first.in_force == date(catalogue.period_from, 1, 1)
    assert second.in_force == date(2024, 2, 1)
    assert rows_in(second) == read_rows(catalogue.slug)
    assert rows_in(first) == read_bytes(SMALL.encode())


def test_a_version_is_found_by_its_day() -> None:
    with on("2023-05-01"):
        catalogue = bring()
    with on("2024-02-01"):
        bring(("target: 4.5", "target: 3"))
    first, second = CatalogueVersion.objects.order_by("pk")
    assert version_on(catalogue, date(1999, 1, 1)) == first
    assert version_on(catalogue, date(2024, 1, 31)) == first
    assert version_on(catalogue, date(2024, 2, 1)) == second
    assert (
        version_on(catalogue, date(2024, 2, 1), datetime.fromisoformat("2024-02-01T09:00+01:00"))
        == first
    )


def test_a_new_name_of_a_post_makes_a_version(cast: Cast) -> None:
    call_command("import_catalogue", str(REAL), stdout=io.StringIO())
    catalogue = Catalogue.objects.get(slug="handlingskatalog-24")
    post = Position.objects.get(name="Plan- og Miljøchefen")
    rename(position=post, name="Klimachefen", by=factory.mandate(cast.people["coordinator"]))
    first, second = catalogue.versions.order_by("pk")
    names = [
        {one.position for action in rows_in(each).actions for one in action.responsible}
        for each in (first, second)
    ]
    assert "Plan- og Miljøchefen" in names[0] - names[1]
    assert "Klimachefen" in names[1] - names[0]


def test_the_file_of_a_day_is_the_catalogue_of_that_day(tmp_path: Path) -> None:
    with on("2023-05-01"):
        slug = bring().slug
    with on("2024-02-01"):
        bring(("target: 4.5", "target: 3"))
        assert "target: 4.5" in export(slug, "--as-of", "2024-01-31")
        assert export(slug, "--as-of", "2024-02-01") == export(slug)
        with pytest.raises(CommandError, match=r"gælder først fra den 1\. januar"):
            export(slug, "--as-of", "2019-01-01")
        with pytest.raises(CommandError, match="i går er ingen dag"):
            export(slug, "--as-of", "i går")


def test_no_version_can_be_changed() -> None:
    bring()
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueVersion.objects.update(by_name="en anden")
    assert CatalogueVersion.objects.check_chain() == 1
