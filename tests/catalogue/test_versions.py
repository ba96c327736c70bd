"""Versions: the catalogue as it stood, for reports of earlier years and as a file."""

import io
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from hypothesis import given

from actions.catalogue.exporter import read_rows
from actions.catalogue.file import CatalogueRows, read_bytes, read_file
from actions.catalogue.importer import import_rows
from actions.catalogue.versions import data as rows_as_data
from actions.catalogue.versions.changes import changes_between
from actions.catalogue.versions.data import as_data
from actions.catalogue.versions.page import history_of
from actions.catalogue.versions.store import Timeline, rows_in
from actions.models import Catalogue, CatalogueVersion, ChainHead, Position
from actions.people.verbs import rename
from tests.support import factory
from tests.support.cast import Cast
from tests.support.catalogues import REAL, SMALL, catalogues, changed
from tests.support.clock import on
from tests.support.tampering import guards_off

pytestmark = pytest.mark.django_db


def bring(*changes: tuple[str, str]) -> Catalogue:
    return import_rows(read_bytes(changed(*changes).encode())).catalogue


def export(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_catalogue", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.slow
@given(rows=catalogues())
def test_rows_come_back_from_data(rows: CatalogueRows) -> None:
    read = rows_as_data.from_data(CatalogueRows, as_data(rows))
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
    assert Timeline(catalogue).on(date(1999, 1, 1)) == first
    assert Timeline(catalogue).on(date(2024, 1, 31)) == first
    assert Timeline(catalogue).on(date(2024, 2, 1)) == second
    assert (
        Timeline(catalogue).on(date(2024, 2, 1), datetime.fromisoformat("2024-02-01T09:00+01:00"))
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


def test_a_catalogue_from_before_has_what_stands_as_its_first_version() -> None:
    """Made by the migration, in the shape that the code reads."""
    catalogue = import_rows(read_file(REAL)).catalogue
    with guards_off():
        CatalogueVersion.objects.all().delete()
    ChainHead.objects.filter(table="actions_catalogueversion").delete()
    migration = import_module("actions.migrations.0010_first_versions_of_catalogues")
    migration.keep_first_versions(apps, None)
    version = catalogue.versions.get()
    assert version.rows == as_data(read_rows(catalogue.slug))
    assert version.in_force == date(2024, 1, 1)
    assert CatalogueVersion.objects.check_chain() == 1


# The history in words.


@pytest.fixture
def changed_twice() -> Catalogue:
    with on("2023-05-01"):
        bring()
    with on("2024-02-01"):
        bring(("target: 4.5", "target: 3"))
    with on("2024-03-01"):
        return bring(("target: 4.5", "target: 3"), ("title: Stier", "title: Stier og broer"))


def test_each_version_tells_what_it_changed(changed_twice: Catalogue) -> None:
    third, second, first = history_of(changed_twice, {}).lines
    assert [tuple(change) for change in third.changes] == [
        ("Handling 2", "Titel", "Stier", "Stier og broer")
    ]
    assert [tuple(change) for change in second.changes] == [
        ("Handling 1 › Mål 1 › Måltal ”Overløb”", "Måltal", "4,5", "3")
    ]
    assert first.changes == []


def test_two_versions_stand_side_by_side(changed_twice: Catalogue) -> None:
    beside = history_of(changed_twice, {"fra": "3", "til": "1"}).beside
    assert beside is not None
    assert (beside.before.number, beside.after.number) == (1, 3)
    assert len(beside.changes) == 2


@pytest.mark.parametrize("fra", ["", "0", "4", "1", "en", "²", "9" * 5000])
def test_what_is_no_other_version_is_passed_over(changed_twice: Catalogue, fra: str) -> None:
    assert history_of(changed_twice, {"fra": fra, "til": "1"}).beside is None


def test_what_is_new_and_what_is_removed_is_told() -> None:
    rows = read_bytes(SMALL.encode())
    fewer = replace(rows, actions=rows.actions[:1])
    [removed] = changes_between(rows, fewer)
    [new] = changes_between(fewer, rows)
    assert removed == ("Handling 2", "Fjernet", "Stier", "")
    assert new == ("Handling 2", "Ny", "", "Stier")


@pytest.mark.slow
@given(before=catalogues(), after=catalogues())
def test_any_two_catalogues_can_be_compared(before: CatalogueRows, after: CatalogueRows) -> None:
    assert changes_between(before, before) == []
    assert all(change.what for change in changes_between(before, after))
