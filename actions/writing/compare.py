"""Two texts side by side: which words only one of them has."""

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final, NamedTuple

WORD: Final = re.compile(r"\s+|\S+")
SENTENCE: Final = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")
#: Comparing costs the product of both lengths. Up to this product texts are compared by words,
#: then by sentences; beyond that all of the text counts as new.
AFFORDABLE: Final = 400 * 400


class Piece(NamedTuple):
    """A stretch of text; `differs` if the other side does not have it."""

    text: str
    differs: bool


def compare_texts(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word; the pieces of a side joined are that side's text.

    Long texts that have little in common are compared by sentences.
    """
    before, after = WORD.findall(old), WORD.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    head, tail = before[:start], before[len(before) - end :]
    before, after = before[start : len(before) - end], after[start : len(after) - end]
    if len(before) * len(after) > AFFORDABLE:
        before, after = (SENTENCE.findall("".join(words)) for words in (before, after))
    left, right = _differing(before, after)
    same = (Piece("".join(head), differs=False), Piece("".join(tail), differs=False))
    return _joined([same[0], *left, same[1]]), _joined([same[0], *right, same[1]])


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _differing(before: list[str], after: list[str]) -> tuple[list[Piece], list[Piece]]:
    if len(before) * len(after) > AFFORDABLE:
        return [Piece("".join(before), differs=True)], [Piece("".join(after), differs=True)]
    left, right = [], []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        # White space between two differing words counts as differing.
        differs = kind != "equal" or not "".join(before[i:j]).strip()
        left.append(Piece("".join(before[i:j]), differs))
        right.append(Piece("".join(after[k:m]), differs))
    return left, right


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Merges neighbours of the same kind, and drops empty ones."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece.text and joined[-1].differs == piece.differs:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.differs)
        elif piece.text:
            joined.append(piece)
    return joined
