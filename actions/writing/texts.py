"""A kind of text: what the wing must know of it.

A kind is a subclass of `Text` (or of `actions.writing.drafted.DraftedText`) and a form. The verbs
of `actions.writing.drafts` and the views of `actions.writing.autosave` then save it while somebody
types, refuse what comes too late, archive what was refused, and let its writers choose.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from actions.access import Mandate
from actions.models import Event
from actions.models.written import Written
from actions.writing.merging import Difference, Side


class Routes(NamedTuple):
    """The names of a text's page, of its autosave and of the choice between two texts."""

    page: str
    autosave: str
    compare: str


class Saved(NamedTuple):
    """When and by whom the stored text was written; None and "" if nobody has yet."""

    at: datetime | None
    by: str


class Text[Row: Written, Content](ABC):
    """One kind of text, in rows of `Row`; `Content` is what its form holds."""

    routes: ClassVar[Routes]
    #: Whether a save is a draft, which others do not see before it is given.
    is_draft: ClassVar[bool] = False

    @abstractmethod
    def lock(self, row: Row) -> Row:
        """The row under lock, as stored now; creates it if there is none yet."""

    @abstractmethod
    def check_may(self, row: Row, by: Mandate) -> str:
        """The name of the post that somebody writes it as, for the history.

        Raises NotAllowed if they may not write it.
        """

    def check_open(self, row: Row) -> None:
        """Raises Refused if nobody may write it now."""
        return

    @abstractmethod
    def says(self, row: Row, content: Content) -> bool:
        """Whether the row holds exactly this already."""

    @abstractmethod
    def write(self, row: Row, by: Mandate, content: Content, position: str) -> None:
        """Stores the content; `revision` and `saves` are set already."""

    @abstractmethod
    def moved_on(self, row: Row) -> str:
        """The message of the conflict: who has written since."""

    def make_way(self, row: Row, by: Mandate, content: Content) -> None:
        """Callback that archives another page's text before it is overwritten."""
        return

    # --- the archive ---

    @abstractmethod
    def as_json(self, content: Content) -> dict[str, Any]:
        """The content as a row of history holds it."""

    def is_empty(self, content: Content) -> bool:
        """Whether there is nothing in it that could be lost."""
        return False

    def to_choose_from(self, row: Row) -> QuerySet[Event]:
        """The rows of history that may be compared with what is stored."""
        return self.events(row).exclude(content={})

    @abstractmethod
    def events(self, row: Row) -> QuerySet[Event]:
        """The text's own rows of history."""

    @abstractmethod
    def record_refused(self, row: Row, by: Mandate, content: Content, reason: str) -> Event:
        """Adds a refused content to the history."""

    # --- the choice between what is stored and what was refused ---

    @abstractmethod
    def differences(self, row: Row, archived: Mapping[str, Any]) -> list[Difference]:
        """The pieces in which a row of history differs from what is stored."""

    @abstractmethod
    def merged(
        self,
        row: Row,
        archived: Mapping[str, Any],
        sides: Mapping[str, Side],
        own: Mapping[str, str],
    ) -> Content:
        """The stored content with the chosen sides; `own`: the pieces that were written anew."""

    # --- its pages ---

    @abstractmethod
    def saved(self, row: Row) -> Saved: ...

    @abstractmethod
    def address(self, row: Row) -> Iterable[object]:
        """The arguments of the text's routes."""

    @abstractmethod
    def copy_key(self, row: Row, by: Mandate) -> str:
        """The name of the writer's own copy in the browser's store."""

    def page_url(self, row: Row) -> str:
        return reverse(self.routes.page, args=list(self.address(row)))

    def autosave_url(self, row: Row) -> str:
        return reverse(self.routes.autosave, args=list(self.address(row)))

    def compare_url(self, row: Row, event: Event) -> str:
        return reverse(self.routes.compare, args=[*self.address(row), event.pk])
