"""What the figures of the rounds become where they belong to the year."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from actions.models import ChainHead, GoalStatus, Indicator, Measurement
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, Figure
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of
from tests.support.tampering import guards_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal)


def as_before(status: GoalStatus, indicator: Indicator, value: int) -> None:
    """The rows of a round as they were: what was typed last, whatever became of it."""
    Measurement.objects.all().delete()
    ChainHead.objects.filter(table="actions_measurement").delete()
    GoalStatus.objects.update(figures=[])
    Measurement.objects.append(
        indicator=indicator, status=status, year=status.round.measured_year, value=Decimal(value)
    )
    ChainHead.objects.filter(table="actions_measurement").delete()


def migrate(status: GoalStatus, indicator: Indicator, value: int) -> list[str]:
    """The figures that the status then has, as typed."""
    migration = import_module("actions.migrations.0012_chain_and_guard_figures")
    with guards_off():
        as_before(status, indicator, value)
        migration.chain_figures(apps, None)
    assert Measurement.objects.check_chain() == Measurement.objects.count()
    return [row["value"] for row in status_of(status.round, status.goal).figures]


def known() -> list[Decimal | None]:
    return list(Measurement.objects.values_list("value", flat=True))


def test_what_is_handed_in_is_known_with_its_author(cast: Cast, indicator: Indicator) -> None:
    status = factory.hand_in(status_of(cast.round, cast.own_goal))
    assert [Decimal(value) for value in migrate(status, indicator, 5)] == [5]
    assert known() == [5]
    row = Measurement.objects.get()
    assert (row.by_name, row.position, row.at) == ("En chef", "Chefen", status.saved_at)


def test_a_draft_keeps_its_figures_and_nothing_is_known(cast: Cast, indicator: Indicator) -> None:
    status = factory.hand_in(status_of(cast.round, cast.own_goal), "draft")
    assert [Decimal(value) for value in migrate(status, indicator, 5)] == [5]
    assert known() == []


def test_of_a_returned_status_the_last_that_was_handed_in_is_known(
    cast: Cast, indicator: Indicator
) -> None:
    figures = (Figure(indicator.pk, Decimal(3)),)
    content = Entry("on_track", entry(why_differs="Vi er tæt på.").texts, figures)
    status = status_of(cast.round, cast.own_goal)
    status_verbs.submit(status=status, by=mandate(cast.head), entry=content, revision=0)
    status_verbs.return_to_head(
        status=status, by=mandate(cast.coordinator), revision=1, comment="Tjek tallet"
    )
    assert [Decimal(value) for value in migrate(status, indicator, 4)] == [4]
    assert known() == [3]
