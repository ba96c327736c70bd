"""A catalogue in the database → typed rows; `actions.catalogue.file` makes a file of them."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from actions.catalogue.file import (
    ActionRow,
    CatalogueRows,
    GoalRow,
    IndicatorRow,
    InitiativeRow,
    MilestoneRow,
    MoneyRow,
    OriginRow,
    PartnerRow,
    RelatedRow,
    ResponsibleRow,
    TargetRow,
)
from actions.models import (
    Action,
    Catalogue,
    FigureSupplier,
    Goal,
    Indicator,
    Initiative,
    InitiativeRelation,
    Partnership,
    Responsibility,
)
from actions.models.versions import Descent


def whole_catalogues() -> QuerySet[Catalogue]:
    """Catalogues with all that a file holds, prefetched: a fixed number of queries."""
    return Catalogue.objects.prefetch_related(
        Prefetch("actions", Action.objects.select_related("origin__catalogue")),
        Prefetch("actions__descents", Descent.objects.select_related("origin")),
        Prefetch("actions__responsibilities", Responsibility.objects.select_related("position")),
        Prefetch("actions__partnerships", Partnership.objects.select_related("partner")),
        Prefetch(
            "actions__goals__indicators", Indicator.objects.select_related("supplier__position")
        ),
        "actions__initiatives__milestones",
        Prefetch(
            "actions__initiatives__relations",
            InitiativeRelation.objects.select_related("related__action"),
        ),
    )


@transaction.atomic
def rows_of(slug: str) -> CatalogueRows:
    """The rows of a catalogue: importing them would change nothing.

    Read under the catalogue's lock, so that it is never half of an import. Raises
    Catalogue.DoesNotExist if there is none of that name.
    """
    Catalogue.objects.select_for_update().get(slug=slug)
    return read_rows(slug)


def read_rows(slug: str) -> CatalogueRows:
    """The rows, read without the lock; whoever writes them back sends their seal."""
    catalogue = whole_catalogues().get(slug=slug)
    return CatalogueRows(
        slug=catalogue.slug,
        title=catalogue.title,
        municipality=catalogue.municipality,
        strategy=catalogue.strategy,
        vision=catalogue.vision,
        period_from=catalogue.period_from,
        period_to=catalogue.period_to,
        midterm_year=catalogue.midterm_year,
        overall_responsible=catalogue.overall_responsible,
        coordinator=catalogue.coordinator,
        steering_committee=catalogue.steering_committee,
        council=catalogue.council,
        selection_min=catalogue.selection_min,
        selection_max=catalogue.selection_max,
        kle=catalogue.kle,
        case_number=catalogue.case_number,
        actions=tuple(map(_action, catalogue.actions.all())),
    )


def _action(action: Action) -> ActionRow:
    return ActionRow(
        number=action.number,
        title=action.title,
        summary=action.summary,
        purpose=action.purpose,
        code=action.code,
        theme=action.theme,
        committee=action.committee,
        sdg=tuple(action.sdg),
        ambition=action.ambition,
        money=tuple(map(_money, action.money)),
        origin=origins_of(action),
        responsible=tuple(
            ResponsibleRow(
                responsibility.position.name, responsibility.note, responsibility.position_id
            )
            for responsibility in action.responsibilities.all()
        ),
        partners=tuple(
            PartnerRow(partnership.partner.name, partnership.contribution)
            for partnership in action.partnerships.all()
        ),
        goals=tuple(map(_goal, action.goals.all())),
        initiatives=tuple(map(_initiative, action.initiatives.all())),
        starts_on=action.starts_on,
        stopped_on=action.stopped_on,
        stopped_by=action.stopped_by,
        known=action.pk,
    )


def origins_of(action: Action) -> tuple[OriginRow, ...]:
    """What the action was carried over from, then what it was split or merged from."""
    carried = [action.origin] if action.origin else []
    split = [row.origin for row in action.descents.all()]
    slug = action.catalogue.slug
    return (
        *(OriginRow(one.catalogue.slug, one.number) for one in carried),
        *(OriginRow(slug, one.number) for one in split),
    )


def known_supplier(indicator: Indicator) -> FigureSupplier | None:
    return getattr(indicator, "supplier", None)


def _post(supplier: FigureSupplier | None) -> str:
    """A file names posts, and no persons."""
    return str(supplier.position) if supplier and supplier.position else ""


def _money(data: dict[str, Any]) -> MoneyRow:
    return MoneyRow(
        year=data["year"],
        amount=Decimal(data["amount"]),
        kind=data["kind"],
        state=data["state"],
        decided=data["decision"],
    )


def _goal(goal: Goal) -> GoalRow:
    return GoalRow(
        goal.text,
        tuple(map(_indicator, goal.indicators.all())),
        starts_on=goal.starts_on,
        stopped_on=goal.stopped_on,
        stopped_by=goal.stopped_by,
        known=goal.pk,
    )


def _indicator(indicator: Indicator) -> IndicatorRow:
    return IndicatorRow(
        name=indicator.name,
        unit=indicator.unit,
        target=indicator.target,
        comparison=indicator.comparison,
        yearly=indicator.yearly,
        by=indicator.by_year,
        baseline=indicator.baseline,
        baseline_year=indicator.baseline_year,
        measures=indicator.measures,
        kind=indicator.kind,
        upper=indicator.upper,
        targets=tuple(TargetRow(one["year"], Decimal(one["value"])) for one in indicator.targets),
        every=indicator.every,
        decimals=indicator.decimals,
        tolerance=indicator.tolerance,
        supplier=_post(known_supplier(indicator)),
        known=indicator.pk,
    )


def _initiative(initiative: Initiative) -> InitiativeRow:
    return InitiativeRow(
        title=initiative.title,
        description=initiative.description,
        milestones=tuple(
            MilestoneRow(milestone.text, milestone.year)
            for milestone in initiative.milestones.all()
        ),
        related=tuple(
            RelatedRow(relation.related.action.number, relation.related.title)
            for relation in initiative.relations.all()
        ),
        known=initiative.pk,
    )
