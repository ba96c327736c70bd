"""Who is told what: verbs add rows here, in their own transaction; nothing is sent.

`actions.mail.letters` makes one mail a day of a person's rows, and `actions.mail.outbox` sends it.
Nobody is told of an occasion twice: a constraint of the database refuses the second row.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from actions.mail.lacking import lacking
from actions.models import (
    Action,
    Appointment,
    Delegation,
    GoalStatus,
    Notice,
    Occasion,
    Responsibility,
    Role,
    RoleGrant,
    Round,
    RoundState,
    State,
    User,
)

#: How long before a round closes by itself those who lack something, and the coordinator, are told.
BEFORE_CLOSING: Final = timedelta(days=3)

# --- what happened to a status -------------------------------------------------------------------


def submitted(status: GoalStatus, *, by: User) -> None:
    """To the other heads who answer for the goal: they sign, or comment."""
    _tell(Occasion.SUBMITTED_BY_COHEAD, status, by, heads_of(status))


def signed(status: GoalStatus, *, by: User) -> None:
    """To the other heads who answer for the goal."""
    _tell(Occasion.SIGNED, status, by, heads_of(status), key=f"{status.revision}:{by.pk}")


def returned(status: GoalStatus, *, by: User) -> None:
    """To everybody who writes on the goal."""
    _tell(
        Occasion.RETURNED, status, by, writers_of(status), name=status.round.catalogue.coordinator
    )


def unlocked(status: GoalStatus, *, by: User) -> None:
    """To everybody who writes on the goal."""
    _tell(
        Occasion.UNLOCKED, status, by, writers_of(status), name=status.round.catalogue.coordinator
    )


def approved(status: GoalStatus, *, by: User) -> None:
    """To everybody who writes on the goal."""
    _tell(
        Occasion.APPROVED, status, by, writers_of(status), name=status.round.catalogue.coordinator
    )


def commented(
    status: GoalStatus,
    *,
    by: User,
    comment: int,
    to: Collection[int] = (),
    mentioned: Collection[int] = (),
) -> None:
    """To everybody who writes on the goal, and `to` (ids of users): those of the same thread.

    The `mentioned` get a notice of that instead. Nobody is told of a status that they may not
    read: see `actions.mail.current`.
    """
    called = set(mentioned)
    _tell(Occasion.MENTION, status, by, called, key=f"c{comment}")
    _tell(Occasion.COMMENT, status, by, {*writers_of(status), *to} - called, key=f"c{comment}")


def _tell(
    occasion: Occasion,
    status: GoalStatus,
    by: User,
    to: Iterable[int],
    *,
    key: str = "",
    name: str = "",
) -> None:
    """`key` defaults to the status's revision."""
    rows = [
        Notice(
            recipient_id=user,
            occasion=occasion,
            round=status.round,
            status=status,
            key=f"{status.pk}:{key or status.revision}",
            by_name=name or str(by),
        )
        for user in sorted(set(to) - {by.pk})
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def heads_of(status: GoalStatus) -> set[int]:
    """The users who hold one of the responsible positions today."""
    return heads_of_action(status.goal.action_id)


def heads_of_action(action: int) -> set[int]:
    held = Appointment.objects.in_force(timezone.localdate())
    return set(held.filter(_answers_for(action)).values_list("user", flat=True))


def writers_of(status: GoalStatus) -> set[int]:
    """The heads, and those who write for them today."""
    lent = Delegation.objects.in_force(timezone.localdate())
    return heads_of(status) | set(
        lent.filter(_answers_for(status.goal.action_id)).values_list("deputy", flat=True)
    )


def _answers_for(action: int) -> Q:
    return Q(position__responsibilities__action=action)


# --- what happened to an action in another app ---------------------------------------------------


@dataclass(frozen=True)
class News:
    """What a mail tells of an action: a whole sentence, and the page it links to.

    `key` tells two pieces of news of one occasion apart, "question:7:1".
    """

    occasion: Occasion
    action: Action
    sentence: str
    path: str
    key: str


def tell(news: News, *, to: Collection[int], by: User | None) -> None:
    """To these users (ids) except the one who did it, if anybody did; once each."""
    rows = [
        Notice(
            recipient_id=user,
            occasion=news.occasion,
            action=news.action,
            sentence=news.sentence,
            path=news.path,
            key=news.key,
            by_name=str(by or news.action.catalogue.coordinator),
        )
        for user in sorted(set(to) - {by.pk if by else 0})
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def untell(occasion: Occasion, key: str) -> None:
    """Deletes the notices whose key begins with `key`, unless a mail has told them already."""
    Notice.objects.untold().filter(occasion=occasion, key__startswith=key).delete()


def coordinators() -> set[int]:
    return set(RoleGrant.objects.filter(role=Role.COORDINATOR).values_list("user", flat=True))


# --- what somebody has not handed in -------------------------------------------------------------


def occasion_on(round_: Round, today: date) -> Occasion:
    """The latest occasion that an open round has come to.

    An occasion before the opening is skipped: if a round opens ten days before it is due, nobody is
    asked twice in two days.
    """
    days = (
        (round_.opens, Occasion.ROUND_OPENED),
        (round_.due - timedelta(days=14), Occasion.DUE_IN_14),
        (round_.due - timedelta(days=3), Occasion.DUE_IN_3),
        (round_.due, Occasion.DUE_TODAY),
        (round_.due + timedelta(days=1), Occasion.OVERDUE),
        (max(round_.closes - BEFORE_CLOSING, round_.due + timedelta(days=2)), Occasion.LAST_DAYS),
    )
    reached = Occasion.ROUND_OPENED
    for day, occasion in days:
        if round_.opens < day <= today:
            reached = occasion
    return reached


def key_of(occasion: str, round_: Round) -> str:
    """The day it is about, so that a moved one makes new occasions; "" for the opening, which is
    one.
    """
    if occasion in (Occasion.LAST_DAYS, Occasion.CLOSING):
        return round_.closes.isoformat()
    return "" if occasion == Occasion.ROUND_OPENED else round_.due.isoformat()


#: What else is told on its day, by other apps, given today: `reports.apps` fills it.
also_due: Final[list[Callable[[date], object]]] = []


def note_deadlines(today: date) -> None:
    """Adds what is due in every open round, for those who lack something and are not told yet.

    One occasion a round: the latest, even if the command did not run on the days before it.
    """
    for note in also_due:
        note(today)
    rounds = Round.objects.filter(opens__lte=today, closes__gte=today)
    for round_ in rounds.select_related("catalogue").order_by("pk"):
        if round_.state(today) is RoundState.OPEN:
            occasion = occasion_on(round_, today)
            people = {row.user.pk for row in lacking(round_, today)}
            _ask(occasion, round_, people, key_of(occasion, round_))
            if today >= round_.closes - BEFORE_CLOSING:
                key = key_of(Occasion.CLOSING, round_)
                _ask(Occasion.CLOSING, round_, coordinators(), key)


def round_changed(round_: Round, occasion: Occasion, *, by: User) -> None:
    """To the other coordinators and, if the round is open, to everybody who writes on a goal that
    is not approved.
    """
    today = timezone.localdate()
    people = coordinators()
    if round_.state(today) is RoundState.OPEN:
        actions = round_.statuses.exclude(state=State.APPROVED).values("goal__action")
        posts = Responsibility.objects.filter(action__in=actions).values("position")
        held = Appointment.objects.in_force(today).filter(position__in=posts)
        lent = Delegation.objects.in_force(today).filter(position__in=posts)
        people |= {*held.values_list("user", flat=True), *lent.values_list("deputy", flat=True)}
    name = round_.catalogue.coordinator
    key = f"{round_.due}/{round_.closes} {timezone.now():%Y-%m-%dT%H:%M:%S.%f}"
    _ask(occasion, round_, people - {by.pk}, key, name)


def reminded_on(day: date) -> set[int]:
    """Who the coordinator has reminded on a day, by id."""
    rows = Notice.objects.filter(occasion=Occasion.REMINDER, key=day.isoformat())
    return set(rows.values_list("recipient", flat=True))


def reminded(round_: Round, *, to: Collection[int], day: date, by_name: str) -> None:
    """The coordinator's own reminder: once a person a day."""
    _ask(Occasion.REMINDER, round_, to, day.isoformat(), by_name)


def _ask(
    occasion: Occasion, round_: Round, to: Collection[int], key: str, by_name: str = ""
) -> None:
    rows = [
        Notice(recipient_id=user, occasion=occasion, round=round_, key=key, by_name=by_name)
        for user in sorted(to)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
