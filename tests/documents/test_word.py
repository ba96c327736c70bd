"""The report as a Word document: the same words, with Word's own headings and tables."""

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from reports.content.shape import ReportContent
from reports.documents.word import DOCX, render_docx
from tests.content import sample
from tests.documents.test_pdf import MARK, squeezed
from tests.support.cast import Cast

CONTROLS = "før\x00\x08\x0b\x1f\ud800\uffffefter"


@pytest.fixture(scope="module")
def content() -> ReportContent:
    return sample.report()


@pytest.fixture(scope="module")
def draft(content: ReportContent) -> Any:
    return Document(BytesIO(render_docx(content, edition=None)))


def headings(document: Any, level: int) -> list[str]:
    return [each.text for each in document.paragraphs if each.style.name == f"Heading {level}"]


def words(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed("".join([each.text for each in document.paragraphs] + cells))


def test_its_headings_are_word_s_own_and_in_the_report_s_order(
    draft: Any, content: ReportContent
) -> None:
    chapters = [f"{each['number']}. {each['title']}" for each in content["actions"]]
    assert headings(draft, 1) == [
        *("Ændret siden 2025", "Resumé", "Overblik"),
        *chapters,
        *("Metode og kriterier", "Hvad mangler", "Hvor tallene kommer fra"),
    ]
    assert {"Mål 4.1", "Mål 4.2", "Mål 4.3", "Det kræver opmærksomhed"} <= set(headings(draft, 2))
    assert "Næste skridt" in headings(draft, 3)
    assert [each.text for each in draft.paragraphs if each.style.name == "Title"] == [
        content["title"]
    ]


def test_the_midterm_is_written_with_its_own_parts() -> None:
    content = sample.midterm()
    document = Document(BytesIO(render_docx(content, edition=None)))
    first, last = headings(document, 1)[:3], headings(document, 1)[-5:]
    assert first == ["Forord", "Resumé", "Overblik"]
    assert last[:2] == ["Beslutninger undervejs", "Konklusion"]
    assert {"Anbefaling", "Anbefalinger"} <= set(headings(document, 2))
    assert squeezed(sample.WHY_NOT) in words(document)


def test_the_final_report_is_written_with_its_own_parts() -> None:
    content = sample.final()
    document = Document(BytesIO(render_docx(content, edition=None)))
    names = headings(document, 1)
    assert names[:3] == ["Forord", "Resumé", "Overblik"]
    assert names[-5:-3] == ["Beslutninger undervejs", "Konklusion"]
    assert {"Målene", "Måltallene", "Hvad går videre?"} <= set(headings(document, 2))
    assert squeezed("Handlingskatalog'28: 2. Foreninger og frivillige") in words(document)
    assert squeezed(sample.NEXT_STEP) in words(document)


def test_every_word_of_the_content_is_there(draft: Any, content: ReportContent) -> None:
    said = words(draft)
    for action in content["actions"]:
        told = [action["title"], action["purpose"], action["summary"]]
        told += [each["position"] for each in action["responsible"]]
        for goal in action["goals"]:
            told += [goal["text"], goal["light"]["word"], goal["gap"]]
            told += [part for each in goal["texts"] for part in each["text"].split("\n\n")]
            told += [each["name"] for each in goal["indicators"]]
        assert all(squeezed(each) in said for each in told)
    assert squeezed("1,63 mio.") in said


def test_a_light_says_its_word_once_and_a_chart_leaves_its_table(draft: Any) -> None:
    tables = draft.tables
    assert [cell.text for cell in tables[0].rows[0].cells] == [
        "Handling",
        "2025",
        "2026",
        "Retning",
    ]
    assert {row.cells[2].text for row in tables[0].rows[1:]} <= {
        *("Kræver handling", "Opmærksomhed", "På sporet", "Nået", "Kan ikke vurderes"),
    }
    assert "Punkterne er de målte tal" not in words(draft)


def test_a_text_keeps_its_paragraphs_and_its_line_breaks() -> None:
    content = sample.report()
    content["actions"][0]["goals"][0]["texts"][0]["text"] = "Et.\nTo.\n\nTre."
    document = Document(BytesIO(render_docx(content, edition=None)))
    told = [each.text for each in document.paragraphs]
    assert told[told.index("Et.\nTo.") + 1] == "Tre."


def test_every_table_names_and_repeats_its_header(draft: Any) -> None:
    assert draft.tables
    for table in draft.tables:
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)


def test_it_is_danish_has_a_title_and_the_content_s_day(draft: Any) -> None:
    core = draft.core_properties
    assert core.language == "da-DK"
    assert core.title == "Statusredegørelse 2026 – Handlingskatalog'24"
    assert core.author == "Havneby Kommune"
    assert core.modified.replace(tzinfo=None) == datetime(2026, 3, 10)
    language = draft.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert language.get(qn("w:val")) == "da-DK"


def test_a_draft_says_so_on_every_page_and_an_edition_tells_its_number(
    draft: Any, content: ReportContent
) -> None:
    edition = Document(BytesIO(render_docx(content, edition=MARK)))
    assert draft.sections[0].header.paragraphs[0].text.startswith("KLADDE")
    assert "KLADDE" not in edition.sections[0].header.paragraphs[0].text
    assert "KLADDE" not in words(edition)
    assert squeezed("2. udgave, den 14. april 2026") in words(edition)


def test_hostile_text_is_text_and_what_xml_cannot_hold_is_left_out() -> None:
    content = sample.report()
    content["municipality"] = content["title"] = CONTROLS
    content["actions"][0]["title"] = f"{sample.HOSTILE} {CONTROLS}"
    content["actions"][0]["goals"][0]["texts"][0]["text"] = CONTROLS
    body = render_docx(content, edition=None)
    said = words(Document(BytesIO(body)))
    assert squeezed(sample.HOSTILE) in said
    assert squeezed(sample.HOSTILE_STYLE) in said
    assert "førefter" in said
    parts = ZipFile(BytesIO(body))
    xml = parts.read("word/document.xml").decode()
    assert "w:hyperlink" not in xml
    assert "w:instr" not in xml
    assert not any(
        "example.test" in parts.read(name).decode()
        for name in parts.namelist()
        if name.endswith(".rels")
    )


def test_the_draft_is_fetched_as_a_file_and_opens(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    url = reverse("draft_docx", args=[cast.catalogue.slug, cast.round.year])
    answer = client.get(url)
    assert answer.headers["Content-Type"] == DOCX
    assert answer.headers["Content-Disposition"].endswith('-kladde.docx"')
    assert squeezed(cast.own_goal.text) in words(Document(BytesIO(answer.content)))


@pytest.mark.parametrize("make", [sample.report, sample.midterm, sample.final])
def test_no_column_is_narrower_than_its_longest_word(make: Any) -> None:
    document = Document(BytesIO(render_docx(make(), edition=None)))
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            assert cell.width is not None
            word = max(map(len, cell.text.split()), default=0)
            # Calibri's letters are half an em wide on average; Word keeps 3.8 mm beside the text.
            assert word * 0.5 * 3.175 + 3.8 <= cell.width.mm, cell.text
        assert sum(cell.width.mm for cell in table.rows[0].cells if cell.width) <= 163
