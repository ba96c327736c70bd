"""One post takes over all that another answers for, and the same day it can be taken back."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.history.record import record
from actions.models import (
    Appointment,
    Catalogue,
    Delegation,
    Event,
    FigureSupplier,
    Position,
    Responsibility,
    Round,
    Signature,
)
from actions.models.history import Announces, HistoryVerb, Scope
from actions.people.verbs import posts_changed_in
from actions.writing.refusals import Refused

POSTS_MERGED: Final = HistoryVerb(
    "merge_positions", gettext_lazy("Stillinger lagt sammen"), announces=Announces.ALWAYS
)
MERGE_UNDONE: Final = HistoryVerb(
    "undo_merge", gettext_lazy("Sammenlægning fortrudt"), announces=Announces.ALWAYS
)


@transaction.atomic
def merge_posts(*, position: Position, into: Position, by: Mandate) -> None:
    """Gives all that a post answers for to another, from today on; the post is abolished.

    Its heads and their deputies stop yesterday. Closed rounds, reports and the history keep its
    name. Raises Refused if either post is merged into one already.
    """
    catalogues = _locked_catalogues(position.responsibilities.values_list("action", flat=True))
    old, new = _locked(position, into)
    if old.pk == new.pk:
        raise Refused(_("Vælg en anden stilling."))
    if gone := next((row for row in (old, new) if row.merged_into_id), None):
        words = _("%(position)s er lagt sammen med %(into)s.")
        raise Refused(words % {"position": gone, "into": gone.merged_into})
    moved = _move_tasks(old, new)
    signed = _move_signatures(old, new)
    supplied = FigureSupplier.objects.filter(position=old)
    indicators = list(supplied.values_list("indicator", flat=True))
    supplied.update(position=new)
    old.merged_into = new
    old.save(update_fields=["merged_into"])
    content = {
        "position": old.pk,
        "tasks": moved,
        "signatures": signed,
        "indicators": indicators,
        "appointments": _end(old.appointments.not_over(timezone.localdate())),
        "delegations": _end(old.delegations.not_over(timezone.localdate())),
    }
    _keep(POSTS_MERGED, old, new, catalogues, by, content)


def _move_tasks(old: Position, new: Position) -> list[dict[str, Any]]:
    """Each action with the old post's note, and whether the new one answered for it already."""
    shared = set(new.responsibilities.values_list("action", flat=True))
    moved = []
    for row in old.responsibilities.order_by("action", "order"):
        moved.append(
            {
                "action": row.action_id,
                "note": row.note,
                "order": row.order,
                "shared": row.action_id in shared,
            }
        )
        if row.action_id in shared:
            row.delete()
        else:
            row.position = new
            row.save(update_fields=["position"])
    return moved


def _move_signatures(old: Position, new: Position) -> list[int]:
    """What the old post stands behind in rounds that go on, the new one stands behind; their ids.

    Who signed, and in which post, stays in the words of the signature.
    """
    open_rounds = Round.objects.filter(closed_at=None, closes__gte=timezone.localdate())
    rows = Signature.objects.filter(position=old, status__round__in=open_rounds)
    of_new = Signature.objects.filter(
        position=new, status=OuterRef("status"), version=OuterRef("version")
    )
    keys = list(rows.filter(~Exists(of_new)).order_by("pk").values_list("pk", flat=True))
    Signature.objects.filter(pk__in=keys).update(position=new)
    return keys


def _end(rows: QuerySet[Any]) -> list[dict[str, str]]:
    """Ends what is in force yesterday, deletes what has not lasted a day; what they were."""
    yesterday, ended = timezone.localdate() - timedelta(days=1), []
    for row in rows:
        ended.append(
            {name: _text(getattr(row, name)) for name in KEPT_OF_ENDED if hasattr(row, name)}
        )
        if row.starts > yesterday:
            row.delete()
        else:
            row.ends = yesterday
            row.save(update_fields=["ends"])
    return ended


#: What makes an appointment or a delegation, but for its post.
KEPT_OF_ENDED: Final = ("user_id", "deputy_id", "may_submit", "starts", "ends")


def _text(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def merge_today(position: Position) -> Event | None:
    """The merge of the post, if it was made today."""
    acts = Event.objects.filter(verb=POSTS_MERGED.code, content__position=position.pk)
    act = acts.order_by("-pk").first()
    is_today = act is not None and timezone.localdate(act.at) == timezone.localdate()
    return act if is_today and position.merged_into_id else None


@transaction.atomic
def undo_merge(*, position: Position, by: Mandate) -> None:
    """Takes back a merge that was a mistake: the post answers again for what it did.

    Raises Refused if it was not made today, or who answers for the actions has changed since.
    """
    act, into = merge_today(position), position.merged_into
    if act is None or into is None:
        raise Refused(_("Sammenlægningen kan kun fortrydes samme dag."))
    catalogues = _locked_catalogues([task["action"] for task in act.content["tasks"]])
    old, new = _locked(position, into)
    if old.merged_into_id != new.pk:
        raise Refused(_("Sammenlægningen er allerede fortrudt."))
    if new.merged_into_id:
        words = _("%(into)s er selv lagt sammen med en anden. Fortryd det først.")
        raise Refused(words % {"into": new})
    _take_back_tasks(old, new, act.content["tasks"])
    FigureSupplier.objects.filter(position=new, indicator__in=act.content["indicators"]).update(
        position=old
    )
    Signature.objects.filter(pk__in=act.content["signatures"], position=new).update(position=old)
    old.merged_into = None
    old.save(update_fields=["merged_into"])
    for model, name in ((Appointment, "appointments"), (Delegation, "delegations")):
        for row in act.content[name]:
            same = {key: row[key] for key in row if key != "ends"}
            model._default_manager.update_or_create(
                position=old, **same, defaults={"ends": row["ends"]}
            )
    _keep(MERGE_UNDONE, old, new, catalogues, by, {})


def _take_back_tasks(old: Position, new: Position, tasks: list[dict[str, Any]]) -> None:
    for task in tasks:
        rows = Responsibility.objects.filter(position=new, action=task["action"])
        values = {"note": task["note"], "order": task["order"]}
        typed_since = not task["shared"] and not rows.filter(note=task["note"]).exists()
        if typed_since or not rows.exists():
            words = _("Hvem der er ansvarlig, er ændret siden. Ret handlingerne i kataloget.")
            raise Refused(words)
        if task["shared"]:
            Responsibility.objects.create(position=old, action_id=task["action"], **values)
        else:
            rows.update(position=old, **values)


def _locked_catalogues(actions: Iterable[int]) -> list[Catalogue]:
    """The catalogues of some actions, locked before the posts are."""
    keys = Catalogue.objects.filter(actions__in=list(actions)).values("pk")
    return list(Catalogue.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _locked(*positions: Position) -> tuple[Position, Position]:
    keys = [position.pk for position in positions]
    rows = Position.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.select_related("merged_into").filter(pk__in=keys)}
    first, second = (found[key] for key in keys)
    return first, second


def _keep(
    verb: HistoryVerb,
    old: Position,
    new: Position,
    catalogues: list[Catalogue],
    by: Mandate,
    content: dict[str, Any],
) -> None:
    """A version of each catalogue, and a row of history."""
    for catalogue in catalogues:
        for follow in posts_changed_in:
            follow(catalogue, by)
    record(
        verb,
        actor=by.user,
        subject=old.name,
        about=[Scope(catalogue.pk, catalogue.period_from) for catalogue in catalogues],
        comment=new.name,
        content=content,
    )
