"""Texts that are drafted before they are given: a head's answer, and what a temamøde came to.

The draft is saved while somebody writes (`actions.saves`) and is for its writers alone. A verb that
keeps or gives one has locked the row.
"""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from actions import saves
from actions.access import Mandate
from reports.models import Drafted
from reports.workflow import Stale


def keep(
    row: Drafted, text: str, *, revision: int | None, by: Mandate, names: Sequence[str]
) -> None:
    """Keeps the draft; the same again changes nothing. Stale where another has written since."""
    if saves.is_held(names, row.saves) or row.written == text:
        return
    check(row, revision=revision, names=names)
    row.draft, row.drafted_by_name = text, str(by.user)
    row.drafted_at = None if text == row.given else timezone.now()
    row.revision, row.saves = row.revision + 1, list(names)
    row.save()


def check(row: Drafted, *, revision: int | None, names: Sequence[str]) -> None:
    """Whether what is stored is what the page knows: its revision, or the page's own last save."""
    if row.revision != revision and not saves.follows(names, row.saves):
        raise Stale(_("En anden har skrevet, siden du åbnede siden. Begge tekster er bevaret."))


def give(row: Drafted, names: Sequence[str]) -> None:
    """What is drafted is given now; the caller saves the row."""
    row.draft, row.drafted_at, row.drafted_by_name = "", None, ""
    row.revision, row.saves = row.revision + 1, list(names)
