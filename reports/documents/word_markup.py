"""Writes the report's own markup into a Word document: headings, texts, lists, facts and tables.

Drawings are left out: a chart's figures stand in the table beside it, and a light has its word.
Text stays text: no field, no link, no picture.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Final

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from actions.tools.widths import widest_word
from actions.tools.workbook import UNSPEAKABLE

#: Word's style by element of the markup.
STYLES: Final = {"h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3", "li": "List Bullet"}
BLOCKS: Final = {*STYLES, "p", "dt", "dd", "div", "section", "ul", "dl"}
CELLS: Final = {"th", "td"}
#: Elements without an end tag.
VOID: Final = {"br", "path", "circle", "rect", "line", "polyline"}
SPACE: Final = re.compile(r"[ \t\r\n\f]+")
TEXT_WIDTH: Final = 162
TABLE_SIZE: Final = Pt(9)
#: Millimetres: an em of a table's type, and what Word keeps free beside a cell's text.
TABLE_EM: Final = 3.2
CELL_EDGES: Final = 4.5
#: The characters beyond which a longer text makes its column no wider.
WIDEST: Final = 48


@dataclass(frozen=True)
class Span:
    """A run of text; `light` is the code of the light whose word it is, or ""."""

    text: str
    light: str = ""
    strong: bool = False


type Spans = list[Span]


@dataclass
class Element:
    """An open element; nothing in a `silent` one is written."""

    tag: str
    classes: set[str]
    silent: bool


class MarkupWriter(HTMLParser):
    """Collects the spans of a block or a cell, and writes them when it ends.

    `colours` maps a light's code to its colour, like "#a0522d".
    """

    def __init__(self, document: WordDocument, colours: Mapping[str, str]) -> None:
        super().__init__()
        self.document = document
        self.colours = colours
        self.open: list[Element] = []
        self.spans: Spans = []
        self.style = "Normal"
        self.rows: list[list[Spans]] = []
        self.heads = 0

    def write(self, markup: str) -> None:
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self._say("\n" if tag == "br" else "")
            return
        values = {name: value or "" for name, value in attrs}
        element = Element(tag, set(values.get("class", "").split()), self._is_silent)
        element.silent = element.silent or self._is_left_out(element)
        self._begin(tag)
        self.open.append(element)
        if "data-label" in values and tag in STYLES:
            self._say(values["data-label"])
            element.silent = True

    def handle_endtag(self, tag: str) -> None:
        if not any(element.tag == tag for element in self.open):
            return
        if tag == "dt":
            self._say(": ")
        elif tag in CELLS:
            self.rows[-1].append(trimmed(self.spans))
            self.spans = []
        elif tag in BLOCKS:
            self._end_paragraph()
        elif tag == "table":
            fill(self.document, self.rows, self.heads, self.colours)
        while self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_silent:
            self._say(SPACE.sub(" ", data))

    @property
    def _is_silent(self) -> bool:
        return bool(self.open) and self.open[-1].silent

    def _is_left_out(self, element: Element) -> bool:
        """Charts, bars, and the shape of a light whose word stands beside it."""
        if element.tag == "svg":
            return not (self.open and "light--compact" in self.open[-1].classes)
        return element.tag == "figure" or "only-narrow" in element.classes

    def _begin(self, tag: str) -> None:
        if tag == "table":
            self._end_paragraph()
            self.rows, self.heads = [], 0
        elif tag == "tr":
            self.rows.append([])
            self.heads += self._within({"thead"})
        elif tag in CELLS:
            self.spans = []
        elif tag in BLOCKS and not self._continues(tag):
            self._end_paragraph()
            self.style = STYLES.get(tag, "Normal" if tag != "p" else self.style)

    def _continues(self, tag: str) -> bool:
        """A fact follows its name on the line: "Ansvarlig: Kulturchefen"."""
        named = text_of(self.spans).endswith(": ")
        return named and (tag == "dd" or (tag == "p" and self._within({"dd"})))

    def _within(self, tags: set[str]) -> bool:
        return any(element.tag in tags for element in self.open)

    def _say(self, text: str) -> None:
        before = text_of(self.spans)
        if not before or before.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text and (self._within(CELLS) or not self._within({"table"})):
            self.spans.append(Span(speakable(text), self._light, self._is_name))

    def _end_paragraph(self) -> None:
        spans = trimmed(self.spans)
        if spans and not self._within(CELLS):
            append(self.document.add_paragraph(style=self.style), spans, self.colours)
            self.spans, self.style = [], "Normal"

    @property
    def _light(self) -> str:
        classes = {name for element in self.open[-3:] for name in element.classes}
        return next((code for code in self.colours if f"light--{code}" in classes), "")

    @property
    def _is_name(self) -> bool:
        names = {"report-label", "report-goal__text"}
        return any(
            element.tag in {"dt", "strong"} or element.classes & names for element in self.open
        )


def text_of(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def trimmed(spans: Spans) -> Spans:
    """The spans without white space at the end."""
    kept = list(spans)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def speakable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return UNSPEAKABLE.sub("", text)


def append(paragraph: Paragraph, spans: Spans, colours: Mapping[str, str]) -> None:
    for span in spans:
        run = paragraph.add_run(span.text)
        run.bold = True if span.strong or span.light else None
        if span.light:
            run.font.color.rgb = RGBColor.from_string(colours[span.light].lstrip("#"))


def fill(
    document: WordDocument, rows: list[list[Spans]], heads: int, colours: Mapping[str, str]
) -> None:
    """Adds a table; its first `heads` rows are header rows, repeated on every page."""
    table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
    for number, row in enumerate(rows):
        line = table.add_row()
        mark(line, "w:cantSplit")
        if number < heads:
            mark(line, "w:tblHeader")
        for place, spans in zip(line.cells, row, strict=False):
            strong = [replace(span, strong=number < heads) for span in spans]
            append(place.paragraphs[0], strong, colours)
            for run in place.paragraphs[0].runs:
                run.font.size = TABLE_SIZE
    widen(table, rows)
    document.add_paragraph()  # without it two adjacent tables would become one


def widen(table: Table, rows: list[list[Spans]]) -> None:
    """Gives every column its longest word, and shares what is left by the length of the texts."""
    table.autofit = False
    columns = [[text_of(row[n]) for row in rows if n < len(row)] for n in range(len(table.columns))]
    words = [widest_word(texts) * TABLE_EM + CELL_EDGES for texts in columns]
    shares = [min(max(map(len, texts), default=0), WIDEST) + 1 for texts in columns]
    left = max(TEXT_WIDTH - sum(words), 0)
    for column, word, share in zip(table.columns, words, shares, strict=True):
        column.width = Mm(min(word + left * share / sum(shares), TEXT_WIDTH))
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width = column.width


def mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
