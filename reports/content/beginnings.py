"""What had begun when a round was due, and what it was split or merged from."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from actions.danish import format_date, listed
from actions.models import Action, Descent, GoalStatus, Round
from actions.models.versions import DescentKind
from actions.tools.together import Row, picked
from reports.content.data import ActionData, Origin


def begun(
    actions: dict[int, ActionData],
    rounds: list[Round],
    year: int,
    statuses: Mapping[tuple[int, int], GoalStatus],
) -> dict[int, ActionData]:
    """The actions and goals that had begun on the due day of the year's round, if it has one, or
    were reported all the same.
    """
    day = rounds[0].due if rounds else date(year, 12, 31)
    handed_in = {goal for goal, of_round in statuses if of_round == year}
    kept: dict[int, ActionData] = {}
    for pk, row in actions.items():
        row.goals = [
            goal for goal in row.goals if goal.goal.pk in handed_in or goal.goal.has_begun(day)
        ]
        if row.goals:
            kept[pk] = row
    return kept


def descents_of(actions: list[int]) -> QuerySet[Any, Any]:
    rows = Descent.objects.filter(action__in=actions)
    return picked(rows, "kind", action="action_id", number="origin__number", title="origin__title")


def add_origins(actions: dict[int, ActionData], descents: list[Row]) -> None:
    for row in sorted(descents, key=itemgetter("action", "number")):
        actions[row["action"]].origins.append((row["kind"], row["number"], row["title"]))


def origins_in_words(action: Action, origins: list[Origin]) -> list[str]:
    """One sentence for each kind that the action came from others."""
    words = {
        DescentKind.SPLIT: _("Udskilt fra %(which)s%(day)s."),
        DescentKind.MERGED: _("Samlet af %(which)s%(day)s."),
    }
    day = f" {format_date(action.starts_on)}" if action.starts_on else ""
    sentences = []
    for kind, rows in groupby(sorted(origins), key=itemgetter(0)):
        which = [
            _("handling %(number)d »%(title)s«") % {"number": number, "title": title}
            for _way, number, title in rows
        ]
        sentences.append(words[DescentKind(kind)] % {"which": listed(which), "day": day})
    return sentences
