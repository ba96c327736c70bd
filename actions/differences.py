"""Two texts side by side: which words only one of them has."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of text; `differs` where the other side does not have it."""

    text: str
    differs: bool


def compare(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word; the pieces of a side joined are that side's text."""
    before, after = (re.findall(r"\s+|\S+", text) for text in (old, new))
    left, right = [], []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        differs = kind != "equal"
        left.append(Piece("".join(before[i:j]), differs))
        right.append(Piece("".join(after[k:m]), differs))
    return [piece for piece in left if piece.text], [piece for piece in right if piece.text]
