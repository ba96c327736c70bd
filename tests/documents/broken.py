"""Finds what paper breaks and must not: numbers, units, years and words of state.

It reads WeasyPrint's own lines: a line that ends inside a word of the text is found whether or not
the break shows a hyphen.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from weasyprint import HTML
from weasyprint.urls import URLFetcherResponse

from reports.documents import pdf, pdf_child

#: Words that say how something stands; they are never divided.
STATES: Final = {
    *("mangler", "måles", "ikke", "endnu", "nej", "ja", "nået", "sporet", "opmærksomhed"),
    *("handling", "vurderes", "status", "standset", "justér", "fortsæt", "afslut", "uændret"),
}
#: A break after these is one that the writer put there.
DIVIDERS: Final = "-–/"


@dataclass(frozen=True)
class Broken:
    """A word that two lines share, with the page it is on."""

    page: int
    word: str
    line: str

    def __str__(self) -> str:
        return f"side {self.page}: »{self.word}« er delt efter »{self.line}«"


def broken_in(html: str, *, units: frozenset[str] = frozenset()) -> list[Broken]:
    """The numbers, words of state and `units` that two lines share."""
    fonts = {name: (pdf.font_folder() / name).read_bytes() for name in pdf_child.FONTS}
    document = HTML(
        string=pdf_child.printable(html, fonts),
        base_url=pdf_child.BASE_URL,
        url_fetcher=_fetcher(fonts),
    ).render()
    return [
        broken
        for number, page in enumerate(document.pages, 1)
        for block in _blocks(page._page_box)
        for broken in _of_block(block, number, units)
    ]


def _fetcher(fonts: dict[str, bytes]) -> Callable[[str], URLFetcherResponse]:
    def fetch(url: str) -> URLFetcherResponse:
        return URLFetcherResponse(url, fonts[url.rsplit("/", 1)[1]], {"Content-Type": "font/woff2"})

    return fetch


def _blocks(box: Any) -> Iterator[list[Any]]:
    """The runs of lines of every block, in a block each."""
    children = list(getattr(box, "children", []) or [])
    lines = [child for child in children if type(child).__name__ == "LineBox"]
    if lines:
        yield lines
    for child in children:
        yield from _blocks(child)


def _of_block(lines: list[Any], page: int, units: frozenset[str]) -> Iterator[Broken]:
    whole = _squeezed("".join(lines[0].element.itertext())) if lines[0].element is not None else ""
    texts = [_text(line) for line in lines]
    word = ""
    for before, after in pairwise(texts):
        word = _shared((word if " " not in before else "") or _end(before), after, whole)
        if word and _must_hold(word, units):
            yield Broken(page, word, before)


def _text(box: Any) -> str:
    if type(box).__name__ == "TextBox":
        return str(box.text)
    return "".join(_text(child) for child in getattr(box, "children", []) or [])


def _end(line: str) -> str:
    return line.rpartition(" ")[2]


def _shared(left: str, after: str, whole: str) -> str:
    """The word that the end of one line and the beginning of the next make together, or ""."""
    right = after.partition(" ")[0]
    if not (left and right) or (left[-1] in DIVIDERS and left + right in whole):
        return ""
    joined = left + right
    if joined in whole:
        return joined
    divided = left.removesuffix("-").removesuffix("\u00ad") + right
    return divided if divided in whole else ""


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text)


def _must_hold(word: str, units: frozenset[str]) -> bool:
    plain = word.strip(".,;:()»«").lower()
    return any(letter.isdigit() for letter in word) or plain in STATES or plain in units
