"""What is known of a year: a new value never overwrites, it revises."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from actions.models import GoalStatus, Indicator, Measurement, State
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, Figure
from actions.status.verbs import Incomplete
from actions.writing.refusals import Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, unit="besøg")


def typed(indicator: Indicator, value: Decimal | int, comment: str = "") -> Entry:
    figure = Figure(indicator.pk, Decimal(value), comment=comment)
    return Entry(
        light="on_track",
        texts=entry(why_differs="Vi er tæt på.").texts,
        figures=(figure,),
    )


def submit(cast: Cast, content: Entry) -> GoalStatus:
    status = status_of(cast.round, cast.own_goal)
    return status_verbs.submit(
        status=status, by=mandate(cast.head), entry=content, revision=status.revision
    )


def give_back(cast: Cast) -> None:
    status = status_of(cast.round, cast.own_goal)
    status_verbs.return_to_head(
        status=status, by=mandate(cast.coordinator), revision=status.revision, comment="Tjek tallet"
    )


def from_elsewhere(cast: Cast, indicator: Indicator, value: int) -> Measurement:
    return Measurement.objects.append(
        indicator=indicator, year=cast.round.measured_year, value=Decimal(value), comment="Optalt."
    )


def values() -> list[tuple[float, str]]:
    rows = Measurement.objects.order_by("pk").values_list("value", "reason")
    return [(float(value or 0), reason) for value, reason in rows]


def test_a_value_is_known_from_when_it_is_handed_in(cast: Cast, indicator: Indicator) -> None:
    status = status_of(cast.round, cast.own_goal)
    status_verbs.save_draft(
        status=status, by=mandate(cast.head), entry=typed(indicator, 3), revision=0
    )
    assert values() == []
    submit(cast, typed(indicator, 3))
    row = Measurement.objects.get()
    assert (row.value, row.status_id) == (Decimal(3), status.pk)
    assert row.year == cast.round.measured_year
    assert (row.by_name, row.position, row.reason) == ("Head", "Planchefen", "")


def test_a_returned_status_keeps_its_figures_and_the_known_value_is_the_last_handed_in(
    cast: Cast, indicator: Indicator
) -> None:
    submit(cast, typed(indicator, 3))
    give_back(cast)
    status = status_of(cast.round, cast.own_goal)
    status_verbs.save_draft(
        status=status,
        by=mandate(cast.head),
        entry=typed(indicator, 4),
        revision=status.revision,
    )
    assert [row["value"] for row in status_of(cast.round, cast.own_goal).figures] == ["4"]
    assert values() == [(3, "")]
    submit(cast, typed(indicator, 4))
    assert values() == [(3, ""), (4, "Status er indsendt igen.")]
    assert Measurement.objects.known().get().value == 4


def test_the_same_value_again_is_no_revision(cast: Cast, indicator: Indicator) -> None:
    submit(cast, typed(indicator, 3))
    give_back(cast)
    submit(cast, typed(indicator, Decimal("3.0")))
    assert values() == [(3, "")]


@pytest.mark.parametrize("comment", ["", "  ", "Optalt."])
def test_another_value_than_is_known_from_elsewhere_needs_a_reason(
    cast: Cast, indicator: Indicator, comment: str
) -> None:
    from_elsewhere(cast, indicator, 12)
    with pytest.raises(Incomplete) as refusal:
        submit(cast, typed(indicator, 15, comment))
    told = refusal.value.fields[f"comment-{indicator.pk}"]
    assert told.replace("\u00a0", " ") == (
        "Der står allerede »12 besøg«. Skriv i bemærkningen, hvorfor tallet er et andet."
    )
    assert values() == [(12, "")]
    assert status_of(cast.round, cast.own_goal).state == State.NOT_STARTED


def test_a_reason_revises_what_is_known_from_elsewhere(cast: Cast, indicator: Indicator) -> None:
    from_elsewhere(cast, indicator, 12)
    submit(cast, typed(indicator, 15, "Tælleren var i stykker."))
    assert values() == [(12, ""), (15, "Tælleren var i stykker.")]


def test_what_is_known_stands_in_the_form_and_is_handed_in_as_it_is(
    cast: Cast, indicator: Indicator, client: Client
) -> None:
    from_elsewhere(cast, indicator, 12)
    client.force_login(cast.head)
    status = status_of(cast.round, cast.own_goal)
    fields = read(client.get(status.get_absolute_url())).form_with("revision").fields
    assert fields[f"value-{indicator.pk}"] == "12"
    submit(cast, typed(indicator, 12, "Optalt."))
    assert values() == [(12, "")]


def test_a_figure_of_a_year_that_is_not_over_is_refused(cast: Cast, indicator: Indicator) -> None:
    cast.round.measured_year = timezone.localdate().year
    cast.round.save()
    with pytest.raises(Refused, match="er ikke slut"):
        submit(cast, typed(indicator, 3))
    assert values() == []


def test_the_known_values_are_one_query(
    cast: Cast, indicator: Indicator, django_assert_num_queries: object
) -> None:
    for year in (2023, 2024):
        for value in (1, 2, 3):
            Measurement.objects.append(indicator=indicator, year=year, value=value * year)
    with django_assert_num_queries(1):  # type: ignore[operator]
        known = list(Measurement.objects.known().values_list("year", "value"))
    assert known == [(year, Decimal(3 * year)) for year in (2023, 2024)]
