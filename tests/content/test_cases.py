"""Two real plans with what their figures mean: their reports say nothing that is untrue.

A climate plan (totals from 2018, targets by year, a range, additions, a decision) and a health
policy, whose figures come from a survey every fourth year.
"""

import re
from copy import deepcopy
from decimal import Decimal
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import call_command
from docx import Document

from actions.models import Catalogue, Goal, Indicator, Measurement
from reports.committee.criteria import Row
from reports.content.assemble import assemble
from reports.content.differences import differences
from reports.content.shape import IndicatorContent, ReportContent
from reports.documents.attachments import attachments
from reports.documents.pdf import render_html
from reports.documents.word import render_docx
from reports.models import Kind
from tests.support import factory

pytestmark = pytest.mark.django_db

CASES: Final = Path(__file__).parents[1] / "fixtures" / "cases"

TOTAL_SINCE_2018: Final = {"measures": "total", "baseline_year": 2018}
SURVEY: Final = {"every": 4, "baseline_year": 2021}

#: What the file's first format cannot say, by indicator.
CLIMATE: Final[dict[str, dict[str, Any]]] = {
    "Skov i alt": TOTAL_SINCE_2018,
    "Ny skov siden 2018": TOTAL_SINCE_2018,
    "Udtaget lavbund": {"measures": "total"},
    "Nettoudledning fra arealanvendelse": {
        "baseline_year": 2018,
        "by_year": 2050,
        "targets": [{"year": 2025, "value": "38000"}, {"year": 2030, "value": "12000"}],
    },
    "Ture på cykel": {"comparison": "between", "upper": Decimal(30), "decimals": 1},
    "Ny cykelsti": {"measures": "addition", "baseline": None},
}
HEALTH: Final[dict[str, dict[str, Any]]] = dict.fromkeys(
    [
        "Dagligrygere",
        "Unge",
        "Borgere med lav mental sundhed",
        "Stillesiddende fritid",
        "Svær overvægt blandt voksne",
    ],
    SURVEY,
)
#: The values of 2024 to 2027, None for one that is not known.
CLIMATE_VALUES: Final[dict[str, list[str | None]]] = {
    "Skov i alt": ["7200", "7570", "7900", "8300"],
    "Ny skov siden 2018": ["350", "720", "1050", "1450"],
    "Udtaget lavbund": ["120", "310", "520", "800"],
    "Nettoudledning fra arealanvendelse": ["42000", "37500", "33000", "30000"],
    "Ture på cykel": ["19", "20.25", "23.6", "25"],
    "Ny cykelsti": ["9.5", "8", "12", "13"],
    "Plan for samkørsel er vedtaget": ["0", "1", "1", "1"],
}
HEALTH_VALUES: Final[dict[str, list[str | None]]] = {
    "Dagligrygere": [None, "12.8", None, None],
    "Unge": [None, "9", None, None],
    "Borgere med lav mental sundhed": [None, "15.1", None, None],
    "Stillesiddende fritid": [None, "20", None, None],
    "Svær overvægt blandt voksne": [None, "18.9", None, None],
    "Børn med overvægt ved skolestart": ["12.5", "12", "11.5", "10.9"],
    "Gennemførte forløb": ["380", "402", "425", "431"],
    "Indlæggelser": ["228", "221", "214", "209"],
}


def built(slug: str, fields: dict[str, Any], values: dict[str, list[str | None]]) -> Catalogue:
    """The plan with its meanings, four rounds, a text on every goal, and the values known."""
    call_command("import_catalogue", str(CASES / f"{slug}.yaml"))
    catalogue = Catalogue.objects.get(slug=slug)
    for name, meant in fields.items():
        Indicator.objects.filter(name=name).update(**meant)
    if slug == "klimaplan-24":
        goal = Goal.objects.get(text="Flere ture på cykel.")
        decided = {"kind": "yes_no", "target": 1, "unit": "", "by_year": 2026}
        factory.make_indicator(goal, name="Plan for samkørsel er vedtaget", **decided)
    rounds = [factory.make_past_round(catalogue, year) for year in range(2025, 2029)]
    for round_ in rounds:
        round_.statuses.update(
            state="approved", light="on_track", progress="Det går fremad.", author_name="En chef"
        )
    for name, row in values.items():
        indicator = Indicator.objects.get(name=name)
        for year, value in enumerate(row, 2024):
            if value is not None:
                Measurement.objects.append(
                    indicator=indicator, year=year, value=Decimal(value), source="Opgørelsen"
                )
    return catalogue


@pytest.fixture
def climate() -> Catalogue:
    return built("klimaplan-24", CLIMATE, CLIMATE_VALUES)


@pytest.fixture
def health() -> Catalogue:
    return built("sundhed-24", HEALTH, HEALTH_VALUES)


def printed(content: ReportContent) -> str:
    """The paper's words on one line, with ordinary blanks."""
    html = render_html(content, edition=None)
    text = re.sub(r"<(style|title|desc)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(text).replace("\u00a0", " ").split())


def indicators(content: ReportContent) -> dict[str, IndicatorContent]:
    return {
        row["name"]: row
        for action in content["actions"]
        for goal in action["goals"]
        for row in goal["indicators"]
    }


def test_row_23_a_baseline_has_its_year(climate: Catalogue) -> None:
    midterm = printed(assemble(climate, 2026, Kind.MIDTERM))
    assert "103 ha om året (fra 0 ha i 2018 til 720 ha i 2025)" in midterm
    assert "456 ha om året (fra 720 ha i 2025 til 3.000 ha i 2030)" in midterm
    for untrue in ("fra 0 ha ved periodens begyndelse til 720", "6.850 ha ved periodens"):
        assert untrue not in midterm
    yearly = printed(assemble(climate, 2026, Kind.STATUS))
    assert "Udgangspunkt: 6.850 ha i 2018." in yearly


def test_row_24_total_or_addition_is_said_and_counted(climate: Catalogue) -> None:
    content = assemble(climate, 2026, Kind.STATUS)
    text = printed(content)
    assert "Ny skov siden 2018. Udgangspunkt: 0 ha i 2018. Tallet er det samlede antal" in text
    assert "Ny cykelsti. Tallet er det, året lagde til. Lagt sammen: 17,5 km." in text
    assert "(km, lagt sammen)" in text
    midterm = printed(assemble(climate, 2026, Kind.MIDTERM))
    assert "8 km i 2025, 17,5 km i alt" in midterm
    assert "13 km om året (fra 17,5 km i 2025 til 42,5 km i 2027)" in midterm
    final = assemble(climate, 2028, Kind.FINAL)
    assert final["final"] is not None
    verdicts = {
        figure["name"]: (figure["verdict"], figure["words"])
        for closing in final["final"]["closings"]
        for outcome in closing["outcomes"]
        for figure in outcome["figures"]
    }
    assert verdicts["Ny cykelsti"] == ("met", "Nået"), "42,5 km in all"


def test_row_25_several_targets_are_one_line(climate: Catalogue) -> None:
    content = assemble(climate, 2026, Kind.STATUS)
    line = (
        "højst 38.000 ton CO₂e inden 2025, 12.000 ton CO₂e inden 2030, −12.000 ton CO₂e inden 2050"
    )
    assert line in printed(content)
    assert indicators(content)["Nettoudledning fra arealanvendelse"]["is_met"] is True
    later = assemble(climate, 2027, Kind.STATUS)
    assert indicators(later)["Nettoudledning fra arealanvendelse"]["is_met"] is False
    final = printed(assemble(climate, 2028, Kind.FINAL))
    assert "Delmålet for 2025 er nået. Skal nås i 2050:" in final
    assert "skal det først nås senere, gælder det seneste delmål." in final


def test_row_26_a_range_and_a_yes_are_said_as_such(climate: Catalogue) -> None:
    content = assemble(climate, 2026, Kind.STATUS)
    text = printed(content)
    assert "mellem 24,0 og 30,0 % inden 2027" in text
    assert "19,0 20,3 endnu ikke" in text, "in the table"
    assert "2024 2025 2026 2027 19,0 20,3" in text, "in the chart"
    assert "Plan for samkørsel er vedtaget ja inden 2026 nej ja ✓ ja" in text
    tables = [file.text for file in attachments(content) if file.name.endswith(".csv")]
    figures = next(table for table in tables if "Plan for samkørsel" in table)
    assert re.search(r"Plan for samkørsel er vedtaget;;mindst;ja;inden 2026;2025;ja;", figures)


def test_row_27_a_year_between_two_surveys_is_not_missing(health: Catalogue) -> None:
    for year in (2025, 2027):
        content = assemble(health, year, Kind.STATUS)
        text = printed(content)
        assert not [gap for gap in content["gaps"] if "iltrædelse" not in gap["what"]]
        assert content["progress"]["figures"] == 3
        assert content["progress"]["figures_missing"] == 0
        assert "måles ikke" in text
        assert f"Ingen tal for {year - 1} mangler." in text
        assert text.count(f"{year - 1} mangler") == text.count(f"Ingen tal for {year - 1} mangler.")
        assert "Måles hvert 4. år." in text
        assert indicators(content)["Dagligrygere"]["is_met"] is None
    surveyed = assemble(health, 2026, Kind.STATUS)
    assert surveyed["progress"]["figures"] == 8


def test_the_midterm_and_the_final_report_miss_nothing_between_surveys(health: Catalogue) -> None:
    midterm = assemble(health, 2026, Kind.MIDTERM)
    text = printed(midterm)
    assert "0,53 procentpoint mindre om året (fra 14,9 % i 2021 til 12,8 % i 2025)" in text
    assert not re.search(r"Tallet for \d+ mangler", text)
    assert "Et udgangspunkt regnes fra udgangen af sit år" in text
    final = assemble(health, 2028, Kind.FINAL)
    assert final["final"] is not None
    counts = {row["verdict"]: row["count"] for row in final["final"]["figure_counts"]}
    assert counts.get("missing", 0) == 0
    text = printed(final)
    assert "× Ikke nået i 2025: 12,8 %, mål højst 11,5 %" in text
    assert "Svær overvægt blandt voksne højst 19 % inden 2025 måles ikke 18,9 måles ikke" in text


def test_a_correction_of_a_yes_or_no_is_told_in_words(climate: Catalogue) -> None:
    before = assemble(climate, 2026, Kind.STATUS)
    after = deepcopy(before)
    row = indicators(after)["Plan for samkørsel er vedtaget"]
    row["points"][0]["value"] = "1"
    told = [(each["what"], each["before"], each["after"]) for each in differences(before, after)]
    assert told == [("Tal for 2024: værdi", "nej", "ja")]


def test_the_committee_counts_no_year_between_as_missing(health: Catalogue) -> None:
    content = assemble(health, 2027, Kind.STATUS)
    rows = [
        Row(action, 0, 0, 0, [each for goal in action["goals"] for each in goal["indicators"]])
        for action in content["actions"]
    ]
    assert [row.missing for row in rows] == [0, 0, 0, 0, 0]


def test_the_word_document_says_the_same(climate: Catalogue) -> None:
    document = Document(BytesIO(render_docx(assemble(climate, 2026, Kind.STATUS), edition=None)))
    cells = {
        cell.text.replace("\u00a0", " ")
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    }
    assert {"ja inden 2026", "nej", "20,3", "mellem 24,0 og 30,0 % inden 2027"} <= cells
