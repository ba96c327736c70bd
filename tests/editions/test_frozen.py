"""What is frozen gives the same PDF again, whatever machine, day and folder it is made in (K7).

A drill does more: RENDERINGS=50.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import serializers

from reports.editions import verbs
from reports.models import Edition
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate, proof_now

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RENDERINGS = int(os.environ.get("RENDERINGS", "2"))
CODE = ("actions", "handlingskatalog", "reports", "templates", "static")
ZONES = ("Pacific/Auckland", "America/Lima", "UTC", "Asia/Kolkata")

#: Restores the edition to a new database and renders it, with the clock somewhere else, in both
#: processes: the one that renders is started by way of a script that moves its clock.
AGAIN = """
import hashlib, sys, tempfile, time_machine, django
from pathlib import Path
moment, dump = sys.argv[1:]
with time_machine.travel(moment, tick=True):
    django.setup()
    from django.core import serializers
    from django.db import connection
    from actions.models import Catalogue
    from reports.documents import renderer
    from reports.editions import verbs
    from reports.models import Edition, Report
    with connection.schema_editor() as editor:
        for model in (Catalogue, Report, Edition):
            editor.create_model(model)
    for row in serializers.deserialize("json", Path(dump).read_text()):
        row.save()
    script = Path(tempfile.mkdtemp()) / "child.py"
    script.write_text(
        "import runpy, sys, time_machine\\n"
        f"with time_machine.travel({moment!r}, tick=True):\\n"
        f"    runpy.run_path({str(renderer.CHILD)!r}, run_name='__main__')\\n"
    )
    renderer.CHILD = script
    print(hashlib.sha256(verbs.render_again(Edition.objects.get())).hexdigest())
"""


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """A real one, with a chart in it."""
    factory.make_indicator(cast.own_goal)
    factory.hand_in_all(cast.round, progress="Stien er åbnet – 3.478 besøg.")
    return verbs.publish(
        catalogue=cast.catalogue,
        year=cast.round.year,
        seal=proof_now(cast.catalogue, cast.round.year),
        changes="",
        confirmed=True,
        by=mandate(cast.coordinator),
    )


@pytest.fixture
def dump(edition: Edition, tmp_path: Path) -> Path:
    rows: list[Any] = [edition.report.catalogue, edition.report, edition]
    file = tmp_path / "dump.json"
    file.write_text(serializers.serialize("json", rows))
    return file


def checkout(folder: Path) -> Path:
    """The code in another folder, with the design system that is installed here."""
    for name in CODE:
        shutil.copytree(settings.BASE_DIR / name, folder / name)
    (folder / "node_modules").symlink_to(settings.BASE_DIR / "node_modules")
    return folder


def render_elsewhere(code: Path, dump: Path, seed: int) -> str:
    """The hash of the PDF that another process makes, with everything else changed by the seed."""
    chance = random.Random(seed)
    moment = f"{chance.randint(2027, 2049)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}T23:59Z"
    done = subprocess.run(
        [sys.executable, "-c", AGAIN, moment, str(dump)],
        env={
            "DATABASE_URL": "sqlite:///:memory:",
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "handlingskatalog.settings",
            "HOME": str(dump.parent),
            "LANG": chance.choice(["C", "da_DK.UTF-8", "C.UTF-8"]),
            "PATH": "/usr/bin:/bin",
            "PYTHONHASHSEED": str(chance.randint(1, 9999)),
            "PYTHONPATH": str(code),
            "TZ": chance.choice(ZONES),
        },
        cwd=code,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_restored_edition_renders_byte_for_byte_the_same(
    edition: Edition, dump: Path, tmp_path: Path
) -> None:
    assert hashlib.sha256(bytes(edition.pdf)).hexdigest() == edition.pdf_sha256
    code = checkout(tmp_path / "et andet sted")
    hashes = [render_elsewhere(code, dump, seed) for seed in range(RENDERINGS)]
    assert hashes == [edition.pdf_sha256] * RENDERINGS


def test_other_content_renders_otherwise(edition: Edition, dump: Path) -> None:
    """The control: the comparison above can fail."""
    rows = json.loads(dump.read_text())
    rows[-1]["fields"]["content"]["vision"] = "En anden"
    dump.write_text(json.dumps(rows))
    assert render_elsewhere(settings.BASE_DIR, dump, 0) != edition.pdf_sha256
