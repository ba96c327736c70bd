"""The PDFs that are rendered ahead: the registry of papers, and the key to what each shows.

A wing registers its paper in `reports.apps`; nothing here knows what a paper shows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.models import Catalogue
from reports.content.shape import content_hash
from reports.documents.pdf import version_of
from reports.models import Kind, Paper, Rendering, Report
from reports.models.job import ALL


@dataclass(frozen=True)
class PaperWish:
    """A paper that is wanted, made or not; its Report and Rendering rows may not exist yet.

    `number` is a handout's chosen action, or ALL; an addendum's follow-up.
    """

    catalogue: Catalogue
    year: int
    kind: Kind
    paper: Paper = Paper.DRAFT
    number: int = ALL


@dataclass(frozen=True)
class Made:
    """A paper as things are now. `key` names everything it is made of: content and templates."""

    key: str
    pdf: Callable[[], bytes]


#: Returns a row's paper as things are now. Raises one of `reports.rendering.tasks.REFUSALS` if it
#: has nothing to show.
type Maker = Callable[[Rendering], Made]
#: Returns the papers of a report that should be rendered ahead.
type Wanted = Callable[[Report], Sequence[PaperWish]]

_makers: dict[Paper, Maker] = {}
_wanted: dict[Paper, Wanted] = {}


def register(paper: Paper, *, maker: Maker, wanted: Wanted) -> None:
    _makers[paper], _wanted[paper] = maker, wanted


def wanted_of(report: Report) -> Iterator[PaperWish]:
    """The papers of a report that should be rendered ahead, in the order of registration."""
    for wanted in _wanted.values():
        yield from wanted(report)


def key_of(template: str, content: Mapping[str, Any]) -> str:
    return f"{version_of(template)}:{content_hash(content)}"


def rendered(row: Rendering) -> dict[str, Any]:
    """The row's new fields; none, and nothing rendered, if its PDF is up to date.

    Raises NoSuchReport, Refused or PdfError if there is nothing to show.
    """
    made = _makers[Paper(row.paper)](row)
    return {} if row.key == made.key else {"key": made.key, "pdf": made.pdf()}
