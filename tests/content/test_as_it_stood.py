"""A report of a year is of that year, also when it is corrected after the catalogue has changed."""

from datetime import date, datetime

import pytest
from django.core.management import call_command

from actions.catalogue.editor import by_decision
from actions.catalogue.file import read_bytes
from actions.catalogue.importer import import_rows
from actions.catalogue.versions.store import Timeline
from actions.models import Catalogue, Measurement, Round
from reports.content.assemble import assemble
from reports.content.differences import differences
from reports.content.shape import CourseContent, ReportContent
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


def change_the_text(closed: Round, **decided: object) -> str:
    """What the goal said before."""
    goal = closed.statuses.order_by("goal__action__number")[0].goal
    with on("2023-10-06"):
        rows = read_bytes(changed((goal.text, "Et helt andet mål.")).encode())
        import_rows(by_decision(rows, **decided) if decided else rows)  # type: ignore[arg-type]
    return goal.text


def midterm_course(closed: Round) -> CourseContent:
    with on("2024-03-01"):
        catalogue = Catalogue.objects.get(pk=closed.catalogue_id)
        factory.hand_in_all(factory.make_round(catalogue, year=2024))
        content = assemble(catalogue, 2024, Kind.MIDTERM)
    course = content["actions"][0]["goals"][0]["course"]
    assert course is not None
    return course


def test_an_earlier_light_stands_under_the_text_that_the_goal_had_then(closed: Round) -> None:
    decision = "Byrådet, punkt 7"
    before = change_the_text(closed, decision=decision, on=date(2023, 9, 25), meaning=decision)
    course = midterm_course(closed)
    assert [(year["year"], year["goal_text"]) for year in course["years"]] == [
        (2023, before),
        (2024, ""),
    ]
    assert course["turns"] == [
        {
            "year": 2023,
            "what": f"Målet fik ny betydning den 25. september 2023. Før: »{before}«",
            "why": decision,
        }
    ]


def test_a_text_that_is_only_corrected_is_no_turn(closed: Round) -> None:
    change_the_text(closed)
    course = midterm_course(closed)
    assert [year["goal_text"] for year in course["years"]] == ["", ""]
    assert course["turns"] == []


def test_a_target_s_decision_is_told_by_its_own_day_and_not_before_it_was_noted(
    closed: Round,
) -> None:
    with on("2023-05-01"):
        import_rows(read_bytes(changed(("title: Stier", "title: Veje")).encode()))
    with on("2023-10-06"):
        later = changed(("title: Stier", "title: Veje"), ("target: 4.5", "target: 3"))
        rows = by_decision(
            read_bytes(later.encode()), "Byrådet, punkt 7", date(2023, 4, 25), meaning=None
        )
        import_rows(rows)
    with on("2024-03-01"):
        catalogue = Catalogue.objects.get(pk=closed.catalogue_id)
        content = assemble(catalogue, 2024)
    [change] = content["actions"][0]["goals"][0]["indicators"][1]["revisions"]
    assert change["date"] == "2023-04-25"
    assert not any(
        indicator["revisions"]
        for action in report(closed)["actions"]
        for goal in action["goals"]
        for indicator in goal["indicators"]
    )


def test_a_year_without_a_status_is_told_so_in_a_correction(closed: Round) -> None:
    status = closed.statuses.order_by("goal__action__number")[0]
    given = status.state
    closed.statuses.filter(pk=status.pk).update(state="not_started")
    before = report(closed)
    closed.statuses.filter(pk=status.pk).update(state=given)
    told = {row["what"]: row["before"] for row in differences(before, report(closed))}
    assert told["Vurdering i 2023"] == "Ingen status"
