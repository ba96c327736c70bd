from decimal import Decimal
from typing import Any

from django.db import migrations
from django.db.models import Max
from django.utils import timezone

from actions.models.chain.guards import AppendOnly
from actions.models.chain.links import chain_up

TEXTS = ('missing_reason', 'source', 'comment')


def keep_figures(apps: Any, schema_editor: Any) -> None:
    """A status gets its figures as typed; a row stays as it was handed in last, or goes."""
    Measurement = apps.get_model('actions', 'Measurement')
    GoalStatus = apps.get_model('actions', 'GoalStatus')
    keys = set(Measurement.objects.values_list('status', flat=True))
    for status in GoalStatus.objects.filter(pk__in=keys).select_related('round').order_by('pk'):
        rows = list(Measurement.objects.filter(status=status).order_by('indicator__order'))
        status.figures = [_figure(row) for row in rows]
        status.save(update_fields=['figures'])
        if status.state not in {'submitted', 'approved'}:
            Measurement.objects.filter(status=status).delete()
    _restore_returned(apps)
    _name_authors(Measurement)


def _restore_returned(apps: Any) -> None:
    """What a status that was sent back said when it was handed in is still what is known."""
    Measurement = apps.get_model('actions', 'Measurement')
    GoalStatus = apps.get_model('actions', 'GoalStatus')
    events = apps.get_model('actions', 'Event').objects.filter(verb='submit')
    own = set(apps.get_model('actions', 'Indicator').objects.values_list('pk', 'goal'))
    last = Measurement.objects.aggregate(last=Max('pk'))['last'] or 0
    for status in GoalStatus.objects.filter(state='returned').select_related('round'):
        event = events.filter(status=status.pk).order_by('pk').last()
        for figure in event.content.get('figures', []) if event else []:
            year = status.round.measured_year
            taken = Measurement.objects.filter(indicator=figure['indicator'], year=year)
            if (figure['indicator'], status.goal_id) not in own or taken.exists():
                continue
            last += 1
            Measurement.objects.create(
                id=last,
                indicator_id=figure['indicator'],
                status=status,
                year=year,
                value=Decimal(figure['value']) if figure['value'] else None,
                **{name: figure[name] for name in TEXTS},
            )


def _figure(row: Any) -> dict[str, Any]:
    value = '' if row.value is None else str(row.value)
    return {'indicator': row.indicator_id, 'value': value} | {
        name: getattr(row, name) for name in TEXTS
    }


def _name_authors(Measurement: Any) -> None:
    for row in Measurement.objects.select_related('status').order_by('pk'):
        row.at = row.status.saved_at or timezone.now()
        row.by_name = row.status.author_name
        row.position = row.status.author_position
        row.save()


def chain_figures(apps: Any, schema_editor: Any) -> None:
    keep_figures(apps, schema_editor)
    heads = apps.get_model('actions', 'ChainHead').objects
    chain_up(apps.get_model('actions', 'Measurement'), heads)


def forget_chain(apps: Any, schema_editor: Any) -> None:
    apps.get_model('actions', 'ChainHead').objects.filter(table='actions_measurement').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0011_figures_of_the_year'),
    ]

    operations = [
        migrations.RunPython(chain_figures, forget_chain),
        AppendOnly('Measurement'),
    ]
