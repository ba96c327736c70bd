"""The verbs of the history: what was done, in Danish words, and whether others see a change.

Each verb is made beside the code that records it, so that it cannot be recorded without its words.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from django.utils.functional import Promise

#: Every verb by its code.
VERBS: Final = dict[str, "HistoryVerb"]()


class Announces(Enum):
    """Which rows of a verb tell the listeners of `actions.changes` that others see a change.

    OTHERS_READ: a status only if it leaves or enters a state that others read, anything else
    always.
    """

    NOTHING = "nothing"
    OTHERS_READ = "what others read"
    ALWAYS = "always"


class Scope(NamedTuple):
    """Where a change can show: in a catalogue (its id), from a year on."""

    catalogue: int
    year: int


@dataclass(frozen=True)
class HistoryVerb:
    """Something that the history records. Making one registers it; a code can be taken once.

    The code is part of the chain of every row that has it: never change one. `in_codes` means that
    the comment of a row holds codes and ISO dates of ours, not somebody's words.
    """

    code: str
    words: str | Promise
    announces: Announces = Announces.NOTHING
    in_codes: bool = False

    def __post_init__(self) -> None:
        if self.code in VERBS:
            raise ValueError(f"the history has a verb {self.code!r} already")
        VERBS[self.code] = self
