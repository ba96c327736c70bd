"""The targets of goals' indicators, with every decision that changed them."""

from dataclasses import dataclass, field

from django.db.models import FilteredRelation, QuerySet

from actions.models.goals import Goal, Indicator, TargetRevision


@dataclass
class IndicatorTargets:
    """An indicator with the revisions of its target, oldest first."""

    indicator: Indicator
    revisions: list[TargetRevision] = field(default_factory=list)


def targets_of(goals: QuerySet[Goal]) -> list[tuple[Goal, list[IndicatorTargets]]]:
    """The goals in the catalogue's order, each with its indicators.

    One joined query, because these pages have none to spare. A row is a goal with one of its
    indicators and one of that indicator's revisions, or None if there is none.
    """
    rows = (
        goals.annotate(
            indicator=FilteredRelation("indicators"),
            revision=FilteredRelation("indicator__target_revisions"),
        )
        .select_related("action", "indicator", "revision")  # type: ignore[misc]
        .order_by(
            "action__number", "number", "indicator__order", "revision__decided_at", "revision__pk"
        )
    )
    targets: dict[Goal, list[IndicatorTargets]] = {}
    for goal in rows:  # Django sets no attribute if nothing was joined.
        _add(
            targets.setdefault(goal, []),
            getattr(goal, "indicator", None),
            getattr(goal, "revision", None),
        )
    return list(targets.items())


def _add(
    targets: list[IndicatorTargets], indicator: Indicator | None, revision: TargetRevision | None
) -> None:
    if indicator is not None and (not targets or targets[-1].indicator != indicator):
        targets.append(IndicatorTargets(indicator))
    if revision is not None:
        targets[-1].revisions.append(revision)
