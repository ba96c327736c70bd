"""Texts that are drafted before they are given: a head's answer, and what a temamøde came to.

The draft is saved while somebody writes (`actions.saves`) and is for its writers alone. A verb that
keeps or gives one has locked the row.
"""

from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from actions import saves
from actions.access import Mandate
from actions.writing.refusals import Conflict
from reports.models import Drafted

#: Keeps a draft of another page, with the name of who wrote it, that a text takes the place of.
type KeepOther = Callable[[str, str], object]


def keep(
    row: Drafted,
    text: str,
    *,
    revision: int | None,
    by: Mandate,
    names: Sequence[str],
    keep_other: KeepOther,
) -> None:
    """Keeps the draft; the same again changes nothing. Conflict where another has written since."""
    if saves.is_held(names, row.saves) or row.written == text:
        return
    _make_way(row, text, revision, names, keep_other)
    row.draft, row.drafted_by_name = text, str(by.user)
    row.drafted_at = None if text == row.given else timezone.now()
    row.save()


def give(
    row: Drafted,
    text: str,
    *,
    revision: int | None,
    names: Sequence[str],
    keep_other: KeepOther,
) -> None:
    """What is drafted is given now, and the caller saves the row; Conflict as above."""
    _make_way(row, text, revision, names, keep_other)
    row.draft, row.drafted_at, row.drafted_by_name = "", None, ""


def _make_way(
    row: Drafted, text: str, revision: int | None, names: Sequence[str], keep_other: KeepOther
) -> None:
    """What is stored is what the page knows: its revision, or the page's own last save."""
    is_own = saves.follows(names, row.saves)
    if row.revision != revision and not is_own:
        raise Conflict(
            _("En anden har skrevet, siden du åbnede siden. Begge tekster er bevaret."), row
        )
    if row.draft and row.draft != text and not is_own:
        keep_other(row.draft, row.drafted_by_name)
    row.revision, row.saves = row.revision + 1, list(names)
