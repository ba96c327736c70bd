"""What an import would do to the database: every row that is created, changed or removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actions.models import (
    Action,
    Catalogue,
    FigureSupplier,
    Goal,
    Indicator,
    Initiative,
    InitiativeRelation,
    Milestone,
    Partnership,
    Responsibility,
    User,
)

_ORDER: Final = gettext_lazy("rækkefølge")

#: The fields that a catalogue file decides, with their names in the file. No other is touched.
FIELDS: Final[dict[type[models.Model], dict[str, str | Promise]]] = {
    Catalogue: {
        "title": "title",
        "municipality": "municipality",
        "strategy": "strategy",
        "vision": "vision",
        "period_from": "period › from",
        "period_to": "period › to",
        "midterm_year": "midterm_year",
        "overall_responsible": "bodies › overall_responsible",
        "coordinator": "bodies › coordinator",
        "steering_committee": "bodies › steering_committee",
        "council": "bodies › council",
        "selection_min": "selection › min",
        "selection_max": "selection › max",
        "kle": "kle",
        "case_number": "case_number",
    },
    Action: {
        "number": _ORDER,
        "title": "title",
        "summary": "summary",
        "purpose": "purpose",
        "code": "code",
        "theme": "theme",
        "committee": "committee",
        "sdg": "sdg",
        "ambition": "ambition",
        "starts_on": "from",
        "stopped_on": "stopped › day",
        "stopped_by": "stopped › decision",
        "money": "money",
    },
    Responsibility: {"order": _ORDER, "note": "note"},
    Partnership: {"order": _ORDER, "contribution": "contribution"},
    Goal: {"number": _ORDER, "text": "text"},
    Indicator: {
        "order": _ORDER,
        "name": "name",
        "unit": "unit",
        "target": "target",
        "comparison": "comparison",
        "yearly": "frequency: yearly",
        "by_year": "by",
        "baseline": "baseline",
        "baseline_year": "baseline_year",
        "measures": "measures",
        "kind": "kind",
        "upper": "upper",
        "targets": "targets",
        "every": "every",
        "decimals": "decimals",
        "tolerance": "tolerance",
    },
    FigureSupplier: {"position": "supplier"},
    Initiative: {"order": _ORDER, "title": "title", "description": "description"},
    Milestone: {"order": _ORDER, "text": "text", "year": "year"},
    InitiativeRelation: {"order": _ORDER},
}


#: What an indicator is measured by: a change of it takes a decision once heads have reported.
MEASURED_BY: Final = (
    "target",
    "upper",
    "targets",
    "comparison",
    "yearly",
    "by_year",
    "measures",
    "kind",
)


class ChangeKind(Enum):
    CREATED = "+"
    CHANGED = "~"
    REMOVED = "-"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a row, with its value before and after."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the database. A created row is not saved yet; a changed one has its new values."""

    kind: ChangeKind
    row: models.Model
    place: str
    fields: tuple[FieldChange, ...] = ()

    def of_field(self, name: str) -> FieldChange | None:
        return next((changed for changed in self.fields if changed.name == name), None)


class ChangedTarget(NamedTuple):
    """An indicator whose target changes, with its place in the catalogue."""

    place: str
    indicator: Indicator
    old: Decimal
    new: Decimal


class ChangedMeasure(NamedTuple):
    """An indicator that is measured by something else, with its place in the catalogue."""

    place: str
    indicator: Indicator


class ChangedText(NamedTuple):
    """A goal whose text changes, with its place in the catalogue and what it said before."""

    place: str
    goal: Goal
    old: str


class Decided(NamedTuple):
    """What changes a target or the meaning of a goal, and on which day it was decided. `decision`
    is "" for a goal's text that is only corrected, None if nobody was asked.
    """

    decision: str | None = None
    on: date | None = None


@dataclass(slots=True)
class Plan:
    """All changes in the order of the catalogue; `unchanged` counts the rows that stay as is.

    `decisions` holds what changes an indicator's target, by the indicator's id, `meanings` what
    changes a goal's text, by the goal's, `others` what changes more than a row, by its place in
    words. `author` is who imports, None for a command.
    """

    catalogue: Catalogue
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    decisions: dict[int, Decided] = field(default_factory=dict)
    meanings: dict[int, Decided] = field(default_factory=dict)
    others: Mapping[str, Decided] = field(default_factory=dict)
    author: User | None = None

    def of(self, kind: ChangeKind) -> list[Change]:
        return [change for change in self.changes if change.kind is kind]

    def rows[Row: models.Model](self, kind: ChangeKind, model: type[Row]) -> list[Row]:
        return [change.row for change in self.of(kind) if isinstance(change.row, model)]

    def keys(self, kind: ChangeKind, model: type[models.Model]) -> list[int]:
        return [row.pk for row in self.rows(kind, model)]

    @property
    def changed_targets(self) -> list[ChangedTarget]:
        """The indicators that get another target."""
        return [
            ChangedTarget(change.place, change.row, changed.old, changed.new)
            for change in self.of(ChangeKind.CHANGED)
            if isinstance(change.row, Indicator) and (changed := change.of_field("target"))
        ]

    @property
    def changed_measures(self) -> list[ChangedMeasure]:
        """The indicators of which anything in `MEASURED_BY` changes."""
        return [
            ChangedMeasure(change.place, change.row)
            for change in self.of(ChangeKind.CHANGED)
            if isinstance(change.row, Indicator) and any(map(change.of_field, MEASURED_BY))
        ]

    @property
    def stopped(self) -> list[tuple[str, Action]]:
        """The actions that stood in the catalogue and are stopped now, each with its place."""
        return [
            (change.place, change.row)
            for change in self.of(ChangeKind.CHANGED)
            if isinstance(change.row, Action) and change.of_field("stopped_on")
        ]

    @property
    def changed_texts(self) -> list[ChangedText]:
        """The goals that get another text."""
        return [
            ChangedText(change.place, change.row, changed.old)
            for change in self.of(ChangeKind.CHANGED)
            if isinstance(change.row, Goal) and (changed := change.of_field("text"))
        ]

    @property
    def decided(self) -> dict[str, Decided]:
        """What decided the changes, by the place of what changes."""
        targets = ((row.place, self.decisions[row.indicator.pk]) for row in self.changed_measures)
        texts = ((row.place, self.meanings[row.goal.pk]) for row in self.changed_texts)
        stops = ((place, Decided(action.stopped_by)) for place, action in self.stopped)
        rows = (*targets, *texts, *stops, *self.others.items())
        return {place: decided for place, decided in rows if decided.decision}

    @property
    def is_empty(self) -> bool:
        return not self.changes
