"""Goals that came to mean something new, as a version keeps them among its decisions.

`actions.models.versions` reads them again, without the version's rows.
"""

from typing import NamedTuple


class NewMeaning(NamedTuple):
    """The goal, by its id and its place in the catalogue, and the text it had."""

    goal: int
    before: str
    place: str


def decided(decision: str, new: NewMeaning | None) -> str | dict[str, str | int]:
    """A decision as a version keeps it."""
    if new is None:
        return decision
    return {"decision": decision, "goal": new.goal, "before": new.before}
