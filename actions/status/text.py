"""What a head writes for a goal, as a kind of text: see `actions.writing.texts`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.history.record import record
from actions.models import Event, GoalStatus
from actions.status.conflict import differences, merge
from actions.status.entry import (
    Entry,
    content_of,
    entry_from,
    stored_entry,
    without_empty,
)
from actions.status.moves import KEPT, Verb, check_can, check_may, lock_status, make_move
from actions.writing.merging import Difference, Side
from actions.writing.texts import Routes, Saved, Text


class StatusText(Text[GoalStatus, Entry]):
    """What a head writes for a goal: every save is in the history."""

    routes = Routes("status", "autosave", "compare")

    def lock(self, row: GoalStatus) -> GoalStatus:
        return lock_status(row)

    def check_may(self, row: GoalStatus, by: Mandate) -> str:
        return by.name_of(check_may(Verb.SAVE, row, by))

    def check_open(self, row: GoalStatus) -> None:
        check_can(Verb.SAVE, row)

    def says(self, row: GoalStatus, content: Entry) -> bool:
        texts = {name: getattr(row, name) for name in GoalStatus.TEXTS}
        stored = (row.light, texts, row.unparsed)
        if stored != (content.light, content.texts, content.unparsed):
            return False
        return stored_entry(row) == without_empty(content)

    def write(self, row: GoalStatus, by: Mandate, content: Entry, position: str) -> None:
        write_entry(Verb.SAVE, row, by, content, position)

    def moved_on(self, row: GoalStatus) -> str:
        return _("%(author)s har ændret denne status, siden du åbnede siden.") % {
            "author": row.author_name or _("En anden")
        }

    def as_json(self, content: Entry) -> dict[str, Any]:
        return content_of(without_empty(content))

    def events(self, row: GoalStatus) -> QuerySet[Event]:
        return row.events.all()

    def record_refused(self, row: GoalStatus, by: Mandate, content: Entry, reason: str) -> Event:
        return record(
            KEPT,
            actor=by.user,
            position=by.name_of(row.responsible_positions()),
            round_=row.round,
            status=row,
            moved=(row.state, row.state),
            comment=reason,
            content=self.as_json(content),
        )

    def differences(self, row: GoalStatus, archived: Mapping[str, Any]) -> list[Difference]:
        indicators = list(row.goal.indicators.order_by("order"))
        return differences(stored_entry(row), entry_from(archived), indicators)

    def merged(
        self,
        row: GoalStatus,
        archived: Mapping[str, Any],
        sides: Mapping[str, Side],
        own: Mapping[str, str],
    ) -> Entry:
        return merge(stored_entry(row), entry_from(archived), sides, own)

    def saved(self, row: GoalStatus) -> Saved:
        return Saved(row.saved_at, row.author_name)

    def address(self, row: GoalStatus) -> list[object]:
        return [row.round.catalogue.slug, row.round.year, row.goal_id]

    def copy_key(self, row: GoalStatus, by: Mandate) -> str:
        return f"{by.user.pk}-{row.pk}"


STATUS: Final = StatusText()


def write_entry(verb: Verb, locked: GoalStatus, by: Mandate, entry: Entry, position: str) -> None:
    """Stores the entry in the locked row, with its author, and makes the move."""
    locked.light = entry.light
    for name in GoalStatus.TEXTS:
        setattr(locked, name, entry.text(name))
    locked.unparsed = entry.unparsed
    locked.author_name = str(by.user)
    locked.author_position = position
    locked.is_example = False
    locked.opened_at = locked.opened_at or timezone.now()
    own = _own_figures(locked, without_empty(entry))
    locked.figures = content_of(own)["figures"]
    make_move(verb, locked, by, position=position, entry=own)


def _own_figures(status: GoalStatus, entry: Entry) -> Entry:
    """The entry with the figures of the goal's own indicators only, in their order."""
    if entry.figures == stored_entry(status).figures:
        return entry
    figures = {figure.indicator: figure for figure in entry.figures}
    order = status.goal.indicators.order_by("order").values_list("pk", flat=True)
    return replace(entry, figures=tuple(figures[key] for key in order if key in figures))
