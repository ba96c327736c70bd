"""Two versions of one text, piece by piece: which side goes on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from actions.writing.compare import Piece, compare_texts


class Side(Enum):
    """Which text goes on: the stored one, the refused one, or a new one of both."""

    STORED = "stored"
    TYPED = "typed"
    OWN = "own"


@dataclass(frozen=True)
class Difference:
    """A piece that the two versions fill differently, as words for the reader.

    `name` is the field's in the form. Only a text can be written anew.
    """

    name: str
    label: str
    stored: str
    typed: str
    is_text: bool

    @property
    def pieces(self) -> tuple[list[Piece], list[Piece]]:
        return compare_texts(self.stored, self.typed)


def merge_texts(
    stored: Mapping[str, str],
    typed: Mapping[str, str],
    sides: Mapping[str, Side],
    own: Mapping[str, str],
) -> dict[str, str]:
    """The stored texts by name with the chosen sides; `own` holds those written anew."""
    versions = {Side.STORED: stored, Side.TYPED: typed, Side.OWN: own}
    return {name: versions[sides.get(name, Side.STORED)][name] for name in stored}
