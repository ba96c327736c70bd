from typing import Any

from django.db import migrations

from actions.models.chain.guards import AppendOnly
from actions.models.chain.links import chain_up


def chain_revisions(apps: Any, schema_editor: Any) -> None:
    heads = apps.get_model('actions', 'ChainHead').objects
    chain_up(apps.get_model('actions', 'TargetRevision'), heads)


def forget_chain(apps: Any, schema_editor: Any) -> None:
    apps.get_model('actions', 'ChainHead').objects.filter(table='actions_targetrevision').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0006_target_revisions_in_a_chain'),
    ]

    operations = [
        migrations.RunPython(chain_revisions, forget_chain),
        AppendOnly('TargetRevision'),
    ]
