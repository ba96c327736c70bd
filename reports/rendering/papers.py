"""The PDFs that are rendered ahead: which papers there are, and the key that names what each shows.

A wing that has a paper registers it in `reports.apps`; nothing here knows what it shows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.content.shape import content_hash
from reports.documents.pdf import version_of
from reports.models import Paper, Rendering, Report


@dataclass(frozen=True)
class Made:
    """A paper as things are now; `key` names all that it is made of: content and templates."""

    key: str
    pdf: Callable[[], bytes]


#: Gives a row's paper as things are now. Raises what `reports.rendering.tasks.REFUSALS` names if
#: there is nothing to show.
type Maker = Callable[[Rendering], Made]
#: Gives those of a report's papers, made or not, that are to be rendered ahead.
type Wanted = Callable[[Report], Sequence[Rendering]]

_makers: dict[Paper, Maker] = {}
_wanted: dict[Paper, Wanted] = {}


def register(paper: Paper, *, maker: Maker, wanted: Wanted) -> None:
    _makers[paper], _wanted[paper] = maker, wanted


def wanted_of(report: Report) -> Iterator[Rendering]:
    """What is to be rendered ahead of a report, in the order of registration."""
    for wanted in _wanted.values():
        yield from wanted(report)


def key_of(template: str, content: Mapping[str, Any]) -> str:
    return f"{version_of(template)}:{content_hash(content)}"


def rendered(row: Rendering) -> dict[str, Any]:
    """The row's new fields; nothing is rendered if its PDF shows things as they are now.

    Raises NoSuchReport, Refused or PdfError if there is nothing to show.
    """
    made = _makers[Paper(row.paper)](row)
    return {} if row.key == made.key else {"key": made.key, "pdf": made.pdf()}
