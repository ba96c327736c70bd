"""Stops an action or a goal by a decision, from a day on, and takes a stop back.

Each verb takes the catalogue's lock and makes a version of the catalogue. `seal` is that of the
action when the form was made: see `actions.catalogue.editor`. Both raise Conflict if the action has
changed since, Refused if the move is not possible.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.catalogue import editor
from actions.catalogue.checks import Ending, catalogue_of, why_not_stopped
from actions.catalogue.exporter import rows_of
from actions.catalogue.versions.store import add_version
from actions.danish import format_date
from actions.history.record import record
from actions.models import Action, Goal, Round
from actions.models.history import Announces, HistoryVerb, Scope
from actions.rounds.asked import drop_unasked
from actions.rounds.verbs import add_missing_statuses
from actions.writing.refusals import Conflict, Refused

STOPPED: Final = HistoryVerb("stop", gettext_lazy("Standset"), announces=Announces.ALWAYS)
RESUMED: Final = HistoryVerb(
    "undo_stop", gettext_lazy("Standsning fortrudt"), announces=Announces.ALWAYS
)


@transaction.atomic
def stop(
    *, slug: str, number: int, goal: int | None, day: date, decision: str, seal: str, by: Mandate
) -> Ending:
    """Stops the action of that number, or its goal of the number `goal`, from `day` on.

    Nothing more is asked of it. A day that lies ahead is allowed. Raises Refused if a status was
    handed in after that day.
    """
    ending = _locked(slug, number, goal, seal)
    check_stop(ending, day)
    if not decision.strip():
        raise Refused(_("Skriv, hvem der har besluttet det, og hvornår."))
    end(ending, day, decision)
    drop_unasked(catalogue_of(ending))
    _keep(ending, STOPPED, by, day=day, decision=decision)
    return ending


@transaction.atomic
def undo_stop(*, slug: str, number: int, goal: int | None, seal: str, by: Mandate) -> Ending:
    """Takes a stop back. Raises Refused if a round has run without the goal since."""
    ending = _locked(slug, number, goal, seal)
    if words := why_stopped_for_good(ending):
        raise Refused(words)
    end(ending, None, "")
    add_missing_statuses(catalogue_of(ending))
    _keep(ending, RESUMED, by)
    return ending


def end(ending: Ending, day: date | None, decision: str) -> None:
    """Writes the end on the row, or that it has none, and nothing else; the caller holds the lock
    and has checked it.
    """
    ending.stopped_on, ending.stopped_by = day, decision
    ending.save(update_fields=["stopped_on", "stopped_by"])


def find(slug: str, number: int, goal: int | None) -> Ending | None:
    """The action, or its goal of the number `goal`, as it stands."""
    if goal is None:
        actions = Action.objects.select_related("catalogue")
        return actions.filter(catalogue__slug=slug, number=number).first()
    goals = Goal.objects.select_related("action__catalogue")
    return goals.filter(action__catalogue__slug=slug, action__number=number, number=goal).first()


def check_stop(ending: Ending, day: date) -> None:
    """Raises Refused if the row cannot be stopped from that day on, and says what to do."""
    stopped = ending.action.stopped_on if isinstance(ending, Goal) else None
    if stopped := ending.stopped_on or stopped:
        raise Refused(_("Det er allerede standset %(day)s.") % {"day": format_date(stopped)})
    if words := why_not_stopped(ending, day):
        raise Refused(words)


def why_stopped_for_good(ending: Ending) -> str:
    """Why a stop cannot be taken back; "" if it can."""
    if ending.stopped_on is None:
        return _("Det er ikke standset. Måske har en anden fortrudt det.")
    if isinstance(ending, Action) and (became := list(ending.became.select_related("action"))):
        return _("Handlingen er fortsat i handling %(numbers)s. Fjern først det nye.") % {
            "numbers": ", ".join(str(row.action.number) for row in became)
        }
    today = timezone.localdate()
    for round_ in _rounds_since(ending):
        if round_.closed_at or round_.stands_on or round_.due < today:
            return _(
                "%(round)s er gennemført uden. Tilføj i stedet det, der skal følges fra nu af, som "
                "noget nyt."
            ) % {"round": round_}
    return ""


def _rounds_since(ending: Ending) -> Iterable[Round]:
    rounds = catalogue_of(ending).rounds.filter(due__gte=ending.stopped_on)
    return rounds.order_by("year")


def _locked(slug: str, number: int, goal: int | None, seal: str) -> Ending:
    """The row under the catalogue's lock. Raises Conflict if the action is another than before."""
    rows = rows_of(slug)
    ending = find(slug, number, goal)
    if ending is None or seal != editor.seal_of(rows, number):
        raise Conflict(_("En anden har ændret det samme, mens du skrev."), ending)
    return ending


def place_of(ending: Ending) -> str:
    """The row's place in the catalogue, in words."""
    if isinstance(ending, Goal):
        words = _("handling %(action)d › mål %(goal)d")
        return words % {"action": ending.action.number, "goal": ending.number}
    return _("handling %(action)d") % {"action": ending.number}


def _keep(
    ending: Ending, verb: HistoryVerb, by: Mandate, *, day: date | None = None, decision: str = ""
) -> None:
    """A version of the catalogue, and a row of history."""
    catalogue, place = catalogue_of(ending), place_of(ending)
    decided = day if day and day <= timezone.localdate() else None
    decisions = {place: decision} if decision else {}
    add_version(catalogue, by=by, decisions=decisions, decided_on=decided)
    record(
        verb,
        actor=by.user,
        position=catalogue.coordinator,
        subject=f"{catalogue.title}, {place}",
        about=[Scope(catalogue.pk, catalogue.period_from)],
        comment=decision,
        content={"slug": catalogue.slug, "day": day.isoformat() if day else ""},
    )
