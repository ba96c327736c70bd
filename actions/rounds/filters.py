"""The rows of a round's list, and how the reader can narrow them."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actions.models import Action, GoalStatus, Responsibility, State
from actions.models.rounds import GoesOn


@dataclass
class StatusRow:
    """One goal in the round's overview; `is_readable`: whether the reader may see its light.
    `said`: what the goal said then, if it means something new since.

    The rest is for the coordinator. `unsigned`: the positions that have not signed what is handed
    in. `missing_figures`: indicators without a value in the measured year. `overlong`: the labels
    of the texts that do not fit the report's page.
    """

    status: GoalStatus
    previous_light: str
    is_readable: bool
    unsigned: list[str] = field(default_factory=list)
    missing_figures: int = 0
    overlong: list[str] = field(default_factory=list)
    said: str = ""

    @property
    def goal_text(self) -> str:
        """What the goal said in the round."""
        return self.said or self.status.goal.text

    @property
    def is_opened(self) -> bool:
        """Whether a writer has opened the form."""
        return self.status.opened_at is not None or self.status.state != State.NOT_STARTED

    @property
    def is_stopped(self) -> bool:
        """Whether nothing is asked: the goal or its action was stopped when the round was due."""
        return self.status.stopped is not None

    @property
    def goes_on_in(self) -> GoesOn | None:
        return self.status.goes_on_in

    @property
    def light(self) -> str:
        return self.status.light if self.is_readable else ""


@dataclass
class RoundRow:
    action: Action
    responsible: list[Responsibility]
    statuses: list[StatusRow]


@dataclass(frozen=True)
class Filter:
    """One way to narrow the rows; `word` stands for it in the address."""

    word: str
    label: str | Promise
    keeps: Callable[[StatusRow], bool]

    def holds(self, line: StatusRow) -> bool:
        """Whether the row is kept: a goal that is not asked for lacks nothing."""
        return self.keeps(line) and (not self.word or line.status.is_asked)

    def way(self, lines: Iterable[StatusRow], choice: "RoundChoice") -> "Way":
        """The link from a choice to the same posts' rows of this filter."""
        target = replace(choice, vis=self.word)
        count = sum(map(self.holds, lines))
        return Way(self.word, self.label, count, target.query, target == choice)


UNSIGNED: Final = Filter(
    "mangler-tiltraedelse",
    gettext_lazy("Mangler tiltrædelse"),
    lambda line: bool(line.unsigned),
)
#: How far a status is, for everybody.
STATES: Final = (
    Filter("mangler", gettext_lazy("Mangler"), lambda line: line.status.waits_for_head),
    Filter(
        "til-godkendelse",
        gettext_lazy("Til godkendelse"),
        lambda line: line.status.state == State.SUBMITTED,
    ),
    Filter("godkendt", gettext_lazy("Godkendt"), lambda line: line.status.state == State.APPROVED),
)
#: How far the statuses are that wait for the head: the coordinator's chase list.
CHASED: Final = (
    Filter("ikke-aabnet", gettext_lazy("Ikke åbnet"), lambda line: not line.is_opened),
    Filter(
        "aabnet",
        gettext_lazy("Åbnet"),
        lambda line: line.is_opened and line.status.state == State.NOT_STARTED,
    ),
    Filter("kladde", gettext_lazy("Kladde"), lambda line: line.status.state == State.DRAFT),
    Filter(
        "sendt-tilbage",
        gettext_lazy("Sendt tilbage"),
        lambda line: line.status.state == State.RETURNED,
    ),
)
#: What the coordinator settles before the report is published.
CHECKS: Final = (
    Filter(
        "ikke-godkendt",
        gettext_lazy("Ikke godkendt"),
        lambda line: line.status.state != State.APPROVED,
    ),
    UNSIGNED,
    Filter("mangler-tal", gettext_lazy("Mangler tal"), lambda line: line.missing_figures > 0),
    Filter(
        "lange-tekster",
        gettext_lazy("Tekster over længden"),
        lambda line: bool(line.overlong),
    ),
)


@dataclass(frozen=True)
class RoundChoice:
    """What the address asks for, by its own words; "" for all."""

    vis: str = ""
    forvaltning: str = ""
    stilling: str = ""

    @property
    def query(self) -> str:
        """The query string that asks for the same, "?vis=mangler&stilling=3", or ""."""
        asked = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    def fits(self, responsible: Iterable[Responsibility]) -> bool:
        """Whether one of the positions is the chosen one, in the chosen administration."""
        if not (self.stilling or self.forvaltning):
            return True
        return any(
            self.stilling in {"", str(row.position_id)}
            and self.forvaltning in {"", str(row.position.administration_id)}
            for row in responsible
        )


@dataclass(frozen=True)
class Way:
    """A link to the rows of one filter, and how many there are."""

    word: str
    label: str | Promise
    count: int
    query: str
    is_current: bool
