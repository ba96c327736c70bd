"""K8: whatever people type, the PDF shows it as text, fetches nothing, and is done in time.

One rendering of the whole corpus: a fetch, a lost link or a fault of the markup would end it, see
`test_nothing_is_fetched_but_the_fonts`.
"""

from io import BytesIO

import page
import pytest
from pypdf import PdfReader

from reports.content.shape import ReportContent, TextContent
from reports.documents import pdf
from tests.content import sample
from tests.documents.test_pdf import readable, squeezed

#: What a text of ten thousand characters is made of.
pytestmark = pytest.mark.slow

LONG = 10_000

#: Shown as typed.
AS_TYPED = [
    '<img src="http://127.0.0.1:9/x.png"><script>fetch("http://127.0.0.1:9/")</script>',
    '<svg onload="x()"><image href="file:///etc/passwd"/></svg>',
    "<style>* { background: url(http://127.0.0.1:9/x) } @import 'file:///etc/passwd';</style>",
    "</p></section></body></html><h1>Ny forside</h1>",
    '<object data="file:///etc/passwd"></object><link rel="attachment" href="file:///etc/passwd">',
    '<a href="javascript:x()">javascript:x()</a> data:text/html,<b>x</b> &lt;b&gt; &amp;#60; ]]>',
    "{{ 7|add:7 }} {% include '/etc/passwd' %} ${7*7} %(x)s %00 \\u003c",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
    "=cmd|' /C calc'!A0",
]
#: Shown in some form; what counts is that the report is whole all the same.
UNKIND = {
    "one word": "Ø" * LONG,
    "one address": "https://example.org/" + "a/" * (LONG // 2),
    "nested brackets": "(" * LONG + ")" * LONG,
    "nested markup": "<div style='display:flex'>" * (LONG // 25),
    "other direction": "\u202e\u2066 אבג مرحبا \u2069" * (LONG // 20),
    "zero width": "a\u200b\u200d\u2060\ufeff" * (LONG // 5),
    "piled accents": "e" + "\u0301\u0330\u0489" * (LONG // 3),
    "pictures": "👩‍👩‍👧‍👦🏳️‍🌈🇩🇰" * (LONG // 14),
    "empty lines": "\n\n" * (LONG // 2),
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x85\ufffe\U0010ffff",
    "half a pair": "\ud800 \udfff",
    "soft hyphens": "\u00ad".join("Planstrategi" * (LONG // 24)),
}


@pytest.fixture(scope="module")
def content() -> ReportContent:
    """Every text of the corpus at a goal, and the shorter ones as names too."""
    content = sample.small_report()
    goal = content["actions"][0]["goals"][0]
    corpus = [*AS_TYPED, *UNKIND.values()]
    goal["texts"] = [TextContent(name="progress", label="Fremdrift", text=text) for text in corpus]
    goal["text"] = " ".join(AS_TYPED)
    content["actions"][0]["title"] = AS_TYPED[0]
    content["catalogue_title"] = AS_TYPED[3]
    return content


@pytest.fixture(scope="module")
def made(content: ReportContent) -> bytes:
    limits = pdf.Limits(cpu_seconds=40, memory_bytes=1024**3)
    return pdf.html_to_pdf(pdf.render_html(content, edition=None), limits)


@pytest.fixture(scope="module")
def shown(made: bytes) -> str:
    return readable(PdfReader(BytesIO(made)))


def test_every_text_is_shown_as_text(shown: str) -> None:
    assert [text for text in AS_TYPED if squeezed(text) not in shown] == []
    assert "root:x:" not in shown


def test_the_report_stays_whole_and_accessible(made: bytes, shown: str) -> None:
    failures = page.validate_pdf_bytes(made, profile="ua1").failures
    assert [(each.rule_id, each.message) for each in failures] == []
    assert squeezed("Hvor tallene kommer fra") in shown


def test_nothing_typed_becomes_a_link_a_script_or_an_attachment(made: bytes) -> None:
    reader = PdfReader(BytesIO(made))
    catalogue = reader.root_object
    assert "/OpenAction" not in catalogue
    assert "/AA" not in catalogue
    assert list(reader.attachments) == []
    links = [
        note.get_object()["/A"]
        for one in reader.pages
        for note in one.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert [link for link in links if link.get("/S") != "/GoTo"] == []
