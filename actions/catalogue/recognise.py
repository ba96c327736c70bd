"""Which row of the database each row of a file is.

A row is recognised by the catalogue's slug, the action's number, the initiative's title, the
indicator's name, or the name of the position or partner. A goal is recognised by its text, or if
that has changed by its number: so a status follows its goal if another goal is put in before it.
A row that says which row it is (`known`) is that one, whatever it is called now.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from django.db import models

from actions.catalogue.file import GoalRow
from actions.models import Goal


class Knowable(Protocol):
    """A row of a file that may name the database row it came from."""

    @property
    def known(self) -> int | None: ...


def recognise[Row: models.Model](
    old: Sequence[Row], rows: Sequence[Knowable], names: Sequence[Any], wanted: Sequence[Any]
) -> list[Row | None]:
    """The old row that each row is, or None; by its `known`, else by its name."""
    left = {row.pk: row for row in old}
    known: list[Row | None] = [left.pop(row.known, None) for row in rows]
    by_name = {name: row for row, name in zip(old, names, strict=True) if row.pk in left}
    return [row or by_name.pop(name, None) for row, name in zip(known, wanted, strict=True)]


def left_out[Row: models.Model](old: Sequence[Row], kept: Sequence[Row | None]) -> list[Row]:
    """The old rows that no row is."""
    keys = {row.pk for row in kept if row}
    return [row for row in old if row.pk not in keys]


def match_goals(old: Sequence[Goal], rows: Sequence[GoalRow]) -> list[Goal | None]:
    """The goal that each row is, or None for a new one: by `known`, then by text, then by number.

    A row that says it is new can match an old goal by its text, but never by its number.
    """
    goals = recognise(old, rows, [()] * len(old), [None] * len(rows))
    kept = {goal.pk for goal in goals if goal}
    left = {goal.number: goal for goal in old if goal.pk not in kept}
    for index, row in enumerate(rows):
        if goals[index] is not None:
            continue
        same = [goal for goal in left.values() if goal.text == row.text]
        if same:
            # Of two goals with one text, take the one that has not moved.
            nearest = min(same, key=lambda goal: abs(goal.number - index - 1))
            goals[index] = left.pop(nearest.number)
    for index, row in enumerate(rows):
        if goals[index] is None and row.known is None:
            goals[index] = left.pop(index + 1, None)
    return goals
