"""Paths in words: "handling 3 › mål 1 › måltal 2 › target"."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.tools.text import Path, visible

# The word for an entry of each list; a field is named by its key in the file.
ENTRIES: Final[dict[str, str | Promise]] = {
    "actions": gettext_lazy("handling"),
    "responsible": gettext_lazy("ansvarlig"),
    "partners": gettext_lazy("samarbejdspartner"),
    "goals": gettext_lazy("mål"),
    "indicators": gettext_lazy("måltal"),
    "initiatives": gettext_lazy("indsats"),
    "targets": gettext_lazy("delmål"),
    "money": gettext_lazy("beløb"),
    "origin": gettext_lazy("oprindelse"),
    "sdg": gettext_lazy("verdensmål"),
    "target": gettext_lazy("ende"),
    "milestones": gettext_lazy("milepæl"),
    "related": gettext_lazy("henvisning"),
}


def place(data: Any, path: Path) -> str:
    """A path in words. Entries count from 1; an action has its own number, if it has one."""
    return " › ".join(_steps(data, path))


def _steps(data: Any, path: Path) -> list[str]:
    steps: list[str] = []
    value = data
    for before, key, after in zip((None, *path), path, (*path[1:], None), strict=False):
        value = _inside(value, key)
        if isinstance(key, int):
            steps.append(_entry(str(before), key, value))
        elif key not in ENTRIES or after is None:
            steps.append(visible(key))
    return steps


def _entry(name: str, index: int, value: Any) -> str:
    if name != "actions":
        return f"{ENTRIES.get(name, '')} {index + 1}".strip()
    number = value.get("number") if isinstance(value, dict) else None
    if isinstance(number, int) and not isinstance(number, bool):
        return f"{ENTRIES[name]} {number}"
    return _("handling (den {position}. i filen)").format(position=index + 1)


def _inside(value: Any, key: str | int) -> Any:
    if isinstance(value, dict) and isinstance(key, str):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None
