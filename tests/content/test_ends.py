"""What is stopped or begins in mid-period, in the reports."""

from datetime import date
from typing import Any

import pytest

from actions.models import Catalogue, Goal, Round
from reports.content.assemble import assemble, data_of
from reports.content.check import check_of
from reports.content.shape import ReportContent
from reports.documents.glyphs import unprintable_in
from reports.models import Kind
from tests.documents.test_document import page_of
from tests.support import factory
from tests.support.clock import on

pytestmark = pytest.mark.django_db

DECISION = "KB den 25. september 2025, punkt 7"


@pytest.fixture
def catalogue() -> Catalogue:
    """Two actions with two goals each, each goal with a figure, reported in 2025."""
    with on("2025-02-01"):
        made = factory.make_catalogue(period_from=2024, period_to=2027, midterm_year=2026)
        for _number in range(2):
            for goal in factory.make_action(made, goals=2).goals.all():
                factory.make_indicator(goal)
        factory.hand_in_all(factory.make_past_round(made, 2025))
    return made


def stop(row: Any) -> None:
    row.stopped_on, row.stopped_by = date(2025, 9, 25), DECISION
    row.save()


def of_2026(catalogue: Catalogue, kind: Kind = Kind.STATUS) -> ReportContent:
    return assemble(catalogue, 2026, kind)


def round_of_2026(catalogue: Catalogue) -> Round:
    with on("2026-02-01"):
        return factory.make_round(catalogue)


def test_a_stopped_action_keeps_its_chapter_and_is_counted_apart(catalogue: Catalogue) -> None:
    stop(catalogue.actions.get(number=1))
    round_ = round_of_2026(catalogue)
    with on("2026-02-01"):
        content = of_2026(catalogue)
        first, second = content["actions"]
        assert first["stopped"] == f"Standset den 25. september 2025: {DECISION}"
        assert second["stopped"] == ""
        progress = content["progress"]
        assert (progress["goals"], progress["stopped"], progress["figures"]) == (2, 2, 2)
        assert sum(count["goals"] for count in content["counts"]) == 2
        assert {gap["action_number"] for gap in content["gaps"]} == {2}
        lines = check_of(data_of(catalogue, 2026), content, unprintable_in).in_the_way
        assert not any("Handling 1" in one.place for group in lines for one in group.findings)
    assert not round_.statuses.filter(goal__action__number=1).exists()


def test_a_goal_stopped_by_itself_says_so(catalogue: Catalogue) -> None:
    stop(Goal.objects.get(action__number=1, number=2))
    round_of_2026(catalogue)
    with on("2026-02-01"):
        content = of_2026(catalogue)
        goals = content["actions"][0]["goals"]
    assert content["actions"][0]["stopped"] == ""
    assert [bool(goal["stopped"]) for goal in goals] == [False, True]
    assert goals[1]["gap"] == ""
    assert [point["year"] for point in goals[1]["indicators"][0]["points"]] == [2024]
    assert content["progress"]["stopped"] == 1


def test_the_midterm_asks_no_advice_on_what_is_stopped(catalogue: Catalogue) -> None:
    stop(catalogue.actions.get(number=1))
    round_of_2026(catalogue)
    with on("2026-02-01"):
        content = of_2026(catalogue, Kind.MIDTERM)
    assert content["evaluation"] is not None
    assert sum(row["actions"] for row in content["evaluation"]["recommendations"]) == 1
    assert {gap["action_number"] for gap in content["gaps"]} == {2}
    course = content["actions"][0]["goals"][0]["course"]
    assert course is not None
    assert [row["year"] for row in course["years"]] == [2025]


def test_the_report_of_the_year_before_does_not_know_the_stop(catalogue: Catalogue) -> None:
    with on("2025-10-06"):
        before = assemble(catalogue, 2025)
        stop(catalogue.actions.get(number=1))
        assert assemble(catalogue, 2025) == before


def test_what_begins_after_the_due_day_is_not_in_the_report(catalogue: Catalogue) -> None:
    round_of_2026(catalogue)
    with on("2026-03-05"):
        factory.make_action(catalogue, starts_on=date(2026, 3, 5))
        assert [action["number"] for action in of_2026(catalogue)["actions"]] == [1, 2]


@pytest.mark.parametrize("kind", [Kind.STATUS, Kind.MIDTERM])
def test_the_document_says_what_is_stopped(catalogue: Catalogue, kind: Kind) -> None:
    stop(Goal.objects.get(action__number=1, number=2))
    stop(catalogue.actions.get(number=2))
    round_of_2026(catalogue)
    with on("2026-02-01"):
        html = " ".join(page_of(of_2026(catalogue, kind)).split())
    assert html.count(f"Standset den 25. september 2025: {DECISION}") == 2
    assert "i alt 4 mål" in html
    assert ", heraf 3 standset" in html
