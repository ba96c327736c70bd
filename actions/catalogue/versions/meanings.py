"""Goals that came to mean something new: what they said before, and by which decision.

A version keeps them among its decisions, so that they are read without its rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from actions.models import Catalogue, CatalogueVersion


class NewMeaning(NamedTuple):
    """The goal, by its id and its place in the catalogue, and the text it had."""

    goal: int
    before: str
    place: str


@dataclass(frozen=True)
class Turn:
    """A goal's new meaning as the catalogue's history tells it."""

    goal: int
    before: str
    decision: str
    day: date
    version: CatalogueVersion


def decided(decision: str, new: NewMeaning | None) -> str | dict[str, str | int]:
    """A decision as a version keeps it."""
    if new is None:
        return decision
    return {"decision": decision, "goal": new.goal, "before": new.before}


def turns_in(versions: Iterable[CatalogueVersion]) -> Iterator[Turn]:
    for version in versions:
        for told in version.decisions.values():
            if isinstance(told, dict):
                day = version.decided_on or version.in_force
                yield Turn(day=day, version=version, **told)


def turns_of(catalogue: Catalogue) -> list[Turn]:
    """The catalogue's, the oldest first. One query."""
    rows = CatalogueVersion.objects.filter(catalogue=catalogue).exclude(decisions={})
    return list(turns_in(rows.defer("rows").order_by("pk")))
