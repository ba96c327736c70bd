"""Which notices still hold when a mail is composed; the others are obsolete."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from actions.access import Mandate, readable_statuses, writable_statuses
from actions.mail.comments import with_comment
from actions.mail.notices import key_of
from actions.models import (
    GoalStatus,
    Indicator,
    Notice,
    Occasion,
    Responsibility,
    Role,
    Round,
    RoundState,
    State,
)
from actions.models.figures import awaited
from actions.models.mail import ASKS
from actions.models.status import SHOWN_TO_OTHERS, WAITS_FOR_HEAD

#: The states in which news of a status still holds; news of an occasion not named always holds.
HOLDS_IN: Final[dict[str, tuple[State, ...]]] = {
    Occasion.RETURNED: (State.RETURNED,),
    Occasion.UNLOCKED: WAITS_FOR_HEAD,
    Occasion.SUBMITTED_BY_COHEAD: (State.SUBMITTED,),
    Occasion.SIGNED: SHOWN_TO_OTHERS,
    Occasion.APPROVED: (State.APPROVED,),
}


def waiting_by_round(
    mandate: Mandate, rounds: Iterable[int | None]
) -> dict[int | None, list[GoalStatus]]:
    """What somebody has not handed in, by the id of the round."""
    waiting: dict[int | None, list[GoalStatus]] = {}
    rows = with_comment(writable_statuses(mandate).filter(round__in=set(rounds)).waiting_for_head())
    related = rows.select_related("goal__action", "round__catalogue")
    for status in related.in_catalogue_order():
        waiting.setdefault(status.round_id, []).append(status)
    return waiting


def awaited_by_round(
    mandate: Mandate, asking: Iterable[Notice]
) -> list[tuple[Round, list[Indicator]]]:
    """The values that somebody is to deliver in the rounds that ask for them."""
    if not mandate.supplies:
        return []
    rounds = {row.round for row in asking if row.round}
    rows = [
        (round_, list(awaited(round_).filter(pk__in=mandate.supplies)))
        for round_ in sorted(rounds, key=lambda row: row.pk)
    ]
    return [(round_, indicators) for round_, indicators in rows if indicators]


def still_asking(notices: Sequence[Notice], today: date) -> list[Notice]:
    """Those that ask for something in an open round: of its days the latest, and a reminder."""
    latest: dict[tuple[int | None, bool], Notice] = {}
    order = [occasion.value for occasion in ASKS]
    asking = [notice for notice in notices if notice.asks and _asks_still(notice, today)]
    for notice in sorted(asking, key=lambda row: order.index(row.occasion)):
        latest[notice.round_id, notice.occasion == Occasion.REMINDER] = notice
    return list(latest.values())


def _asks_still(notice: Notice, today: date) -> bool:
    assert notice.round is not None
    if notice.round.state(today) is not RoundState.OPEN:
        return False
    is_reminder = notice.occasion == Occasion.REMINDER
    return is_reminder or notice.key == key_of(notice.occasion, notice.round)


def still_news(mandate: Mandate, notices: Sequence[Notice]) -> list[Notice]:
    """News of statuses that the person may read, and that have not moved on since."""
    wanted = {notice.status_id for notice in notices if notice.status_id}
    rows = with_comment(readable_statuses(mandate).filter(pk__in=wanted))
    statuses = {row.pk: row for row in rows.select_related("goal__action", "round__catalogue")}
    news = []
    for notice in notices:
        status = statuses.get(notice.status_id or 0)
        if status and status.state in HOLDS_IN.get(notice.occasion, tuple(State)):
            notice.status = status
            news.append(notice)
    return news


def still_news_of_actions(mandate: Mandate, notices: Sequence[Notice]) -> list[Notice]:
    """News of actions that the person is still told of."""
    told = _told_of(mandate, {row.action_id for row in notices if row.action_id})
    return [notice for notice in notices if notice.action_id in told]


def _told_of(mandate: Mandate, actions: Collection[int]) -> set[int]:
    """The actions whose news somebody gets: their own; all for committee and coordinator."""
    if not actions or not mandate.roles.isdisjoint((Role.COMMITTEE, Role.COORDINATOR)):
        return set(actions)
    own = Responsibility.objects.filter(position__in=list(mandate.position_ids), action__in=actions)
    return set(own.values_list("action", flat=True))
