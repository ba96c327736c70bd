"""The report's PDF: its words, its accessibility, and that nothing gets in or out."""

import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from reports.content.shape import ReportContent
from reports.documents import pdf
from tests.content import sample

pytestmark = pytest.mark.slow

MARK = pdf.EditionMark(number=2, published_on="2026-04-14", sha256="ab" * 32)
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def content() -> ReportContent:
    return sample.report()


@pytest.fixture(scope="module")
def draft_bytes(content: ReportContent) -> bytes:
    return pdf.render_pdf(content, edition=None)


@pytest.fixture(scope="module")
def draft(draft_bytes: bytes) -> PdfReader:
    return PdfReader(BytesIO(draft_bytes))


@pytest.fixture(scope="module")
def edition_bytes(content: ReportContent) -> bytes:
    return pdf.render_pdf(content, edition=MARK)


@pytest.fixture(scope="module")
def edition(edition_bytes: bytes) -> PdfReader:
    return PdfReader(BytesIO(edition_bytes))


@pytest.fixture(scope="module")
def text(edition: PdfReader) -> str:
    return readable(edition)


def readable(reader: PdfReader) -> str:
    """All text without running headers; compare with `squeezed` texts."""
    return squeezed("".join(without_margins(one.extract_text()) for one in reader.pages))


def without_margins(words: str) -> str:
    """A page's text up to its running header, which comes last."""
    return re.sub(r"\nStatusredegørelse 20\d\d [^\n]*\n[^\n]*Side \d+ af \d+[\s\S]*$", "", words)


def squeezed(words: str) -> str:
    """Without white space and hyphens, which depend on the line breaks."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", words)


def bookmarks(reader: PdfReader, outline: Any = None) -> Iterator[tuple[str, int]]:
    """Every bookmark with its page number, in reading order."""
    for each in reader.outline if outline is None else outline:
        if isinstance(each, list):
            yield from bookmarks(reader, each)
        else:
            number = reader.get_destination_page_number(each)
            assert number is not None
            yield str(each.title), number + 1


def structure(reader: PdfReader) -> Iterator[DictionaryObject]:
    """The elements of the tag tree, in order."""
    waiting: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, DictionaryObject):
            yield element
            kids = element.get("/K", [])
            kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
            waiting.extend(reversed(kids if isinstance(kids, list) else [kids]))


def attributes(element: DictionaryObject) -> Any:
    return element["/A"]


def document(body: str) -> str:
    """A small document with the report's font."""
    font = '@font-face { font-family: Plex; src: url("app:/fonts/IBMPlexSans-Regular.woff2") }'
    style = f"<style>{font} html {{ font-family: Plex }}</style>"
    return f'<html lang="da"><head><title>x</title>{style}</head><body>{body}</body></html>'


# --- formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("which", ["draft_bytes", "edition_bytes"])
def test_it_is_accessible_and_can_be_archived(
    which: str, profile: str, request: pytest.FixtureRequest
) -> None:
    report = page.validate_pdf_bytes(request.getfixturevalue(which), profile=profile)
    assert [(each.rule_id, each.message) for each in report.failures] == []


@pytest.mark.parametrize("made", [sample.small_report, sample.report_without_round])
def test_other_reports_are_accessible_too(made: Any) -> None:
    report = page.validate_pdf_bytes(pdf.render_pdf(made(), edition=MARK), profile="ua1")
    assert [(each.rule_id, each.message) for each in report.failures] == []


def test_the_midterm_is_accessible_can_be_archived_and_says_everything() -> None:
    content = sample.midterm()
    made = pdf.render_pdf(content, edition=None)
    for profile in ("ua1", "3a"):
        report = page.validate_pdf_bytes(made, profile=profile)
        assert [(each.rule_id, each.message) for each in report.failures] == []
    reader = PdfReader(BytesIO(made))
    assert [name for name, _number in bookmarks(reader)][:4] == [
        content["title"],
        "Indhold",
        "Forord",
        "Resumé",
    ]
    words = squeezed("".join(one.extract_text() for one in reader.pages))
    told = ["KLADDE", "Retningsskift", "Nødvendigt herfra", "Justér", sample.WHY_NOT]
    told += [each["title"] for each in sample.decisions()]
    told += [each["title"] for each in content["actions"]]
    assert [each for each in told if squeezed(each) not in words] == []


def test_the_final_report_is_accessible_can_be_archived_and_says_everything() -> None:
    content = sample.final()
    made = pdf.render_pdf(content, edition=None)
    for profile in ("ua1", "3a"):
        report = page.validate_pdf_bytes(made, profile=profile)
        assert [(each.rule_id, each.message) for each in report.failures] == []
    words = squeezed("".join(one.extract_text() for one in PdfReader(BytesIO(made)).pages))
    told = ["KLADDE", "Hvad går videre?", "Det lovede vi undervejs", "Føres ikke videre"]
    told += ["✓ Nået", "× Ikke nået", "? Kan ikke vurderes", sample.NEXT_STEP, "1,63 mio."]
    told += [each["title"] for each in sample.decisions()]
    told += [each["title"] for each in content["actions"]]
    assert [each for each in told if squeezed(each) not in words] == []


def test_it_has_language_title_and_dates_of_its_content(
    draft: PdfReader, edition: PdfReader
) -> None:
    assert str(edition.root_object["/Lang"]) == "da"
    assert edition.metadata is not None
    title = "Statusredegørelse 2026 – Handlingskatalog'24, Havneby Kommune"
    assert edition.metadata.title == title
    assert str(edition.metadata["/CreationDate"]) == "D:20260414"
    assert draft.metadata is not None
    assert str(draft.metadata["/CreationDate"]) == "D:20260310"


def test_only_the_report_s_own_fonts_are_embedded(edition: PdfReader) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"])
        for one in edition.pages
        for font in one["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+IBM-?Plex-?Sans.*", font) for font in fonts)


def test_headings_skip_no_level_and_header_cells_have_a_scope(edition: PdfReader) -> None:
    elements = list(structure(edition))
    levels = [
        int(str(each["/S"])[2]) for each in elements if re.fullmatch(r"/H\d", str(each.get("/S")))
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    scopes = [str(attributes(each)["/Scope"]) for each in elements if each.get("/S") == "/TH"]
    assert set(scopes) == {"/Column", "/Row"}


def test_figures_have_words_and_lie_on_their_page(edition: PdfReader) -> None:
    figures = [each for each in structure(edition) if each.get("/S") == "/Figure"]
    assert all(str(each["/Alt"]) for each in figures)
    boxes = [[float(side) for side in attributes(each)["/BBox"]] for each in figures]
    assert all(0 <= left < right <= 596 for left, _bottom, right, _top in boxes)
    assert all(0 <= bottom < top <= 842 for _left, bottom, _right, top in boxes)


# --- navigation ----------------------------------------------------------------------------------


def test_bookmarks_are_the_headings_in_order(edition: PdfReader, content: ReportContent) -> None:
    names = [name for name, _page in bookmarks(edition)]
    assert names[:4] == ["Statusredegørelse 2026", "Indhold", "Ændret siden 2025", "Resumé"]
    chapters = [f"{each['number']}. {each['title']}" for each in content["actions"]]
    assert [name for name in names if name in chapters] == chapters
    assert names[-2:] == ["Hvor tallene kommer fra", "Kolofon"]
    assert {"Mål 4.1", "Mål 4.2", "Mål 4.3"} <= set(names)


def test_the_contents_give_the_real_page_numbers(
    edition: PdfReader, content: ReportContent
) -> None:
    pages = dict(bookmarks(edition))
    shown = squeezed(edition.pages[1].extract_text().replace(".", ""))
    entries = ["Resumé", "Overblik", "Metode og kriterier", "Hvad mangler"]
    entries += [f"{each['number']}. {each['title']}" for each in content["actions"]]
    for entry in entries:
        assert squeezed(entry.replace(".", "")) + str(pages[entry]) in shown
        heading = re.sub(r"^\d+\. ", "", entry)
        assert squeezed(heading) in squeezed(edition.pages[pages[entry] - 1].extract_text())


def test_every_page_but_the_cover_has_its_number(edition: PdfReader) -> None:
    total = len(edition.pages)
    for number, one in enumerate(edition.pages, 1):
        assert (f"Side {number} af {total}" in one.extract_text()) is (number > 1)


def test_every_chapter_begins_on_a_page_of_its_own(
    edition: PdfReader, content: ReportContent
) -> None:
    pages = dict(bookmarks(edition))
    starts = [pages[f"{each['number']}. {each['title']}"] for each in content["actions"]]
    assert len(set(starts)) == 11


# --- what it says --------------------------------------------------------------------------------


def test_a_draft_says_so_on_every_page_and_an_edition_on_none(
    draft: PdfReader, edition: PdfReader
) -> None:
    assert all("KLADDE" in one.extract_text() for one in draft.pages)
    assert not any("KLADDE" in one.extract_text() for one in edition.pages)


def test_a_long_vision_stays_on_the_cover(content: ReportContent) -> None:
    long: ReportContent = {**content, "vision": "Vi vil mere sammen, hele året rundt. " * 24}
    reader = PdfReader(BytesIO(pdf.render_pdf(long, edition=None)))
    assert all("KLADDE" in one.extract_text() for one in reader.pages)
    assert "Indhold" in reader.pages[1].extract_text()


def test_an_edition_tells_its_number_its_day_and_its_content_s_hash(
    edition: PdfReader, text: str
) -> None:
    assert "2. udgave, den 14. april 2026" in edition.pages[0].extract_text()
    assert MARK.sha256 in text


def test_every_word_of_the_content_is_there(text: str, content: ReportContent) -> None:
    for action in content["actions"]:
        assert squeezed(action["title"]) in text
        for goal in action["goals"]:
            words = [goal["text"], goal["light"]["word"], goal["gap"]]
            words += [each["label"] for each in goal["texts"]]
            words += [part for each in goal["texts"] for part in each["text"].split("\n\n")]
            words += [each["name"] for each in goal["indicators"]]
            for each in words:
                assert each == sample.FOREIGN or squeezed(each) in text


def test_figures_are_danish_and_what_is_missing_is_said(text: str) -> None:
    for words in ("1,63 mio.", "33,3 %", "mindst 1.000 ha inden 2030", "højst 4,5 % hvert år"):
        assert squeezed(words) in text
    assert squeezed("12 af 13 mål har en status") in text
    assert squeezed("2 af 10 tal for 2025 mangler") in text
    reason = "Leverandøren har ikke leveret årets opgørelse."
    assert squeezed(f"2025 mangler (Nye lærepladser): {reason}") in text
    assert squeezed("Målet er ændret fra 800 til 1.000 ha den 8. oktober 2025") in text


def test_years_are_never_grouped_like_amounts(text: str) -> None:
    assert "2.026" not in text
    assert "2.025" not in text


def test_a_year_without_a_round_is_said_in_every_chapter() -> None:
    reader = PdfReader(BytesIO(pdf.render_pdf(sample.report_without_round(), edition=None)))
    words = readable(reader)
    assert words.count(squeezed("Der er ingen statusrunde for 2026")) == 1
    assert words.count(squeezed("Der er ingen statusrunde i 2026")) >= 13


def test_example_data_is_marked_on_the_cover_and_in_every_chapter(content: ReportContent) -> None:
    example: ReportContent = {**content, "is_example": True}
    html = pdf.render_html(example, edition=MARK)
    assert html.count("Eksempeldata") == 1 + len(content["actions"])
    assert "Eksempeldata" not in pdf.render_html(content, edition=MARK)


def test_another_municipality_is_named_everywhere() -> None:
    html = pdf.render_html(sample.small_report(), edition=MARK)
    assert "Sønderbakke Kommune" in html
    assert "Havneby Kommune" not in html
    assert "Jammerbugt" not in html


# --- nothing gets in -----------------------------------------------------------------------------


def test_hostile_text_is_shown_as_it_was_typed(text: str) -> None:
    assert squeezed(sample.HOSTILE) in text
    assert squeezed(sample.HOSTILE_STYLE) in text


def test_characters_without_a_glyph_are_never_printed_as_a_code(text: str) -> None:
    told = "Emoji ?, kinesisk ?, trekant ?, bindestreg -, skjult tegn"
    assert squeezed(told) in text
    assert "[U+" not in text


@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="data:image/png;base64,aaaa">',
        '<link rel="stylesheet" href="https://example.test/a.css">',
        "<style>@import url(app:/other.css);</style>",
        "<style>body { background: url(fonts/IBMPlexSans-Bold.woff2) }</style>",
        "<style>@font-face { font-family: x; src: url(file:///etc/passwd) }</style>",
        '<svg><title>x</title><image href="http://127.0.0.1:9/x.png" width="9" height="9"/></svg>',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<object data="file:///etc/passwd">x</object>',
    ],
)
def test_nothing_is_fetched_but_the_fonts(markup: str) -> None:
    with pytest.raises(pdf.PdfError, match="refused to fetch"):
        pdf.html_to_pdf(document(f"<p>x</p>{markup}"))


def test_a_fault_in_the_document_makes_no_pdf() -> None:
    with pytest.raises(pdf.PdfError, match="gone"):
        pdf.html_to_pdf(document('<p><a href="#gone">x</a></p>'))


# --- limits --------------------------------------------------------------------------------------

# A parent lays out each nested flex box many times: twelve levels never finish.
FLEX_BOX = '<div style="display: flex">'


def bomb() -> str:
    return document(f"{FLEX_BOX * 16} x {'</div>' * 16}")


def test_a_document_that_takes_for_ever_is_stopped_by_its_cpu_seconds() -> None:
    with pytest.raises(pdf.PdfError, match="regnetid"):
        pdf.html_to_pdf(bomb(), pdf.Limits(cpu_seconds=3))


def test_a_process_that_only_waits_is_stopped_by_the_clock() -> None:
    with pytest.raises(pdf.PdfError, match="lang tid"):
        pdf.html_to_pdf(bomb(), pdf.Limits(wall_seconds=0.5))


def test_a_document_that_fills_the_memory_is_stopped() -> None:
    with pytest.raises(pdf.PdfError, match="hukommelse"):
        pdf.html_to_pdf(document("<p>x</p>" * 40_000), pdf.Limits(memory_bytes=320 * 1024**2))


def test_missing_fonts_are_named_before_anything_is_rendered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "FONT_FOLDER", "dkfds/nowhere")
    with pytest.raises(pdf.PdfError, match="dev setup"):
        pdf.render_pdf(sample.small_report(), edition=None)


# --- the same bytes every time -------------------------------------------------------------------

RENDER = """
import django, hashlib, sys
django.setup()
from reports.documents import pdf
from tests.content import sample
from tests.documents.test_pdf import MARK
print(pdf.version_of(pdf.DOCUMENT))
print(hashlib.sha256(pdf.render_pdf(sample.small_report(), edition=MARK)).hexdigest())
"""


def test_two_processes_make_the_same_bytes_and_version(tmp_path: Path) -> None:
    hashes = set()
    for seed, zone, language in (("1", "Pacific/Auckland", "da_DK"), ("2", "America/Lima", "C")):
        environment = {
            "DJANGO_SETTINGS_MODULE": "handlingskatalog.settings",
            "DEBUG": "1",
            "HOME": str(tmp_path),
            "LANG": f"{language}.UTF-8",
            "PATH": "/usr/bin:/bin",
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(ROOT),
            "TZ": zone,
        }
        done = subprocess.run(
            [sys.executable, "-c", RENDER],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        hashes.add(done.stdout.strip())
    assert len(hashes) == 1
