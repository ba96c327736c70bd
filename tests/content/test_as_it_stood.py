"""A report of a year is of that year, also when it is corrected after the catalogue has changed."""

from datetime import date, datetime

import pytest
from django.core.management import call_command

from actions.catalogue.file import read_bytes
from actions.catalogue.importer import import_rows
from actions.catalogue.versions.store import Timeline
from actions.models import Catalogue, Measurement, Round
from reports.content.assemble import assemble
from reports.content.differences import differences
from reports.content.shape import ReportContent
from reports.models import Kind
from tests.support import factory
from tests.support.catalogues import SMALL, changed
from tests.support.clock import on

pytestmark = pytest.mark.django_db

#: A goal with other words, another target, another title and another post.
LATER = (
    ("target: 4.5", "target: 3"),
    ("title: Stier", "title: Stier og broer"),
)


@pytest.fixture
def closed() -> Round:
    """The round of 2023, handed in and closed, in a catalogue that was changed afterwards."""
    with on("2022-05-01"):
        catalogue = import_rows(read_bytes(SMALL.encode())).catalogue
    with on("2023-03-01"):
        round_ = factory.make_past_round(catalogue, 2023)
        factory.hand_in_all(round_)
    return round_


def change_the_catalogue() -> None:
    with on("2025-10-06"):
        import_rows(read_bytes(changed(*LATER).encode()))


def report(round_: Round, kind: Kind = Kind.STATUS) -> ReportContent:
    return assemble(Catalogue.objects.get(pk=round_.catalogue_id), round_.year, kind)


def test_a_later_change_of_the_catalogue_is_not_in_the_report(closed: Round) -> None:
    before = report(closed)
    change_the_catalogue()
    time = Timeline(closed.catalogue)
    assert not time.is_latest(time.of(closed))
    assert report(closed) == before


def test_the_next_report_has_the_change(closed: Round) -> None:
    change_the_catalogue()
    with on("2026-01-20"):
        now = assemble(Catalogue.objects.get(pk=closed.catalogue_id), 2025)
    assert "Stier og broer" in {action["title"] for action in now["actions"]}
    assert "Stier og broer" not in {action["title"] for action in report(closed)["actions"]}


def test_a_corrected_figure_is_the_only_difference(closed: Round) -> None:
    before = report(closed)
    change_the_catalogue()
    row = Measurement.objects.filter(year=closed.measured_year).first()
    assert row is not None
    Measurement.objects.append(
        indicator=row.indicator,
        status=row.status,
        year=row.year,
        value=77,
        missing_reason=row.missing_reason,
        source=row.source,
        comment=row.comment,
    )
    [difference] = differences(before, report(closed))
    assert difference["after"] == "77"


def test_what_was_changed_after_the_closing_of_the_same_day_is_not_in_the_report(
    closed: Round,
) -> None:
    closed.closed_at = datetime.fromisoformat("2025-10-06T09:00:00+02:00")
    closed.save()
    before = report(closed)
    change_the_catalogue()
    assert report(closed) == before


def test_a_reopened_round_stays_of_the_day_it_closed(closed: Round) -> None:
    before = report(closed)
    change_the_catalogue()
    with on("2026-01-10"):
        closed.stands_on, closed.closed_at = date(2023, 4, 1), None
        closed.closes = date(2026, 1, 20)
        closed.save()
        before["round_dates"]["closes"] = "2026-01-20"
        assert report(closed) == before


def test_the_responsible_posts_are_those_of_then(closed: Round) -> None:
    """Also where they lack a signature."""
    before = [action["responsible"] for action in report(closed)["actions"]]
    change_the_catalogue()
    call_command("verify", verbosity=0)
    assert [action["responsible"] for action in report(closed)["actions"]] == before


def test_an_earlier_light_stands_under_the_text_that_the_goal_had_then(closed: Round) -> None:
    goal = closed.statuses.order_by("goal__action__number")[0].goal
    with on("2023-10-06"):
        import_rows(read_bytes(changed((goal.text, "Et helt andet mål.")).encode()))
    with on("2024-03-01"):
        catalogue = Catalogue.objects.get(pk=closed.catalogue_id)
        factory.hand_in_all(factory.make_round(catalogue, year=2024))
        content = assemble(catalogue, 2024, Kind.MIDTERM)
    course = content["actions"][0]["goals"][0]["course"]
    assert course is not None
    assert [(year["year"], year["goal_text"]) for year in course["years"]] == [
        (2023, goal.text),
        (2024, ""),
    ]
    assert [(turn["year"], turn["what"]) for turn in course["turns"]] == [
        (2024, f"Målets tekst blev ændret. Før: »{goal.text}«")
    ]


def test_a_year_without_a_status_is_told_so_in_a_correction(closed: Round) -> None:
    status = closed.statuses.order_by("goal__action__number")[0]
    given = status.state
    closed.statuses.filter(pk=status.pk).update(state="not_started")
    before = report(closed)
    closed.statuses.filter(pk=status.pk).update(state=given)
    told = {row["what"]: row["before"] for row in differences(before, report(closed))}
    assert told["Vurdering i 2023"] == "Ingen status"
