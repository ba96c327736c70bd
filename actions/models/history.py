"""The verbs of the history: what was done, in Danish words, and whether others see a change.

Each verb is made beside the code that records it, so that it cannot be recorded without its words.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

from actions.models.chain import Link, LinkQuerySet
from actions.models.status import GoalStatus, Round

#: The codes of verbs that queries ask for: a draft that is saved, and a text that was archived
#: because it could not be saved. `RETURN` stands with the statuses, whose rows are joined by it.
SAVE: Final = "save"
REFUSED: Final = "refuse"

#: Every verb by its code.
VERBS: Final = dict[str, "HistoryVerb"]()


class Announces(Enum):
    """Which rows of a verb tell the listeners of `actions.history.announce` that others see a
    change.

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


class Event(Link):
    """One row of history: who did what, in which position, when. Rows are only ever added.

    `content` is the whole text as it stood after the move, so that every version can be read
    again; `actor_name` and `position` are words, so that they outlast the user and the post.
    `actor` keeps a deleted user's number: nothing changes a row of history.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
    )
    actor_name = models.TextField()
    position = models.TextField(blank=True)
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="events")
    status = models.ForeignKey(GoalStatus, models.PROTECT, null=True, related_name="events")
    subject = models.TextField(blank=True)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    comment = models.TextField(blank=True)
    content = models.JSONField(default=dict)

    objects = LinkQuerySet["Event"].as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.verb}"
