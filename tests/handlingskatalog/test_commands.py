"""What every command of the project has in common."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands, load_command_class

from actions.tools.command import DanishCommand

OURS = ("actions", "handlingskatalog", "reports")


def test_every_command_ends_in_one_line_where_the_database_fails() -> None:
    ours = {name: app for name, app in get_commands().items() if app in OURS}
    assert {"demo", "compile_report", "import_catalogue", "send_reminders", "verify"} < set(ours)
    for name, app in ours.items():
        assert isinstance(load_command_class(app, name), DanishCommand), name


def test_a_database_that_is_not_made_yet_is_named_with_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "verify"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/ny.sqlite3", "DEBUG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "kør først: python manage.py migrate" in done.stderr
