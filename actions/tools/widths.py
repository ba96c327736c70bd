"""How wide a text is on paper, so that columns are as wide as what they hold.

Upper bounds for the faces in use: a column that is a little too wide breaks nothing.
"""

import re
from collections.abc import Iterable
from typing import Final

#: Widths in thousandths of the type's size, by the characters that have about that width.
WIDTHS: Final = {
    letter: width
    for width, letters in (
        (300, " \u00a0'.,:;!|ijl"),
        (380, "[](){}t²³fr-/\\I"),
        (500, '"*°?sz'),
        (540, "acgkxvyJLeoåFé_"),
        (610, "hnubdpqTESZY§–+$<=>^`~\u22120123456789øü"),
        (680, "PVXCKARÅBD"),
        (730, "U&GHNOQØ#"),
        (830, "wM"),
        (970, "mæ@WÆ%"),
    )
    for letter in letters
}
WIDEST: Final = 1000
#: Where a line may end: at a space, and after a hyphen or dash between letters.
BREAK: Final = re.compile(r"[ \t\n]+|(?<=[^\W\d]-)(?=[^\W\d])")


def width_of(text: str) -> float:
    """The width of a text on one line, as a multiple of the size of its type."""
    return sum(WIDTHS.get(letter, WIDEST) for letter in text) / 1000


def widest_word(texts: Iterable[str]) -> float:
    """The width of the widest of the pieces that no line may break."""
    words = (word for text in texts for word in BREAK.split(text))
    return max(map(width_of, words), default=0)
