"""The report's content: counts, changes, what is missing, and nothing that was not handed in."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from actions.catalogue.file import read_file
from actions.catalogue.importer import import_rows
from actions.lights import Light
from actions.models import Catalogue, Comparison, Goal, Indicator, Measurement, Role, Round, State
from reports.content.assemble import assemble
from reports.content.shape import GoalContent, NoSuchReport, ReportContent
from reports.documents.pdf import render_html, render_pdf
from reports.models import Kind
from tests.support import factory
from tests.support.catalogues import OTHER_MUNICIPALITY
from tests.support.factory import hand_in, status_of

pytestmark = pytest.mark.django_db

EXPLAINED = {
    "cause": "Der manglede folk.",
    "consequence": "Det går langsommere.",
    "next_step": "Vi ansætter i maj.",
}


@pytest.fixture
def catalogue() -> Catalogue:
    """Four actions with one goal each, and no round."""
    made = factory.make_catalogue()
    for _each in range(4):
        factory.make_action(made)
    return made


@pytest.fixture
def round_(catalogue: Catalogue) -> Round:
    return factory.make_round(catalogue)


@pytest.fixture
def past(catalogue: Catalogue) -> Round:
    return factory.make_past_round(catalogue, timezone.localdate().year - 1)


def goals_of(catalogue: Catalogue) -> list[Goal]:
    return list(Goal.objects.filter(action__catalogue=catalogue).order_by("action__number"))


def light_up(round_: Round, *lights: Light | None) -> None:
    """Hands in the lights on the goals, in order; None leaves a goal as it is."""
    for goal, light in zip(goals_of(round_.catalogue), lights, strict=False):
        if light is not None:
            hand_in(status_of(round_, goal), light=light, **EXPLAINED)


def report(round_: Round) -> ReportContent:
    return assemble(round_.catalogue, round_.year)


def goal(content: ReportContent, number: int = 1) -> GoalContent:
    return content["actions"][number - 1]["goals"][0]


def measure(round_: Round, indicator: Indicator, **kwargs: object) -> Measurement:
    return Measurement.objects.append(
        indicator=indicator,
        status=status_of(round_, indicator.goal),
        year=round_.measured_year,
        **kwargs,
    )


# Lights, counted and compared.


def test_lights_are_counted_worst_first_and_goals_without_one_last(round_: Round) -> None:
    light_up(round_, Light.ON_TRACK, Light.OFF_TRACK, Light.ON_TRACK)
    counts = [(row["light"]["code"], row["goals"]) for row in report(round_)["counts"]]
    assert counts == [
        ("off_track", 1),
        ("at_risk", 0),
        ("on_track", 2),
        ("achieved", 0),
        ("not_assessable", 0),
        ("", 1),
    ]


def test_last_years_lights_are_counted_where_there_was_a_last_year(
    past: Round, round_: Round
) -> None:
    light_up(past, Light.ACHIEVED, Light.ACHIEVED)
    content = report(round_)
    assert content["previous_year"] == past.year
    before = {row["light"]["code"]: row["goals"] for row in content["previous_counts"]}
    assert (before["achieved"], before[""]) == (2, 2)
    first = assemble(past.catalogue, past.year)
    assert (first["previous_year"], first["previous_counts"]) == (None, [])


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (Light.OFF_TRACK, Light.AT_RISK, "better"),
        (Light.AT_RISK, Light.ACHIEVED, "better"),
        (Light.ACHIEVED, Light.ON_TRACK, "worse"),
        (Light.ON_TRACK, Light.OFF_TRACK, "worse"),
        (Light.ON_TRACK, Light.NOT_ASSESSABLE, "other"),
        (Light.NOT_ASSESSABLE, Light.OFF_TRACK, "other"),
    ],
)
def test_a_light_that_moved_is_a_change_with_a_direction(
    past: Round, round_: Round, before: Light, after: Light, direction: str
) -> None:
    light_up(past, before)
    light_up(round_, after)
    (change,) = report(round_)["changes"]
    assert (change["before"]["code"], change["after"]["code"]) == (before, after)
    assert (change["action_number"], change["goal_number"]) == (1, 1)
    assert change["direction"] == direction


def test_the_same_light_or_none_in_one_of_the_years_is_no_change(
    past: Round, round_: Round
) -> None:
    light_up(past, Light.ON_TRACK, None, Light.AT_RISK)
    light_up(round_, Light.ON_TRACK, Light.ACHIEVED)
    assert report(round_)["changes"] == []


def test_the_year_before_is_the_latest_round_before_not_the_calendars(
    catalogue: Catalogue, round_: Round
) -> None:
    older = factory.make_past_round(catalogue, round_.year - 2)
    light_up(older, Light.OFF_TRACK)
    light_up(round_, Light.ON_TRACK)
    content = report(round_)
    assert content["previous_year"] == round_.year - 2
    assert content["years"] == [round_.year - 2, round_.year]
    assert [change["direction"] for change in content["changes"]] == ["better"]


def test_what_comes_after_the_reports_year_is_not_in_it(past: Round, round_: Round) -> None:
    light_up(past, Light.ON_TRACK)
    before = report(past)
    light_up(round_, *[Light.OFF_TRACK] * 4)
    measure(round_, factory.make_indicator(goals_of(past.catalogue)[3]), value=Decimal(7))
    after = report(past)
    assert after["years"] == [past.year]
    assert after["counts"] == before["counts"]
    assert {p["year"] for p in goal(after, 4)["indicators"][0]["points"]} == {past.measured_year}


def test_the_matrix_has_a_cell_for_every_year_empty_where_nothing_was_handed_in(
    past: Round, round_: Round
) -> None:
    light_up(round_, Light.AT_RISK)
    cells = [
        (cell["year"], cell["light"]["code"] if cell["light"] else None)
        for cell in goal(report(round_))["lights_by_year"]
    ]
    assert cells == [(past.year, None), (round_.year, "at_risk")]


def test_red_and_yellow_goals_call_for_attention_with_their_next_step(round_: Round) -> None:
    light_up(round_, Light.AT_RISK, Light.ON_TRACK, Light.NOT_ASSESSABLE, Light.OFF_TRACK)
    attention = report(round_)["attention"]
    assert [(row["action_number"], row["light"]["code"]) for row in attention] == [
        (4, "off_track"),
        (1, "at_risk"),
    ]
    assert {row["next_step"] for row in attention} == {"Vi ansætter i maj."}


# Only what is handed in.


@pytest.mark.parametrize("state", [State.NOT_STARTED, State.DRAFT, State.RETURNED])
def test_what_is_not_handed_in_shows_nowhere_and_counts_as_missing(
    round_: Round, state: State
) -> None:
    indicator = factory.make_indicator(goals_of(round_.catalogue)[0])
    typed = {"indicator": indicator.pk, "value": "4711", "source": "HEMMELIG KILDE"}
    hand_in(
        status_of(round_),
        state,
        light=Light.OFF_TRACK,
        progress="HEMMELIGT",
        author_name="NAVN",
        figures=[typed | {"missing_reason": "", "comment": ""}],
    )
    content = report(round_)
    text = json.dumps(content, ensure_ascii=False)
    assert not any(word in text for word in ("HEMMELIG", "4711", "NAVN"))
    assert goal(content)["light"]["code"] == goal(content)["state"] == ""
    assert goal(content)["gap"] == "Der er ikke indsendt status på målet."
    assert content["progress"]["with_status"] == 0
    assert content["progress"]["figures_missing"] == 1


def test_what_is_submitted_is_in_the_report_and_marked_as_not_approved(round_: Round) -> None:
    hand_in(status_of(round_), "submitted")
    content = report(round_)
    assert goal(content)["state"] == "Indsendt"
    assert goal(content)["approved"] is False
    assert goal(content)["gap"] == (
        "Status er indsendt, men ikke godkendt af Udviklingsforvaltningen."
    )
    assert (content["progress"]["with_status"], content["progress"]["approved"]) == (1, 0)


def test_what_is_approved_has_no_gap(round_: Round) -> None:
    hand_in(status_of(round_))
    content = report(round_)
    assert (goal(content)["approved"], goal(content)["gap"]) == (True, "")
    assert (content["progress"]["with_status"], content["progress"]["approved"]) == (1, 1)
    assert not [gap for gap in content["gaps"] if gap["action_number"] == 1]


def test_every_goal_without_a_status_is_counted_and_named(round_: Round) -> None:
    hand_in(status_of(round_))
    content = report(round_)
    assert [(gap["action_number"], gap["what"]) for gap in content["gaps"]] == [
        (number, "Der er ikke indsendt status på målet.") for number in (2, 3, 4)
    ]
    assert content["progress"]["goals"] == 4


def test_texts_stand_in_the_forms_order_without_the_empty_ones(round_: Round) -> None:
    texts = {"progress": "Et.\n\nTo.", "why_unchanged": "Tre.", "next_step": "Fire."}
    hand_in(status_of(round_), **texts)
    shown = goal(report(round_))["texts"]
    assert {text["name"]: text["text"] for text in shown} == texts
    assert [text["name"] for text in shown] == list(texts)
    assert shown[0]["label"] == "Fremdrift"  # there is no year before


@pytest.mark.parametrize(
    ("light", "shown"),
    [
        (Light.ON_TRACK, {"progress", "next_step"}),
        (Light.AT_RISK, {"progress", "next_step", "cause", "consequence"}),
        (Light.NOT_ASSESSABLE, {"progress", "next_step", "why_not_assessable"}),
    ],
)
def test_a_text_that_another_light_asked_for_is_not_printed(
    round_: Round, light: Light, shown: set[str]
) -> None:
    names = ("progress", "next_step", "cause", "consequence", "why_not_assessable", "why_differs")
    hand_in(status_of(round_), light=light, **dict.fromkeys(names, "Skrevet før."))
    assert {text["name"] for text in goal(report(round_))["texts"]} == shown


@pytest.mark.parametrize(
    ("light", "is_printed"),
    [
        (Light.ON_TRACK, True),
        (Light.AT_RISK, True),
        (Light.OFF_TRACK, False),
        (Light.NOT_ASSESSABLE, False),
    ],
)
def test_why_a_light_differs_is_printed_only_if_it_is_better_than_the_figures(
    round_: Round, light: Light, is_printed: bool
) -> None:
    status = status_of(round_)
    indicator = factory.make_indicator(status.goal, target=Decimal(100))
    hand_in(status, light=light, why_differs="Sæsonen var kort.")
    Measurement.objects.append(
        indicator=indicator, status=status, year=round_.measured_year, value=Decimal(1)
    )
    names = [text["name"] for text in goal(report(round_))["texts"]]
    assert ("why_differs" in names) is is_printed


def test_example_data_is_marked_as_such(round_: Round) -> None:
    hand_in(status_of(round_), is_example=False)
    assert report(round_)["is_example"] is False
    hand_in(status_of(round_), is_example=True)
    assert report(round_)["is_example"] is True


# Figures.


def test_numbers_are_plain_text_without_trailing_zeros(round_: Round) -> None:
    indicator = factory.make_indicator(
        goals_of(round_.catalogue)[0], target=Decimal("1000"), baseline=Decimal("0.0"), by_year=2030
    )
    hand_in(status_of(round_))
    measure(round_, indicator, value=Decimal("-3.30"))
    indicator.refresh_from_db()
    (row,) = goal(report(round_))["indicators"]
    assert (row["target"], row["baseline"]) == ("1000", "0")
    assert [point["value"] for point in row["points"]] == ["-3.3"]
    assert (row["timing"], row["by_year"], row["yearly"]) == ("inden 2030", 2030, False)


@pytest.mark.parametrize(
    ("comparison", "value", "is_met"),
    [
        ("at_least", 100, True),
        ("at_least", 99, False),
        ("at_most", 100, True),
        ("at_most", 101, False),
    ],
)
def test_a_figure_tells_whether_its_target_is_met(
    round_: Round, comparison: Comparison, value: int, is_met: bool
) -> None:
    indicator = factory.make_indicator(goals_of(round_.catalogue)[0], comparison=comparison)
    hand_in(status_of(round_))
    measure(round_, indicator, value=Decimal(value))
    (row,) = goal(report(round_))["indicators"]
    assert row["is_met"] is is_met
    assert row["comparison_word"] == {"at_least": "mindst", "at_most": "højst"}[comparison]


def test_a_missing_figure_is_shown_with_its_reason_and_counted(round_: Round) -> None:
    first, _second = goals_of(round_.catalogue)[:2]
    told, untold = factory.make_indicator(first), factory.make_indicator(first)
    hand_in(status_of(round_))
    measure(round_, told, missing_reason="Tallet kommer i maj.")
    content = report(round_)
    assert [row["is_met"] for row in goal(content)["indicators"]] == [None, None]
    year = round_.measured_year
    assert [gap["what"] for gap in content["gaps"] if gap["action_number"] == 1] == [
        f"{told.name}, {year}: Tallet kommer i maj.",
        f"{untold.name}, {year}: tallet er ikke indsendt",
    ]
    assert (content["progress"]["figures"], content["progress"]["figures_missing"]) == (2, 2)


def test_figures_stand_year_by_year_with_gaps_where_a_year_is_missing(
    past: Round, round_: Round
) -> None:
    indicator = factory.make_indicator(goals_of(round_.catalogue)[0])
    hand_in(status_of(round_))
    measure(round_, indicator, value=Decimal(5), source="Optælling")
    content = report(round_)
    points = goal(content)["indicators"][0]["points"]
    assert [(point["year"], point["value"]) for point in points] == [
        (past.measured_year, ""),
        (round_.measured_year, "5"),
    ]
    assert [(row["indicator"], row["year"], row["source"]) for row in content["sources"]] == [
        (indicator.name, round_.measured_year, "Optælling")
    ]


def test_an_adjusted_target_keeps_both_numbers_and_the_decision(round_: Round) -> None:
    indicator = factory.make_indicator(goals_of(round_.catalogue)[0], unit="ha")
    with time_machine.travel(datetime(2026, 3, 31, 22, 30, tzinfo=UTC), tick=False):
        factory.change_target(indicator, 100, old_target=1500, decision="Byrådet den 31. marts")
    (revision,) = goal(report(round_))["indicators"][0]["revisions"]
    assert revision == {
        "old_target": "1500",
        "new_target": "100",
        "decision": "Byrådet den 31. marts",
        "date": "2026-04-01",  # half past midnight in Denmark
    }
    html = render_html(report(round_), edition=None)
    assert "Målet er ændret fra 1.500 til 100\u00a0ha den 1. april 2026" in html


# Years and kinds.


def test_a_year_without_a_round_says_so_action_by_action(catalogue: Catalogue) -> None:
    year = catalogue.period_from
    content = assemble(catalogue, year)
    assert content["has_round"] is False
    assert content["round_dates"] == {}
    assert {goal(content, number)["gap"] for number in (1, 2, 3, 4)} == {
        f"Der er ikke gennemført en statusrunde for {year}."
    }
    assert content["measured_year"] == year - 1
    assert content["progress"]["with_status"] == 0


@pytest.mark.parametrize("beyond", [-1, 5, 10**6])
def test_a_year_outside_the_period_has_no_report(catalogue: Catalogue, beyond: int) -> None:
    with pytest.raises(NoSuchReport, match="ligger uden for katalogets periode"):
        assemble(catalogue, catalogue.period_from + beyond)


def test_a_midterm_of_another_year_says_which_year_it_belongs_to(catalogue: Catalogue) -> None:
    with pytest.raises(NoSuchReport, match=f"hører til {catalogue.midterm_year}, ikke"):
        assemble(catalogue, catalogue.period_to + 1, Kind.MIDTERM)


def test_an_effort_is_context_and_carries_no_status(round_: Round) -> None:
    light_up(round_, Light.ON_TRACK)
    (initiative,) = report(round_)["actions"][0]["initiatives"]
    assert initiative == {
        "title": "Indsats 1",
        "milestones": [f"{round_.catalogue.period_from}: Første skridt"],
    }


# Stable, plain and cheap.


def test_the_content_is_plain_json_and_comes_back_equal(past: Round, round_: Round) -> None:
    indicator = factory.make_indicator(goals_of(round_.catalogue)[0])
    light_up(past, Light.OFF_TRACK)
    light_up(round_, Light.AT_RISK, Light.ON_TRACK)
    measure(round_, indicator, value=Decimal("1234.5678"))
    content = report(round_)
    assert json.loads(json.dumps(content)) == content


def test_unchanged_content_is_equal_on_another_day(round_: Round) -> None:
    light_up(round_, Light.ON_TRACK)
    content = report(round_)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert report(round_) == content


def test_the_content_is_as_of_the_latest_change_by_the_danish_calendar(round_: Round) -> None:
    assert report(round_)["as_of"] == round_.opens.isoformat()
    hand_in(status_of(round_), saved_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    late = status_of(round_, goals_of(round_.catalogue)[1])
    hand_in(late, saved_at=datetime(2026, 3, 9, 23, 30, tzinfo=UTC))
    draft = status_of(round_, goals_of(round_.catalogue)[2])
    hand_in(draft, "draft", saved_at=datetime(2026, 3, 20, 12, tzinfo=UTC))
    assert report(round_)["as_of"] == "2026-03-10"


def test_without_a_round_the_content_is_as_of_the_periods_first_day(catalogue: Catalogue) -> None:
    first = date(catalogue.period_from, 1, 1)
    assert assemble(catalogue, catalogue.period_from)["as_of"] == first.isoformat()


def test_assembling_takes_as_many_queries_for_ten_times_the_catalogue() -> None:
    statements = []
    for size in (1, 10):
        catalogue, year = _catalogue_of_size(size)
        with CaptureQueriesContext(connection) as queries:
            content = assemble(catalogue, year)
        assert len(content["actions"]) == len(content["years"]) == size
        statements.append([query["sql"] for query in queries])
    small, large = statements
    assert len(small) == len(large), large


def _catalogue_of_size(size: int) -> tuple[Catalogue, int]:
    """A catalogue of `size` actions with two goals each, and as many past rounds."""
    year = timezone.localdate().year
    catalogue = factory.make_catalogue(
        f"katalog-{size}", period_from=year - size, midterm_year=year, period_to=year
    )
    for _each in range(size):
        action = factory.make_action(catalogue, goals=2)
        for each in action.goals.all():
            indicator = factory.make_indicator(each)
            factory.change_target(indicator, 2)
    for back in range(size):
        factory.hand_in_all(factory.make_past_round(catalogue, year - back))
    return catalogue, year


# Another municipality.


@pytest.mark.slow
def test_another_municipality_meets_no_word_of_the_first_one(client: Client) -> None:
    import_rows(read_file(OTHER_MUNICIPALITY))
    catalogue = Catalogue.objects.get()
    for year in (2023, 2024):
        round_ = factory.make_past_round(catalogue, year)
        factory.hand_in_all(round_, light=Light.AT_RISK, **EXPLAINED)
    content = assemble(catalogue, 2024)
    assert len(content["actions"]) == 7
    assert content["progress"]["with_status"] == content["progress"]["goals"] > 7

    client.force_login(factory.make_user(roles=[Role.COORDINATOR]))
    page = client.get(reverse("draft", args=[catalogue.slug, 2024]))
    document = PdfReader(BytesIO(render_pdf(first_action_only(content), edition=None)))
    printed = " ".join(each.extract_text() for each in document.pages)
    for told in (json.dumps(content, ensure_ascii=False), page.text, printed):
        assert "Nørreå Kommune" in told
        for word in ("Jammerbugt", "Handlingskatalog'24", "Vækst- og Udviklingsforvaltningen"):
            assert word.lower() not in told.lower()
    assert "jammerbugt" not in str(document.metadata).lower()
    for word in ("Økonomiudvalget", "Kommunalbestyrelsen", "VUF"):
        assert word not in printed


def first_action_only(content: ReportContent) -> ReportContent:
    """The first action is enough: printing takes time."""
    trimmed = content.copy()
    trimmed["actions"] = content["actions"][:1]
    trimmed["attention"] = [row for row in content["attention"] if row["action_number"] == 1]
    trimmed["gaps"] = [row for row in content["gaps"] if row["action_number"] == 1]
    trimmed["sources"] = []
    return trimmed
