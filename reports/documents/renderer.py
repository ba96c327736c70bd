"""The processes that make PDF of HTML, one for each document: `reports/documents/pdf_child.py`.

A process that makes one PDF after the other starts the next one ahead, which gets ready meanwhile
and waits (`make_ready`). It ends with the one that started it, however that ends.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

CHILD: Final = Path(__file__).with_name("pdf_child.py")

# An empty configuration: only the fonts of the document, none of the machine's.
FONT_CONFIGURATION: Final = "<fontconfig></fontconfig>"
# Where a machine keeps Pango, if not in the usual place.
LIBRARY_PATHS: Final = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass(frozen=True)
class Done:
    """What became of a job: see the exit codes in `reports/documents/pdf_child.py`."""

    returncode: int
    pdf: bytes
    stderr: str


class Renderer:
    """A process that waits for its document."""

    def __init__(self, fonts: Path) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="report-")
        self.process = subprocess.Popen(
            [sys.executable, "-s", str(CHILD), str(fonts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(Path(self.folder.name)),
        )

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def render(self, job: dict[str, Any], wall_seconds: float) -> Done:
        """Does the job, and is used up; subprocess.TimeoutExpired where it takes too long."""
        try:
            pdf, stderr = self.process.communicate(json.dumps(job).encode(), wall_seconds)
        finally:
            self.end()
        return Done(self.process.returncode, pdf, stderr.decode(errors="replace"))

    def end(self) -> None:
        self.process.kill()
        with self.process:  # closes its pipes, and waits for it
            self.folder.cleanup()


#: The process that waits, if any. Only a worker has one, which renders in one thread.
WAITING: Final = list[Renderer]()


def take(fonts: Path) -> Renderer:
    """The one that waits, or a new one; the caller has it for one document."""
    while WAITING:
        found = WAITING.pop()
        if found.is_alive:
            return found
        found.end()
    return Renderer(fonts)


def start_ahead(fonts: Path) -> None:
    """Starts one ahead, unless one waits."""
    if not WAITING:
        WAITING.append(Renderer(fonts))


@atexit.register
def _end() -> None:
    while WAITING:
        WAITING.pop().end()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the server's own: no secrets, and no setting that could change a byte."""
    configuration = folder / "fonts.conf"
    configuration.write_text(FONT_CONFIGURATION)
    return {
        "FONTCONFIG_FILE": str(configuration),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "TMPDIR": str(folder),
        "TZ": "UTC",
        **{name: os.environ[name] for name in LIBRARY_PATHS if name in os.environ},
    }
