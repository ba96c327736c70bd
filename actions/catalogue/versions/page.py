"""What the page of a catalogue's history shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from actions.catalogue.file import CatalogueRows
from actions.catalogue.versions.changes import RowChange, changes_between
from actions.catalogue.versions.data import from_data
from actions.models import Catalogue, CatalogueVersion


@dataclass(frozen=True)
class VersionLine:
    """A version with its number in the catalogue, and what it changed in the one before."""

    number: int
    version: CatalogueVersion
    changes: list[RowChange]

    @property
    def is_first(self) -> bool:
        return self.number == 1


@dataclass(frozen=True)
class Beside:
    """Two versions side by side."""

    before: VersionLine
    after: VersionLine
    changes: list[RowChange]


@dataclass(frozen=True)
class CatalogueHistory:
    """`lines`: the versions, the latest first. `beside`: the two that were asked for."""

    lines: list[VersionLine]
    beside: Beside | None

    @property
    def chosen(self) -> tuple[int, int]:
        """The numbers of the two side by side; before any are asked for, the first and the last."""
        if self.beside is None:
            return 1, len(self.lines)
        return self.beside.before.number, self.beside.after.number


def history_of(catalogue: Catalogue, asked: Mapping[str, Any]) -> CatalogueHistory:
    """`asked` may name two versions by number, "fra" and "til"; others are passed over."""
    versions = list(catalogue.versions.order_by("pk"))
    rows: list[CatalogueRows] = [from_data(CatalogueRows, version.rows) for version in versions]
    changes: list[list[RowChange]] = [[] for _first in rows[:1]]
    changes += [changes_between(old, new) for old, new in pairwise(rows)]
    lines = [
        VersionLine(number, version, changed)
        for number, (version, changed) in enumerate(zip(versions, changes, strict=True), 1)
    ]
    return CatalogueHistory(lines[::-1], _beside(lines, rows, asked))


def _beside(
    lines: list[VersionLine], rows: list[CatalogueRows], asked: Mapping[str, Any]
) -> Beside | None:
    numbers = sorted(_number(asked.get(name), len(lines)) for name in ("fra", "til"))
    if 0 in numbers or numbers[0] == numbers[1]:
        return None
    first, last = (number - 1 for number in numbers)
    return Beside(lines[first], lines[last], changes_between(rows[first], rows[last]))


def _number(text: Any, most: int) -> int:
    """The number of a version; 0 if it is none."""
    number = int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 6 else 0
    return number if 0 < number <= most else 0
