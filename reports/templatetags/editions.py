"""What the pages about editions work out: how a difference is best shown."""

from typing import Final

from django import template

from actions.writing.compare import Piece, compare_texts
from reports.content.shape import Difference

register = template.Library()

#: Longer than this, before and after stand side by side, with the words that differ marked.
ONE_LINE: Final = 120


@register.filter
def is_long(difference: Difference) -> bool:
    return max(len(difference["before"]), len(difference["after"])) > ONE_LINE


@register.filter
def sides(difference: Difference) -> tuple[list[Piece], list[Piece]]:
    """Before and after in pieces, so that what only one of them has can be marked."""
    return compare_texts(difference["before"], difference["after"])
