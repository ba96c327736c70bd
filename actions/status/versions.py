"""The history of a status: what happened, and what each version changed.

Readers of drafts read every version, others those that were handed in. An archived refused text is
for the goal's writers and the coordinator. The rules are in `actions.access`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.core.paginator import Page, Paginator

from actions.access import Mandate, reads_drafts, reads_refused
from actions.models import Event, GoalStatus, Indicator, Responsibility
from actions.models.history import REFUSED
from actions.models.status import CORRECT
from actions.status.conflict import differences
from actions.status.entry import Entry, entry_from
from actions.status.moves import Verb
from actions.writing.merging import Difference

#: The verbs whose row of history holds the whole text.
WITH_TEXT: Final = frozenset({*(verb.value for verb in Verb), REFUSED, CORRECT})
#: How many happenings fit a page.
PAGE: Final = 10
#: Drafts saved closer together than this are shown as one.
ONE_SITTING: Final = timedelta(hours=1)


@dataclass
class Happening:
    """A row of the history. Drafts that one person saved in a row are one: `event` is the last.

    `saves`: those drafts, newest first. `before`: the version that the text is compared with, None
    for the first.
    """

    event: Event
    saves: list[Event] = field(default_factory=list)
    before: Event | None = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return self.event.verb in WITH_TEXT

    @property
    def from_state(self) -> str:
        return (self.saves or [self.event])[-1].from_state

    @property
    def moves(self) -> bool:
        return self.from_state != self.event.to_state


@dataclass
class VersionPage:
    """One version: what it changed, and its whole text, in words by field."""

    happening: Happening
    whole: list[Difference]


def readable_events(status: GoalStatus, mandate: Mandate) -> list[Event]:
    """The rows of history that somebody may read, newest first, without their texts."""
    rows = list(status.events.order_by("-pk").defer("content"))
    responsible = list(Responsibility.objects.filter(action=status.goal.action_id))
    hidden = set()
    if not reads_drafts(mandate, status):
        hidden.add(Verb.SAVE.value)
    if not reads_refused(mandate, [row.position_id for row in responsible]):
        hidden.add(REFUSED)
    return [row for row in rows if row.verb not in hidden]


def history_page(status: GoalStatus, mandate: Mandate, number: str) -> "Page[Happening]":
    """One page of what happened, with the differences to the version before."""
    page = Paginator(_happenings(readable_events(status, mandate)), PAGE).get_page(number)
    _compare(list(page), status)
    return page


def version_page(status: GoalStatus, mandate: Mandate, event: int) -> VersionPage | None:
    """One version to read; None if there is none, or none that this reader may see."""
    events = readable_events(status, mandate)
    version = next((row for row in events if row.pk == event and row.verb in WITH_TEXT), None)
    if version is None:
        return None
    happening = Happening(version, before=_version_before(events, events.index(version)))
    indicators = _compare([happening], status)
    whole = differences(Entry(), entry_from(version.content), indicators)
    return VersionPage(happening, whole)


def _happenings(events: Sequence[Event]) -> list[Happening]:
    happenings: list[Happening] = []
    for index, event in enumerate(events):
        before = _version_before(events, index)
        if happenings and _continues(happenings[-1].saves[-1], event):
            happenings[-1].saves.append(event)
            happenings[-1].before = before
        else:
            happenings.append(Happening(event, [event], before))
    return happenings


def _continues(later: Event, event: Event) -> bool:
    """Whether both are drafts of one sitting: same person, same post, close in time."""
    return (
        later.verb == event.verb == Verb.SAVE.value
        and (later.actor_name, later.position) == (event.actor_name, event.position)
        and later.at - event.at < ONE_SITTING
    )


def _version_before(events: Sequence[Event], index: int) -> Event | None:
    """The version stored before an event; `events` are newest first."""
    older = (events[number] for number in range(index + 1, len(events)))
    return next((row for row in older if row.verb in WITH_TEXT and row.verb != REFUSED), None)


def _compare(happenings: Iterable[Happening], status: GoalStatus) -> list[Indicator]:
    """Fetches the texts of these only, and sets what each changed; returns the indicators."""
    indicators = list(status.goal.indicators.order_by("order"))
    shown = [row for row in happenings if row.has_text]
    wanted = {event.pk for row in shown for event in (row.event, row.before) if event}
    texts = dict(Event.objects.filter(pk__in=wanted).values_list("pk", "content"))
    for row in shown:
        row.event.content = texts[row.event.pk]
        before = entry_from(texts[row.before.pk]) if row.before else Entry()
        row.differences = differences(before, entry_from(row.event.content), indicators)
    return indicators
