"""Runs `reports/documents/pdf_child.py`, which turns HTML into PDF: one process per document.

A worker starts its next process ahead (`make_ready`), which warms up and waits. The process ends
with its worker, however that ends.
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

# Empty, so that only the document's fonts are used, none of the machine's.
FONT_CONFIGURATION: Final = "<fontconfig></fontconfig>"
# Where a machine may keep Pango, if not in the usual place.
LIBRARY_PATHS: Final = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass(frozen=True)
class Done:
    """The result of a job; `returncode` is explained in `reports/documents/pdf_child.py`."""

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
        """Does the job and ends the process. Raises TimeoutExpired if it takes too long."""
        try:
            pdf, stderr = self.process.communicate(json.dumps(job).encode(), wall_seconds)
        finally:
            self.end()
        return Done(self.process.returncode, pdf, stderr.decode(errors="replace"))

    def end(self) -> None:
        self.process.kill()
        with self.process:  # closes its pipes, and waits for it
            self.folder.cleanup()


#: The waiting process, if any. Only a worker has one, and it renders in one thread.
WAITING: Final = list[Renderer]()


def take(fonts: Path) -> Renderer:
    """The waiting process, or a new one, for one document of the caller's."""
    while WAITING:
        renderer = WAITING.pop()
        if renderer.is_alive:
            return renderer
        renderer.end()
    return Renderer(fonts)


def start_ahead(fonts: Path) -> None:
    """Starts a process ahead, unless one is waiting."""
    if not WAITING:
        WAITING.append(Renderer(fonts))


@atexit.register
def _end() -> None:
    while WAITING:
        WAITING.pop().end()


def _environment(folder: Path) -> dict[str, str]:
    """Passes on nothing of the server's: no secrets, and no setting that could change a byte."""
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
