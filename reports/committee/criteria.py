"""An action as the committee compares it, and the criteria it is compared by.

Nothing is weighed into a score: the list is sorted by one visible column.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.lights import Light
from reports.content.shape import ActionContent, IndicatorContent, LightContent
from reports.models import Pointer, Question, SelectedAction

NEVER: Final = date.min
_RANKS: Final = {light.value: rank for rank, light in enumerate(Light)}


@dataclass
class Row:
    """An action as it stands in the report, with what the committee has done about it.

    `worse`, `better`, `other`: goals whose light moved since last year (`other`: to or from grey).
    `figures`: those of all its goals. `last_meeting`: the day of the last temamøde before this
    report that the action was chosen for, `years_since` ago; None and 0 if there is none.
    `is_stopped`: it was stopped, maybe after the report, and cannot be chosen.
    """

    content: ActionContent
    worse: int
    better: int
    other: int
    figures: Sequence[IndicatorContent]
    last_meeting: date | None = None
    years_since: int = 0
    questions: list[Question] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)
    chosen: SelectedAction | None = None
    is_stopped: bool = False

    @property
    def number(self) -> int:
        return self.content["number"]

    @property
    def silent(self) -> int:
        """How many goals had a light last year and have none now."""
        return sum(
            bool(_code(goal["previous_light"])) and not _code(goal["light"])
            for goal in self.content["goals"]
        )

    @property
    def moves(self) -> str:
        """What has changed since last year, in Danish."""
        counts = (
            (self.worse, gettext("%d mål gået tilbage")),
            (self.better, gettext("%d mål gået frem")),
            (self.other, gettext("%d mål kan ikke sammenlignes")),
            (self.silent, gettext("%d mål uden status i år")),
        )
        moves = [words % number for number, words in counts if number]
        if moves:
            return ", ".join(moves)
        before = any(_code(goal["previous_light"]) for goal in self.content["goals"])
        return gettext("uændret") if before else gettext("ingen tidligere")

    @property
    def posts(self) -> int:
        return len(self.content["responsible"])

    @cached_property
    def off_target(self) -> list[IndicatorContent]:
        """The figures that miss their target."""
        return [figure for figure in self.figures if figure["is_met"] is False]

    @property
    def missing(self) -> int:
        """How many figures lack a value this year."""
        return sum(figure["is_met"] is None and not _is_between(figure) for figure in self.figures)

    @property
    def unanswered(self) -> int:
        return sum(question.answered_at is None for question in self.questions)

    @property
    def worst(self) -> int:
        """The rank of its worst light: 0 needs most attention, a goal without a light least."""
        goals = self.content["goals"]
        return min((_RANKS.get(goal["light"]["code"], len(_RANKS)) for goal in goals), default=9)


@dataclass(frozen=True)
class Criterion:
    """A column: `meaning` says what it shows, `order` which action comes first."""

    key: str
    label: str | Promise
    meaning: str | Promise
    order: str | Promise
    sort: Callable[[Row], Any]


CRITERIA: Final = (
    Criterion(
        "handling",
        _("Handling"),
        _("Handlingens nummer og titel."),
        _("i katalogets rækkefølge"),
        lambda row: row.number,
    ),
    Criterion(
        "vurdering",
        _("Vurdering"),
        _("Den ansvarlige chefs vurdering af hvert mål, som den står i redegørelsen."),
        _("den handling, hvis dårligst stillede mål kræver mest, først"),
        lambda row: row.worst,
    ),
    Criterion(
        "aendring",
        _("Siden sidste år"),
        _(
            "Hvor mange mål der er vurderet lavere eller højere end sidste år. Mål uden vurdering "
            "det ene af årene tælles for sig."
        ),
        _("flest mål gået tilbage først"),
        lambda row: (-row.worse, row.better),
    ),
    Criterion(
        "maaltal",
        _("Måltal ikke nået"),
        _(
            "Hvor mange måltal årets tal ikke når, også dem, der først skal nås senere. "
            "Tal, der mangler, tælles for sig."
        ),
        _("flest ikke nået først"),
        lambda row: (-len(row.off_target), -row.missing),
    ),
    Criterion(
        "temamoede",
        _("Sidste temamøde"),
        _("Hvor mange år siden handlingen sidst blev taget op på et temamøde."),
        _("aldrig taget op først, derefter længst siden"),
        lambda row: row.last_meeting or NEVER,
    ),
    Criterion(
        "stillinger",
        _("Ansvarlige"),
        _("Hvor mange stillinger der deler ansvaret."),
        _("flest stillinger først"),
        lambda row: -row.posts,
    ),
    Criterion(
        "spoergsmaal",
        _("Spørgsmål"),
        _("Udvalgets spørgsmål til handlingen, og hvor mange der mangler svar."),
        _("flest spørgsmål først"),
        lambda row: (-len(row.questions), -row.unanswered),
    ),
    Criterion(
        "peget",
        _("Peget på"),
        _("Hvor mange medlemmer der har peget på handlingen."),
        _("flest først"),
        lambda row: -len(row.pointers),
    ),
)


def _is_between(figure: IndicatorContent) -> bool:
    """Whether the report's year is one in which it is not measured."""
    return bool(figure["points"] and figure["points"][-1].get("between"))


def _code(light: LightContent | None) -> str:
    return light["code"] if light else ""
