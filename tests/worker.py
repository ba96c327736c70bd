"""The worker that a server runs as `manage.py db_worker`, in the test's own process or another."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

ROOT = Path(__file__).parent.parent


def work() -> None:
    """Does what is due, and returns; what fails by a fault of ours fails here."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()
    assert [row.traceback for row in DBTaskResult.objects.failed() if row.traceback] == []


def start_worker() -> subprocess.Popen[bytes]:
    """A process of its own on the test's database, until it is killed."""
    command = [sys.executable, "-W", "ignore", "manage.py", "db_worker", "--no-reload"]
    return subprocess.Popen(
        [*command, "--interval=0.05", "--no-startup-delay", "--verbosity=0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": _database_url()},
        stdout=subprocess.DEVNULL,
    )


def _database_url() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    host, user = (connection.settings_dict[key] for key in ("HOST", "USER"))
    return f"postgresql://{user}@/{name}?host={host}"
