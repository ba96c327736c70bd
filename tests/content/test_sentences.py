"""Sentences that a report derives: for each the case in which the usual one would be untrue."""

import pytest
from django.template.loader import render_to_string

from actions.lights import Light
from reports.content.assemble import assemble
from reports.content.differences import change_sentence, differences
from reports.content.midterm.pace import pace
from reports.content.shape import ReportContent
from reports.templatetags import report
from reports.templatetags.gaps import gap_kinds
from tests.content import sample
from tests.support import factory
from tests.support.cast import Cast


def printed(content: ReportContent, part: str) -> str:
    return " ".join(render_to_string(f"reports/document/{part}.html", {"content": content}).split())


def without_figures(content: ReportContent) -> ReportContent:
    for action in content["actions"]:
        for goal in action["goals"]:
            goal["indicators"] = []
    content["progress"] |= {"figures": 0, "figures_missing": 0}
    content["sources"] = []
    return content


def test_figures_without_a_source_are_not_denied() -> None:
    content = sample.report()
    content["sources"] = []
    assert "Der er ikke oplyst kilder til tallene." in printed(content, "_appendix")
    assert "ingen målte tal" in printed(without_figures(content), "_appendix")


def test_what_is_not_there_is_not_said_to_be_complete() -> None:
    content = sample.report()
    content["gaps"] = []
    assert "alle tal for 2025 er med" in report.nothing_missing(content)
    assert "tal" not in report.nothing_missing(without_figures(content)).split()
    content["progress"]["goals"] = 0
    assert report.nothing_missing(content) == "Der er ingen mål at give status på."


def test_a_report_without_this_years_figures_does_not_date_them() -> None:
    assert "De nyeste tal er fra 2025." in printed(sample.report(), "_summary")
    content = sample.report()
    content["progress"]["figures_missing"] = content["progress"]["figures"]
    assert "tal er fra" not in printed(content, "_summary")


def test_one_action_is_not_told_as_many() -> None:
    content = sample.report()
    content["actions"] = content["actions"][:1]
    assert "har 1 handling med" in printed(content, "_summary")
    assert "har 11 handlinger med" in printed(sample.report(), "_summary")


@pytest.mark.parametrize("with_status", [0, 3])
def test_no_red_goal_means_nothing_if_no_goal_is_assessed(with_status: int) -> None:
    content = sample.report()
    content["attention"] = []
    content["progress"]["with_status"] = with_status
    words = "Ingen mål er vurderet til gul eller rød." if with_status else "Ingen mål er vurderet."
    assert f"<p>{words}</p>" in printed(content, "_summary")


def test_a_frozen_report_speaks_of_its_year_and_not_of_today() -> None:
    content = sample.report()
    content["previous_year"] = None
    assert report.news_title(content) == "Målene i 2026"
    content["has_round"] = False
    assert report.news_title(content) == "Målene i 2026"
    html = printed(content, "_changes") + printed(content, "_summary")
    assert "i dag" not in html
    assert "endnu" not in html


def test_the_light_before_is_dated_and_not_of_last_year() -> None:
    content = sample.report()
    content["previous_year"] = 2023
    action = content["actions"][0]
    context = {"content": content, "action": action, "goal": action["goals"][0]}
    html = render_to_string("reports/document/_goal.html", context)
    assert ">2023:</span>" in html
    assert "Sidste år" not in html


def test_nothing_moved_is_said_only_of_goals_with_two_lights() -> None:
    content = sample.report()
    content["changes"] = []
    assert change_sentence(content) == "Ingen mål har skiftet vurdering."
    for action in content["actions"]:
        for goal in action["goals"]:
            goal["previous_light"] = None
    assert change_sentence(content) == "Ingen mål er vurderet begge år."


def test_a_light_to_or_from_grey_is_told_by_what_it_means() -> None:
    content = sample.report()
    [*_rest, last] = content["changes"]
    grey, green = sample.light(Light.NOT_ASSESSABLE), sample.light(Light.ON_TRACK)
    last |= {"direction": "other", "before": grey, "after": green}
    assert "→ kan nu vurderes" in printed(content, "_changes")
    last |= {"before": green, "after": grey}
    assert "→ kan ikke vurderes" in printed(content, "_changes")


def test_a_correction_never_tells_a_year_as_what_stood_there() -> None:
    before, after = sample.report(), sample.report()
    goal = before["actions"][0]["goals"][0]
    goal["lights_by_year"] = [{"year": 2025, "light": None}, {"year": 2026, "light": None}]
    goal["indicators"] = [sample.indicator("Tal", "", "1", [sample.point(2025, "")])]
    goal["indicators"][0]["points"][0]["missing_reason"] = ""
    after["actions"][0]["goals"][0]["indicators"] = [sample.indicator("Tal", "", "1", [])]
    rows = differences(before, after)
    assert rows
    assert not [row for row in rows if {row["before"], row["after"]} & {"2025", "2026"}]


@pytest.mark.django_db
def test_the_first_report_speaks_of_no_year_before(cast: Cast) -> None:
    factory.hand_in(factory.status_of(cast.round), progress="Vi er begyndt.")
    content = assemble(cast.catalogue, cast.round.year)
    goals = [goal for action in content["actions"] for goal in action["goals"]]
    texts = [text for goal in goals for text in goal["texts"]]
    assert {text["label"] for text in texts if text["name"] == "progress"} == {"Fremdrift"}


@pytest.mark.parametrize("comparison", ["at_least", "at_most"])
def test_the_pace_that_is_needed_reaches_the_target(comparison: str) -> None:
    start, target = ("148", "1000") if comparison == "at_least" else ("1000", "148")
    row = sample.indicator(
        *("Areal", "ha", target, [sample.point(2025, start)]),
        comparison=comparison, yearly=False, by_year=2030, timing="inden 2030",
    )  # fmt: skip
    assert pace(row, 2024)["needed"].startswith("171\u00a0ha")


def test_a_missed_yearly_target_is_not_told_to_go_on_as_now() -> None:
    row = sample.indicator("Vækst", "%", "3.3", [sample.point(2025, "0.8")])
    assert pace(row, 2024)["needed"] == "mindst 3,3\u00a0% hvert år"


def test_a_baseline_without_a_year_is_not_dated() -> None:
    more = {"yearly": False, "by_year": 2030, "timing": "inden 2030", "baseline": "40"}
    row = sample.indicator("Areal", "ha", "1000", [sample.point(2025, "80")], **more)
    assert "fra udgangspunktet 40\u00a0ha til" in pace(row, 2024)["so_far"]
    assert "periodens begyndelse" not in str(pace(row, 2024))


def test_a_missing_signature_is_no_gap_of_any_edition() -> None:
    content = sample.report()
    goal = content["actions"][0]["goals"][0]
    goal["unsigned"] = ["Kulturchefen", "Skolechefen"]
    signature = "Mangler tiltrædelse fra Kulturchefen, Skolechefen."
    content["gaps"] = [{"action_number": 1, "goal_number": 1, "what": signature}]
    assert gap_kinds(content) == []
    html = printed(content, "_appendix")
    assert signature not in html
    assert "2 medansvarlige havde ikke tiltrådt" in html
    assert "tiltrådt" not in printed(sample.report(), "_appendix")


def test_gaps_stand_by_kind_with_one_row_for_a_goal() -> None:
    content = sample.report()
    goal = content["actions"][0]["goals"][0]
    goal["gap"] = "Status mangler."
    content["gaps"] = [
        {"action_number": 1, "goal_number": 1, "what": what}
        for what in ("Tal A mangler.", "Status mangler.", "Tal B mangler.")
    ]
    kinds = [(kind.word, [row.what for row in kind.rows]) for kind in gap_kinds(content)]
    assert kinds == [
        ("Status", [["Status mangler."]]),
        ("Tal", [["Tal A mangler.", "Tal B mangler."]]),
    ]
