"""Two versions of one text, and the merge that a choice makes, piece by piece."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from actions.writing.compare import Piece, compare_texts


class Side(Enum):
    """Which text is kept: the stored one, the refused one, or a new one made of both."""

    STORED = "stored"
    TYPED = "typed"
    OWN = "own"


@dataclass(frozen=True)
class Difference:
    """A piece that differs between the two versions, in words for the reader.

    `name`: the name of the form's field. Only a text can be written anew.
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
