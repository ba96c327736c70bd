"""Which format a catalogue file needs: the first one, or the second with its keys.

The second format adds optional keys and nothing else, so a file that uses none of them says the
first.
"""

from collections.abc import Iterator
from typing import Any, Final

from actions.tools.text import Path

FIRST: Final = "handlingskatalog/1"
SECOND: Final = "handlingskatalog/2"
#: The target of a yes or no.
TARGET_OF_YES: Final = "ja"

CATALOGUE_KEYS: Final = ("kle", "case_number")
ACTION_KEYS: Final = (
    "code",
    "theme",
    "committee",
    "sdg",
    "ambition",
    "from",
    "stopped",
    "origin",
    "money",
)
INDICATOR_KEYS: Final = (
    "baseline_year",
    "decimals",
    "every",
    "kind",
    "measures",
    "supplier",
    "targets",
    "tolerance",
)


def format_of(data: dict[str, Any]) -> str:
    """The format that a document needs."""
    needs_second = "midterm_year" not in data or any(second_keys(data))
    return SECOND if needs_second else FIRST


def second_keys(data: Any) -> Iterator[Path]:
    """The path of everything that only the second format has."""
    yield from ((key,) for key in CATALOGUE_KEYS if key in data)
    for path, action in _entries(data, (), "actions"):
        yield from ((*path, key) for key in ACTION_KEYS if key in action)
        for below, goal in _entries(action, path, "goals"):
            for place, indicator in _entries(goal, below, "indicators"):
                yield from ((*place, key) for key in INDICATOR_KEYS if key in indicator)
                if indicator.get("comparison") == "between":
                    yield (*place, "comparison")


def _entries(data: Any, path: Path, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    entries = data.get(name)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield (*path, name, index), entry
