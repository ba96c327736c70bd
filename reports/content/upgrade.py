"""Reads an edition's content in today's shape, whatever format it was frozen in.

Every page, document and verb reads an edition through `read`. Only code that verifies or passes on
the frozen bytes may touch `Edition.content`; `tests/content/test_formats.py` lists it.

A new shape needs four things: a new `FORMAT`, a step here from the format before it, an edition
of that format in `tests/fixtures/editions/`, and the new shape in `reports.content.shape`.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Final, cast

from reports.content.shape import FORMAT, ReportContent
from reports.models import Edition

#: The format of editions published before contents named theirs.
UNLABELLED: Final = ""

type Frozen = dict[str, Any]


class UnknownFormat(Exception):
    """An edition's format has no step to today's: a newer release published it."""


def read(edition: Edition) -> ReportContent:
    """An edition's content in today's shape. The row is not changed.

    Raises UnknownFormat if a newer release published the edition.
    """
    content: Frozen = edition.content
    while (name := content.get("format", UNLABELLED)) != FORMAT:
        if name not in STEPS:
            raise UnknownFormat(f"{edition.place}: {name}")
        content = STEPS[name](content)
    return cast(ReportContent, content)


def _name_the_format(content: Frozen) -> Frozen:
    """To rapport/1, which leaves the look of a light to `actions.lights`."""
    return {"format": "rapport/1", **_without_looks(content)}


def _without_looks(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_looks(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "colour_name" in value:
        return {"code": value["code"], "word": value["word"]}
    return {name: _without_looks(part) for name, part in value.items()}


#: What the contents before rapport/2 did not say, and what they meant by it.
ACTION: Final[Frozen] = {"code": "", "theme": "", "stopped": "", "origins": []}
GOAL: Final[Frozen] = {"stopped": ""}
INDICATOR: Final[Frozen] = {
    "baseline_year": None,
    "measures": "level",
    "kind": "number",
    "upper": "",
    "targets": [],
    "every": 1,
    "decimals": None,
    "tolerance": "",
}


def _tell_of_time(content: Frozen) -> Frozen:
    """To rapport/2, in which actions begin and stop, figures are revised and a period ends."""
    told: Frozen = deepcopy(content) | {"format": "rapport/2"}
    told["progress"]["stopped"] = 0
    told["final"] = None
    for action in told["actions"]:
        action |= deepcopy(ACTION)
        for goal in action["goals"]:
            goal |= GOAL
            for year in (goal["course"] or {}).get("years", []):
                year["goal_text"] = ""
            for indicator in goal["indicators"]:
                indicator |= deepcopy(INDICATOR)
                for point in indicator["points"]:
                    point["revised"] = ""
    return told


#: What turns each past format into the next one.
STEPS: Final[Mapping[str, Callable[[Frozen], Frozen]]] = {
    UNLABELLED: _name_the_format,
    "rapport/1": _tell_of_time,
}
