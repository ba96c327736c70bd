"""What an import may not do to this database: respell a post, lose what heads have written, or
stop what has been reported on.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.catalogue.exporter import origins_of
from actions.catalogue.file import ActionRow, CatalogueRows, Fault
from actions.catalogue.plan import Change, ChangeKind, Plan
from actions.danish import format_date
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
from actions.status.moves import SUBMITTED
from actions.tools.text import quoted, spelling_key

type Ending = Action | Goal


def other_spellings(rows: CatalogueRows) -> Iterator[Fault]:
    """One fault for each position that the database spells in another way, or that is merged into
    another one.

    The holder of a post may write on its goals, so no post is made twice by accident. A partner is
    only a name: each catalogue may spell it in its own way.
    """
    known: dict[str, set[str]] = {}
    gone = dict[str, str]()
    for name, into in Position.objects.values_list("name", "merged_into__name"):
        known.setdefault(spelling_key(name), set()).add(name)
        gone |= {name: into} if into else {}
    for action in rows.actions:
        posts = [(one.position, one.line) for one in action.responsible]
        posts += [(one.supplier, 0) for goal in action.goals for one in goal.indicators]
        for name, line in posts:
            spellings = known.get(spelling_key(name), {name})
            if name not in spellings:
                message = _("{name} findes i databasen som {known}; brug samme stavemåde").format(
                    name=quoted(name), known=quoted(min(spellings))
                )
                yield Fault(line, 0, _("handling {number}").format(number=action.number), message)
            elif name in gone:
                message = _("{name} er lagt sammen med {into}; skriv den i stedet").format(
                    name=quoted(name), into=quoted(gone[name])
                )
                yield Fault(line, 0, _("handling {number}").format(number=action.number), message)


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


def misfits(plan: Plan, rows: CatalogueRows) -> Iterator[Fault]:
    """One fault for each begin, end or origin of an action that cannot be what the file says."""
    said = {row.number: row for row in rows.actions}
    for change in plan.changes:
        if isinstance(change.row, Action):
            action, row = change.row, said.get(change.row.number)
            for message in _misfits_of(change, action, plan):
                yield Fault(0, 0, change.place, message)
            if row and change.kind is ChangeKind.CREATED:
                yield from _unknown_origins(row, rows.slug, change.place)


def _misfits_of(change: Change, action: Action, plan: Plan) -> Iterator[str]:
    if change.of_field("starts_on") and plan.catalogue.rounds.exists():
        yield _("begyndelsen ligger fast, når der har været en runde; ret from tilbage")
    end = change.of_field("stopped_on") or change.of_field("stopped_by")
    if end and end.old:
        yield _("er standset før; fortryd det på handlingens side, eller ret stopped tilbage")
    elif end and action.stopped_on and (words := why_not_stopped(action, action.stopped_on)):
        yield words
    elif change.kind is ChangeKind.CREATED and action.stopped_on:
        yield from filter(None, [_outside(plan.catalogue, action.stopped_on)])
        if action.starts_on is None and plan.catalogue.pk and plan.catalogue.rounds.exists():
            yield _("skriv også from: handlingen begynder ellers i dag")
    is_new = change.kind is ChangeKind.CREATED or change.of_field("starts_on") is not None
    if action.starts_on and is_new:
        yield from filter(None, [_outside(plan.catalogue, action.starts_on)])
        if action.stopped_on and action.stopped_on <= action.starts_on:
            yield _("begynder først den dag, den er standset; ret from")


def moved_origins(catalogue: Catalogue | None, rows: CatalogueRows) -> Iterator[Fault]:
    """One fault for each action in the catalogue of which the file says another origin."""
    actions = list(catalogue.actions.all()) if catalogue else []
    by_number = {one.number: origins_of(one) for one in actions}
    known = {one.pk for one in actions}
    for row in rows.actions:
        if row.known in known:  # made here, where nobody types an origin
            continue
        if row.origin and set(row.origin) != set(by_number.get(row.number, row.origin)):
            message = _("hvad handlingen kommer fra, ligger fast; slet origin")
            yield Fault(0, 0, _("handling {number}").format(number=row.number), message)


def _unknown_origins(row: ActionRow, slug: str, place: str) -> Iterator[Fault]:
    others = [one for one in row.origin if one.catalogue != slug]
    if len(others) > 1:
        yield Fault(0, 0, place, _("kan kun være videreført fra én handling i et andet katalog"))
    for one in others:
        if not Action.objects.filter(catalogue__slug=one.catalogue, number=one.action).exists():
            message = _("handling {number} i {slug} findes ikke her; indlæs det katalog først")
            yield Fault(0, 0, place, message.format(number=one.action, slug=quoted(one.catalogue)))


def catalogue_of(ending: Ending) -> Catalogue:
    return (ending.action if isinstance(ending, Goal) else ending).catalogue


def why_not_stopped(ending: Ending, day: date) -> str:
    """Why the row cannot be stopped from that day on, with what to do; "" if it can."""
    if words := _outside(catalogue_of(ending), day):
        return words
    if ending.starts_on and day <= ending.starts_on:
        words = _("Det begyndte først %(day)s. Vælg en senere dag.")
        return words % {"day": format_date(ending.starts_on)}
    for first, status in _reported(ending):
        if day < first:
            return _(
                "Der er indsendt status på mål %(goal)d i %(round)s. Vælg %(day)s eller senere."
            ) % {
                "goal": status.goal.number,
                "round": str(status.round).lower(),
                "day": format_date(first),
            }
    return ""


def _outside(catalogue: Catalogue, day: date) -> str:
    if catalogue.period_from <= day.year <= catalogue.final_year:
        return ""
    return _("Vælg en dag fra %(first)d til %(last)d, mens kataloget gælder.") % {
        "first": catalogue.period_from,
        "last": catalogue.final_year,
    }


def _reported(ending: Ending) -> list[tuple[date, GoalStatus]]:
    """What was handed in, each with the first day on which the goal can be stopped: the day it was
    handed in, and after the due day if that has passed. The last such day first.
    """
    today = timezone.localdate()
    goals = [ending.pk] if isinstance(ending, Goal) else ending.goals.values_list("pk", flat=True)
    statuses = GoalStatus.objects.shown_to_others().filter(goal__in=goals)
    rows = list(statuses.select_related("round", "goal"))
    at = {
        event.status_id: event.at
        for event in Event.objects.filter(status__in=rows, verb=SUBMITTED.code).order_by("pk")
    }
    reported = []
    for status in rows:
        handed_in = at.get(status.pk, status.saved_at)
        first, due = timezone.localdate(handed_in) if handed_in else today, status.round.due
        reported.append((max(first, due + timedelta(days=1)) if due < today else first, status))
    return sorted(reported, key=itemgetter(0), reverse=True)


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
