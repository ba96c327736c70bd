"""The targets of an action's indicators, with every decision that changed them."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from actions.models import Action, Goal, Indicator


@dataclass(frozen=True)
class Revision:
    """A target that was changed: when, from what to what, by which decision."""

    decided_at: datetime | None
    old: Decimal
    new: Decimal
    decision: str


@dataclass
class IndicatorTargets:
    indicator: Indicator
    revisions: list[Revision] = field(default_factory=list)


def goals_of(action: Action) -> list[tuple[Goal, list[IndicatorTargets]]]:
    """The goals with their indicators, and the revisions of their targets, oldest first: one query.

    A row is a goal with one of its indicators and one of that one's revisions.
    """
    fields = [field.attname for field in Indicator._meta.concrete_fields]
    names = ("decided_at", "old_target", "new_target", "decision")
    rows = Goal.objects.filter(action=action).annotate(
        **{f"indicator_{name}": F(f"indicators__{name}") for name in fields},
        **{f"revision_{name}": F(f"indicators__target_revisions__{name}") for name in names},
    )
    goals: dict[int, Goal] = {}
    found: dict[int, dict[int, IndicatorTargets]] = {}
    for row in rows.order_by("number", "indicators__order", "indicators__target_revisions__pk"):
        goals.setdefault(row.pk, row)
        of_goal = found.setdefault(row.pk, {})
        values = {name: getattr(row, f"indicator_{name}") for name in fields}
        if values["id"] is None:
            continue
        targets = of_goal.setdefault(values["id"], IndicatorTargets(Indicator(**values)))
        revision = Revision(*(getattr(row, f"revision_{name}") for name in names))
        targets.revisions += [revision] if revision.decided_at else []
    return [(goal, list(found[pk].values())) for pk, goal in goals.items()]
