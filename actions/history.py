"""The append-only history: one row for every move. Written only by the verbs of a workflow."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from actions import changes
from actions.entry import Entry, Figure
from actions.models import Event, GoalStatus, Round, Signature, User
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

    `moved` is the state before and after; `subject` names what has no row. `about` says where a
    change shows that is no round's. `at` defaults to now (the demo backdates it).

    Raises ValueError if the verb announces, and neither `about` nor a round says what.
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
        changes.announce(*scope)


def put_signatures(
    status: GoalStatus,
    *,
    signer: User,
    positions: Mapping[int, str],
    by_submitting: bool = False,
    at: datetime | None = None,
) -> None:
    """Puts somebody's name, for these positions (id → name), under the text as it stands."""
    Signature.objects.bulk_create(
        Signature(
            status=status,
            position_id=position,
            version=status.text_version,
            by_submitting=by_submitting,
            user=signer,
            signer_name=str(signer),
            signer_position=name,
            signed_at=at or timezone.now(),
        )
        for position, name in positions.items()
    )


def entry_from(content: Mapping[str, Any]) -> Entry:
    """The entry that `content_of` made `content` of."""
    return Entry(
        light=content.get("light", ""),
        texts=dict(content.get("texts", {})),
        figures=tuple(
            Figure(**figure | {"value": Decimal(figure["value"]) if figure["value"] else None})
            for figure in content.get("figures", [])
        ),
        unparsed=dict(content.get("unparsed", {})),
    )


def content_of(entry: Entry) -> dict[str, Any]:
    """An entry as JSON: everything a head has typed, so that each version can be read again."""
    return {
        "light": entry.light,
        "texts": dict(entry.texts),
        "unparsed": dict(entry.unparsed),
        "figures": [
            {
                "indicator": figure.indicator,
                "value": "" if figure.value is None else str(figure.value),
                "missing_reason": figure.missing_reason,
                "source": figure.source,
                "comment": figure.comment,
            }
            for figure in entry.figures
        ],
    }
