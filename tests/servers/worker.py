"""The worker that a server runs as `manage.py db_worker`, in the test's own process or another."""

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from django.db import close_old_connections, connection
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

ROOT = Path(__file__).parents[2]


def work() -> None:
    """Does what is due, and returns; what fails by a fault of ours fails here."""
    with mock.patch.object(db_worker, "close_old_connections", _close_old_connections):
        _work()
    assert [row.traceback for row in DBTaskResult.objects.failed() if row.traceback] == []


def _close_old_connections() -> None:
    """Not the one that holds the test's transaction; Django's test client does the same."""
    if not connection.in_atomic_block:
        close_old_connections()


def _work() -> None:
    db_worker.Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()


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
