"""Makes the next catalogue from copies of actions, each with a link to its origin.

The old catalogue stays as it is, with its statuses and measurements; the new one begins without
any. VUF edits it afterwards like any other catalogue.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.catalogue import editor
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import ActionRow, CatalogueRows, IndicatorRow, InitiativeRow
from actions.models import Action, Catalogue, FigureSupplier, Goal, Indicator
from actions.writing.refusals import Refused

#: What a copy does not take over: it begins with its catalogue.
NOT_STOPPED: Final[dict[str, Any]] = {"starts_on": None, "stopped_on": None, "stopped_by": ""}


@dataclass(frozen=True)
class CarriedOver:
    """The new catalogue; `undated` counts the indicators whose year had passed and was left out."""

    catalogue: Catalogue
    undated: int = 0


@transaction.atomic
def carry_over(
    *, source: str, numbers: Collection[int], frame: CatalogueRows, by: Mandate
) -> CarriedOver:
    """Makes the catalogue of `frame` with copies of the source's actions of these numbers.

    A second click returns what the first made. Raises Refused if the short name is taken or nothing
    is chosen, Broken and CatalogueFileError as `editor.save_action` does.
    """
    rows = rows_of(source)
    made = Catalogue.objects.filter(slug=frame.slug).first()
    if made and made.actions.filter(origin__catalogue__slug=source).exists():
        return CarriedOver(made)
    chosen = [action for action in rows.actions if action.number in numbers]
    if not chosen:
        raise Refused(_("Vælg mindst én handling, der skal videreføres."))
    places = {action.number: place for place, action in enumerate(chosen, 1)}
    copies = tuple(_copy(action, places, frame.period_from) for action in chosen)
    plan = editor.new_catalogue(rows=replace(frame, actions=copies), by=by)
    _link(plan.catalogue, chosen)
    _link_goals(plan.catalogue, copies)
    _keep_suppliers(plan.catalogue, copies)
    return CarriedOver(plan.catalogue, _undated(copies) - _undated(chosen))


def _link(catalogue: Catalogue, chosen: list[ActionRow]) -> None:
    made = list(catalogue.actions.order_by("number"))
    for action, origin in zip(made, chosen, strict=True):
        action.origin_id = origin.known
    Action.objects.bulk_update(made, ["origin"])


def _link_goals(catalogue: Catalogue, copies: Collection[ActionRow]) -> None:
    """Each goal continues the one it is a copy of, whatever is corrected in its words later."""
    made = list(
        Goal.objects.filter(action__catalogue=catalogue).order_by("action__number", "number")
    )
    origins = [goal.known for action in copies for goal in action.goals]
    for goal, origin in zip(made, origins, strict=True):
        goal.origin_id = origin
    Goal.objects.bulk_update(made, ["origin"])


def _keep_suppliers(catalogue: Catalogue, copies: Collection[ActionRow]) -> None:
    """Who delivers an indicator's values delivers those of its copy too."""
    origins = {
        (action.number, number, indicator.name): indicator.known
        for action in copies
        for number, goal in enumerate(action.goals, 1)
        for indicator in goal.indicators
    }
    suppliers = FigureSupplier.objects.filter(indicator__in=origins.values())
    by_origin = {supplier.indicator_id: supplier for supplier in suppliers}
    made = Indicator.objects.filter(goal__action__catalogue=catalogue)
    FigureSupplier.objects.bulk_create(
        FigureSupplier(
            indicator=indicator, position_id=supplier.position_id, user_id=supplier.user_id
        )
        for indicator in made.select_related("goal__action")
        if (
            supplier := by_origin.get(
                origins[indicator.goal.action.number, indicator.goal.number, indicator.name] or 0
            )
        )
    )


def _undated(actions: Collection[ActionRow]) -> int:
    """How many indicators have no year."""
    return sum(
        one.by is None for action in actions for goal in action.goals for one in goal.indicators
    )


def _copy(action: ActionRow, places: dict[int, int], begins: int) -> ActionRow:
    """A copy without the goals that are stopped."""
    going_on = tuple(goal for goal in action.goals if goal.stopped_on is None) or action.goals
    goals = (
        replace(
            goal,
            indicators=tuple(_indicator(one, begins) for one in goal.indicators),
            **NOT_STOPPED,
        )
        for goal in going_on
    )
    return replace(
        action,
        **NOT_STOPPED,
        origin=(),
        number=places[action.number],
        goals=tuple(goals),
        initiatives=tuple(_initiative(one, places) for one in action.initiatives),
    )


def _indicator(row: IndicatorRow, begins: int) -> IndicatorRow:
    """A copy; a target due before the new period loses its year, and VUF sets another one.

    Its supplier follows it by itself, be it a post or a person.
    """
    if row.by is None or row.by >= begins:
        return replace(row, supplier="")
    return replace(row, by=None, targets=(), supplier="")


def _initiative(row: InitiativeRow, places: dict[int, int]) -> InitiativeRow:
    """A copy that keeps only its relations to initiatives that are carried over too."""
    related = (
        replace(one, action=places[one.action]) for one in row.related if one.action in places
    )
    return replace(row, related=tuple(related))
