"""The midterm's content: courses, turns, pace, decisions and recommendations."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from actions.danish import NO_BREAK_SPACE
from actions.lights import Light
from actions.models import Catalogue, Goal, Indicator, Measurement, Round
from reports.content.assemble import assemble
from reports.content.midterm import pace as paces
from reports.content.midterm.course import YearOfGoal, course, in_short
from reports.content.shape import (
    CourseContent,
    EvaluationContent,
    IndicatorContent,
    PaceContent,
    ReportContent,
)
from reports.models import Conclusion, Kind, Part
from tests.content import sample
from tests.support import factory

# --- pace ----------------------------------------------------------------------------------------


def figure(values: dict[int, str], **overrides: Any) -> IndicatorContent:
    """Lavbund in a period from 2024: at least 1,000 ha by 2030, from 0 ha."""
    points = [sample.point(year, value) for year, value in values.items()]
    known: dict[str, Any] = {
        "comparison": "at_least",
        "comparison_word": "mindst",
        "by_year": 2030,
        "yearly": False,
        "timing": "inden 2030",
        "baseline": "0",
        "revisions": [],
    }
    indicator = sample.indicator("Lavbund", "ha", "1000", points, **known)
    return IndicatorContent(**{**indicator, **overrides})  # type: ignore[typeddict-item]


def pace(values: dict[int, str], **overrides: Any) -> PaceContent:
    """The pace, with ordinary blanks in place of no-break spaces."""
    words = paces.pace(figure(values, **overrides), period_from=2024)
    for name in ("target", "latest", "so_far", "needed"):
        words[name] = words[name].replace(NO_BREAK_SPACE, " ")
    return words


def test_pace_so_far_is_from_the_baseline_and_the_needed_one_from_the_latest_figure() -> None:
    words = pace({2024: "35", 2025: "80"})
    assert words["target"] == "mindst 1.000 ha inden 2030"
    assert words["latest"] == "80 ha i 2025"
    # Two years from the beginning of 2024 to the end of 2025; five from there to 2030.
    assert words["so_far"] == "40 ha om året (fra udgangspunktet 0 ha til 80 ha i 2025)"
    assert words["needed"] == "184 ha om året (fra 80 ha i 2025 til 1.000 ha i 2030)"
    assert words["unknown"] == []


def test_a_baseline_with_a_year_of_its_own_is_told_with_that_year() -> None:
    words = pace({2025: "720"}, baseline_year=2018)
    # Seven years from the end of 2018, not two from the beginning of the period.
    assert words["so_far"] == "103 ha om året (fra 0 ha i 2018 til 720 ha i 2025)"


def test_a_target_that_is_a_range_is_held_at_both_ends() -> None:
    between = {"comparison": "between", "comparison_word": "mellem", "target": "20", "upper": "25"}
    assert pace({2025: "22"}, **between)["needed"] == "ingen: målet er nået"
    assert pace({2025: "22"}, **between)["target"] == "mellem 20 og 25 ha inden 2030"
    too_low, too_high = pace({2025: "10"}, **between), pace({2025: "35"}, **between)
    assert too_low["needed"] == "2 ha om året (fra 10 ha i 2025 til 20 ha i 2030)"
    assert too_high["needed"] == "2 ha mindre om året (fra 35 ha i 2025 til 25 ha i 2030)"


def test_without_a_baseline_the_first_figure_is_where_the_pace_begins() -> None:
    words = pace({2024: "35", 2025: "148"}, baseline="")
    assert words["so_far"] == "113 ha om året (fra 35 ha i 2024 til 148 ha i 2025)"
    assert words["unknown"] == ["Kataloget oplyser intet udgangspunkt."]


def test_one_figure_and_no_baseline_give_no_pace_and_say_so() -> None:
    words = pace({2024: "35", 2025: ""}, baseline="")
    assert words["so_far"] == ""
    assert words["needed"] == "161 ha om året (fra 35 ha i 2024 til 1.000 ha i 2030)"
    assert words["unknown"][0].startswith("Tallet for 2025 mangler:")
    assert words["unknown"][-1] == "Med ét tal kan takten hidtil ikke regnes ud."


def test_no_figure_at_all_gives_nothing_but_the_target() -> None:
    words = pace({2024: "", 2025: ""})
    assert (words["latest"], words["so_far"], words["needed"]) == ("", "", "")
    assert words["unknown"][-1] == "Uden et tal kan ingen takt regnes ud."


def test_additions_are_told_with_their_sum_and_its_pace() -> None:
    words = pace({2024: "40", 2025: "60"}, measures="addition", baseline="")
    assert words["latest"] == "60 ha i 2025, 100 ha i alt"
    assert words["so_far"] == ("50 ha om året (fra 0 ha til 100 ha i 2025, lagt sammen)")
    assert words["needed"] == "180 ha om året (fra 100 ha i 2025 til 1.000 ha i 2030)"
    assert words["unknown"] == []


def test_additions_with_a_hole_have_no_sum_and_say_so() -> None:
    words = pace({2024: "", 2025: "60"}, measures="addition", baseline="")
    assert (words["latest"], words["so_far"], words["needed"]) == ("60 ha i 2025", "", "")
    assert words["unknown"][-1] == "Tallene kan ikke lægges sammen, fordi et år mangler."


def test_the_needed_pace_is_to_the_next_target_on_the_way() -> None:
    steps = {"targets": [{"year": 2025, "value": "100"}, {"year": 2027, "value": "300"}]}
    words = pace({2025: "80"}, **steps)
    assert words["target"] == "mindst 100 ha inden 2025, 300 ha inden 2027, 1.000 ha inden 2030"
    assert words["needed"] == "110 ha om året (fra 80 ha i 2025 til 300 ha i 2027)"
    assert words["unknown"] == ["Målet skulle være nået i 2025 og er det ikke."]
    assert pace({2026: "120"}, **steps)["unknown"] == []
    assert pace({2026: "120"}, **steps)["needed"].endswith("til 300 ha i 2027)")


def test_a_yes_or_no_has_words_and_no_pace() -> None:
    yes_no = {"kind": "yes_no", "target": "1", "baseline": "", "by_year": 2026}
    words = pace({2024: "0", 2025: "0"}, **yes_no, timing="inden 2026")
    assert words["target"] == "ja inden 2026"
    assert (words["latest"], words["so_far"]) == ("nej i 2025", "nej i 2024, nej i 2025")
    assert (words["needed"], words["unknown"]) == ("ja inden 2026", [])
    assert pace({2025: "1"}, **yes_no)["needed"] == "ingen: målet er nået"


def test_a_year_between_two_measurements_is_not_told_as_missing() -> None:
    row = figure({2024: "35", 2025: ""}, every=2)
    row["points"][1]["between"] = True
    assert paces.pace(row, period_from=2024)["unknown"] == []


def test_a_target_without_a_year_has_no_needed_pace() -> None:
    words = pace({2024: "35", 2025: "80"}, by_year=None, timing="")
    assert words["needed"] == ""
    assert "hvilket år målet skal være nået" in words["unknown"][-1]


def test_a_year_that_has_gone_is_said_to_have_gone() -> None:
    words = pace({2024: "35", 2025: "80"}, by_year=2025)
    assert words["needed"] == ""
    assert words["unknown"] == ["Målet skulle være nået i 2025 og er det ikke."]


def test_a_reached_target_needs_no_pace() -> None:
    assert pace({2025: "1000"})["needed"] == "ingen: målet er nået"


def test_a_yearly_target_is_told_by_the_years_it_was_hit() -> None:
    words = pace({2024: "1000", 2025: "93"}, yearly=True, by_year=None, timing="hvert år")
    assert words["so_far"] == "nået i 2024, ikke nået i 2025"
    assert words["needed"] == "mindst 1.000 ha hvert år"


def test_a_figure_that_must_fall_is_told_in_percentage_points() -> None:
    at_most = {"comparison": "at_most", "comparison_word": "højst", "unit": "%", "target": "15"}
    words = pace({2024: "17.2", 2025: "16.7"}, baseline="", **at_most)
    assert words["so_far"].startswith("0,5 procentpoint mindre om året (fra 17,2 %")
    assert words["needed"].startswith("0,34 procentpoint mindre om året")
    assert pace({2025: "14"}, **at_most)["needed"] == "ingen: målet er nået"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({2024: "35", 2025: "35"}, "uændret (fra"),
        ({2024: "0", 2025: "0.004"}, "0,004 ha om året"),
        ({2024: "0", 2025: "123456.7"}, "123.457 ha om året"),
    ],
)
def test_a_pace_is_rounded_but_never_to_nothing(values: dict[int, str], words: str) -> None:
    assert pace(values, baseline="", target="999999")["so_far"].startswith(words)


# --- courses -------------------------------------------------------------------------------------


def test_in_short_is_whole_sentences_and_tells_that_there_is_more() -> None:
    first, second = f"{'Ord ' * 30}slut.", f"{'Nye ' * 40}ord."
    assert in_short(f"{first}\n\n{second}") == f"{first}{NO_BREAK_SPACE}…"
    assert in_short(f"Kort. {first}") == f"Kort. {first}"
    assert in_short("uden punktum " * 40) == ("uden punktum " * 40).strip()
    assert in_short(" ") == ""


@pytest.mark.parametrize(
    ("lights", "way"),
    [
        ([Light.OFF_TRACK, Light.ON_TRACK], "better"),
        ([Light.ON_TRACK, Light.ACHIEVED, Light.AT_RISK], "worse"),
        ([Light.AT_RISK, Light.ON_TRACK, Light.AT_RISK], "same"),
        ([Light.NOT_ASSESSABLE, Light.ON_TRACK], "other"),
        ([Light.ON_TRACK, None], ""),
        ([None, None], ""),
    ],
)
def test_the_way_of_a_goal_is_from_its_first_light_to_its_latest(
    lights: list[Light | None], way: str
) -> None:
    years = [
        YearOfGoal(2024 + number, sample.light(light) if light else None, None)
        for number, light in enumerate(lights)
    ]
    assert course(years, [], 2024)["direction"] == way


@pytest.fixture
def catalogue(db: None) -> Catalogue:
    catalogue = factory.make_catalogue()
    factory.make_action(catalogue, goals=2)
    factory.make_action(catalogue)
    return catalogue


def midterm_year(catalogue: Catalogue) -> int:
    assert catalogue.midterm_year is not None
    return catalogue.midterm_year


@pytest.fixture
def rounds(catalogue: Catalogue) -> list[Round]:
    year = midterm_year(catalogue)
    return [factory.make_past_round(catalogue, year - 1), factory.make_round(catalogue, year=year)]


def midterm(catalogue: Catalogue) -> ReportContent:
    return assemble(catalogue, midterm_year(catalogue), Kind.MIDTERM)


def whole(content: ReportContent) -> EvaluationContent:
    assert content["evaluation"] is not None
    return content["evaluation"]


def first_course(content: ReportContent) -> CourseContent:
    course = content["actions"][0]["goals"][0]["course"]
    assert course is not None
    return course


def first_goal(catalogue: Catalogue) -> Goal:
    return Goal.objects.get(action__catalogue=catalogue, action__number=1, number=1)


def test_a_goal_is_told_year_by_year_with_light_and_text(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    goal = first_goal(catalogue)
    factory.hand_in(factory.status_of(rounds[0], goal), progress="Vi begyndte.")
    factory.hand_in(factory.status_of(rounds[1], goal), "draft", progress="En kladde.")
    years = first_course(midterm(catalogue))["years"]
    assert [(row["year"], row["text"]) for row in years] == [
        (rounds[0].year, "Vi begyndte."),
        (rounds[1].year, ""),
    ]
    assert years[1]["light"] is None


def test_the_cause_of_a_problem_is_no_reason_for_a_better_light(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    goal = Goal.objects.filter(action__catalogue=catalogue).order_by("pk")[0]
    factory.hand_in(factory.status_of(rounds[0], goal), light=Light.OFF_TRACK)
    yellow = {"light": Light.AT_RISK, "cause": "Langtidsfravær."}
    factory.hand_in(factory.status_of(rounds[1], goal), **yellow)
    [turn] = first_course(midterm(catalogue))["turns"]
    assert turn["why"] == "Ingen særskilt. Chefen skrev: »Det går fremad.«"


def test_a_changed_light_carries_the_reason_that_was_given(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    first, second, third = Goal.objects.filter(action__catalogue=catalogue).order_by("pk")
    for goal in (first, second, third):
        factory.hand_in(factory.status_of(rounds[0], goal), light=Light.ON_TRACK)
    late = {"light": Light.AT_RISK, "cause": "Et udbud gik om."}
    factory.hand_in(factory.status_of(rounds[1], first), **late)
    factory.hand_in(factory.status_of(rounds[1], second), light=Light.ACHIEVED)
    factory.hand_in(factory.status_of(rounds[1], third), light=Light.ON_TRACK)
    content = midterm(catalogue)
    turns = [
        turn
        for action in content["actions"]
        for goal in action["goals"]
        for turn in (goal["course"] or first_course(content))["turns"]
    ]
    year = rounds[1].year
    assert turns == [
        {
            "year": year,
            "what": "Vurderingen gik fra »På sporet« til »Opmærksomhed«.",
            "why": "Et udbud gik om.",
        },
        {
            "year": year,
            "what": "Vurderingen gik fra »På sporet« til »Nået«.",
            "why": "Ingen særskilt. Chefen skrev: »Det går fremad.«",
        },
    ]
    assert whole(content)["movement"] == {
        "better": 1,
        "worse": 1,
        "same": 1,
        "other": 0,
        "unknown": 0,
    }


def test_a_changed_target_stands_with_its_decision_at_its_own_indicator(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    goal = first_goal(catalogue)
    indicators = [factory.make_indicator(goal, name=name) for name in ("Besøg", "Kurser")]
    factory.change_target(
        indicators[1],
        80,
        old_target=100,
        decision="ØU, punkt 7",
        decided_at=datetime(2025, 3, 4, 12, tzinfo=UTC),
    )
    content = midterm(catalogue)
    turn = first_course(content)["turns"][0]
    assert (turn["year"], turn["why"]) == (2025, "ØU, punkt 7")
    assert "»Kurser« blev ændret fra 100" in turn["what"]
    assert "den 4. marts 2025" in turn["what"]
    shown = content["actions"][0]["goals"][0]["indicators"]
    assert [len(row["revisions"]) for row in shown] == [0, 1]


# --- decisions and temamøder ---------------------------------------------------------------------


def test_the_decisions_that_hold_stand_in_order_with_what_each_temamoede_came_to(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    first, second = catalogue.actions.order_by("number")
    before, now = (factory.make_edition(catalogue, year) for year in (2025, 2026))
    factory.make_selection(now, second, decision="Udvalget vælger igen.")
    factory.make_selection(before, second, decision="Den gælder ikke mere.")
    held = factory.make_selection(before, first, second, decision="Udvalget vælger to.")
    Conclusion.objects.create(report=held.report, action=first, text="Et kort.")
    Conclusion.objects.create(report=held.report, action=second, text="")
    content = midterm(catalogue)
    assert content["as_of"] == "2026-05-14", "the latest decision shows"
    decisions = whole(content)["decisions"]
    why = "Udvalget vil vide mere."
    assert [tuple(each.values()) for each in decisions] == [
        (
            "2025-05-14",
            "Økonomiudvalget valgte handlinger til temamødet den 18. juni 2025",
            f"Udvalget vælger to.\n\nHandling 1: {why}\n\nHandling 2: {why}",
            [1, 2],
        ),
        ("2025-06-18", "Temamødet den 18. juni 2025 konkluderede", "Handling 1: Et kort.", [1]),
        (
            "2026-05-14",
            "Økonomiudvalget valgte handlinger til temamødet den 18. juni 2026",
            f"Udvalget vælger igen.\n\nHandling 2: {why}",
            [2],
        ),
    ]


# --- recommendations and what is written ---------------------------------------------------------


def test_both_recommendations_stand_with_their_authors_and_are_counted(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    first = catalogue.actions.get(number=1)
    given: dict[str, Any] = {"choice": "close", "reason": "Den er i drift.", "author_name": "Bo"}
    factory.make_passage(catalogue, Part.HEAD, first, **given)
    factory.make_passage(catalogue, Part.FINAL, first, choice="adjust", reason="Ikke endnu.")
    content = midterm(catalogue)
    head, final = (
        content["actions"][0]["head_recommendation"],
        content["actions"][0]["recommendation"],
    )
    assert head
    assert final
    assert (head["word"], head["reason"], head["given_by"]) == (
        "Afslut",
        "Den er i drift.",
        "Bo, Chefen",
    )
    assert head["given_on"] == timezone.localdate().isoformat()
    assert (final["choice"], final["word"]) == ("adjust", "Justér")
    counts = {row["choice"]: row["actions"] for row in whole(content)["recommendations"]}
    assert counts == {"continue": 0, "adjust": 1, "close": 0, "": 1}


def test_a_missing_recommendation_is_counted_as_missing(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    first = catalogue.actions.get(number=1)
    factory.make_passage(catalogue, Part.FINAL, first, reason="Uden valg.")
    gaps = [row for row in midterm(catalogue)["gaps"] if not row["goal_number"]]
    assert [(row["action_number"], row["what"]) for row in gaps] == [
        (1, "Der er ingen anbefaling fra de ansvarlige."),
        (1, "Der er ingen anbefaling fra Udviklingsforvaltningen."),
        (2, "Der er ingen anbefaling fra de ansvarlige."),
        (2, "Der er ingen anbefaling fra Udviklingsforvaltningen."),
    ]


def test_each_report_has_its_own_texts(catalogue: Catalogue, rounds: list[Round]) -> None:
    first, year = catalogue.actions.get(number=1), midterm_year(catalogue)
    factory.make_passage(catalogue, Part.TEXTS, foreword="Midtvejs.", conclusion="Godt på vej.")
    yearly: dict[str, Any] = {"kind": Kind.STATUS, "year": year}
    factory.make_passage(catalogue, Part.TEXTS, foreword="Årets.", **yearly)
    factory.make_passage(catalogue, Part.LINE, first, line="En god start.", **yearly)
    content, status = midterm(catalogue), assemble(catalogue, year)
    assert content["editorial"]["foreword"] == "Midtvejs."
    assert content["editorial"]["conclusion"] == "Godt på vej."
    assert status["editorial"]["foreword"] == "Årets."
    assert [action["line"] for action in status["actions"]] == ["En god start.", ""]
    assert content["actions"][0]["line"] == ""
    assert status["evaluation"] is None


def test_the_figures_of_an_indicator_reach_its_pace(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    goal = first_goal(catalogue)
    indicator: Indicator = factory.make_indicator(
        goal, unit="ha", target=Decimal(1000), by_year=rounds[1].year + 4, baseline=Decimal(0)
    )
    for round_, value in zip(rounds, (35, 148), strict=True):
        status = factory.hand_in(factory.status_of(round_, goal))
        Measurement.objects.append(
            indicator=indicator, status=status, year=round_.measured_year, value=value
        )
    words = first_course(midterm(catalogue))["paces"][0]
    assert words["latest"].startswith("148")
    assert words["needed"].startswith("171")
