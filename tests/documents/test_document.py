"""The report as a web page: the same markup as on paper, under the strict CSP."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from reports.content.shape import ReportContent
from reports.templatetags import report
from reports.templatetags.figure_tables import figure_table
from tests.content import sample


class Reader(HTMLParser):
    """Collects the ids, the links inside the page, the tags and the attributes' names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _value in attrs}
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"] or "")
        if (values.get("href") or "").startswith("#"):
            self.links.add((values["href"] or "")[1:])


def page_of(content: ReportContent) -> str:
    parts = ("reports/document/_contents.html", "reports/document/_document.html")
    return "".join(render_to_string(part, {"content": content}) for part in parts)


@pytest.mark.parametrize("made", [sample.report, sample.small_report, sample.report_without_round])
def test_every_link_in_the_page_leads_somewhere_and_no_id_is_used_twice(made: object) -> None:
    assert callable(made)
    reader = Reader(page_of(made()))
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.links <= set(reader.ids)


def test_nothing_is_inline_and_hostile_text_makes_no_element() -> None:
    reader = Reader(page_of(sample.report()))
    assert not reader.names & {"script", "style", "img", "image", "object", "link"}
    assert not any(name == "style" or name.startswith("on") for name in reader.attributes)


def test_an_initiative_never_gets_a_status() -> None:
    html = page_of(sample.report())
    blocks = re.findall(r'<div class="report-initiatives">.*?</div>', html, re.DOTALL)
    assert blocks
    assert not any("light" in block for block in blocks)


def test_words_come_from_the_content_alone() -> None:
    content = sample.report()
    for count in content["counts"]:
        count["light"]["word"] = f"Dengang: {count['light']['word']}"
    for action in content["actions"]:
        for goal in action["goals"]:
            goal["light"]["word"] = "Dengang"
    html = page_of(content)
    assert "Dengang: På sporet" in html
    chapters = html[html.index('id="handling-1"') : html.index('id="metode"')]
    assert '<span class="light__word">Dengang</span>' in chapters


def test_the_first_year_has_nothing_to_compare_with() -> None:
    content = sample.report()
    content["previous_counts"], content["previous_year"], content["changes"] = [], None, []
    html = page_of(content)
    assert "Kataloget har ingen tidligere statusrunde at sammenligne med." in html
    assert all(tile.previous is None for tile in report.tiles(content))


def test_goals_without_a_status_have_a_tile_only_where_there_are_any() -> None:
    assert [tile.count["light"]["code"] for tile in report.tiles(sample.report())][-1] == ""
    assert all(tile.count["light"]["code"] for tile in report.tiles(sample.small_report()))


def test_a_figure_s_source_is_told_once_for_all_its_years() -> None:
    source = {"action_number": 3, "indicator": "Besøg", "source": "Registret"}
    rows = report.by_figure(
        [
            {**source, "year": 2024},  # type: ignore[typeddict-item]
            {**source, "year": 2025},  # type: ignore[typeddict-item]
            {**source, "year": 2026, "source": "Et andet"},  # type: ignore[typeddict-item]
        ]
    )
    assert [(row.source, row.years) for row in rows] == [
        ("Registret", "2024, 2025"),
        ("Et andet", "2026"),
    ]


def test_a_target_is_no_miss_before_its_year() -> None:
    html = page_of(sample.report())
    row = html[html.index(">Andel af virksomheder med en klimaplan<") :]
    assert "endnu ikke" in row[: row.index("</tr>")]


def test_the_table_has_the_latest_years_of_all_its_figures() -> None:
    goal = sample.goal(1, "x", None, None, [2025])
    points = [sample.point(year, "1") for year in range(2019, 2026)]
    goal["indicators"] = [
        sample.indicator("a", "", "1", points),
        sample.indicator("b", "", "1", points[-1:]),
    ]
    table = figure_table(goal)
    assert table.years == [2020, 2021, 2022, 2023, 2024, 2025]
    assert [cell.text for cell in table.rows[1].cells] == [*["–"] * 5, "1"]
