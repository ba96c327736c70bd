"""Texts that are drafted before they are given: what all such kinds share.

Only its writers read a draft; `give` makes it what others read. Drafts are not in the history, so a
draft is archived before another writer overwrites it.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.models import Event
from actions.models.drafted import Drafted
from actions.models.history import HistoryVerb
from actions.writing import drafts
from actions.writing.merging import Difference, Side, merge_texts
from actions.writing.texts import Saved, Text


class DraftedText[Row: Drafted](Text[Row, str]):
    """A kind whose rows are `Drafted`, with one field, `text`."""

    #: What the text is called.
    label: ClassVar[str | Promise]
    #: The history's verbs for a text that was refused, and for a draft that was replaced.
    refused: ClassVar[HistoryVerb]
    replaced: ClassVar[HistoryVerb]
    is_draft = True

    @abstractmethod
    def record(
        self, verb: HistoryVerb, row: Row, by: Mandate, content: str, comment: str = ""
    ) -> Event:
        """Adds a row of history about the text; `note` ties it to the row."""

    def note(
        self, verb: HistoryVerb, row: Row, by: Mandate, content: str, comment: str = ""
    ) -> Event:
        event = self.record(verb, row, by, content, comment)
        row.events.add(event)
        return event

    def says(self, row: Row, content: str) -> bool:
        return row.written == content

    def write(self, row: Row, by: Mandate, content: str, position: str) -> None:
        row.draft, row.drafted_by_name = content, str(by.user)
        row.drafted_at = None if content == row.given else timezone.now()
        row.save()

    def moved_on(self, row: Row) -> str:
        return _("En anden har skrevet, siden du åbnede siden. Begge tekster er bevaret.")

    def make_way(self, row: Row, by: Mandate, content: str) -> None:
        if row.draft and row.draft != content:
            self.note(self.replaced, row, by, row.draft, comment=row.drafted_by_name)

    def as_json(self, content: str) -> dict[str, Any]:
        return {"text": content}

    def is_empty(self, content: str) -> bool:
        return not content

    def to_choose_from(self, row: Row) -> QuerySet[Event]:
        """Questions, answers and conclusions that were given are among the events too."""
        return self.events(row).filter(verb__in=(self.refused.code, self.replaced.code))

    def events(self, row: Row) -> QuerySet[Event]:
        return row.events.all() if row.pk else Event.objects.none()

    def record_refused(self, row: Row, by: Mandate, content: str, reason: str) -> Event:
        return self.note(self.refused, row, by, content, comment=reason)

    def differences(self, row: Row, archived: Mapping[str, Any]) -> list[Difference]:
        if row.written == archived["text"]:
            return []
        label = str(self.label)
        return [Difference("text", label, row.written, archived["text"], is_text=True)]

    def merged(
        self,
        row: Row,
        archived: Mapping[str, Any],
        sides: Mapping[str, Side],
        own: Mapping[str, str],
    ) -> str:
        return merge_texts({"text": row.written}, archived, sides, own)["text"]

    def saved(self, row: Row) -> Saved:
        return Saved(row.drafted_at, row.drafted_by_name)


@transaction.atomic
def give[Row: Drafted](
    text: DraftedText[Row],
    row: Row,
    content: str,
    *,
    by: Mandate,
    revision: int | None,
    names: Sequence[str],
    publish: Callable[[Row, str], None],
) -> Row:
    """Makes the text what others read: `publish` takes the row, without a draft now, and the
    writer's post; it saves the row.

    A text that is given already, without a newer draft, changes nothing. Raises Conflict if
    somebody else has written since, NotAllowed or Refused as `text.check_may` and `check_open`.
    """
    locked = text.lock(row)
    position = text.check_may(locked, by)
    text.check_open(locked)
    if locked.given_at and locked.written == locked.given == content:
        return locked
    drafts.take_turn(text, locked, content, by=by, revision=revision, names=names)
    locked.draft, locked.drafted_at, locked.drafted_by_name = "", None, ""
    publish(locked, position)
    return locked
