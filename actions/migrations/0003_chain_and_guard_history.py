from typing import Any

from django.db import migrations

from actions.models.chain.guards import AppendOnly
from actions.models.chain.links import chain_up


def chain_events(apps: Any, schema_editor: Any) -> None:
    chain_up(apps.get_model('actions', 'Event'), apps.get_model('actions', 'ChainHead').objects)


def forget_chain(apps: Any, schema_editor: Any) -> None:
    apps.get_model('actions', 'ChainHead').objects.filter(table='actions_event').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0002_history_in_a_chain'),
    ]

    operations = [
        migrations.RunPython(chain_events, forget_chain),
        AppendOnly('Event'),
    ]
