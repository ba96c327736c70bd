"""What somebody tells of an indicator outside the rounds and in them, what is wrong with it, and
its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import ngettext

from actions.meaning import Meaning
from actions.models import Indicator, Measurement
from actions.writing.refusals import Refused

#: The first and the last year that a value can be of.
FIRST_YEAR, LAST_YEAR = 1900, 2200
#: The columns that say what is known.
SAYS: Final = ("value", "missing_reason", "source", "comment")


@dataclass(frozen=True)
class Told:
    """An indicator's value in a year, or why there is none, as somebody tells it."""

    value: Decimal | None
    missing_reason: str = ""
    source: str = ""
    comment: str = ""


@dataclass(frozen=True)
class YearTold:
    """What is told of an indicator in a year outside the rounds, and why it is another than before.

    `seen` is the key of the value that the teller saw known, 0 if they saw none; None if nobody
    asked them.
    """

    indicator: Indicator
    year: int
    told: Told
    reason: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class FigureFault:
    """What is wrong with a field of a row: `place` is the row's in the list."""

    place: int
    field: str
    message: str


class FigureFaults(Refused):
    """Everything that is wrong with the rows that were told, at once."""

    def __init__(self, faults: Sequence[FigureFault]) -> None:
        super().__init__(" ".join(fault.message for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class FigureNews:
    """What a row tells that nobody knew; `place` is its in the list, `before` what is known."""

    place: int
    row: YearTold
    before: Measurement | None

    @property
    def before_in_words(self) -> str:
        """What is known, "" if nothing is."""
        return words_of(self.before, self.row.indicator.meaning) if self.before else ""

    @property
    def now_in_words(self) -> str:
        return words_of(self.row.told, self.row.indicator.meaning)

    @property
    def in_words(self) -> str:
        """Both: "45 match → 47 match"."""
        return f"{self.before_in_words} → {self.now_in_words}" if self.before else self.now_in_words


def words_of(said: Told | Measurement, meaning: Meaning) -> str:
    """What is told or known, in words: "1.047 match", or why there is no value."""
    return said.missing_reason if said.value is None else meaning.quantity(said.value)


def told_words(count: int) -> str:
    """How many values were kept."""
    return ngettext("%(count)d tal er noteret.", "%(count)d tal er noteret.", count) % {
        "count": count
    }
