"""What people paste from other programs stays readable."""

from io import BytesIO

import pytest
from docx import Document

from actions.tools.fields import plain
from reports.content.shape import TextContent
from reports.documents import pdf_child
from reports.documents.glyphs import unprintable_in
from reports.documents.word import render_docx
from reports.templatetags.prose import prose
from tests.content import sample

PASTED = (
    "Status pr. 31. december:\n● Nørregade er bygget om\n○\tventer på asfalt\n"
    "\uf0a7 Søndergade udskudt\n✔ Skolevejene er målt op\n- Ringvejen mangler"
)


def test_bullets_of_other_programs_are_a_real_list() -> None:
    assert prose(PASTED) == (
        "<p>Status pr. 31. december:</p>"
        '<ul class="report-list"><li>Nørregade er bygget om</li><li>venter på asfalt</li>'
        "<li>Søndergade udskudt</li><li>✓ Skolevejene er målt op</li>"
        "<li>Ringvejen mangler</li></ul>"
    )


def test_a_dash_or_minus_inside_a_text_makes_no_list() -> None:
    for text in ("-3 grader i januar", "Vi nåede\n–5 % i år", "*", "-"):
        assert "<li>" not in prose(text)


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x85", "\u2028", "\r\n", "\r"])
def test_a_soft_break_is_a_line_break(mark: str) -> None:
    assert prose(f"før{mark}efter") == "<p>før<br>efter</p>"
    assert plain(f"før{mark}efter") == "før\nefter"


def test_the_columns_of_a_pasted_table_stay_apart() -> None:
    assert prose("Vej\t2024\t2025\nNørregade\t12\t15") == (
        "<p>Vej · 2024 · 2025<br>Nørregade · 12 · 15</p>"
    )


def test_markup_stays_text() -> None:
    assert prose("- <b>x</b>\n<i>y</i>") == (
        '<ul class="report-list"><li>&lt;b&gt;x&lt;/b&gt;</li></ul><p>&lt;i&gt;y&lt;/i&gt;</p>'
    )


def test_a_list_is_one_in_word() -> None:
    content = sample.report()
    text = TextContent(name="progress", label="Fremdrift", text=PASTED)
    content["actions"][0]["goals"][0]["texts"] = [text]
    document = Document(BytesIO(render_docx(content, edition=None)))
    styles = {each.text: each.style.name for each in document.paragraphs if each.style}
    assert styles["Nørregade er bygget om"] == "List Bullet"
    assert styles["✓ Skolevejene er målt op"] == "List Bullet"
    assert styles["Status pr. 31. december:"] != "List Bullet"


def test_marks_have_a_glyph_and_others_are_named() -> None:
    assert unprintable_in(PASTED + "☐✅▪■ æøå – “x” 3 ≥ 2") == []
    assert unprintable_in("Godt 😀 gået, 漢 og 😀\u200b") == ["漢", "😀"]
    assert "[U+" not in str(pdf_child.RELATIVES)


def test_what_is_not_done_is_told_apart_from_what_is() -> None:
    shown = prose("☑ Plan vedtaget\n☐ Ansøgning sendt")
    assert "<li>✓ Plan vedtaget</li>" in shown
    assert "<li>☐ Ansøgning sendt</li>" in shown
