"""What an import may not do to this database: respell a post, or lose what heads have written."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.catalogue.file import CatalogueRows, Fault
from actions.catalogue.plan import ChangeKind, Plan
from actions.models import (
    Action,
    Catalogue,
    Event,
    Goal,
    GoalStatus,
    Indicator,
    Measurement,
    Position,
    RoundState,
    State,
)
from actions.tools.text import quoted, spelling_key


def other_spellings(rows: CatalogueRows) -> Iterator[Fault]:
    """One fault for each position that the database spells in another way.

    The holder of a post may write on its goals, so no post is made twice by accident. A partner is
    only a name: each catalogue may spell it in its own way.
    """
    known: dict[str, set[str]] = {}
    for name in Position.objects.values_list("name", flat=True):
        known.setdefault(spelling_key(name), set()).add(name)
    for action in rows.actions:
        for one in action.responsible:
            spellings = known.get(spelling_key(one.position), {one.position})
            if one.position not in spellings:
                message = _("{name} findes i databasen som {known}; brug samme stavemåde").format(
                    name=quoted(one.position), known=quoted(min(spellings))
                )
                yield Fault(
                    one.line, 0, _("handling {number}").format(number=action.number), message
                )


def years_left_out(catalogue: Catalogue | None, rows: CatalogueRows) -> Iterator[Fault]:
    """One fault for each round outside the new report years: its reports would be out of reach."""
    rounds = catalogue.rounds.order_by("year") if catalogue else ()
    for round_ in rounds:
        was_in = catalogue is not None and round_.year in catalogue.report_years
        if was_in and not rows.period_from <= round_.year <= rows.period_to + 1:
            message = _("kan ikke ændres: der er en statusrunde i {year}").format(year=round_.year)
            yield Fault(0, 0, "period", message)


def losses(plan: Plan) -> Iterator[Fault]:
    """One fault for each goal or indicator whose removal would delete the work of a head."""
    goals = Goal.objects.filter(
        Q(pk__in=plan.keys(ChangeKind.REMOVED, Goal))
        | Q(action__in=plan.keys(ChangeKind.REMOVED, Action))
    )
    indicators = Indicator.objects.filter(
        Q(pk__in=plan.keys(ChangeKind.REMOVED, Indicator)) | Q(goal__in=goals)
    )
    for status in _locked_statuses(goals):
        if message := _why_status_stays(status):
            yield Fault(0, 0, _place_of(status.goal), message)
    indicators = indicators.select_related("goal__action")
    for indicator in indicators.prefetch_related(
        "measurements", "target_revisions", "goal__statuses"
    ):
        if message := _why_indicator_stays(indicator):
            yield Fault(0, 0, place_of_indicator(indicator), message)


def held_goals(action: int) -> set[int]:
    """The ids of the action's goals that hold a head's work, so that they can only be stopped."""
    today = timezone.localdate()
    closed = Q(round__closes__lt=today) | Q(round__closed_at__isnull=False)
    touched = ~Q(state=State.NOT_STARTED) | Exists(Event.objects.filter(status=OuterRef("pk")))
    statuses = GoalStatus.objects.filter(closed | touched, goal=OuterRef("pk"))
    figures = Measurement.objects.filter(indicator__goal=OuterRef("pk"))
    held = Goal.objects.filter(Exists(statuses) | Exists(figures), action=action)
    return set(held.values_list("pk", flat=True))


def _locked_statuses(goals: models.QuerySet[Goal]) -> models.QuerySet[GoalStatus]:
    """The goals' statuses, locked, so that no head writes on a goal while it is removed."""
    return (
        GoalStatus.objects.select_for_update(of=("self",))
        .filter(goal__in=goals)
        .select_related("round", "goal__action")
        .annotate(
            has_history=Exists(Event.objects.filter(status=OuterRef("pk"))),
            has_figures=Exists(Measurement.objects.filter(status=OuterRef("pk"))),
        )
        .order_by("pk")
    )


def _why_status_stays(status: Any) -> str:
    """Why a status must stay; "" if nobody has touched it and its round is not closed."""
    year = status.round.year
    if status.state != State.NOT_STARTED or status.has_history or status.has_figures:
        return _("kan ikke fjernes: der er skrevet status på målet i runden {year}").format(
            year=year
        )
    if status.round.state(timezone.localdate()) is RoundState.CLOSED:
        return _("kan ikke fjernes: målet indgår i den lukkede runde {year}").format(year=year)
    return ""


def _why_indicator_stays(indicator: Indicator) -> str:
    years = list(dict.fromkeys(row.year for row in indicator.measurements.all()))
    if years:
        return _("kan ikke fjernes: der er målinger for {years}").format(
            years=", ".join(map(str, years))
        )
    statuses = indicator.goal.statuses.all()
    if any(row["indicator"] == indicator.pk for status in statuses for row in status.figures):
        return _("kan ikke fjernes: der er skrevet et tal i en kladde")
    if indicator.target_revisions.all():
        return _("kan ikke fjernes: måltallet har tidligere justeringer, som skal bevares")
    return ""


def _place_of(goal: Goal) -> str:
    return f"{_('handling')} {goal.action.number} › {_('mål')} {goal.number}"


def place_of_indicator(indicator: Indicator) -> str:
    return f"{_place_of(indicator.goal)} › {_('måltal')} ”{indicator.name}”"
