"""What other apps add to the pages of a goal, of an action and of a head, which name none of them.

An app registers a source in its `AppConfig.ready()`: `remarks` tells what a committee decided or
asked last time, `stories` tells all of it, `look` shows the text as it will be printed, `work` is
what a head has to write besides the goals. Sources give plain data; the page is ours.

    def ready(self) -> None:
        extensions.remarks.append(remarks.remarks_about)
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

    `heading` says who, what and when ("Økonomiudvalget besluttede den 3. juni 2025"); `url` leads
    to where it is answered or can be read in full, "" where there is no such page.
    """

    heading: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class GoalLook:
    """A template and its context: the goal as the reader of the report will see it."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """Something to write, with how far it is."""

    label: str
    url: str
    state: str


@dataclass(frozen=True)
class Work:
    """What is asked of a head for one occasion, in words, and for which actions."""

    title: str
    text: str
    tasks: list[Task]


#: A source tells what is to stand on top of an action's status in the round of a year; the action
#: comes with its catalogue.
type RemarkSource = Callable[[Action, int], Sequence[Remark]]
#: A source tells all that was ever decided, asked and concluded about an action.
type StorySource = Callable[[Action], Sequence[Remark]]
#: A source may not ask the database more than once or twice: it is asked while somebody types.
type LookSource = Callable[[GoalPage], GoalLook]
type WorkSource = Callable[[Mandate], Work]

remarks: list[RemarkSource] = []
stories: list[StorySource] = []
looks: list[LookSource] = []
work: list[WorkSource] = []


def remarks_about(status: GoalStatus) -> list[Remark]:
    """What every source tells about the status's action, in the order of registration."""
    action = status.goal.action
    action.catalogue = status.round.catalogue
    return [row for source in remarks for row in source(action, status.round.year)]


def story_of(action: Action) -> list[Remark]:
    return [row for source in stories for row in source(action)]


def looks_of(page: GoalPage) -> list[GoalLook]:
    return [source(page) for source in looks]


def work_of(mandate: Mandate) -> list[Work]:
    """What a head has to write besides the goals; nothing of a source that asks for nothing now."""
    return [asked for source in work if (asked := source(mandate)).tasks]
