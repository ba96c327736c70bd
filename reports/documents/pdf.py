"""A report's content as PDF: PDF/A-3a and PDF/UA-1 in one file, the same bytes every time.

The templates make HTML here; a process with limits turns it into PDF
(`reports.documents.renderer`).
"""

import hashlib
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.content.shape import ReportContent
from reports.documents import pdf_child, renderer
from reports.documents.attachments import Attachment, attachments
from reports.documents.sources import ModuleSource, TemplateSource, sources_of

FONT_FOLDER: Final = "dkfds/fonts/IBMPlexSans/complete/woff2"
LANGUAGE: Final = "da"
DOCUMENT: Final = "reports/pdf/document.html"


class PdfError(Exception):
    """The PDF could not be made; the message says why, in Danish."""


@dataclass(frozen=True)
class EditionMark:
    """What a published edition prints of itself.

    `published_on` is an ISO date, `sha256` the hash of the frozen content.
    """

    number: int
    published_on: str
    sha256: str


@dataclass(frozen=True)
class Limits:
    """What one rendering may use. The wall clock allows for a busy machine."""

    cpu_seconds: int = 60
    memory_bytes: int = 2 * 1024**3
    wall_seconds: float = 180


LIMITS: Final = Limits()


@cache
def version_of(template: str) -> str:
    """A hash of every file of ours that a document from this template is made of, so that no kept
    PDF outlives its templates. The same in every process.
    """
    digest = hashlib.sha256(version("weasyprint").encode())
    texts = sources_of(TemplateSource(template), ModuleSource(__name__)).values()
    parts = [*(text.encode() for text in texts), *(path.read_bytes() for path in _fonts())]
    for part in sorted(hashlib.sha256(part).digest() for part in parts):
        digest.update(part)
    return digest.hexdigest()[:12]


def _fonts() -> list[Path]:
    """The document's fonts, as far as they are installed."""
    paths = [finders.find(f"{FONT_FOLDER}/{name}") for name in pdf_child.FONTS]
    return [Path(str(path)) for path in paths if path]


def render_pdf(
    content: ReportContent, *, edition: EditionMark | None, frozen: object = None
) -> bytes:
    """The report as PDF; if `edition` is None a draft, which says KLADDE on every page.

    `frozen` is the content as it was published, to attach as data. Raises PdfError as
    `html_to_pdf` does.
    """
    with translation.override(LANGUAGE):
        files = attachments(content, frozen=frozen)
    return html_to_pdf(render_html(content, edition=edition), files=files)


def render_html(content: ReportContent, *, edition: EditionMark | None) -> str:
    with translation.override(LANGUAGE):
        context = {"content": content, "edition": edition, "attachments": attachments(content)}
        return render_to_string(DOCUMENT, context)


def html_to_pdf(html: str, limits: Limits = LIMITS, *, files: Sequence[Attachment] = ()) -> bytes:
    """Renders in a process of its own. Raises PdfError if it fails or reaches a limit."""
    job = {
        "html": html,
        "attachments": [asdict(file) for file in files],
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
    }
    try:
        done = renderer.take(font_folder()).render(job, limits.wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise PdfError(_("PDF'en blev stoppet: den tog for lang tid.")) from error
    if done.returncode:
        raise PdfError(_reason(done.returncode, done.stderr))
    return done.pdf


def make_ready() -> None:
    """Starts the next PDF's process ahead, for a worker that makes one after the other."""
    renderer.start_ahead(font_folder())


def font_folder() -> Path:
    fonts = _fonts()
    if len(fonts) < len(pdf_child.FONTS):
        raise PdfError(_("Rapportens skrifttyper mangler: kør ./dev setup."))
    return fonts[0].parent


def _reason(returncode: int, stderr: str) -> str:
    if returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _("PDF'en blev stoppet: den brugte for meget regnetid.")
    if returncode == pdf_child.OUT_OF_MEMORY or "MemoryError" in stderr:
        return _("PDF'en blev stoppet: den brugte for meget hukommelse.")
    if returncode < 0:  # the C libraries abort with a signal
        return _("PDF'en blev stoppet (signal %(number)d), oftest fordi hukommelsen slap op.") % {
            "number": -returncode
        }
    lines = stderr.strip().splitlines() or [str(returncode)]
    return _("PDF'en kunne ikke dannes: %(reason)s") % {"reason": lines[-1]}


def mark_for(number: int, published_at: datetime, content_sha256: str) -> EditionMark:
    """What an edition prints of itself, with its date in local time."""
    return EditionMark(number, timezone.localdate(published_at).isoformat(), content_sha256)
