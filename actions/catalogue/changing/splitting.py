"""Splits an action into several, or merges several into one, by a decision with a day.

The old actions stop and the new ones begin that day, each with its origins. Both verbs take the
catalogue's lock and make one version. They raise Conflict if the catalogue has changed since the
`seal`, Refused if the move is not possible, and what `editor.save_action` raises of its rows.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.catalogue import editor
from actions.catalogue.changing.ending import check_stop, end
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import (
    ActionRow,
    CatalogueRows,
    GoalRow,
    InitiativeRow,
)
from actions.catalogue.plan import Decided
from actions.danish import listed
from actions.history.record import record
from actions.models import Action, Descent, FigureSupplier, Goal, Indicator
from actions.models.history import Announces, HistoryVerb, Scope
from actions.models.versions import DescentKind
from actions.rounds.asked import drop_unasked
from actions.writing.refusals import Conflict, Refused

ACTION_SPLIT: Final = HistoryVerb(
    "split", gettext_lazy("Handling delt"), announces=Announces.ALWAYS
)
ACTIONS_MERGED: Final = HistoryVerb(
    "merge", gettext_lazy("Handlinger samlet"), announces=Announces.ALWAYS
)
#: `known` of a row that is new.
OF_NO_ROW: Final = 0


@dataclass(frozen=True)
class Part:
    """One of the actions that another is split into; `goals` are the numbers of those that it takes
    over, () for all.
    """

    title: str
    goals: Collection[int] = ()


@dataclass(frozen=True)
class Decision:
    """By which decision, and from which day on."""

    day: date
    words: str


def seal_of_all(rows: CatalogueRows) -> str:
    """A hash of every action of the catalogue."""
    seals = (editor.seal_of(rows, action.number) for action in rows.actions)
    return hashlib.sha256("".join(seals).encode()).hexdigest()


@transaction.atomic
def split_action(
    *, slug: str, number: int, parts: Sequence[Part], decision: Decision, seal: str, by: Mandate
) -> list[Action]:
    """Splits an action. Responsible posts, partners and purpose go to every part; the initiatives
    to the first.
    """
    rows = _rows(slug, seal)
    old = _going_on(rows, [number])[0]
    if len(parts) < 2:
        raise Refused(_("En handling deles i mindst to. Skriv en titel til hver."))
    last = editor.last_number(rows)
    made = [
        replace(
            _begun(old, last + place, part.title, decision),
            goals=tuple(_new(goal) for goal in _taken(old, part)),
            initiatives=_initiatives([old]) if place == 1 else (),
        )
        for place, part in enumerate(parts, 1)
    ]
    return _replace(rows, [old], made, DescentKind.SPLIT, decision, by)


@transaction.atomic
def merge_actions(
    *,
    slug: str,
    numbers: Collection[int],
    title: str,
    decision: Decision,
    seal: str,
    by: Mandate,
) -> Action:
    """Merges actions into a new one with the goals, posts, partners and initiatives of all."""
    rows = _rows(slug, seal)
    if len(set(numbers)) < 2:
        raise Refused(_("Vælg mindst to handlinger, der skal samles."))
    old = _going_on(rows, numbers)
    whole = replace(
        _begun(old[0], editor.last_number(rows) + 1, title, decision),
        summary=_all_said(one.summary for one in old),
        purpose=_all_said(one.purpose for one in old),
        responsible=_each_once(
            (row for one in old for row in one.responsible), attrgetter("position")
        ),
        partners=_each_once((row for one in old for row in one.partners), attrgetter("name")),
        goals=tuple(_new(goal) for one in old for goal in one.goals if goal.stopped_on is None),
        initiatives=_initiatives(old),
        sdg=tuple(dict.fromkeys(number for one in old for number in one.sdg)),
        money=tuple(row for one in old for row in one.money),
    )
    return _replace(rows, old, [whole], DescentKind.MERGED, decision, by)[0]


def _replace(
    rows: CatalogueRows,
    old: Sequence[ActionRow],
    new: Sequence[ActionRow],
    kind: DescentKind,
    decision: Decision,
    by: Mandate,
) -> list[Action]:
    """Stops the old actions, adds the new ones, and says where they came from."""
    if not decision.words.strip():
        raise Refused(_("Skriv, hvem der har besluttet det, og hvornår."))
    whole = Action.objects.select_related("catalogue").filter(catalogue__slug=rows.slug)
    ended = list(whole.filter(number__in=[one.number for one in old]).order_by("number"))
    for action in ended:
        check_stop(action, decision.day)
    for action in ended:
        end(action, decision.day, decision.words)
    catalogue, words = ended[0].catalogue, _in_words(ended, new, kind)
    on = decision.day if decision.day <= timezone.localdate() else None
    wanted = replace(rows, actions=(*rows.actions, *new))
    editor.apply_by_decision(wanted, {words: Decided(decision.words, on)}, by)
    made = list(whole.filter(number__in=[one.number for one in new]).order_by("number"))
    _continue_as_before(ended, made)
    Descent.objects.bulk_create(
        Descent(action=action, origin=origin, kind=kind) for action in made for origin in ended
    )
    drop_unasked(catalogue)
    record(
        ACTION_SPLIT if kind == DescentKind.SPLIT else ACTIONS_MERGED,
        actor=by.user,
        position=catalogue.coordinator,
        subject=f"{catalogue.title}, {words}",
        about=[Scope(catalogue.pk, catalogue.period_from)],
        comment=decision.words,
        content={"slug": catalogue.slug, "day": decision.day.isoformat()},
    )
    return made


def _in_words(old: Sequence[Action], new: Sequence[ActionRow], kind: DescentKind) -> str:
    words = _("handling %(old)s delt i %(new)s")
    if kind == DescentKind.MERGED:
        words = _("handling %(old)s samlet i %(new)s")
    return words % {"old": _numbers(old), "new": _numbers(new)}


def _numbers(actions: Sequence[Action] | Sequence[ActionRow]) -> str:
    return listed(action.number for action in actions)


def _rows(slug: str, seal: str) -> CatalogueRows:
    rows = rows_of(slug)
    if seal != seal_of_all(rows):
        raise Conflict(_("En anden har ændret kataloget, mens du skrev."))
    return rows


def _going_on(rows: CatalogueRows, numbers: Collection[int]) -> list[ActionRow]:
    chosen = [action for action in rows.actions if action.number in numbers]
    if len(chosen) < len(set(numbers)):
        raise Refused(_("Handlingen findes ikke længere."))
    return chosen


def _taken(old: ActionRow, part: Part) -> list[GoalRow]:
    """The goals that a part takes over; those that are stopped stay with the old action."""
    goals = [
        goal
        for number, goal in enumerate(old.goals, 1)
        if goal.stopped_on is None and (number in part.goals or not part.goals)
    ]
    if not goals:
        words = _("Vælg mindst ét mål, der følger med til »%(title)s«.")
        raise Refused(words % {"title": part.title})
    return goals


def _continue_as_before(ended: list[Action], made: list[Action]) -> None:
    """A goal that moves continues what it did, and who delivers its figures goes on, be it a post
    or a person.
    """
    before = {goal.text: goal for goal in Goal.objects.filter(action__in=ended)}
    moved = list(Goal.objects.filter(action__in=made))
    for goal in moved:
        goal.origin_id = before[goal.text].origin_id if goal.text in before else None
    Goal.objects.bulk_update(moved, ["origin"])
    people = FigureSupplier.objects.filter(indicator__goal__action__in=ended, user__isnull=False)
    known = {
        (row.indicator.goal.text, row.indicator.name): row.user_id
        for row in people.select_related("indicator__goal")
    }
    new = Indicator.objects.filter(goal__action__in=made).select_related("goal")
    FigureSupplier.objects.bulk_create(
        FigureSupplier(indicator=indicator, user_id=user)
        for indicator in new
        if (user := known.get((indicator.goal.text, indicator.name)))
    )


def _begun(old: ActionRow, number: int, title: str, decision: Decision) -> ActionRow:
    """A new action like an old one, without its goals, its code and its money."""
    return replace(
        old,
        number=number,
        title=title,
        starts_on=decision.day,
        stopped_on=None,
        stopped_by="",
        code="",
        money=(),
        origin=(),
        known=OF_NO_ROW,
    )


def _new(goal: GoalRow) -> GoalRow:
    """A copy of a goal that begins with its action."""
    indicators = tuple(replace(one, known=OF_NO_ROW) for one in goal.indicators)
    return replace(goal, indicators=indicators, starts_on=None, known=OF_NO_ROW)


def _all_said(texts: Iterable[str]) -> str:
    return "\n\n".join(dict.fromkeys(filter(None, texts)))


def _each_once[Row](rows: Iterable[Row], name: Callable[[Row], str]) -> tuple[Row, ...]:
    """The rows, of those with the same name the first."""
    named: dict[str, Row] = {}
    for row in rows:
        named.setdefault(name(row), row)
    return tuple(named.values())


def _initiatives(old: Sequence[ActionRow]) -> tuple[InitiativeRow, ...]:
    rows = (replace(row, known=OF_NO_ROW) for one in old for row in one.initiatives)
    return _each_once(rows, attrgetter("title"))
