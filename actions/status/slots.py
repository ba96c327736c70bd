"""Slots: what other apps add to the pages of a goal, an action and a head.

An app registers a source in its `AppConfig.ready()`. `remarks`: what a committee decided or asked
last time. `stories`: everything it has decided or asked. `looks`: the text as it will be printed.
`work`: what a head has to write besides the goals. A source gives plain data; the page is ours.

    def ready(self) -> None:
        slots.remarks.append(remarks.remarks_about)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.access import Mandate
from actions.models import Action, GoalStatus
from actions.status.page import GoalPage


@dataclass(frozen=True)
class Remark:
    """A decision or a question about an action, in words that are ready for the page.

    `heading` says who, what and when ("Økonomiudvalget besluttede den 3. juni 2025"). `url`: the
    page where it is answered or read in full, "" if there is none.
    """

    heading: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class GoalLook:
    """A template and its context: the goal as the report will show it."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """A text to write, and its state in words; `waits` if it is not written."""

    label: str
    url: str
    state: str
    waits: bool = False


@dataclass(frozen=True)
class Work:
    """What a head must write for one occasion, with a task for each action."""

    title: str
    text: str
    tasks: list[Task]


#: Gives what stands above an action's status in the round of a year; the action has its catalogue.
type RemarkSource = Callable[[Action, int], Sequence[Remark]]
#: Gives everything that was ever decided, asked and concluded about an action.
type StorySource = Callable[[Action], Sequence[Remark]]
#: Called while somebody types, so it may use two queries at most.
type LookSource = Callable[[GoalPage], GoalLook]
type WorkSource = Callable[[Mandate], Work]

remarks: list[RemarkSource] = []
stories: list[StorySource] = []
looks: list[LookSource] = []
work: list[WorkSource] = []


def remarks_about(status: GoalStatus) -> list[Remark]:
    """What every source says about the status's action, in the order of registration."""
    action = status.goal.action
    action.catalogue = status.round.catalogue
    return [row for source in remarks for row in source(action, status.round.year)]


def story_of(action: Action) -> list[Remark]:
    return [row for source in stories for row in source(action)]


def looks_of(page: GoalPage) -> list[GoalLook]:
    return [source(page) for source in looks]


def work_of(mandate: Mandate) -> list[Work]:
    """What a head has to write besides the goals, without sources that have no tasks now."""
    return [asked for source in work if (asked := source(mandate)).tasks]
