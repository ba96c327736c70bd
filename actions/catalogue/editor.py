"""Edits the catalogue piece by piece. Each verb makes the rows of the whole catalogue as it should
be, checks them by the rules of the catalogue file, and imports them.

A form carries the `seal` of what it was made from: if that has changed since, the verb writes
nothing and raises Conflict. With `dry` it writes nothing either; its plan says what would change.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import (
    ActionRow,
    CatalogueRows,
    GoalRow,
    InitiativeRow,
    RelatedRow,
    to_text,
)
from actions.catalogue.file.checking import problems
from actions.catalogue.file.places import place
from actions.catalogue.file.record import Problem
from actions.catalogue.file.text.parsing import Document
from actions.catalogue.file.text.writing import to_data
from actions.catalogue.importer import import_rows, plan_import, require_decisions
from actions.catalogue.plan import Decided, Plan
from actions.models import Catalogue
from actions.writing.refusals import Conflict, Refused

#: How a relation names an initiative: the number of its action, and its title.
type Target = tuple[int, str]


class Broken(Refused):
    """The edit breaks the catalogue's rules; `breaches` are (path, place, message)."""

    def __init__(self, document: Document, breaches: list[Problem]) -> None:
        self.breaches = [(path, place(document.data, path), words) for path, words in breaches]
        super().__init__("\n".join(f"{where}: {words}" for _path, where, words in self.breaches))


def _changed_since(now: CatalogueRows | None) -> Conflict:
    """The refusal of a form that was made from other rows; `now` is what stands."""
    return Conflict(_("En anden har ændret det samme, mens du skrev."), now)


def seal_of(rows: CatalogueRows, number: int | None = None) -> str:
    """A hash of an action; without `number`, of the catalogue's fields and its actions' titles."""
    action = action_of(rows, number)
    content = asdict(action) if action else _frame(rows)
    _forget(content)
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


def action_of(rows: CatalogueRows, number: int | None) -> ActionRow | None:
    return next((action for action in rows.actions if action.number == number), None)


def _frame(rows: CatalogueRows) -> dict[str, Any]:
    return asdict(replace(rows, actions=())) | {
        "actions": [(action.number, action.title) for action in rows.actions]
    }


def _forget(content: Any) -> None:
    """Removes, in place, the keys that are no part of what a row says."""
    if isinstance(content, dict):
        for key in ("known", "decision", "decided_on", "line"):
            content.pop(key, None)
    for inner in content.values() if isinstance(content, dict) else content:
        if isinstance(inner, dict | list | tuple):
            _forget(inner)


@transaction.atomic
def save_action(
    *, slug: str, action: ActionRow, seal: str, by: Mandate, new: bool = False, dry: bool = False
) -> Plan:
    """Writes an action, or adds a new one behind the last.

    Raises Conflict if the action has changed since `seal`, Broken if it breaks a rule of the file,
    CatalogueFileError if the import refuses it.
    """
    rows = rows_of(slug)
    before = None if new else action_of(rows, action.number)
    if seal != seal_of(rows, None if new else action.number) or not (new or before):
        raise _changed_since(rows)
    if new:
        action = replace(action, number=last_number(rows) + 1)
    others = tuple(one for one in rows.actions if one.number != action.number)
    renamed = _renamed(before, action) if before else {}
    wanted = replace(rows, actions=_in_order((*others, action)))
    return _apply(_follow_titles(wanted, action.number, renamed), by, dry=dry)


@transaction.atomic
def remove_action(*, slug: str, number: int, seal: str, by: Mandate) -> Plan:
    """Removes an action, and every relation to its initiatives. Raises CatalogueFileError if
    something that heads have written hangs on it: it can only be stopped.
    """
    rows = rows_of(slug)
    if seal != seal_of(rows, number) or action_of(rows, number) is None:
        raise _changed_since(rows)
    left = tuple(
        _map_related(action, lambda to: None if to[0] == number else to)
        for action in rows.actions
        if action.number != number
    )
    return _apply(replace(rows, actions=left), by)


@transaction.atomic
def save_frame(*, rows: CatalogueRows, seal: str, by: Mandate, dry: bool = False) -> Plan:
    """Writes the catalogue's own fields from `rows`; its actions stay as they are."""
    now = rows_of(rows.slug)
    if seal != seal_of(now):
        raise _changed_since(now)
    return _apply(replace(rows, actions=now.actions), by, dry=dry)


@transaction.atomic
def new_catalogue(*, rows: CatalogueRows, by: Mandate, dry: bool = False) -> Plan:
    if Catalogue.objects.filter(slug=rows.slug).exists():
        raise Refused(_("Der er allerede et handlingskatalog med det kortnavn."))
    return _apply(rows, by, dry=dry)


@transaction.atomic
def renumber(*, slug: str, numbers: Mapping[int, int], seal: str, by: Mandate) -> Plan:
    """Gives the actions other numbers (old → new). Raises Refused if there is a round."""
    rows = rows_of(slug)
    if seal != seal_of(rows) or set(numbers) != {action.number for action in rows.actions}:
        raise _changed_since(rows)
    if Catalogue.objects.filter(slug=slug, rounds__isnull=False).exists():
        message = _("Numrene står fast, når kataloget har en statusrunde: rapporter bruger dem.")
        raise Refused(message)
    moved = tuple(
        _map_related(
            replace(action, number=numbers[action.number], origin=()),
            lambda to: (numbers[to[0]], to[1]),
        )
        for action in rows.actions
    )
    return _apply(replace(rows, actions=_in_order(moved)), by)


def whole_seal(slug: str) -> str:
    """The seal of a whole catalogue; "" if there is none of that name."""
    if not Catalogue.objects.filter(slug=slug).exists():
        return ""
    return hashlib.sha256(to_text(rows_of(slug), "json").encode()).hexdigest()


@transaction.atomic
def bring_in(
    *,
    rows: CatalogueRows,
    seal: str,
    decision: str,
    decided_on: date | None = None,
    corrects: bool | None = None,
    by: Mandate,
) -> Plan:
    """Imports a file, with one decision for all that it changes.

    `corrects`: whether the texts of goals are only corrected; None if nobody was asked. Raises
    Conflict if the catalogue has changed since `seal`, when the file was looked at.
    """
    if seal != whole_seal(rows.slug):
        raise _changed_since(None)
    meaning = decision or None if corrects is False else "" if corrects else None
    return import_rows(by_decision(rows, decision, decided_on, meaning=meaning), by=by)


def by_decision(
    rows: CatalogueRows, decision: str, on: date | None, *, meaning: str | None
) -> CatalogueRows:
    """The rows with one decision for all targets, and one for all goals' texts: `meaning`."""

    def decide(goal: GoalRow) -> GoalRow:
        changed = (replace(one, decision=decision, decided_on=on) for one in goal.indicators)
        return replace(goal, indicators=tuple(changed), decision=meaning, decided_on=on)

    actions = (replace(one, goals=tuple(map(decide, one.goals))) for one in rows.actions)
    return replace(rows, actions=tuple(actions))


def apply_by_decision(rows: CatalogueRows, decided: Mapping[str, Decided], by: Mandate) -> Plan:
    """Imports rows that were made here, checked by the rules of the file."""
    return _apply(rows, by, decided=decided)


def _apply(
    rows: CatalogueRows,
    by: Mandate,
    *,
    dry: bool = False,
    decided: Mapping[str, Decided] | None = None,
) -> Plan:
    document = Document(to_data(rows))
    if breaches := list(problems(document)):
        raise Broken(document, breaches)
    if not dry:
        return import_rows(rows, by=by, decided=decided)
    plan = plan_import(rows)
    require_decisions(plan)
    return plan


def last_number(rows: CatalogueRows) -> int:
    return max((action.number for action in rows.actions), default=0)


def _in_order(actions: tuple[ActionRow, ...]) -> tuple[ActionRow, ...]:
    return tuple(sorted(actions, key=lambda action: action.number))


def _renamed(before: ActionRow, after: ActionRow) -> dict[str, str]:
    titles = {one.known: one.title for one in after.initiatives if one.known}
    return {
        one.title: titles[one.known]
        for one in before.initiatives
        if one.known in titles and titles[one.known] != one.title
    }


def _follow_titles(rows: CatalogueRows, number: int, renamed: dict[str, str]) -> CatalogueRows:
    """Makes every relation to a renamed initiative use its new title."""
    if not renamed:
        return rows

    def follow(to: Target) -> Target:
        return (to[0], renamed.get(to[1], to[1])) if to[0] == number else to

    return replace(rows, actions=tuple(_map_related(action, follow) for action in rows.actions))


def _map_related(action: ActionRow, follow: Callable[[Target], Target | None]) -> ActionRow:
    """The action with each relation changed to what `follow` returns; None drops it."""

    def lead(one: InitiativeRow) -> InitiativeRow:
        targets = (follow((to.action, to.initiative)) for to in one.related)
        related = (RelatedRow(*target) for target in targets if target)
        return replace(one, related=tuple(dict.fromkeys(related)))

    return replace(action, initiatives=tuple(map(lead, action.initiatives)))
