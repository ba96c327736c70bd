"""Pointing at actions, and the committee's decision on which of them go to the temamøde.

A member points; VUF records the committee's decision. A recorded decision never changes: a new one
follows it, with a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.danish import format_date
from actions.history.record import record
from actions.mail import notices
from actions.mail.notices import News
from actions.models import Action, Catalogue, Occasion
from actions.models.history import Announces, HistoryVerb
from actions.writing.refusals import Conflict, NotAllowed, Refused
from reports.access import may_point, may_record_decision
from reports.content import upgrade
from reports.models import Edition, Pointer, Report, SelectedAction, Selection

POINTED: Final = HistoryVerb("point", gettext_lazy("Peget på en handling"))
POINTER_WITHDRAWN: Final = HistoryVerb(
    "withdraw", gettext_lazy("Ønske om en handling trukket tilbage")
)
DECISION_RECORDED: Final = HistoryVerb(
    "decide", gettext_lazy("Udvalgets beslutning noteret"), announces=Announces.ALWAYS
)

# --- pointing ------------------------------------------------------------------------------------


@transaction.atomic
def point(*, report: Report, action: Action, reason: str, by: Mandate) -> Pointer:
    """Points at an action; pointing again for the same reason gives the first pointer.

    Raises Refused if the member points at it for another reason or if it is stopped, NotAllowed if
    `by` is no member.
    """
    _check_member(by)
    _lock(report)
    pointer = _pointers(report, action, by).first()
    if pointer is not None and pointer.reason == reason:
        return pointer
    if pointer is not None:
        raise Refused(
            _(
                "Du har allerede peget på handlingen. Træk det tilbage, hvis du vil skrive noget "
                "nyt."
            )
        )
    if action.is_stopped(timezone.localdate()):
        raise Refused(_stopped(action))
    record(POINTED, actor=by.user, subject=_subject(report, action), comment=reason)
    return Pointer.objects.create(
        report=report,
        action=action,
        member=by.user,
        member_name=str(by.user),
        reason=reason,
        pointed_at=timezone.now(),
    )


@transaction.atomic
def withdraw_pointer(*, report: Report, action: Action, by: Mandate) -> None:
    """Withdraws a member's pointer, if there is one. Raises NotAllowed if `by` is no member."""
    _check_member(by)
    _lock(report)
    if _pointers(report, action, by).update(withdrawn_at=timezone.now()):
        record(POINTER_WITHDRAWN, actor=by.user, subject=_subject(report, action))


def _pointers(report: Report, action: Action, by: Mandate) -> QuerySet[Pointer]:
    return Pointer.objects.filter(report=report, action=action, member=by.user, withdrawn_at=None)


def _check_member(by: Mandate) -> None:
    if not may_point(by):
        raise NotAllowed(_("Du har ikke ret til at pege på handlinger."))


def _lock(report: Report) -> None:
    Report.objects.select_for_update(no_key=True).get(pk=report.pk)


def _subject(report: Report, action: Action | None = None) -> str:
    subject = f"{report.catalogue.slug}, {report}"
    if action is None:
        return subject
    return _("%(subject)s, handling %(number)d") % {"subject": subject, "number": action.number}


# --- deciding ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """What the committee has decided; `reasons` maps each chosen action's number to its reason."""

    decided_on: date
    decision: str
    theme_meeting_on: date
    reasons: Mapping[int, str]
    why_changed: str = ""


@dataclass(frozen=True)
class Fault:
    """What a decision lacks; `field` is a field of the form, such as "reason-3", or ""."""

    field: str
    message: str


def faults_in(decision: Decision, edition: Edition, latest: Selection | None) -> Iterator[Fault]:
    """Everything that keeps a decision from being recorded, in words for the form."""
    yield from _wrong_number(decision, edition.report.catalogue)
    published = {action["number"] for action in upgrade.read(edition)["actions"]}
    actions = edition.report.catalogue.actions.filter(number__in=published)
    known = {action.number: action for action in actions}
    for number, reason in decision.reasons.items():
        if number not in known:
            words = _("Handling %(number)d er ikke med i både redegørelsen og kataloget.")
            yield Fault("", words % {"number": number})
        elif known[number].is_stopped(decision.decided_on):
            yield Fault(f"choose-{number}", _stopped(known[number]))
        elif not reason.strip():
            yield Fault(f"reason-{number}", _("Skriv udvalgets begrundelse."))
    if not decision.decision.strip():
        yield Fault("decision", _("Skriv beslutningens tekst."))
    if decision.decided_on > timezone.localdate():
        yield Fault("decided_on", _("Udvalgets møde er ikke holdt endnu."))
    if decision.theme_meeting_on < decision.decided_on:
        yield Fault("theme_meeting_on", _("Temamødet kan ikke ligge før udvalgets møde."))
    if latest is not None and not decision.why_changed.strip():
        yield Fault("why_changed", _("Skriv, hvorfor beslutningen er ændret."))


def _stopped(action: Action) -> str:
    return _("Handling %(number)d er standset %(day)s og kan ikke vælges til et temamøde.") % {
        "number": action.number,
        "day": format_date(action.stopped_on or date.max),
    }


def _wrong_number(decision: Decision, catalogue: Catalogue) -> Iterator[Fault]:
    fewest, most = catalogue.selection_min, catalogue.selection_max
    if not fewest <= len(decision.reasons) <= most:
        span = f"{fewest}" if fewest == most else f"{fewest}-{most}"
        words = _("Der skal vælges %(span)s handlinger. Her er valgt %(count)d.")
        yield Fault("", words % {"span": span, "count": len(decision.reasons)})


@transaction.atomic
def record_selection(
    *, edition: Edition, decision: Decision, revision: int | None, by: Mandate
) -> Selection:
    """Records what the committee decided on the report of an edition.

    Recording the same decision again gives the first row. `revision` is the number of the decision
    that the form began with, 0 for none. Raises Conflict if another decision is in force, Refused
    with every fault, NotAllowed if `by` is not the coordinator.
    """
    if not may_record_decision(by):
        raise NotAllowed(_("Du har ikke ret til at notere udvalgets beslutning."))
    report = edition.report
    _lock(report)
    latest = report.selections.with_actions().that_holds()
    if latest is not None and _decision_of(latest) == replace(decision, why_changed=""):
        return latest
    if revision != (latest.number if latest else 0):
        raise Conflict(_("En anden har noteret en beslutning, siden du åbnede siden."), latest)
    if faults := list(faults_in(decision, edition, latest)):
        raise Refused(" ".join(fault.message for fault in faults))
    made = _add(report, decision, latest, by)
    _record(made, decision, by)
    _tell(made, latest, by)
    return made


def _decision_of(selection: Selection) -> Decision:
    reasons = {row.action.number: row.reason for row in selection.actions.all()}
    return Decision(selection.decided_on, selection.decision, selection.theme_meeting_on, reasons)


def _add(report: Report, decision: Decision, latest: Selection | None, by: Mandate) -> Selection:
    made = Selection.objects.create(
        report=report,
        number=latest.number + 1 if latest else 1,
        edition=_edition_before(report, decision.decided_on),
        decided_on=decision.decided_on,
        decision=decision.decision,
        theme_meeting_on=decision.theme_meeting_on,
        why_changed=decision.why_changed if latest else "",
        recorded_at=timezone.now(),
        recorded_by_name=str(by.user),
    )
    actions = {row.number: row for row in report.catalogue.actions.all()}
    SelectedAction.objects.bulk_create(
        SelectedAction(
            selection=made, action=actions[number], order=order, reason=decision.reasons[number]
        )
        for order, number in enumerate(sorted(decision.reasons), 1)
    )
    return made


def _record(made: Selection, decision: Decision, by: Mandate) -> None:
    record(
        DECISION_RECORDED,
        actor=by.user,
        subject=f"{_subject(made.report)}, {made.number}",
        about=[made.report.scope],
        comment=made.why_changed or made.decision,
        content={
            "decided_on": made.decided_on.isoformat(),
            "theme_meeting_on": made.theme_meeting_on.isoformat(),
            "decision": made.decision,
            "reasons": {str(number): reason for number, reason in decision.reasons.items()},
        },
    )


def _edition_before(report: Report, day: date) -> Edition:
    """The edition the committee had: the latest on that day, or the first one if none was out."""
    rows = report.editions.in_list()
    before = rows.filter(published_at__date__lte=day).order_by("-number").first()
    return before or rows.earliest("number")


def _tell(made: Selection, latest: Selection | None, by: Mandate) -> None:
    """Notifies the heads of the chosen actions, and of those that are dropped."""
    chosen = [row.action for row in made.actions.select_related("action")]
    dropped = [row.action for row in latest.actions.all()] if latest else []
    body, day = made.report.catalogue.steering_committee, format_date(made.theme_meeting_on)
    key = f"{made.report_id}:"
    notices.untell(Occasion.CHOSEN, key)
    words = _("%(body)s har valgt handlingen til temamødet %(day)s.")
    _tell_of(chosen, words % {"body": body, "day": day}, made, by)
    words = _("%(body)s har ændret sin beslutning: handlingen er ikke på temamødet.")
    left = [action for action in dropped if action not in chosen]
    _tell_of(left, words % {"body": body}, made, by)


def _tell_of(actions: Sequence[Action], sentence: str, made: Selection, by: Mandate) -> None:
    for action in actions:
        news = News(
            occasion=Occasion.CHOSEN,
            action=action,
            sentence=sentence,
            path=reverse("action", args=[made.report.catalogue.slug, action.number]),
            key=f"{made.report_id}:{made.number}",
        )
        notices.tell(news, to=notices.heads_of_action(action.pk), by=by.user)
