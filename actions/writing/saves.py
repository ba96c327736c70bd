"""Save ids: how a page recognises its own earlier saves, so that it never conflicts with itself.

A page names each of its saves, and sends with it the names of those it sent before: answers get
lost, and requests overtake each other when a page is left. The text then stored holds all of them.
Another writer's page has other names, and that is a conflict. `static/js/autosave.js` makes the
names; without scripts there are none, and the revision alone counts.
"""

import re
from collections.abc import Sequence
from typing import Final

#: How many of its latest saves a page names.
AT_MOST: Final = 20
_NAME: Final = re.compile(r"[0-9a-z-]{8,40}")


def parse_saves(text: str) -> list[str]:
    """The names in a form's field, the save's own first; whatever is no name is left out."""
    return [name for name in text.split()[:AT_MOST] if _NAME.fullmatch(name)]


def copy_that_is_saved(key: str, stored: Sequence[str]) -> str:
    """The browser's own copy of what is stored, which `autosave.js` then forgets; "" for none."""
    return f"{key} {stored[0]}" if stored else ""


def is_held(sent: Sequence[str], stored: Sequence[str]) -> bool:
    """Whether a later save of the same page is stored, so that there is nothing left to do."""
    return bool(sent) and sent[0] in stored


def follows(sent: Sequence[str], stored: Sequence[str]) -> bool:
    """Whether what is stored is the page's own, whatever revision the page knows."""
    return bool(stored) and stored[0] in sent
