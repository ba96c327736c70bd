"""The catalogue as typed rows, as read from a file without faults, or to be written to one.

A text that the file leaves out is "", a list that it leaves out is (); nothing is lost, because a
file without faults has no empty ones. Two fields play no part when rows are compared. `line` is
the row's line in its file, for messages. `known` is the id of the database row it came from, by
which it is recognised under another name: 0 for a new row, None if nobody knows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from actions.catalogue.file.text.parsing import Document
from actions.tools.text import Path

YES_NO: Final = "yes_no"


@dataclass(frozen=True, slots=True)
class ResponsibleRow:
    """A position, and its part of the task if the task is divided."""

    position: str
    note: str = ""
    known: int | None = field(default=None, compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner and what it contributes to the action."""

    name: str
    contribution: str = ""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """The target of a year on the way to the last one."""

    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """What an action costs or gets in a year; `decided`: by which decision."""

    year: int
    amount: Decimal
    kind: str = ""
    state: str = ""
    decided: str = ""


@dataclass(frozen=True, slots=True)
class OriginRow:
    """Names an action that another came from, in the same catalogue or an earlier one."""

    catalogue: str
    action: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """`target` and `baseline` have at most 11 digits before the point and 4 after.

    `target` is the lower end of a range, and 1 of a yes or no. `targets` are those of the years
    before `by`. `supplier` is the post that delivers the values, "" if none is said.

    `decision` is what changed the target, on the day `decided_on`; None if nobody was asked.
    """

    name: str
    unit: str
    target: Decimal
    comparison: str
    yearly: bool = False
    by: int | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    measures: str = "level"
    kind: str = "number"
    upper: Decimal | None = None
    targets: tuple[TargetRow, ...] = ()
    every: int = 1
    decimals: int | None = None
    tolerance: Decimal | None = None
    supplier: str = ""
    known: int | None = field(default=None, compare=False, repr=False)
    decision: str | None = field(default=None, compare=False, repr=False)
    decided_on: date | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """`decision` is what gave the text another meaning, on the day `decided_on`; "" if the text was
    only corrected, None if nobody was asked.
    """

    text: str
    indicators: tuple[IndicatorRow, ...] = ()
    starts_on: date | None = None
    stopped_on: date | None = None
    stopped_by: str = ""
    known: int | None = field(default=None, compare=False, repr=False)
    decision: str | None = field(default=None, compare=False, repr=False)
    decided_on: date | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    text: str
    year: int


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """Names another initiative: its action's number and its title."""

    action: int
    initiative: str


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    title: str
    description: str = ""
    milestones: tuple[MilestoneRow, ...] = ()
    related: tuple[RelatedRow, ...] = ()
    known: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ActionRow:
    number: int
    title: str
    responsible: tuple[ResponsibleRow, ...]
    goals: tuple[GoalRow, ...]
    partners: tuple[PartnerRow, ...] = ()
    initiatives: tuple[InitiativeRow, ...] = ()
    summary: str = ""
    purpose: str = ""
    code: str = ""
    theme: str = ""
    committee: str = ""
    sdg: tuple[int, ...] = ()
    ambition: str = ""
    money: tuple[MoneyRow, ...] = ()
    starts_on: date | None = None
    stopped_on: date | None = None
    stopped_by: str = ""
    origin: tuple[OriginRow, ...] = ()
    known: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CatalogueRows:
    slug: str
    title: str
    municipality: str
    strategy: str
    vision: str
    period_from: int
    period_to: int
    midterm_year: int | None
    overall_responsible: str
    coordinator: str
    steering_committee: str
    council: str
    selection_min: int
    selection_max: int
    actions: tuple[ActionRow, ...]
    kle: str = ""
    case_number: str = ""


def rows_from(document: Document) -> CatalogueRows:
    """The rows of a document without faults, actions sorted by number."""
    data = document.data
    actions = _all(data["actions"], lambda index, entry: _action(document, index, entry))
    return CatalogueRows(
        **{name: data[name] for name in ("slug", "title", "municipality", "strategy", "vision")},
        period_from=data["period"]["from"],
        period_to=data["period"]["to"],
        midterm_year=data.get("midterm_year"),
        kle=data.get("kle", ""),
        case_number=data.get("case_number", ""),
        **data["bodies"],
        selection_min=data["selection"]["min"],
        selection_max=data["selection"]["max"],
        actions=tuple(sorted(actions, key=lambda action: action.number)),
    )


def _all[Row](entries: Iterable[Any] | None, make: Callable[[int, Any], Row]) -> tuple[Row, ...]:
    return tuple(make(index, entry) for index, entry in enumerate(entries or ()))


def _action(document: Document, index: int, data: dict[str, Any]) -> ActionRow:
    def line(*path: str | int) -> int:
        whole: Path = ("actions", index, *path)
        return document.mark(whole).line

    return ActionRow(
        number=data["number"],
        title=data["title"],
        summary=data.get("summary", ""),
        purpose=data.get("purpose", ""),
        **{name: data.get(name, "") for name in ("code", "theme", "committee", "ambition")},
        sdg=tuple(data.get("sdg", ())),
        money=_all(data.get("money"), _money),
        starts_on=_day(data.get("from")),
        stopped_on=_day(data.get("stopped", {}).get("day")),
        stopped_by=data.get("stopped", {}).get("decision", ""),
        origin=_all(data.get("origin"), lambda _i, entry: OriginRow(**entry)),
        responsible=_all(
            data["responsible"],
            lambda i, entry: ResponsibleRow(**entry, line=line("responsible", i, "position")),
        ),
        partners=_all(
            data["partners"],
            lambda i, entry: PartnerRow(**entry, line=line("partners", i, "name")),
        ),
        goals=_all(data["goals"], _goal),
        initiatives=_all(data["initiatives"], _initiative),
    )


def _goal(_index: int, data: dict[str, Any]) -> GoalRow:
    return GoalRow(data["text"], _all(data.get("indicators"), _indicator))


def _money(_index: int, data: dict[str, Any]) -> MoneyRow:
    return MoneyRow(
        year=data["year"],
        amount=Decimal(data["amount"]),
        kind=data.get("kind", ""),
        state=data.get("state", ""),
        decided=data.get("decision", ""),
    )


def _indicator(_index: int, data: dict[str, Any]) -> IndicatorRow:
    *earlier, last = _targets(data)
    return IndicatorRow(
        name=data["name"],
        unit=data.get("unit", ""),
        target=last.value,
        comparison=data.get("comparison", "at_least"),
        yearly="frequency" in data,
        by=last.year or None,
        upper=Decimal(data["target"][1]) if data.get("comparison") == "between" else None,
        targets=tuple(earlier),
        **{name: data[name] for name in AS_THEY_ARE if name in data},
        baseline=_decimal(data.get("baseline")),
        tolerance=_decimal(data.get("tolerance")),
    )


#: The keys of an indicator that a row takes over, or leaves at their default.
AS_THEY_ARE: Final = ("baseline_year", "measures", "kind", "every", "decimals", "supplier")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _targets(data: dict[str, Any]) -> list[TargetRow]:
    """All targets, the last one last; 0 is the year of one without."""
    if targets := data.get("targets"):
        return [TargetRow(one["year"], Decimal(one["value"])) for one in targets]
    target: Any = data.get("target")
    if data.get("kind") == YES_NO:
        target = 1
    lowest = target[0] if isinstance(target, list) else target
    return [TargetRow(data.get("by", 0), Decimal(lowest))]


def _initiative(_index: int, data: dict[str, Any]) -> InitiativeRow:
    return InitiativeRow(
        title=data["title"],
        description=data.get("description", ""),
        milestones=_all(data.get("milestones"), lambda _i, entry: MilestoneRow(**entry)),
        related=_all(data.get("related"), lambda _i, entry: RelatedRow(**entry)),
    )
