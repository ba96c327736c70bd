"""How the pages about editions show a difference."""

from typing import Final

from django import template

from actions.writing.compare import Piece, compare_texts
from reports.content.shape import Difference

register = template.Library()

#: Beyond so many characters, before and after stand side by side, with differing words marked.
ONE_LINE: Final = 120


@register.filter
def is_long(difference: Difference) -> bool:
    return max(len(difference["before"]), len(difference["after"])) > ONE_LINE


@register.filter
def sides(difference: Difference) -> tuple[list[Piece], list[Piece]]:
    """Before and after in pieces, to mark the words that only one of them has."""
    return compare_texts(difference["before"], difference["after"])
