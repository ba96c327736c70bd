"""Renames the tasks that wait in the queue: it names each by its module's path, and both have moved.

A task whose path leads nowhere fails, and its job would wait for ever: `jobs.enqueue` leaves a job
alone if it is in the queue already. A running task counts too, since whoever takes over from a
killed worker looks for its row by the path. What has ended keeps the name it ran by.
"""

from typing import Any

from django.db import migrations

MOVED = {
    "reports.tasks.render": "reports.rendering.tasks.render",
    "reports.tasks.publish_edition": "reports.editions.tasks.publish_edition",
}


def rename(apps: Any, paths: dict[str, str]) -> None:
    rows = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for old, new in paths.items():
        rows.filter(status__in=("READY", "RUNNING"), task_path=old).update(task_path=new)


def forwards(apps: Any, schema_editor: Any) -> None:
    rename(apps, MOVED)


def backwards(apps: Any, schema_editor: Any) -> None:
    rename(apps, {new: old for old, new in MOVED.items()})


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0012_events_of_drafted_texts"),
        # The label of `django_tasks_db`; from here on a task that waits is called READY.
        ("django_tasks_database", "0018_rename_succeeded_status"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
