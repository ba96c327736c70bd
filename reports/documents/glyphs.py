"""Which characters of a text the report's fonts cannot print, so that the check can name them."""

import unicodedata
from functools import cache

from reports.documents import pdf, pdf_child

#: Below this every letter and sign has a glyph, or is no sign at all.
LATIN = 0x180


def unprintable_in(text: str) -> list[str]:
    """The characters that would be printed as a mark of replacement, each once."""
    rare = {
        letter for letter in unicodedata.normalize("NFC", text) if ord(letter) >= LATIN
    } - pdf_child.RELATIVES.keys()
    if not rare:
        return []
    shown = rare - _covered()
    return sorted(
        letter for letter in shown if unicodedata.category(letter) not in pdf_child.INVISIBLE
    )


@cache
def _covered() -> frozenset[str]:
    folder = pdf.font_folder()
    fonts = {name: (folder / name).read_bytes() for name in pdf_child.FONTS}
    return frozenset(pdf_child.coverage(fonts))
