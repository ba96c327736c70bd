"""The append-only history: one row for every move. Only verbs write it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from actions.history import announce
from actions.models import Event, GoalStatus, Round, User
from actions.models.history import Announces, HistoryVerb, Scope
from actions.models.status import SHOWN_TO_OTHERS


def record(
    verb: HistoryVerb,
    *,
    actor: User,
    position: str = "",
    round_: Round | None = None,
    status: GoalStatus | None = None,
    subject: str = "",
    about: Iterable[Scope] | None = None,
    moved: tuple[str, str] = ("", ""),
    comment: str = "",
    content: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Adds a row, and announces the change if the verb does.

    `moved`: the state before and after. `subject`: the name of what was changed, if it has no
    column here. `about`: where the change shows, if not in `round_`. `at` defaults to now (the
    demo backdates it). Raises ValueError if the verb announces and has neither `round_` nor
    `about`.
    """
    if verb.announces is Announces.ALWAYS or (
        verb.announces is Announces.OTHERS_READ
        and (status is None or not set(moved).isdisjoint(SHOWN_TO_OTHERS))
    ):
        _announce(verb, round_, about)
    return Event.objects.append(
        at=at or timezone.now(),
        verb=verb.code,
        actor=actor,
        actor_name=str(actor),
        position=position,
        round=round_,
        status=status,
        subject=subject,
        from_state=moved[0],
        to_state=moved[1],
        comment=comment,
        content=dict(content or {}),
    )


def _announce(verb: HistoryVerb, round_: Round | None, about: Iterable[Scope] | None) -> None:
    if round_ is not None:
        about = [Scope(round_.catalogue_id, round_.year)]
    if about is None:
        raise ValueError(f"{verb.code!r} announces a change: say what it is about")
    for scope in about:
        announce.announce(*scope)
