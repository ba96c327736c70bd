"""The history and its verbs: what was done, in Danish words, and whether others see a change.

Each verb is defined beside the code that records it, so that none is recorded without its words.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

from actions.models.chain.links import Link, LinkQuerySet
from actions.models.rounds import Round
from actions.models.status import GoalStatus

#: The codes of verbs that queries ask for: a draft that is saved, and a text that was archived
#: because it could not be saved. `RETURN` stands with the statuses, whose rows are joined by it.
SAVE: Final = "save"
REFUSED: Final = "refuse"

#: Every verb by its code.
VERBS: Final = dict[str, "HistoryVerb"]()


class Announces(Enum):
    """Which rows of a verb `actions.history.announce` announces, because others see a change.

    OTHERS_READ: a status is announced only if it enters or leaves a state that others read;
    anything else always.
    """

    NOTHING = "nothing"
    OTHERS_READ = "what others read"
    ALWAYS = "always"


class Scope(NamedTuple):
    """Where a change can be seen: in a catalogue (its id), from a year on."""

    catalogue: int
    year: int


@dataclass(frozen=True)
class HistoryVerb:
    """Something that the history records. Making one registers it.

    The code is part of the hash of every row that has it: never change one. `in_codes` means that a
    row's comment holds our codes and ISO dates, not a user's words. Raises ValueError if the code
    is taken.
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
    """One row of history: who did what, in which position, when; append-only.

    `content` is the whole text after the move, so that every version can be read again.
    `actor_name` and `position` are text, so that they outlast the user and the post. `actor` keeps
    the id of a deleted user: no row of history is ever changed.
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
