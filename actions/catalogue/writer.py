"""Writes a plan to the database."""

from datetime import date, datetime, time
from typing import Any, Final

from django.db import models
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.catalogue.plan import ChangeKind, Plan
from actions.models import (
    Action,
    Catalogue,
    FigureSupplier,
    Goal,
    GoalStatus,
    Indicator,
    Initiative,
    InitiativeRelation,
    Milestone,
    Partner,
    Partnership,
    Position,
    Responsibility,
    State,
    TargetRevision,
)
from actions.models.versions import Descent
from actions.rounds.asked import drop_unasked
from actions.rounds.verbs import add_missing_statuses

#: Parents before children: created in this order, removed in the reverse one.
MODELS: Final[tuple[type[models.Model], ...]] = (
    Action,
    Descent,
    Responsibility,
    Partnership,
    Goal,
    Indicator,
    FigureSupplier,
    Initiative,
    Milestone,
    InitiativeRelation,
)
#: Unique fields: rows that swap values are first put aside.
UNIQUE: Final[dict[type[models.Model], str]] = {
    Action: "number",
    Goal: "number",
    Indicator: "name",
    Initiative: "title",
}
#: Above any number of an action or a goal.
ASIDE: Final = 10_000


def write_plan(plan: Plan) -> None:
    """The caller holds the catalogue's lock, and has checked that nothing is lost."""
    _remove(plan)
    _save_names(Position, plan.rows(ChangeKind.CREATED, Position))
    _save_names(Partner, plan.rows(ChangeKind.CREATED, Partner))
    for catalogue in plan.rows(ChangeKind.CREATED, Catalogue):
        catalogue.save()
    _put_moving_aside(plan)
    _begin(plan)
    for model in MODELS:
        model._default_manager.bulk_create(plan.rows(ChangeKind.CREATED, model))
    for change in plan.of(ChangeKind.CHANGED):
        change.row.save(update_fields=[changed.name for changed in change.fields])
    _begin_anew(plan)
    _continue_goals(plan.rows(ChangeKind.CREATED, Goal))
    if plan.rows(ChangeKind.CREATED, Goal):
        add_missing_statuses(plan.catalogue)
    if plan.stopped:
        drop_unasked(plan.catalogue)
    for revision in _revisions(plan):
        TargetRevision.objects.append(**revision)


def _begin_anew(plan: Plan) -> None:
    """A goal that means something new before its first status continues no other any more."""
    renewed = [text.goal.pk for text in plan.changed_texts if plan.meanings[text.goal.pk].decision]
    if renewed:
        begun = GoalStatus.objects.filter(goal=OuterRef("pk")).exclude(state=State.NOT_STARTED)
        Goal.objects.filter(~Exists(begun), pk__in=renewed).update(origin=None)


def _continue_goals(new: list[Goal]) -> None:
    """A goal of an action that was carried over continues the one with the same text there."""
    carried = [goal for goal in new if goal.action.origin_id]
    if not carried:
        return
    there = Goal.objects.filter(action__in={goal.action.origin_id for goal in carried})
    by_text = {(goal.action_id, goal.text): goal.pk for goal in there}
    for goal in carried:
        goal.origin_id = by_text.get((goal.action.origin_id or 0, goal.text))
    Goal.objects.bulk_update(carried, ["origin"])


def _begin(plan: Plan) -> None:
    """What is added to a catalogue that has a round begins today, or when it was decided.

    A goal begins with its action if that is new too.
    """
    actions = plan.rows(ChangeKind.CREATED, Action)
    new = {id(action) for action in actions}
    goals = plan.rows(ChangeKind.CREATED, Goal)
    if plan.catalogue.pk and plan.catalogue.rounds.exists():
        for row in (*actions, *(goal for goal in goals if id(goal.action) not in new)):
            row.starts_on = row.starts_on or timezone.localdate()


def _remove(plan: Plan) -> None:
    actions = plan.keys(ChangeKind.REMOVED, Action)
    goals = plan.keys(ChangeKind.REMOVED, Goal)
    # `checks.losses` has seen that nobody has written on these.
    GoalStatus.objects.filter(Q(goal__in=goals) | Q(goal__action__in=actions)).delete()
    for model in reversed(MODELS):
        if keys := plan.keys(ChangeKind.REMOVED, model):
            model._default_manager.filter(pk__in=keys).delete()


def _save_names[Named: (Position, Partner)](model: type[Named], rows: list[Named]) -> None:
    """Sorted by name, so that two imports never deadlock.

    A row that another import made meanwhile is used as it is.
    """
    names = sorted(row.name for row in rows)
    model._default_manager.bulk_create([model(name=name) for name in names], ignore_conflicts=True)
    keys = dict(model._default_manager.filter(name__in=names).values_list("name", "pk"))
    for row in rows:
        row.pk = keys[row.name]
        row._state.adding = False


def _put_moving_aside(plan: Plan) -> None:
    """Numbers and names are unique at every moment, so two rows cannot swap theirs directly."""
    for model, name in UNIQUE.items():
        moving = [
            change.row.pk
            for change in plan.of(ChangeKind.CHANGED)
            if isinstance(change.row, model) and change.of_field(name)
        ]
        aside: Any = (
            F(name) + ASIDE if name == "number" else Concat(Value("\x01"), Cast("pk", CharField()))
        )
        model._default_manager.filter(pk__in=moving).update(**{name: aside})


def _revisions(plan: Plan) -> list[dict[str, Any]]:
    """The values of a revision for each changed target, unless its decision was left empty."""
    return [
        {
            "indicator": change.indicator,
            "old_target": change.old,
            "new_target": change.new,
            "decision": decided.decision or _("Ændret ved import af katalogfilen"),
            "decided_at": _moment_of(decided.on),
            "decided_by": plan.author,
        }
        for change in plan.changed_targets
        if (decided := plan.decisions[change.indicator.pk]).decision != ""
    ]


def _moment_of(day: date | None) -> datetime:
    """Noon of the decision's day; now if that is today or unknown."""
    if day is None or day >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))
