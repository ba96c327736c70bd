"""The final report: the whole period against its targets, and what goes on."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.lights import Light
from actions.models import Action, Catalogue, Goal, Measurement, Round
from reports.content.assemble import assemble
from reports.content.final.figures import verdict
from reports.content.shape import ClosingContent, FinalContent, NoSuchReport, ReportContent
from reports.models import Kind, Part, Recommendation
from tests.content import sample
from tests.support import factory

# --- figures -------------------------------------------------------------------------------------


def judged(values: dict[int, str], **overrides: Any) -> tuple[str, str]:
    years = range(min(values, default=2027), overrides.pop("until", max(values, default=2027)) + 1)
    points = [sample.point(year, value) for year, value in values.items()]
    row = sample.indicator("Besøg", overrides.pop("unit", "besøg"), "60", points)
    content = verdict(row | overrides, years)  # type: ignore[arg-type]
    return content["verdict"], content["words"]


ONCE = {"yearly": False, "timing": "", "by_year": 2027}
STEPPED = ONCE | {"by_year": 2030, "target": "900", "targets": [{"year": 2026, "value": "300"}]}


@pytest.mark.parametrize(
    ("values", "overrides", "code", "words"),
    [
        ({2027: "60"}, ONCE, "met", "Nået"),
        ({2027: "45"}, ONCE, "not_met", "Ikke nået: 45 af 60\xa0besøg"),
        ({2026: "45", 2027: "61"}, ONCE, "met", "Nået"),
        ({2027: ""}, ONCE, "missing", "Tallet mangler"),
        ({}, ONCE, "missing", "Tallet mangler"),
        (
            {2026: "45", 2027: ""},
            ONCE,
            "missing",
            "Tallet mangler; det seneste er 45\xa0besøg fra 2026",
        ),
        ({2026: "61", 2027: ""}, ONCE | {"every": 2}, "met", "Nået"),
        (
            {2027: "45"},
            ONCE | {"by_year": 2030},
            "later",
            "Skal nås i 2030: 45 af 60\xa0besøg",
        ),
        (
            {2027: "70"},
            ONCE | {"comparison": "at_most", "comparison_word": "højst"},
            "not_met",
            "Ikke nået: 70\xa0besøg, mål højst 60\xa0besøg",
        ),
        (
            {2027: "45"},
            ONCE | {"unit": "%"},
            "not_met",
            "Ikke nået: 45\xa0%, mål mindst 60\xa0%",
        ),
        (
            {2027: "90"},
            ONCE | {"comparison": "between", "upper": "80"},
            "not_met",
            "Ikke nået: 90\xa0besøg, mål mellem 60 og 80\xa0besøg",
        ),
        ({2027: "80"}, ONCE | {"comparison": "between", "upper": "80"}, "met", "Nået"),
        ({2027: "0"}, ONCE | {"kind": "yes_no", "target": "1"}, "not_met", "Ikke nået"),
        ({2026: "30", 2027: "30"}, ONCE | {"measures": "addition"}, "met", "Nået"),
        (
            {2026: "30", 2027: "20"},
            ONCE | {"measures": "addition"},
            "not_met",
            "Ikke nået: 50 af 60\xa0besøg",
        ),
        (
            {2026: "", 2027: "20"},
            ONCE | {"measures": "addition"},
            "missing",
            "Tallet mangler for 2026",
        ),
        ({2026: "60", 2027: "75"}, {}, "met", "Nået"),
        ({2025: "60"}, {"until": 2027}, "missing", "Tallet mangler for 2026 og 2027"),
        ({2025: "59"}, {"until": 2027}, "not_met", "Ikke nået i 2025: 59 af 60\xa0besøg"),
        ({2025: "60"}, ONCE | {"measures": "addition", "until": 2027}, "met", "Nået"),
        (
            {2025: "59"},
            ONCE | {"measures": "addition", "until": 2027},
            "missing",
            "Tallet mangler for 2026 og 2027",
        ),
        (
            {2026: "45", 2027: "75"},
            {},
            "not_met",
            "Ikke nået i 2026: 45 af 60\xa0besøg",
        ),
        ({2025: "1", 2026: "2", 2027: "3"}, {}, "not_met", "Ikke nået i 2025, 2026 og 2027"),
        ({2026: "", 2027: "75"}, {}, "missing", "Tallet mangler for 2026"),
        ({2027: "0"}, {"kind": "yes_no", "target": "1"}, "not_met", "Ikke nået i 2027"),
        (
            {2026: "1", 2027: "0"},
            {"kind": "yes_no", "target": "1"},
            "not_met",
            "Ikke nået i 2027",
        ),
        (
            {2027: "0"},
            ONCE | {"kind": "yes_no", "target": "1", "by_year": 2030},
            "later",
            "Skal nås i 2030",
        ),
        (
            {2026: "", 2027: ""},
            ONCE | {"every": 4, "by_year": 2032},
            "later",
            "Måles først i 2028",
        ),
        ({2026: "", 2027: "75"}, {"every": 2, "baseline_year": 2025}, "met", "Nået"),
        ({2027: "250"}, STEPPED, "not_met", "Delmålet for 2026 er ikke nået: 250 af 300\xa0besøg"),
        (
            {2027: "350"},
            STEPPED,
            "later",
            "Delmålet for 2026 er nået. Skal nås i 2030: 350 af 900\xa0besøg",
        ),
        ({2027: "900"}, STEPPED, "met", "Nået"),
        (
            {2026: "20", 2027: "20"},
            ONCE | {"measures": "addition", "baseline": "30"},
            "met",
            "Nået",
        ),
        ({2027: "1.25"}, ONCE | {"decimals": 1}, "not_met", "Ikke nået: 1,3 af 60,0\xa0besøg"),
    ],
)
def test_a_figure_is_judged_in_plain_words(
    values: dict[int, str], overrides: dict[str, Any], code: str, words: str
) -> None:
    assert judged(values, **overrides) == (code, words)


@given(st.lists(st.integers(0, 120), min_size=1, max_size=4))
def test_a_target_of_every_year_is_met_if_no_year_misses_it(values: list[int]) -> None:
    years = {2024 + number: str(value) for number, value in enumerate(values)}
    code, _words = judged(years)
    assert (code == "met") == (min(values) >= Decimal(60))


# --- the whole -----------------------------------------------------------------------------------


@pytest.fixture
def catalogue(db: None) -> Catalogue:
    catalogue = factory.make_catalogue()
    factory.make_action(catalogue, goals=2)
    factory.make_action(catalogue)
    return catalogue


@pytest.fixture
def rounds(catalogue: Catalogue) -> list[Round]:
    year = catalogue.final_year
    return [factory.make_past_round(catalogue, year - 1), factory.make_round(catalogue, year=year)]


def final(catalogue: Catalogue) -> ReportContent:
    return assemble(catalogue, catalogue.final_year, Kind.FINAL)


def ending(catalogue: Catalogue) -> FinalContent:
    content = final(catalogue)["final"]
    assert content is not None
    return content


def first_closing(catalogue: Catalogue) -> ClosingContent:
    return ending(catalogue)["closings"][0]


def goals_of(catalogue: Catalogue) -> list[Goal]:
    return list(Goal.objects.filter(action__catalogue=catalogue).order_by("pk"))


def test_it_belongs_to_the_year_after_the_period(catalogue: Catalogue) -> None:
    for year in (catalogue.period_to, catalogue.period_to + 2):
        match = f"Slutredegørelsen hører til {catalogue.period_to + 1}, året efter perioden"
        with pytest.raises(NoSuchReport, match=match):
            assemble(catalogue, year, Kind.FINAL)
    content = final(catalogue)
    assert content["title"] == f"Slutredegørelse {catalogue.period_to + 1}"
    assert content["evaluation"] is None


def test_other_kinds_have_no_ending(catalogue: Catalogue) -> None:
    assert assemble(catalogue, catalogue.final_year)["final"] is None


def test_without_a_round_every_action_says_so(catalogue: Catalogue) -> None:
    content = final(catalogue)
    gap = f"Der er ikke gennemført en statusrunde for {catalogue.final_year}."
    assert {goal["gap"] for one in content["actions"] for goal in one["goals"]} == {gap}
    assert ending(catalogue)["goal_counts"][3] == {
        "verdict": "unknown",
        "word": "Kan ikke vurderes",
        "count": 3,
    }


def test_goals_are_counted_by_their_last_light(catalogue: Catalogue, rounds: list[Round]) -> None:
    lights = [Light.ACHIEVED, Light.ON_TRACK, Light.NOT_ASSESSABLE]
    for goal, light in zip(goals_of(catalogue), lights, strict=True):
        factory.hand_in(factory.status_of(rounds[0], goal), light=Light.ACHIEVED)
        factory.hand_in(factory.status_of(rounds[1], goal), light=light)
    counts = {row["verdict"]: row["count"] for row in ending(catalogue)["goal_counts"]}
    assert counts == {
        "reached": 1,
        "underway": 1,
        "not_reached": 0,
        "unknown": 1,
        "stopped": 0,
    }


def test_what_was_promised_before_is_told_by_year(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    goal = goals_of(catalogue)[0]
    factory.hand_in(factory.status_of(rounds[0], goal), next_step="Vi ansætter to.")
    factory.hand_in(factory.status_of(rounds[1], goal), next_step="Vi fortsætter.")
    outcome = first_closing(catalogue)["outcomes"][0]
    assert outcome["steps"] == [{"year": rounds[0].year, "text": "Vi ansætter to."}]
    course = final(catalogue)["actions"][0]["goals"][0]["course"]
    assert course is not None
    assert len(course["years"]) == 2


def test_it_quotes_the_midterms_recommendation_and_the_decisions(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    action = catalogue.actions.get(number=1)
    factory.make_passage(
        catalogue, Part.FINAL, action, choice=Recommendation.ADJUST, reason="Målet er for lavt."
    )
    factory.make_passage(catalogue, Part.TEXTS, foreword="Midtvejs", conclusion="Midtvejs")
    factory.make_selection(factory.make_edition(catalogue, rounds[0].year), action)
    content = final(catalogue)
    given = content["actions"][0]["recommendation"]
    assert given is not None
    assert (given["word"], given["reason"]) == ("Justér", "Målet er for lavt.")
    assert content["editorial"] == {"foreword": "", "resume": "", "conclusion": ""}
    assert [row["numbers"] for row in ending(catalogue)["decisions"]] == [[1]]


def test_it_names_what_goes_on_in_a_later_catalogue(catalogue: Catalogue) -> None:
    assert ending(catalogue)["has_next"] is False
    later = factory.make_catalogue(
        "naeste",
        title="Handlingskatalog'28",
        period_from=catalogue.period_to + 1,
        period_to=catalogue.period_to + 4,
    )
    first = catalogue.actions.get(number=1)
    carried: Action = factory.make_action(later, number=7, title="Den ny")
    Action.objects.filter(pk=carried.pk).update(origin=first)
    content = ending(catalogue)
    assert content["has_next"] is True
    assert [row["goes_on"] for row in content["closings"]] == [
        [{"catalogue": "Handlingskatalog'28", "number": 7, "title": "Den ny"}],
        [],
    ]


def test_a_year_without_a_round_leaves_a_yearly_figure_unknown(
    catalogue: Catalogue, rounds: list[Round]
) -> None:
    """Met in the only year that was measured is not met in the whole period."""
    goal = goals_of(catalogue)[0]
    row = factory.make_indicator(goal, yearly=True, by_year=None)
    status = factory.hand_in(factory.status_of(rounds[1], goal), light=Light.ACHIEVED)
    Measurement.objects.append(
        indicator=row, status=status, year=rounds[1].measured_year, value=row.target
    )
    [figure] = first_closing(catalogue)["outcomes"][0]["figures"]
    assert figure["verdict"] == "missing"
    Goal.objects.filter(pk=goal.pk).update(starts_on=date(catalogue.period_to, 1, 1))
    [figure] = first_closing(catalogue)["outcomes"][0]["figures"]
    assert figure["verdict"] == "met"
