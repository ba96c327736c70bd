"""A goal's page with what somebody is typing, unsaved."""

from copy import copy
from dataclasses import replace

from actions.models import GoalStatus
from actions.status.entry import Entry, suggestion_for, without_empty
from actions.status.page import GoalPage, earlier_in, with_typed


def as_typed(page: GoalPage, entry: Entry) -> GoalPage:
    """The page with the entry's light, texts and figures, and the light these suggest."""
    indicators = [row.indicator for row in page.indicators]
    return replace(
        page,
        status=_status(page.status, entry),
        entry=without_empty(entry),
        indicators=[with_typed(row, entry) for row in page.indicators],
        suggestion=suggestion_for(
            page.status.round, indicators, entry, earlier_in(page.indicators)
        ),
    )


def _status(stored: GoalStatus, entry: Entry) -> GoalStatus:
    typed = copy(stored)
    typed.light = entry.light
    for name in GoalStatus.TEXTS:
        setattr(typed, name, entry.text(name))
    return typed
