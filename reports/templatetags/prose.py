"""Texts as people paste them, made readable: paragraphs, real lists, and columns kept apart."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from actions.tools.text import with_plain_breaks

register = template.Library()

#: What a list's line begins with, in Word, Google Docs, OneNote and PowerPoint.
BULLET: Final = re.compile(
    "[ \t\u00a0]*(?:[•●○■□▪▫◦‣∙◆◇➢➔➤\uf0a7\uf0d8\uf0b7\uf076\uf06f\uf0e0][ \t\u00a0]*"
    "|[-–—*·][ \t\u00a0]+)"
)
#: The same for what is done, which stays told.
DONE: Final = re.compile("[ \t\u00a0]*[✓✔☑✅\uf0fc]\ufe0f?[ \t\u00a0]*")
#: And for what is not done yet.
UNDONE: Final = re.compile("[ \t\u00a0]*☐[ \t\u00a0]*")


@register.filter(needs_autoescape=False)
def prose(text: str) -> SafeString:
    """A typed text as paragraphs and lists; a column that was a tab stands apart with a dot."""
    blocks = re.split(r"\n[ \t]*\n\s*", with_plain_breaks(str(text)).strip())
    return mark_safe("".join(part for block in blocks for part in _parts(block)))


def _parts(block: str) -> Iterator[str]:
    for is_list, lines in groupby(block.split("\n"), _is_item):
        shown = [_line(line) for line in lines]
        if is_list:
            items = "".join(f"<li>{line}</li>" for line in shown)
            yield f'<ul class="report-list">{items}</ul>'
        elif any(shown):
            yield f"<p>{'<br>'.join(shown)}</p>"


def _is_item(line: str) -> bool:
    mark = BULLET.match(line) or DONE.match(line) or UNDONE.match(line)
    return mark is not None and bool(line[mark.end() :].strip())


def _without_mark(line: str) -> str:
    """A list's line without its bullet; whether it is done stays told."""
    for mark, stays in ((DONE, "✓ "), (UNDONE, "☐ "), (BULLET, "")):
        if mark.match(line):
            return mark.sub(stays, line, count=1)
    return line


def _line(line: str) -> str:
    """A line without its mark, escaped."""
    if _is_item(line):
        line = _without_mark(line)
    cells = [cell.strip() for cell in line.strip().split("\t")]
    return conditional_escape(" · ".join(cell for cell in cells if cell))
