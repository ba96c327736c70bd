"""Two columns as they are copied from a spreadsheet, years and values → what they tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from actions.danish import without_hidden
from actions.meaning import Meaning

#: A year, and after it what a spreadsheet or a person puts between two columns.
YEAR_AND_VALUE: Final = re.compile(r"(\d{4})(?:\s*[\t;:]\s*|\s+|$)(.*)")


@dataclass(frozen=True)
class ColumnLine:
    year: int
    value: Decimal


class ColumnFaults(Exception):
    """Everything that is wrong with the lines, at once; `lines` are those that can be read."""

    def __init__(self, messages: list[str], lines: list[ColumnLine]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages
        self.lines = lines


def read_column(text: str, meaning: Meaning) -> list[ColumnLine]:
    """The lines below the heading, if there is one. Raises ColumnFaults if one cannot be read."""
    lines, messages = list[ColumnLine](), list[str]()
    for number, line in _below_heading(text):
        try:
            lines.append(_line(line, meaning))
        except ValueError as error:
            words = _("Linje %(number)d: %(why)s")
            messages.append(words % {"number": number, "why": error})
    if not lines and not messages:
        messages.append(_("Der er kun en overskrift. Kopiér også linjerne med år og tal."))
    if messages:
        raise ColumnFaults(messages, lines)
    return lines


def _below_heading(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, with their numbers; the first may be a heading."""
    is_first = True
    for number, line in enumerate(text.split("\n"), 1):
        shown = line.replace('"', "").strip()
        if shown and not (is_first and not any(letter.isdigit() for letter in shown)):
            yield number, shown
        is_first = is_first and not shown


def _line(line: str, meaning: Meaning) -> ColumnLine:
    """Raises ValueError, with what to write instead, if it is no year with a value."""
    match = YEAR_AND_VALUE.fullmatch(line)
    if match is None:
        raise ValueError(_("Skriv et årstal og et tal, fx »2025 12,5«."))
    year, value = int(match[1]), match[2].strip()
    if not without_hidden(value):
        raise ValueError(
            _("Der står intet tal for %(year)d. Skriv det, eller slet linjen.") % {"year": year}
        )
    if "\t" in value or ";" in value:
        raise ValueError(_("Linjen har mere end to kolonner. Kopiér kun år og tal."))
    return ColumnLine(year, meaning.parse(value))
