"""The files inside the PDF: the data behind the figures, and the content that is hashed."""

import csv
import hashlib
from io import BytesIO, StringIO
from typing import Any

import pytest
from pypdf import PdfReader

from reports.content.shape import ReportContent, content_hash
from reports.documents import pdf
from reports.documents.attachments import attachments
from tests.content import sample
from tests.documents.test_pdf import MARK

NAMES = ["indhold.json", "maaltal.csv", "vurderinger.csv"]


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(BytesIO(pdf.render_pdf(sample.small_report(), edition=MARK)))


def rows(content: ReportContent, name: str) -> list[list[str]]:
    text = next(each.text for each in attachments(content) if each.name == name)
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def specifications(reader: PdfReader) -> list[Any]:
    return [each.get_object() for each in reader.root_object["/AF"]]  # type: ignore[attr-defined]


def test_each_file_is_named_once_with_what_it_is_to_the_report(reader: PdfReader) -> None:
    files = specifications(reader)
    assert [each["/UF"] for each in files] == NAMES
    assert {each["/AFRelationship"] for each in files} == {"/Data"}
    assert all(each["/Desc"] for each in files)
    kinds = [each["/EF"]["/F"].get_object()["/Subtype"] for each in files]
    assert kinds == ["/application/json", "/text/csv", "/text/csv"]


def test_the_files_are_of_the_edition_s_day_and_not_of_today(reader: PdfReader) -> None:
    told = [each["/EF"]["/F"].get_object()["/Params"] for each in specifications(reader)]
    assert {each["/ModDate"] for each in told} == {"D:20260414000000Z"}
    assert {each["/CreationDate"] for each in told} == {"D:20260414000000Z"}


def test_the_hash_of_the_content_can_be_taken_from_the_pdf_alone(reader: PdfReader) -> None:
    [body] = reader.attachments["indhold.json"]
    assert hashlib.sha256(body).hexdigest() == content_hash(sample.small_report())


def test_every_figure_is_there_with_a_danish_comma_and_missing_ones_with_a_reason() -> None:
    table = rows(sample.report(), "maaltal.csv")
    points = [
        point
        for action in sample.report()["actions"]
        for goal in action["goals"]
        for indicator in goal["indicators"]
        for point in indicator["points"]
    ]
    assert len(table) == 1 + len(points)
    assert {len(row) for row in table} == {len(table[0])}
    assert [row[9] for row in table[1:]] == [point["value"].replace(".", ",") for point in points]
    assert [row[10] for row in table[1:]] == [point["missing_reason"] for point in points]


def test_every_goal_s_light_is_there_for_every_year() -> None:
    content = sample.small_report()
    lights = [
        [str(each["year"]), each["light"]["word"] if each["light"] else ""]
        for action in content["actions"]
        for goal in action["goals"]
        for each in goal["lights_by_year"]
    ]
    assert [row[4:6] for row in rows(content, "vurderinger.csv")[1:]] == lights


def test_no_text_is_a_formula_and_a_negative_number_stays_a_number() -> None:
    content = sample.report()
    figure = content["actions"][1]["goals"][0]["indicators"][0]
    figure["name"] = '=HYPERLINK("http://example.test")'
    figure["points"] = [sample.point(2025, "-3.5", comment="+45 12 34")]
    [row] = [row for row in rows(content, "maaltal.csv") if "HYPERLINK" in row[3]]
    assert row[3].startswith("'=")
    assert row[9] == "-3,5"
    assert row[-1] == "'+45 12 34"
