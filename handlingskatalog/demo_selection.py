"""The demo's questions to the heads of 2025, and what the committee then decided: invented."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from actions.history.record import record
from actions.mail import notices
from actions.models import Action, Occasion, User
from actions.models.history import HistoryVerb
from handlingskatalog.demo import FIXTURES, coordinator
from reports.committee.questions import ANSWERED, ASKED
from reports.committee.selection import Decision, record_selection
from reports.models import Edition, Kind, Question, Report


@transaction.atomic
def decide_and_ask(slug: str) -> None:
    """Adds questions and decision to the published report, where it has none of them yet."""
    example = yaml.safe_load((FIXTURES / "demo-meeting.yaml").read_text(encoding="utf-8"))
    edition = Edition.objects.latest_of(slug, example["year"], Kind.STATUS)
    if edition is None:
        return
    report = edition.report
    if not report.questions.exists():
        for row in example["questions"]:
            _ask(report, row)
    if not report.selections.exists():
        _decide(edition, example)


def _decide(edition: Edition, example: Mapping[str, Any]) -> None:
    decision = Decision(
        decided_on=example["decided_on"],
        decision=example["decision"],
        theme_meeting_on=example["theme_meeting_on"],
        reasons={row["number"]: row["reason"] for row in example["actions"]},
    )
    record_selection(edition=edition, decision=decision, revision=0, by=coordinator())
    # Nobody is to get a mail about last year's meeting.
    notices.untell(Occasion.CHOSEN, f"{edition.report_id}:")


def _ask(report: Report, row: Mapping[str, Any]) -> None:
    """A question, and its answer where there is one, as they would have been written then."""
    action = report.catalogue.actions.get(number=row["action"])
    member = User.objects.get(username="oekonomiudvalget")
    question = Question.objects.create(
        report=report,
        action=action,
        text=row["text"],
        due=row["due"],
        asked_by=member,
        asked_by_name=str(member),
        asked_at=_noon(row["asked_on"]),
    )
    _record(ASKED, question, member, row["text"], question.asked_at)
    if "answer" in row:
        _answer(question, row["answer"], _noon(row["answered_on"]))
    question.save()


def _answer(question: Question, text: str, at: datetime) -> None:
    head, position = _head_of(question.action)
    question.answer, question.version, question.answered_at = text, 1, at
    question.answered_by_name, question.answered_position = str(head), position
    _record(ANSWERED, question, head, text, at, position)


def _record(
    verb: HistoryVerb, question: Question, by: User, text: str, at: datetime, position: str = ""
) -> None:
    subject = f"{question.report.catalogue.slug}, {question.report}, {question.action}"
    event = record(
        verb,
        actor=by,
        position=position,
        subject=subject,
        about=[question.report.scope],
        content={"text": text},
        at=at,
    )
    question.events.add(event)


def _head_of(action: Action) -> tuple[User, str]:
    first = action.responsibilities.select_related("position").order_by("order")[0]
    held = first.position.appointments.select_related("user").order_by("-starts")[0]
    return held.user, first.position.name


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
