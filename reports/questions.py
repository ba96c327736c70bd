"""The committee's questions before its meeting: asking, and a responsible head's answer."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actions import changes, notifications
from actions.access import Mandate, may_submit
from actions.danish import format_date
from actions.history import kept_already, record
from actions.models import Action, Event, Occasion, Role
from actions.notifications import News
from actions.writing.refusals import NotAllowed, Refused
from reports import drafts
from reports.models import Question, Report

#: How many days a head is proposed to have for an answer.
DAYS_TO_ANSWER: Final = 10


def may_answer(question: Question, by: Mandate) -> bool:
    """Those who submit for one of the action's responsible positions."""
    return may_submit(by, positions_of(question))


def positions_of(question: Question) -> list[int]:
    rows = question.action.responsibilities.order_by("order")
    return list(rows.values_list("position", flat=True))


@transaction.atomic
def ask(*, report: Report, action: Action, text: str, due: date, by: Mandate) -> Question:
    """A member's question to the heads of an action; the same once more is the one there is."""
    if Role.COMMITTEE not in by.roles:
        raise NotAllowed(_("Du har ikke ret til at stille spørgsmål."))
    if due < timezone.localdate():
        raise Refused(_("Fristen for svaret er gået."))
    Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    own = Question.objects.filter(report=report, action=action, asked_by=by.user)
    if same := own.filter(text=text, due=due).first():
        return same
    question = Question.objects.create(
        report=report,
        action=action,
        text=text,
        due=due,
        asked_by=by.user,
        asked_by_name=str(by.user),
        asked_at=timezone.now(),
    )
    record(
        "ask", actor=by.user, subject=_subject(question), content={"text": text, "due": f"{due}"}
    )
    words = {"body": report.catalogue.steering_committee, "due": format_date(due)}
    news = _news(
        question,
        Occasion.QUESTION,
        _("%(body)s har stillet et spørgsmål. Svar senest %(due)s.") % words,
    )
    notifications.tell(news, to=notifications.heads_of_action(action.pk), by=by.user)
    changes.announce(report.catalogue_id, report.year)
    return question


@transaction.atomic
def answer(
    *,
    question: Question,
    text: str,
    revision: int | None,
    by: Mandate,
    names: Sequence[str] = (),
) -> Question:
    """A head's answer, or a new one in its place; Conflict where another has written meanwhile.

    The same text once more changes nothing. Every answer stays in the history. `revision` is the
    revision that the page began with, `names` are its saves.
    """
    question = _locked(question, by)
    if question.written == question.answer == text:
        return question
    keep_other = partial(_keep_replaced, question, by)
    drafts.give(question, text, revision=revision, names=names, keep_other=keep_other)
    if question.answer == text:
        question.save()
        return question
    question.answer, question.version = text, question.version + 1
    question.answered_by_name, question.answered_at = str(by.user), timezone.now()
    question.answered_position = by.name_of(positions_of(question))
    question.save()
    _record_answer("answer", question, text, by)
    _tell_of_answer(question, by)
    changes.announce(question.report.catalogue_id, question.report.year)
    return question


@transaction.atomic
def save_draft(
    *, question: Question, text: str, revision: int | None, by: Mandate, names: Sequence[str]
) -> Question:
    """Keeps what is written of an answer while it is written; nobody is told."""
    question = _locked(question, by)
    keep_other = partial(_keep_replaced, question, by)
    drafts.keep(question, text, revision=revision, by=by, names=names, keep_other=keep_other)
    return question


def _locked(question: Question, by: Mandate) -> Question:
    if not may_answer(question, by):
        raise NotAllowed(_("Du har ikke ret til at svare på spørgsmålet."))
    rows = Question.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("report__catalogue", "action").get(pk=question.pk)


def keep_refused(*, question: Question, text: str, by: Mandate) -> None:
    """Keeps an answer that was not saved in the history, once, so that it is never lost."""
    events = Event.objects.filter(subject=_subject(question))
    if text and not kept_already(events, {"text": text}):
        _record_answer("refuse_answer", question, text, by)


def _keep_replaced(question: Question, by: Mandate, draft: str, author: str) -> None:
    _record_answer("replace_answer", question, draft, by, comment=author)


def _record_answer(
    verb: str, question: Question, text: str, by: Mandate, comment: str = ""
) -> None:
    record(
        verb,
        actor=by.user,
        position=by.name_of(positions_of(question)),
        subject=_subject(question),
        comment=comment,
        content={"text": text},
    )


def _tell_of_answer(question: Question, by: Mandate) -> None:
    """Who asked and VUF; the heads need no longer be asked."""
    notifications.untell(Occasion.QUESTION, f"{question.pk}:")
    words = {"who": question.answered_position or question.answered_by_name}
    news = _news(
        question,
        Occasion.ANSWER,
        _("%(who)s har svaret på udvalgets spørgsmål.") % words,
    )
    asker = {question.asked_by_id} if question.asked_by_id else set()
    notifications.tell(news, to=notifications.coordinators() | asker, by=by.user)


def _news(question: Question, occasion: Occasion, sentence: str) -> News:
    return News(
        occasion=occasion,
        action=question.action,
        sentence=sentence,
        path=address_of(question),
        key=f"{question.pk}:{question.version}",
    )


def address_of(question: Question) -> str:
    report = question.report
    return reverse("question", args=[report.catalogue.slug, report.year, question.pk])


def _subject(question: Question) -> str:
    report, number = question.report, question.action.number
    return _("%(catalogue)s, %(report)s, handling %(number)d") % {
        "catalogue": report.catalogue.slug,
        "report": report,
        "number": number,
    }


def waiting_for(by: Mandate) -> list[Question]:
    """The questions without an answer that somebody may answer, the most urgent first."""
    rows = Question.objects.filter(
        answered_at=None, action__responsibilities__position__in=list(by.submits_for)
    )
    related = rows.select_related("report__catalogue", "action").distinct()
    return list(related.order_by("due", "pk"))
