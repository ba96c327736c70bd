"""The targets of an action's indicators, with every decision that changed them."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from actions.models import Action, Indicator


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


def indicators_of(action: Action) -> dict[int, list[IndicatorTargets]]:
    """The indicators of each goal with the revisions of their targets, oldest first: one query."""
    names = ("decided_at", "old_target", "new_target", "decision")
    rows = Indicator.objects.filter(goal__action=action).annotate(
        **{f"revision_{name}": F(f"target_revisions__{name}") for name in names}
    )
    found: dict[int, dict[int, IndicatorTargets]] = {}
    for row in rows.order_by("goal", "order", "target_revisions__pk"):
        targets = found.setdefault(row.goal_id, {}).setdefault(row.pk, IndicatorTargets(row))
        revision = Revision(*(getattr(row, f"revision_{name}") for name in names))
        targets.revisions += [revision] if revision.decided_at else []
    return {goal: list(targets.values()) for goal, targets in found.items()}
