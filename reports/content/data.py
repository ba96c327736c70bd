"""What a report is made of: database rows, grouped by action, goal and indicator.

`reports.content.queries` reads it, `reports.content.assemble` turns it into content.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from actions.models import (
    Action,
    Catalogue,
    Goal,
    GoalStatus,
    Indicator,
    Measurement,
    Round,
    TargetRevision,
)
from actions.models.figures import revised_by
from actions.models.versions import Turn
from reports.content.shape import (
    GoesOnContent,
    InitiativeContent,
    PartnerContent,
    ResponsibleContent,
)
from reports.models import Kind, Part, Passage

#: How an action came from another of its catalogue: the kind, the other's number and title.
type Origin = tuple[str, int, str]


@dataclass
class IndicatorData:
    """An indicator with what is known of it, by year, and its revised targets.

    `earlier` is what was known of a year before somebody revised it, if they did.
    """

    indicator: Indicator
    measurements: list[Measurement] = field(default_factory=list)
    revisions: list[TargetRevision] = field(default_factory=list)
    earlier: dict[int, Measurement] = field(default_factory=dict)

    def add_year(self, rows: list[Measurement]) -> None:
        """Adds what is known of a year; `rows` are all that was told of it, in order."""
        *before, known = rows
        self.measurements.append(known)
        if earlier := revised_by(known, before):
            self.earlier[known.year] = earlier

    @property
    def values(self) -> dict[int, Decimal | None]:
        return {row.year: row.value for row in self.measurements}


@dataclass
class GoalData:
    """`unsigned` are the responsible positions that have not signed what is handed in."""

    goal: Goal
    indicators: list[IndicatorData] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)


@dataclass
class ActionData:
    """An action with its goals, and what stands around them in the report.

    `posts` are the responsible positions by id, if the action is read from an earlier version.
    `origins` are what it was split or merged from.
    """

    action: Action
    goals: list[GoalData] = field(default_factory=list)
    responsible: list[ResponsibleContent] = field(default_factory=list)
    partners: list[PartnerContent] = field(default_factory=list)
    initiatives: list[InitiativeContent] = field(default_factory=list)
    posts: dict[int, str] = field(default_factory=dict)
    origins: list[Origin] = field(default_factory=list)


class DecidedData(NamedTuple):
    """An action that a decision in force has chosen.

    `selection` is the decision's id, `number` the action's. `reason` is why it was chosen,
    `conclusion` the temamøde's, or "".
    """

    selection: int
    number: int
    decided_on: date
    meeting_on: date
    decision: str
    reason: str
    conclusion: str


@dataclass(frozen=True)
class Meanings:
    """Goals that came to mean something new in the time a report tells of.

    `texts` is what a goal said in an earlier round, by goal id and year; `turns` by goal id.
    """

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    turns: dict[int, list[Turn]] = field(default_factory=dict)


@dataclass
class ReportData:
    """The rounds up to the report's year, the statuses handed in, and the actions.

    `statuses` is keyed by goal id and round year. `meanings`: what goals said in the rounds before,
    if they mean something new since. `passages` by part and action id, None for the
    report's own texts; a final report has its midterm's recommendations too. `decided` is for these
    two only; `goes_on` (by action id) and `has_next` are for a final report only. `later` are the
    statuses of a later catalogue that stand for goals of this one, handed in or not.
    """

    catalogue: Catalogue
    year: int
    rounds: list[Round]
    statuses: dict[tuple[int, int], GoalStatus]
    actions: list[ActionData]
    passages: dict[tuple[str, int | None], Passage] = field(default_factory=dict)
    kind: Kind = Kind.STATUS
    decided: list[DecidedData] = field(default_factory=list)
    meanings: Meanings = field(default_factory=Meanings)
    goes_on: dict[int, list[GoesOnContent]] = field(default_factory=dict)
    has_next: bool = False
    later: dict[tuple[int, int], GoalStatus] = field(default_factory=dict)

    @property
    def round(self) -> Round | None:
        return next((row for row in self.rounds if row.year == self.year), None)

    @property
    def day(self) -> date:
        """The day on which a goal must be in force to be asked for: the year's last without a
        round.
        """
        return self.round.due if self.round else date(self.year, 12, 31)

    @property
    def previous(self) -> Round | None:
        earlier = [row for row in self.rounds if row.year < self.year]
        return earlier[-1] if earlier else None

    @property
    def years(self) -> list[int]:
        """The columns of the matrix of lights: every round's year, and the report's own."""
        return sorted({row.year for row in self.rounds} | {self.year})

    @property
    def measured_year(self) -> int:
        return self.round.measured_year if self.round else self.year - 1

    @property
    def is_example(self) -> bool:
        return any(row.is_example for row in self.written)

    @property
    def written(self) -> list[GoalStatus | Passage]:
        """Every written text that can show."""
        return [*self.statuses.values(), *self.passages.values()]

    def status(self, goal: Goal, year: int | None = None) -> GoalStatus | None:
        return self.statuses.get((goal.pk, self.year if year is None else year))

    def passage(self, part: Part, action: Action | None = None) -> Passage | None:
        return self.passages.get((part, action.pk if action else None))
