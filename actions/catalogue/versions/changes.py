"""What differs between two versions of a catalogue, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.catalogue.file import (
    ActionRow,
    CatalogueRows,
    GoalRow,
    IndicatorRow,
    InitiativeRow,
)
from actions.catalogue.plan import FIELDS
from actions.catalogue.plan_words import CODED_FIELDS, WORDS, code_words, value_words
from actions.catalogue.versions.data import PASSING
from actions.danish import format_date
from actions.models import Catalogue, Comparison, Indicator
from actions.tools.text import quoted

#: What the file calls the fields that rows and tables call alike.
NAMES: Final = FIELDS[Catalogue] | {"yearly": FIELDS[Indicator]["yearly"]}
#: The lists of an action that are told as a whole, or that no column is named by.
LISTS: Final[dict[str, str | Promise]] = {
    "responsible": gettext_lazy("Ansvarlige"),
    "partners": gettext_lazy("Samarbejdspartnere"),
    "milestones": gettext_lazy("Milepæle"),
    "related": gettext_lazy("Hænger sammen med"),
    "starts_on": gettext_lazy("Begynder"),
    "stopped_on": gettext_lazy("Standset"),
    "stopped_by": gettext_lazy("Beslutning om standsning"),
}
#: The fields that are the row's place, or no part of what it says.
PASSED_OVER: Final = PASSING | {"known", "slug", "origin"}

type Numbered = ActionRow | GoalRow | IndicatorRow | InitiativeRow


class RowChange(NamedTuple):
    """One difference: its place, what it is called, and the words of both; "" for nothing."""

    place: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class _Kind:
    """A kind of row with an identity of its own: how its place is named, and what it says."""

    word: str | Promise
    says: str


IDENTIFIED: Final[dict[type[Any], _Kind]] = {
    ActionRow: _Kind(gettext_lazy("Handling"), "title"),
    GoalRow: _Kind(gettext_lazy("Mål"), "text"),
    IndicatorRow: _Kind(gettext_lazy("Måltal"), "name"),
    InitiativeRow: _Kind(gettext_lazy("Indsats"), "title"),
}


def changes_between(before: CatalogueRows, after: CatalogueRows) -> list[RowChange]:
    """Every difference, in the catalogue's order."""
    return list(_of_fields(before, after, ""))


def _of_fields(before: Any, after: Any, place: str) -> Iterator[RowChange]:
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name in PASSED_OVER or old == new:
            continue
        if _has_identity(old) or _has_identity(new):
            yield from _of_rows(old, new, place)
        else:
            says = partial(code_words, field.name) if field.name in CODED_FIELDS else _words
            yield RowChange(place, _label(field.name), says(old), says(new))


def _has_identity(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and type(value[0]) in IDENTIFIED


def _of_rows(
    before: tuple[Numbered, ...], after: tuple[Numbered, ...], place: str
) -> Iterator[RowChange]:
    old = {_key(row): (number, row) for number, row in enumerate(before, 1)}
    for number, row in enumerate(after, 1):
        there = _place(place, row, number)
        if (known := old.pop(_key(row), None)) is None:
            yield RowChange(there, _("Ny"), "", _says(row))
        elif known[1] != row:
            yield from _of_fields(known[1], row, there)
    for number, row in old.values():
        yield RowChange(_place(place, row, number), _("Fjernet"), _says(row), "")


def _key(row: Numbered) -> object:
    return row.known or _says(row)


def _says(row: Numbered) -> str:
    return str(getattr(row, IDENTIFIED[type(row)].says))


def _place(place: str, row: Numbered, number: int) -> str:
    if isinstance(row, ActionRow):
        here = f"{IDENTIFIED[ActionRow].word} {row.number}"
    elif isinstance(row, GoalRow):
        here = f"{IDENTIFIED[GoalRow].word} {number}"
    else:
        here = f"{IDENTIFIED[type(row)].word} {quoted(_says(row))}"
    return f"{place} › {here}" if place else here


def _label(name: str) -> str:
    return str(LISTS.get(name) or WORDS.get(str(NAMES.get(name, name)), name))


def _words(value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, tuple):
        return "; ".join(_words(part) for part in value)
    if is_dataclass(value):
        return _row_words(value)
    return str(Comparison(value).label) if value in Comparison.values else value_words(value)


def _row_words(row: Any) -> str:
    """A small row on one line: its fields that say something."""
    return ", ".join(filter(None, _said(row)))


def _said(row: Any) -> Iterable[str]:
    for field in fields(row):
        if field.name not in PASSED_OVER:
            value = getattr(row, field.name)
            yield str(value) if isinstance(value, int) else _words(value)
