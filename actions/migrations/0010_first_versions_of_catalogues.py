"""Every catalogue's first version: as it stands, in force from its period's first day.

The shape is that of `actions.catalogue.versions.data.as_data` at the time of this migration.
"""

from datetime import date
from typing import Any

from django.db import migrations
from django.utils import timezone

from actions.models.chain.guards import AppendOnly
from actions.models.chain.links import link_hash

FRAME = (
    'slug', 'title', 'municipality', 'strategy', 'vision', 'period_from', 'period_to',
    'midterm_year', 'overall_responsible', 'coordinator', 'steering_committee', 'council',
    'selection_min', 'selection_max',
)


def keep_first_versions(apps: Any, schema_editor: Any) -> None:
    Version = apps.get_model('actions', 'CatalogueVersion')
    last, before, today = 0, '', timezone.localdate()
    for catalogue in apps.get_model('actions', 'Catalogue').objects.order_by('pk'):
        last += 1
        version = Version(
            id=last,
            catalogue_id=catalogue.pk,
            in_force=min(today, date(catalogue.period_from, 1, 1)),
            at=timezone.now(),
            rows=_catalogue(apps, catalogue),
        )
        version.chain_hash = before = link_hash(before, version)
        version.save(force_insert=True)
    if last:
        heads = apps.get_model('actions', 'ChainHead').objects
        heads.create(table='actions_catalogueversion', last=last, hash=before)


def _catalogue(apps: Any, catalogue: Any) -> dict[str, Any]:
    related: dict[int, list[dict[str, Any]]] = {}
    relations = apps.get_model('actions', 'InitiativeRelation').objects
    rows = relations.filter(initiative__action__catalogue=catalogue)
    for row in rows.select_related('related__action').order_by('order'):
        named = {'action': row.related.action.number, 'initiative': row.related.title}
        related.setdefault(row.initiative_id, []).append(named)
    frame = {name: getattr(catalogue, name) for name in FRAME}
    actions = catalogue.actions.order_by('number')
    return frame | {'actions': [_action(action, related) for action in actions]}


def _action(action: Any, related: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    return _given(
        number=action.number,
        title=action.title,
        responsible=[
            _given(position=row.position.name, note=row.note, known=row.position_id)
            for row in action.responsibilities.select_related('position').order_by('order')
        ],
        goals=[
            _given(
                text=goal.text,
                indicators=[_indicator(row) for row in goal.indicators.order_by('order')],
                known=goal.pk,
            )
            for goal in action.goals.order_by('number')
        ],
        partners=[
            _given(name=row.partner.name, contribution=row.contribution)
            for row in action.partnerships.select_related('partner').order_by('order')
        ],
        initiatives=[
            _given(
                title=row.title,
                description=row.description,
                milestones=[
                    {'text': step.text, 'year': step.year}
                    for step in row.milestones.order_by('order')
                ],
                related=related.get(row.pk, []),
                known=row.pk,
            )
            for row in action.initiatives.order_by('order')
        ],
        summary=action.summary,
        purpose=action.purpose,
        known=action.pk,
    )


def _indicator(row: Any) -> dict[str, Any]:
    given = _given(
        name=row.name,
        unit=row.unit,
        target=f'{row.target:f}',
        comparison=row.comparison,
        known=row.pk,
    )
    if row.yearly:
        given['yearly'] = True
    if row.by_year is not None:
        given['by'] = row.by_year
    if row.baseline is not None:
        given['baseline'] = f'{row.baseline:f}'
    return given


def _given(**values: Any) -> dict[str, Any]:
    """Without the texts and lists that are empty; a required list never is."""
    return {name: value for name, value in values.items() if value not in ('', [])}


def forget_versions(apps: Any, schema_editor: Any) -> None:
    apps.get_model('actions', 'CatalogueVersion').objects.all().delete()
    apps.get_model('actions', 'ChainHead').objects.filter(
        table='actions_catalogueversion'
    ).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0009_the_plan_over_the_years'),
    ]

    operations = [
        migrations.RunPython(keep_first_versions, forget_versions),
        AppendOnly('CatalogueVersion'),
    ]
