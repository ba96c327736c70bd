"""A figures' file in the browser: what it would tell is shown first, and kept after a yes."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.figures.file.cells import CATALOGUE, FiguresFileError, LineFault, refused_file
from actions.figures.file.reading import FiguresRead, read_figures
from actions.figures.told import FigureFaults, FigureNews
from actions.figures.verbs import tell_figures
from actions.models import Catalogue, Measurement
from actions.tools.text import quoted
from actions.writing.refusals import Conflict


@dataclass(frozen=True)
class FiguresPreview:
    """What a file tells that nobody knew; `content` and `seen` come back with the yes."""

    lines: Sequence[FigureNews]
    content: str
    seen: str


def preview_figures(content: bytes, catalogue: Catalogue) -> FiguresPreview:
    """Old beside new. Raises FiguresFileError with everything that is wrong with the file."""
    news = _read(content, catalogue).news()
    return FiguresPreview(
        lines=news,
        content=b64encode(content).decode(),
        seen=" ".join(f"{each.place}:{each.before.pk if each.before else 0}" for each in news),
    )


def keep_figures(
    *, content: bytes, seen: Mapping[int, int], catalogue: Catalogue, by: Mandate
) -> list[Measurement]:
    """Keeps the rows of the file that were shown; `seen` has what was known then, by their place.

    Raises FiguresFileError if the file cannot be kept, Conflict if it would change other than what
    was shown.
    """
    read = _read(content, catalogue)
    if read.faults:
        raise FiguresFileError(read.faults)
    if any(place >= len(read.rows) for place in seen):
        raise Conflict(_("Måltallene er ændret, siden du så filen."))
    rows = [replace(read.rows[place], seen=known) for place, known in seen.items()]
    try:
        return tell_figures(by=by, rows=rows)
    except FigureFaults as faults:
        raise refused_file(str(faults)) from faults


def _read(content: bytes, catalogue: Catalogue) -> FiguresRead:
    read = read_figures(content, catalogue)
    message = _("rækken hører til kataloget %(slug)s; indlæs den dér")
    for line, row in zip(read.lines, read.rows, strict=True):
        action = row.indicator.goal.action
        if action.catalogue_id != catalogue.pk:
            slug = quoted(action.catalogue.slug)
            read.faults.append(LineFault(line, CATALOGUE, message % {"slug": slug}))
    return read
