"""What a report is made of, read in five queries whatever the size of the catalogue (S1).

`reports.assemble` turns it into content; nothing else uses it. A joined row carries the row it was
joined to, or None, as an attribute: rounds their statuses, goals their indicators.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from actions.models import (
    Action,
    Catalogue,
    Goal,
    GoalStatus,
    Indicator,
    Initiative,
    Measurement,
    Partnership,
    Responsibility,
    Round,
    Signature,
    TargetRevision,
)
from actions.models.status import SHOWN_TO_OTHERS
from reports.content.shape import InitiativeContent, PartnerContent, ResponsibleContent
from reports.models import Conclusion, Kind, Part, Passage, SelectedAction

RESPONSIBLE, PARTNER, INITIATIVE, UNSIGNED, DECIDED, REASON, CONCLUDED = range(7)
#: In place of a milestone's order and year. No NULL: PostgreSQL would take it for a text.
NOTHING: Final = Value(0, IntegerField())


@dataclass
class IndicatorData:
    """An indicator with what was handed in of it, by year, and how its target was changed."""

    indicator: Indicator
    measurements: list[Measurement] = field(default_factory=list)
    revisions: list[TargetRevision] = field(default_factory=list)


@dataclass
class GoalData:
    """`unsigned` are the responsible positions that have not signed what is handed in."""

    goal: Goal
    indicators: list[IndicatorData] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)


@dataclass
class ActionData:
    """An action with its goals, and what stands around them in the report."""

    action: Action
    goals: list[GoalData] = field(default_factory=list)
    responsible: list[ResponsibleContent] = field(default_factory=list)
    partners: list[PartnerContent] = field(default_factory=list)
    initiatives: list[InitiativeContent] = field(default_factory=list)


class DecidedData(NamedTuple):
    """A chosen action of a decision that holds, by the decision's id and the action's number.

    `kind` is DECIDED, and `text` the decision of the day; REASON, why the action was chosen; or
    CONCLUDED, what the temamøde of the day came to, or "".
    """

    selection: int
    number: int
    kind: int
    day: date
    text: str


@dataclass
class ReportData:
    """The rounds up to the report's year, what was handed in of each goal, and the actions.

    `statuses` has a goal's status by the goal's id and the round's year, `passages` what is written
    for the report by its part and the action's id, None for the report's own texts, `decided` what
    a midterm tells of the temamøder.
    """

    catalogue: Catalogue
    year: int
    rounds: list[Round]
    statuses: dict[tuple[int, int], GoalStatus]
    actions: list[ActionData]
    passages: dict[tuple[str, int | None], Passage] = field(default_factory=dict)
    kind: Kind = Kind.STATUS
    decided: list[DecidedData] = field(default_factory=list)

    @property
    def round(self) -> Round | None:
        return next((row for row in self.rounds if row.year == self.year), None)

    @property
    def previous(self) -> Round | None:
        earlier = [row for row in self.rounds if row.year < self.year]
        return earlier[-1] if earlier else None

    @property
    def measured_year(self) -> int:
        return self.round.measured_year if self.round else self.year - 1

    @property
    def is_example(self) -> bool:
        return any(row.is_example for row in self.written)

    @property
    def written(self) -> list[GoalStatus | Passage]:
        """Everything that somebody wrote and that can show."""
        return [*self.statuses.values(), *self.passages.values()]

    def status(self, goal: Goal, year: int | None = None) -> GoalStatus | None:
        return self.statuses.get((goal.pk, self.year if year is None else year))

    def passage(self, part: Part, action: Action | None = None) -> Passage | None:
        return self.passages.get((part, action.pk if action else None))


def read_report(catalogue: Catalogue, year: int, kind: Kind) -> ReportData:
    """Everything a report of the year can show; drafts and returned texts are left unread."""
    rounds, statuses = _rounds(catalogue, year)
    actions = _goals(catalogue)
    _add_figures(actions)
    around = _surroundings(
        actions,
        [row for row in rounds if row.year == year],
        decided_until=year if kind is Kind.MIDTERM else None,
    )
    _add_surroundings(actions, around)
    passages = {
        (row.part, row.action_id): row
        for row in Passage.objects.filter(
            report__catalogue=catalogue, report__year=year, report__kind=kind
        )
    }
    found, decided = list(actions.values()), _decided(actions, around)
    return ReportData(catalogue, year, rounds, statuses, found, passages, kind, decided)


def _rounds(
    catalogue: Catalogue, year: int
) -> tuple[list[Round], dict[tuple[int, int], GoalStatus]]:
    handed_in = Q(statuses__state__in=SHOWN_TO_OTHERS)
    rows = (
        catalogue.rounds.filter(year__lte=year)
        .annotate(shown=FilteredRelation("statuses", condition=handed_in))
        .select_related("shown")  # type: ignore[misc]
        .order_by("year")
    )
    rounds: dict[int, Round] = {}
    statuses: dict[tuple[int, int], GoalStatus] = {}
    for row, status in _joined(rows, "shown"):
        rounds.setdefault(row.year, row)
        if status is not None:
            statuses[status.goal_id, row.year] = status
    return list(rounds.values()), statuses


def _goals(catalogue: Catalogue) -> dict[int, ActionData]:
    """The actions by id, in the catalogue's order. Every action has a goal: the format says so.

    A row is a goal with one of its indicators and one change of a target, whichever indicator's.
    """
    rows = (
        Goal.objects.filter(action__catalogue=catalogue)
        .annotate(
            indicator=FilteredRelation("indicators"),
            change=FilteredRelation("indicators__target_revisions"),
        )
        .select_related("action", "indicator", "change")  # type: ignore[misc]
        .order_by(
            "action__number", "number", "indicator__order", "change__decided_at", "change__pk"
        )
    )
    actions: dict[int, ActionData] = {}
    for goal, indicator in _joined(rows, "indicator"):
        action = actions.setdefault(goal.action_id, ActionData(goal.action))
        if not action.goals or action.goals[-1].goal != goal:
            action.goals.append(GoalData(goal))
        if indicator is not None:
            _add_indicator(action.goals[-1], indicator, getattr(goal, "change", None))
    return actions


def _add_indicator(goal: GoalData, indicator: Indicator, change: TargetRevision | None) -> None:
    if not goal.indicators or goal.indicators[-1].indicator != indicator:
        goal.indicators.append(IndicatorData(indicator))
    if change is not None and change.indicator_id == indicator.pk:
        goal.indicators[-1].revisions.append(change)


def _add_figures(actions: dict[int, ActionData]) -> None:
    known = {
        row.indicator.pk: row
        for action in actions.values()
        for goal in action.goals
        for row in goal.indicators
    }
    # Not by catalogue: an indicator that is imported between two queries has no place yet.
    figures = Measurement.objects.filter(indicator__in=known, status__state__in=SHOWN_TO_OTHERS)
    for figure in figures.order_by("year"):
        known[figure.indicator_id].measurements.append(figure)


def _add_surroundings(actions: dict[int, ActionData], around: Iterable["_Surrounding"]) -> None:
    goals: dict[int | None, GoalData] = {
        goal.goal.pk: goal for action in actions.values() for goal in action.goals
    }
    for row in around:
        action = actions[row.action]
        if row.kind == RESPONSIBLE:
            action.responsible.append({"position": row.name, "note": row.note})
        elif row.kind == PARTNER:
            action.partners.append({"name": row.name, "contribution": row.note})
        elif row.kind == UNSIGNED:
            goals[row.step].unsigned.append(row.name)
        elif row.kind == INITIATIVE:
            if not action.initiatives or action.initiatives[-1]["title"] != row.name:
                action.initiatives.append({"title": row.name, "milestones": []})
            if row.year:
                action.initiatives[-1]["milestones"].append(f"{row.year}: {row.note}")


def _decided(actions: dict[int, ActionData], around: Iterable["_Surrounding"]) -> list[DecidedData]:
    return [
        DecidedData(
            selection=row.order,
            number=actions[row.action].action.number,
            kind=row.kind,
            day=date.fromisoformat(row.name),
            text=row.note,
        )
        for row in around
        if row.kind in {DECIDED, REASON, CONCLUDED}
    ]


class _Surrounding(NamedTuple):
    """Something that stands around the goals of an action: a row of several tables alike.

    `step` is a milestone's order, or the goal that a position has not signed the status of.
    """

    action: int
    kind: int
    order: int
    name: str
    step: int | None
    note: str
    year: int | None


def _surroundings(
    actions: Iterable[int], rounds: list[Round], *, decided_until: int | None
) -> list[_Surrounding]:
    """Responsible positions, partners and efforts, these with a row for each milestone, and who has
    not signed what is handed in in the rounds; with a year also what was decided on the reports
    until then. In order.

    One query for all: each is a few words a row.
    """
    ids = list(actions)

    def rows(model: Any, kind: int, *names: str | Value) -> QuerySet[Any, Any]:
        found = model.objects.filter(action__in=ids).order_by()
        kept: QuerySet[Any, Any] = found.values_list(
            "action", Value(kind, IntegerField()), "order", *names
        )
        return kept

    effort = ("title", "milestones__order", "milestones__text", "milestones__year")
    united = rows(Responsibility, RESPONSIBLE, "position__name", NOTHING, "note", NOTHING).union(
        rows(Partnership, PARTNER, "partner__name", NOTHING, "contribution", NOTHING),
        rows(Initiative, INITIATIVE, *effort),
        _unsigned(ids, rounds),
        *(_decisions(ids, decided_until) if decided_until is not None else ()),
        all=True,
    )
    found = [_Surrounding(*row) for row in united]
    return sorted(found, key=lambda row: (row.action, row.kind, row.order, row.name, row.step or 0))


def _unsigned(actions: list[int], rounds: list[Round]) -> QuerySet[Any, Any]:
    """As a row of `_Surrounding`: every responsible position without a signature on the text."""
    responsible = "goal__action__responsibilities"
    signed = Signature.objects.of_present_text().filter(
        status=OuterRef("pk"), position=OuterRef("answers")
    )
    rows = (
        GoalStatus.objects.shown_to_others()
        .filter(goal__action__in=actions, round__in=rounds)
        .annotate(answers=F(f"{responsible}__position"))
        .filter(~Exists(signed), answers__isnull=False)
        .order_by()
    )
    who = (f"{responsible}__order", f"{responsible}__position__name")
    kind, no_text = Value(UNSIGNED, IntegerField()), Value("", TextField())
    found: QuerySet[Any, Any] = rows.values_list(
        "goal__action", kind, *who, "goal", no_text, NOTHING
    )
    return found


def _decisions(ids: list[int], until: int) -> Iterator[QuerySet[Any, Any]]:
    """What was decided on these actions, and what each temamøde came to: rows as of the others."""
    concluded = Conclusion.objects.filter(
        report=OuterRef("selection__report"), action=OuterRef("action")
    )
    chosen = SelectedAction.objects.that_hold().filter(
        action__in=ids, selection__report__year__lte=until
    )
    rows = chosen.order_by().annotate(
        decided_on=Cast("selection__decided_on", TextField()),
        held_on=Cast("selection__theme_meeting_on", TextField()),
        concluded=Coalesce(Subquery(concluded.values("text")[:1]), Value("", TextField())),
    )
    for kind, day, text in (
        (DECIDED, "decided_on", "selection__decision"),
        (REASON, "decided_on", "reason"),
        (CONCLUDED, "held_on", "concluded"),
    ):
        number = Value(kind, IntegerField())
        yield rows.values_list("action", number, "selection", day, NOTHING, text, NOTHING)


def _joined(rows: Iterable[Any], name: str) -> Iterator[tuple[Any, Any]]:
    """Each row with the one it was joined to, or None."""
    for row in rows:
        yield row, getattr(row, name, None)  # nothing is set where nothing was joined
