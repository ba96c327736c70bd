"""The history of a status as it can be read: what happened, and what each version changed.

Who reads drafts reads every version; others those that were handed in. A text that was refused
and kept beside the status is for the goal's writers and the coordinator. See `actions.access`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.core.paginator import Page, Paginator

from actions.access import Mandate, reads_drafts, reads_refused
from actions.models import Event, GoalStatus, Indicator, Responsibility
from actions.models.history import REFUSED
from actions.status.conflict import differences
from actions.status.entry import Entry, entry_from
from actions.status.moves import Verb
from actions.writing.merging import Difference

#: The verbs whose row of history holds the whole text.
WITH_TEXT: Final = frozenset({*(verb.value for verb in Verb), REFUSED})
#: So many happenings fit a page.
PAGE: Final = 10
#: Drafts that lie closer than this belong together.
ONE_SITTING: Final = timedelta(hours=1)


@dataclass
class Happening:
    """A row of the history; drafts that one person saved in a row are one, told by the last.

    `saves` are those drafts, newest first. `before` is the version that its text is compared with,
    None for the first.
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
    """One version: what it changed, and all that stood in it, as words by field."""

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
    """One version to read; None where there is none, or none for this reader."""
    events = readable_events(status, mandate)
    found = next((row for row in events if row.pk == event and row.verb in WITH_TEXT), None)
    if found is None:
        return None
    happening = Happening(found, before=_version_before(events, events.index(found)))
    indicators = _compare([happening], status)
    whole = differences(Entry(), entry_from(found.content), indicators)
    return VersionPage(happening, whole)


def _happenings(events: Sequence[Event]) -> list[Happening]:
    found: list[Happening] = []
    for index, event in enumerate(events):
        before = _version_before(events, index)
        if found and _continues(found[-1].saves[-1], event):
            found[-1].saves.append(event)
            found[-1].before = before
        else:
            found.append(Happening(event, [event], before))
    return found


def _continues(later: Event, event: Event) -> bool:
    """Whether both are drafts of one sitting: same person, same post, nothing between."""
    return (
        later.verb == event.verb == Verb.SAVE.value
        and (later.actor_name, later.position) == (event.actor_name, event.position)
        and later.at - event.at < ONE_SITTING
    )


def _version_before(events: Sequence[Event], index: int) -> Event | None:
    """What stood in the status before an event of the list, which is newest first."""
    older = (events[number] for number in range(index + 1, len(events)))
    return next((row for row in older if row.verb in WITH_TEXT and row.verb != REFUSED), None)


def _compare(happenings: Iterable[Happening], status: GoalStatus) -> list[Indicator]:
    """Fetches the texts of these alone, and tells what each changed; gives the indicators back."""
    indicators = list(status.goal.indicators.order_by("order"))
    shown = [row for row in happenings if row.has_text]
    wanted = {event.pk for row in shown for event in (row.event, row.before) if event}
    texts = dict(Event.objects.filter(pk__in=wanted).values_list("pk", "content"))
    for row in shown:
        row.event.content = texts[row.event.pk]
        before = entry_from(texts[row.before.pk]) if row.before else Entry()
        row.differences = differences(before, entry_from(row.event.content), indicators)
    return indicators
