"""Nothing typed is lost: how every kind of text is kept, refused and archived.

A refused text is archived in the history, and its writers choose between it and what is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from actions.access import Mandate
from actions.models import Event
from actions.models.written import Written
from actions.writing import saves
from actions.writing.refusals import Conflict, Refused
from actions.writing.texts import Text

#: How many of the latest versions a refused text is compared with.
KNOWN_VERSIONS: Final = 5


@dataclass(frozen=True)
class Kept[Row: Written]:
    """The outcome of a save: `row` is what is stored now.

    If nothing was saved, `refusal` says why, and `refused` is the archived content.
    """

    row: Row
    refusal: str = ""
    refused: Event | None = None


@transaction.atomic
def save[Row: Written, Content](
    text: Text[Row, Content],
    row: Row,
    content: Content,
    *,
    by: Mandate,
    revision: int | None,
    names: Sequence[str] = (),
) -> Row:
    """Saves what is typed, complete or not; returns the row as stored now.

    The same content again changes nothing, whatever its revision: the first answer may have been
    lost. `names`: the page's save ids, this one first. Raises NotAllowed or Refused as
    `text.check_may` and `check_open`, Conflict if somebody else has written since.
    """
    locked = text.lock(row)
    position = text.check_may(locked, by)
    if saves.is_held(names, locked.saves):
        return locked
    text.check_open(locked)
    if text.says(locked, content):
        return locked
    take_turn(text, locked, content, by=by, revision=revision, names=names)
    text.write(locked, by, content, position)
    return locked


def take_turn[Row: Written, Content](
    text: Text[Row, Content],
    locked: Row,
    content: Content,
    *,
    by: Mandate,
    revision: int | None,
    names: Sequence[str],
) -> None:
    """The optimistic lock: makes the next revision this page's. Raises Conflict if the row holds
    neither the revision that the page began with, nor one of its own saves.
    """
    is_own = saves.follows(names, locked.saves)
    if locked.revision != revision and not is_own:
        raise Conflict(text.moved_on(locked), locked)
    if not is_own:
        text.make_way(locked, by, content)
    locked.revision += 1
    locked.saves = list(names)


@transaction.atomic
def archive[Row: Written, Content](
    text: Text[Row, Content], row: Row, content: Content, *, by: Mandate, reason: str
) -> tuple[Row, Event]:
    """Archives a refused content; returns the stored row, unchanged, and the event.

    If one of the latest events holds the content already, that event is returned.
    """
    locked = text.lock(row)
    earlier = kept_already(text.events(locked), text.as_json(content))
    refused = earlier or text.record_refused(locked, by, content, reason)
    return locked, refused


def keep[Row: Written, Content](
    text: Text[Row, Content],
    row: Row,
    content: Content,
    *,
    by: Mandate,
    revision: int | None,
    names: Sequence[str] = (),
) -> Kept[Row]:
    """Saves what is typed; archives it if it is refused."""
    try:
        return Kept(save(text, row, content, by=by, revision=revision, names=names))
    except Refused as refusal:
        return refuse(text, row, content, refusal, by=by)


def refuse[Row: Written, Content](
    text: Text[Row, Content], row: Row, content: Content, refusal: Refused, *, by: Mandate
) -> Kept[Row]:
    """Archives what a verb has refused, if it holds anything."""
    if text.is_empty(content):
        with transaction.atomic():
            return Kept(text.lock(row), refusal=str(refusal))
    stored, refused = archive(text, row, content, by=by, reason=str(refusal))
    return Kept(stored, refusal=str(refusal), refused=refused)


def kept_already(events: QuerySet[Event], content: Mapping[str, Any]) -> Event | None:
    """The one of the latest events that holds this content already, if any."""
    latest = events.exclude(content={}).order_by("-pk")[:KNOWN_VERSIONS]
    return next((event for event in latest if event.content == content), None)
