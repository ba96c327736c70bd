"""The demo's rounds, with example statuses and the history that would have led to them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from actions.dialogue.signing import put_signatures
from actions.history.record import record
from actions.models import (
    Catalogue,
    Goal,
    GoalStatus,
    Measurement,
    Position,
    Round,
    State,
    User,
)
from actions.rounds import verbs
from actions.status.entry import Entry, Figure, content_of, stored_entry
from actions.status.moves import APPROVED, RETURNED, SAVED, SUBMITTED
from handlingskatalog.demo.people import coordinator, user_name

#: The days from a demo round's first day to its due day, and to its last.
DUE_AFTER, CLOSES_AFTER = timedelta(days=45), timedelta(days=75)
#: The moves that lead to each state: (verb, state after it, days after the round opened).
PATHS: Final = {
    State.DRAFT: [(SAVED, State.DRAFT, 9)],
    State.SUBMITTED: [(SAVED, State.DRAFT, 9), (SUBMITTED, State.SUBMITTED, 16)],
    State.RETURNED: [(SUBMITTED, State.SUBMITTED, 14), (RETURNED, State.RETURNED, 18)],
    State.APPROVED: [
        (SAVED, State.DRAFT, 7),
        (SUBMITTED, State.SUBMITTED, 13),
        (APPROVED, State.APPROVED, 20),
    ],
}


def make_round(catalogue: Catalogue, examples: dict[str, Any]) -> None:
    """Makes a round with its statuses: a past year's is closed, this year's is open today."""
    year, today = examples["year"], timezone.localdate()
    opens = today - timedelta(days=30) if year >= 2026 else date(year, 1, 15)
    dates = verbs.RoundDates(opens, opens + DUE_AFTER, opens + CLOSES_AFTER)
    round_ = Round.objects.create(
        catalogue=catalogue,
        year=year,
        measured_year=year - 1,
        opens=dates.opens,
        due=dates.due,
        closes=dates.closes,
        is_example=True,
    )
    goals = {
        (goal.action.number, goal.number): goal
        for goal in Goal.objects.filter(action__catalogue=catalogue).select_related("action")
    }
    rows = {(row["action"], row["goal"]): row for row in examples["statuses"]}
    for key, goal in goals.items():
        _status(round_, goal, rows.get(key, {}))


def _status(round_: Round, goal: Goal, row: dict[str, Any]) -> None:
    state = State(row.get("state", State.NOT_STARTED))
    is_example = state is not State.NOT_STARTED
    status = GoalStatus.objects.create(round=round_, goal=goal, is_example=is_example)
    if state is State.NOT_STARTED:
        return
    head = goal.action.responsibilities.order_by("order").select_related("position")[0].position
    status.light = row.get("light", "")
    for name in GoalStatus.TEXTS:
        setattr(status, name, row.get(name, ""))
    status.author_name = status.author_position = head.name
    entry = Entry(figures=_figures(status, row.get("figures", [])))
    status.figures = content_of(entry)["figures"]
    _history(status, state, head, row.get("comment", ""))


def _figures(status: GoalStatus, rows: list[dict[str, Any]]) -> tuple[Figure, ...]:
    found = {row["indicator"]: row for row in rows}
    return tuple(
        Figure(
            indicator=indicator.pk,
            value=None if row.get("value") is None else Decimal(str(row["value"])),
            missing_reason=row.get("missing", ""),
            source=row.get("source", ""),
            comment=row.get("comment", ""),
        )
        for indicator in status.goal.indicators.order_by("order")
        if (row := found.get(indicator.name))
    )


def _measure(status: GoalStatus, at: datetime) -> None:
    """Adds the figures as the submit would have."""
    for figure in stored_entry(status).figures:
        Measurement.objects.append(
            indicator_id=figure.indicator,
            status=status,
            year=status.round.measured_year,
            value=figure.value,
            missing_reason=figure.missing_reason,
            source=figure.source,
            comment=figure.comment,
            at=at,
            by_name=status.author_name,
            position=status.author_position,
        )


def _history(status: GoalStatus, state: State, head: Position, comment: str) -> None:
    """Records the moves that lead to the state, each at the time it would have been made."""
    writer, vuf = User.objects.get(username=user_name(head.name)), coordinator().user
    before = State.NOT_STARTED
    content = content_of(stored_entry(status))
    for verb, after, days in PATHS[state]:
        by_vuf = verb in {APPROVED, RETURNED}
        noon = datetime.combine(status.round.opens + timedelta(days=days), time(12))
        status.saved_at = timezone.make_aware(noon)
        status.revision += 1
        record(
            verb,
            actor=vuf if by_vuf else writer,
            position=status.round.catalogue.coordinator if by_vuf else head.name,
            round_=status.round,
            status=status,
            moved=(before, after),
            comment=comment if verb is RETURNED else "",
            content=content,
            at=status.saved_at,
        )
        if verb is SUBMITTED:
            _measure(status, status.saved_at)
        before = after
    status.state = state
    status.save()
    if status.is_shown_to_others:
        names = {head.pk: head.name}
        put_signatures(
            status, signer=writer, positions=names, by_submitting=True, at=status.saved_at
        )
