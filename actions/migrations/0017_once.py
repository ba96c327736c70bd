"""A goal that was carried over knows which one it continues.

Until now it was the goal with the same text in its action's origin.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def link_goals(apps: Any, schema_editor: Any) -> None:
    Goal = apps.get_model("actions", "Goal")
    copies = list(
        Goal.objects.filter(action__origin__isnull=False).select_related("action").order_by("pk")
    )
    origins = Goal.objects.filter(action__in={goal.action.origin_id for goal in copies})
    by_text: dict[tuple[int, str], int] = {}
    for goal in origins.order_by("number"):
        by_text.setdefault((goal.action_id, goal.text), goal.pk)
    for goal in copies:
        goal.origin_id = by_text.get((goal.action.origin_id, goal.text))
    Goal.objects.bulk_update(copies, ["origin"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0016_merged_posts"),
    ]

    operations = [
        migrations.AddField(
            model_name="goal",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="successors",
                to="actions.goal",
            ),
        ),
        migrations.RunPython(link_goals, migrations.RunPython.noop),
    ]
