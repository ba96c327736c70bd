"""Which goals a follow-up can be on, and which of them are proposed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actions.lights import Light
from actions.models import GoalStatus, Round
from reports.models import Kind, SelectedAction


@dataclass(frozen=True)
class Preset:
    """Goals that are ticked beforehand; `word` names it in the page's address."""

    word: str
    label: str | Promise
    chosen: Callable[[Round, list[GoalStatus]], set[int]]


def eligible_statuses(round_: Round) -> list[GoalStatus]:
    """What was handed in on the goals that go on, in the catalogue's order."""
    today = timezone.localdate()
    rows = round_.statuses.shown_to_others().select_related("goal__action").in_catalogue_order()
    return [row for row in rows if row.goal.stopped(today) is None]


def red_goals(round_: Round, statuses: list[GoalStatus]) -> set[int]:
    return {row.pk for row in statuses if row.light == Light.OFF_TRACK}


def selected_goals(round_: Round, statuses: list[GoalStatus]) -> set[int]:
    """The goals of the actions that the committee has chosen from the round's report."""
    held = SelectedAction.objects.that_hold().filter(
        selection__report__catalogue=round_.catalogue_id,
        selection__report__kind=Kind.STATUS,
        selection__report__year=round_.year,
    )
    actions = set(held.values_list("action", flat=True))
    return {row.pk for row in statuses if row.goal.action_id in actions}


PRESETS: Final = (
    Preset("roede", gettext_lazy("Røde mål"), red_goals),
    Preset("valgte", gettext_lazy("Udvalgets valgte"), selected_goals),
    Preset("ingen", gettext_lazy("Ingen"), lambda round_, statuses: set()),
)


def preset_named(word: str) -> Preset:
    """The preset of that name; the first one if there is none."""
    return next((preset for preset in PRESETS if preset.word == word), PRESETS[0])
