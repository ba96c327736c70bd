from typing import Any

from django.db import migrations

from actions.models.chain.guards import AppendOnly
from actions.models.chain.links import chain_up


def chain_editions(apps: Any, schema_editor: Any) -> None:
    apart = frozenset({'content', 'html', 'pdf'})
    heads = apps.get_model('actions', 'ChainHead').objects
    chain_up(apps.get_model('reports', 'Edition'), heads, apart)


def forget_chain(apps: Any, schema_editor: Any) -> None:
    apps.get_model('actions', 'ChainHead').objects.filter(table='reports_edition').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0003_chain_and_guard_history'),
        ('reports', '0002_editions_in_a_chain'),
    ]

    operations = [
        migrations.RunPython(chain_editions, forget_chain),
        AppendOnly('Edition'),
    ]
