"""Save ids: how a page recognises its own earlier saves, so that it never conflicts with itself.

A page gives every save an id, and sends the ids of its earlier saves with it: answers get lost, and
requests overtake each other when a page is left. The stored text keeps these ids. Another page has
other ids, and that is a conflict. `static/js/autosave.js` makes the ids; without scripts there are
none, and the revision alone counts.
"""

import re
from collections.abc import Sequence
from typing import Final

#: How many ids of its latest saves a page sends.
AT_MOST: Final = 20
_NAME: Final = re.compile(r"[0-9a-z-]{8,40}")


def parse_saves(text: str) -> list[str]:
    """The ids in a form's field, the save's own first; anything else is left out."""
    return [name for name in text.split()[:AT_MOST] if _NAME.fullmatch(name)]


def copy_that_is_saved(key: str, stored: Sequence[str]) -> str:
    """The key and id of the browser's copy of what is stored, which `autosave.js` then removes; ""
    if there is none.
    """
    return f"{key} {stored[0]}" if stored else ""


def is_held(sent: Sequence[str], stored: Sequence[str]) -> bool:
    """Whether this save, or a later one of the same page, is stored already."""
    return bool(sent) and sent[0] in stored


def follows(sent: Sequence[str], stored: Sequence[str]) -> bool:
    """Whether the stored text is the page's own, whatever revision the page began with."""
    return bool(stored) and stored[0] in sent
