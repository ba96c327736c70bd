"""Two posts become one: everything follows, nothing that was changes, a mistake goes back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue.exporter import rows_of
from actions.catalogue.file import CatalogueFileError
from actions.catalogue.importer import import_rows
from actions.models import CatalogueVersion, Event, FigureSupplier, Position, Responsibility
from actions.people import merging, verbs
from actions.status.verbs import save_draft
from actions.writing.refusals import Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.clock import on
from tests.support.factory import entry, mandate, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def into(cast: Cast) -> Position:
    """The post of action 2, which takes over."""
    return Responsibility.objects.get(action__number=2).position


def posts(number: int) -> list[tuple[str, str]]:
    rows = Responsibility.objects.filter(action__number=number).order_by("order")
    return [(row.position.name, row.note) for row in rows.select_related("position")]


def merge(cast: Cast, into: Position) -> None:
    merging.merge_posts(position=cast.position, into=into, by=mandate(cast.coordinator))
    cast.position.refresh_from_db()


def test_everything_follows_and_a_draft_goes_on(cast: Cast, into: Position) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    FigureSupplier.objects.create(indicator=indicator, position=cast.position)
    status = status_of(cast.round, cast.own_goal)
    status = save_draft(status=status, by=mandate(cast.head), entry=entry("on_track"), revision=0)
    before = [name for name, _note in posts(1)]
    before[before.index(cast.position.name)] = into.name
    merge(cast, into)
    assert [name for name, _note in posts(1)] == before
    assert FigureSupplier.objects.get().position == into
    assert not mandate(cast.head).held
    status.refresh_from_db()
    assert status.light == "on_track"
    save_draft(status=status, by=mandate(cast.other_head), entry=entry("off_track"), revision=1)
    assert cast.position.appointments.get(user=cast.head).ends == (
        timezone.localdate() - timedelta(days=1)
    )


def test_an_action_of_both_keeps_one(cast: Cast, into: Position) -> None:
    action = cast.own_goal.action
    Responsibility.objects.create(action=action, position=into, order=9, note="Veje")
    count = len(posts(1))
    merge(cast, into)
    assert len(posts(1)) == count - 1
    assert (into.name, "Veje") in posts(1)


def test_a_closed_round_and_the_history_keep_the_name(cast: Cast, into: Position) -> None:
    before = CatalogueVersion.objects.count()
    merge(cast, into)
    act = Event.objects.get(verb="merge_positions")
    assert (act.subject, act.comment) == (cast.position.name, into.name)
    assert CatalogueVersion.objects.count() == before + 1
    cast.position.refresh_from_db()
    assert cast.position.name != into.name


def test_a_merge_goes_back_the_same_day(cast: Cast, into: Position) -> None:
    factory.make_indicator(cast.own_goal)
    action = cast.own_goal.action
    Responsibility.objects.create(action=action, position=into, order=9)
    before, held = posts(1), mandate(cast.head).held
    rows = rows_of(cast.catalogue.slug)
    merge(cast, into)
    assert posts(1) != before
    merging.undo_merge(position=cast.position, by=mandate(cast.coordinator))
    assert sorted(posts(1)) == sorted(before)
    assert mandate(cast.head).held == held
    assert rows_of(cast.catalogue.slug) == rows
    cast.position.refresh_from_db()
    with pytest.raises(Refused, match="samme dag"):
        merging.undo_merge(position=cast.position, by=mandate(cast.coordinator))


def test_a_merge_of_yesterday_stands(cast: Cast, into: Position) -> None:
    merge(cast, into)
    with (
        on((timezone.localdate() + timedelta(days=1)).isoformat()),
        pytest.raises(Refused, match="samme dag"),
    ):
        merging.undo_merge(position=cast.position, by=mandate(cast.coordinator))


def test_what_has_changed_since_is_not_undone(cast: Cast, into: Position) -> None:
    merge(cast, into)
    Responsibility.objects.filter(action__number=1, position=into).delete()
    with pytest.raises(Refused, match="ændret siden"):
        merging.undo_merge(position=cast.position, by=mandate(cast.coordinator))
    cast.position.refresh_from_db()
    assert cast.position.merged_into == into


def test_a_post_is_merged_once_and_into_one_that_is_there(cast: Cast, into: Position) -> None:
    by = mandate(cast.coordinator)
    with pytest.raises(Refused, match="Vælg en anden"):
        merging.merge_posts(position=into, into=into, by=by)
    merge(cast, into)
    with pytest.raises(Refused, match="er lagt sammen med"):
        merging.merge_posts(position=cast.position, into=into, by=by)
    with pytest.raises(Refused, match="er lagt sammen med"):
        merging.merge_posts(position=into, into=cast.position, by=by)


def test_nobody_is_appointed_to_a_post_that_is_gone(cast: Cast, into: Position) -> None:
    merge(cast, into)
    with pytest.raises(Refused, match="Besæt den i stedet"):
        verbs.appoint(
            position=cast.position,
            user=cast.outsider,
            starts=timezone.localdate(),
            by=mandate(cast.coordinator),
        )


def test_a_file_does_not_bring_the_post_back(cast: Cast, into: Position) -> None:
    rows = rows_of(cast.catalogue.slug)
    merge(cast, into)
    with pytest.raises(CatalogueFileError, match="er lagt sammen med"):
        import_rows(rows)


def test_vuf_merges_two_posts_in_the_browser(vuf: Client, cast: Cast, into: Position) -> None:
    url = reverse("merge_position", args=[cast.position.pk])
    assert vuf.post(url, {}).status_code == 422
    answer = vuf.post(url, {"into": into.pk}, follow=True)
    assert "Stillingerne er lagt sammen." in answer.text
    assert f"Lagt sammen med {into}" in read(answer).text
    assert f"Lagt sammen med {into}" in read(vuf.get(reverse("positions"))).text
    undo = reverse("undo_merge", args=[cast.position.pk])
    assert "Skal stillingen alligevel ikke" in read(vuf.get(undo)).text
    assert "Sammenlægningen er fortrudt." in vuf.post(undo, follow=True).text
    assert "Sammenlægningen kan kun fortrydes samme dag." in read(vuf.get(undo)).text
