"""Which Chromium the browser tests drive, and the one loud line where there is none.

A pytest plugin (``-p tests.browser.tools.chromium``), because under xdist only the workers read
tests/browser/conftest.py, and they have no terminal to write to.
"""

import os
import shutil

import pytest

CANDIDATES = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "google-chrome",
    "chromium",
)
#: Playwright adds --headless, and --no-sandbox, without which Chromium refuses to run as root.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
MISSING = "no Chromium: install Debian's package chromium, or set CHROMIUM=/path/to/chromium"


def find_chromium() -> str | None:
    """The path of the program; $CHROMIUM alone counts where it is set."""
    candidates = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else CANDIDATES
    return next(filter(None, map(shutil.which, candidates)), None)


def is_required() -> bool:
    """Whether a missing browser is a failure, as in CI, and not a reason to skip."""
    return os.environ.get("REQUIRE_BROWSER", "") not in {"", "0"}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report, pytest.TestReport) and MISSING in str(report.longrepr)
    ]
    if skipped:
        line = f"{len(skipped)} BROWSER TESTS WERE SKIPPED – {MISSING}"
        terminalreporter.write_line(line, red=True, bold=True)
