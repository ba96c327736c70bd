"""The demo's reports before the engine that archives judge by."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.documents import verapdf

#: Each report of the demo that must pass: year and kind.
REPORTS = [("2025", "status"), ("2026", "status"), ("2026", "midterm"), ("2028", "final")]


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.django_db
def test_verapdf_finds_every_report_accessible_and_fit_for_the_archive(
    tmp_path: Path, settings: Any
) -> None:
    settings.DEBUG = True  # for the demo
    if not verapdf.is_there():
        assert not verapdf.is_required(), verapdf.MISSING
        pytest.skip(verapdf.MISSING)
    files = _compiled(tmp_path)
    lines = verapdf.verdict(*files)
    assert lines == [f"{file} {flavour} ok" for file in files for flavour in ("3a", "ua1")]


def _compiled(folder: Path) -> list[Path]:
    """A published edition (2025) and a draft."""
    call_command("demo")
    files = []
    for year, kind in REPORTS:
        files.append(folder / f"{kind}-{year}.pdf")
        call_command("compile_report", "handlingskatalog-24", year, kind, output=files[-1])
    return files
