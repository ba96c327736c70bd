"""The committee's questions before its meeting: asking, and a responsible head's answer."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.danish import format_date
from actions.history.record import record
from actions.mail import notices
from actions.mail.notices import News
from actions.models import Action, Event, Occasion
from actions.models.history import Announces, HistoryVerb
from actions.writing.drafted import DraftedText, give
from actions.writing.refusals import NotAllowed, Refused
from actions.writing.texts import Routes
from reports.access import may_answer, may_ask, positions_of
from reports.models import Question, Report

ASKED: Final = HistoryVerb("ask", gettext_lazy("Spørgsmål stillet"), announces=Announces.ALWAYS)
ANSWERED: Final = HistoryVerb(
    "answer", gettext_lazy("Spørgsmål besvaret"), announces=Announces.ALWAYS
)
ANSWER_KEPT: Final = HistoryVerb("refuse_answer", gettext_lazy("Svar ikke gemt, men bevaret"))
ANSWER_REPLACED: Final = HistoryVerb(
    "replace_answer", gettext_lazy("Kladde til svar erstattet, men bevaret")
)

#: How many days a head is proposed to have for an answer.
DAYS_TO_ANSWER: Final = 10


@transaction.atomic
def ask(*, report: Report, action: Action, text: str, due: date, by: Mandate) -> Question:
    """Asks the heads of an action; asking the same again gives the first question.

    Raises Refused if the deadline has passed, NotAllowed if `by` is no member.
    """
    if not may_ask(by):
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
    asked = record(
        ASKED,
        actor=by.user,
        subject=_subject(question),
        about=[report.scope],
        content={"text": text, "due": f"{due}"},
    )
    question.events.add(asked)
    words = {"body": report.catalogue.steering_committee, "due": format_date(due)}
    news = _news(
        question,
        Occasion.QUESTION,
        _("%(body)s har stillet et spørgsmål. Svar senest %(due)s.") % words,
    )
    notices.tell(news, to=notices.heads_of_action(action.pk), by=by.user)
    return question


class Answer(DraftedText[Question]):
    """A responsible head's answer."""

    routes = Routes("question", "autosave_answer", "compare_answer")
    label = gettext_lazy("Svar")
    refused, replaced = ANSWER_KEPT, ANSWER_REPLACED

    def lock(self, row: Question) -> Question:
        rows = Question.objects.select_for_update(no_key=True, of=("self",))
        return rows.select_related("report__catalogue", "action").get(pk=row.pk)

    def check_may(self, row: Question, by: Mandate) -> str:
        if not may_answer(by, row):
            raise NotAllowed(_("Du har ikke ret til at svare på spørgsmålet."))
        return by.name_of(positions_of(row.action))

    def record(
        self, verb: HistoryVerb, row: Question, by: Mandate, content: str, comment: str = ""
    ) -> Event:
        return record(
            verb,
            actor=by.user,
            position=by.name_of(positions_of(row.action)),
            subject=_subject(row),
            about=[row.report.scope],
            comment=comment,
            content=self.as_json(content),
        )

    def address(self, row: Question) -> list[object]:
        return [row.report.catalogue.slug, row.report.year, row.pk]

    def copy_key(self, row: Question, by: Mandate) -> str:
        return f"{by.user.pk}-svar-{row.pk}"


ANSWER: Final = Answer()


def answer(
    *,
    question: Question,
    text: str,
    revision: int | None,
    by: Mandate,
    names: Sequence[str] = (),
) -> Question:
    """Gives a head's answer, or replaces it; every answer stays in the history.

    `revision` is what the page began with, `names` are its save ids. Raises as
    `actions.writing.drafted.give`.
    """

    def publish(locked: Question, position: str) -> None:
        if locked.answer == text:
            locked.save()
            return
        locked.answer, locked.version = text, locked.version + 1
        locked.answered_by_name, locked.answered_at = str(by.user), timezone.now()
        locked.answered_position = position
        locked.save()
        ANSWER.note(ANSWERED, locked, by, text)
        _tell_of_answer(locked, by)

    return give(ANSWER, question, text, by=by, revision=revision, names=names, publish=publish)


def _tell_of_answer(question: Question, by: Mandate) -> None:
    """Notifies the asker and VUF, and drops the heads' notice."""
    notices.untell(Occasion.QUESTION, f"{question.pk}:")
    words = {"who": question.answered_position or question.answered_by_name}
    news = _news(
        question,
        Occasion.ANSWER,
        _("%(who)s har svaret på udvalgets spørgsmål.") % words,
    )
    asker = {question.asked_by_id} if question.asked_by_id else set()
    notices.tell(news, to=notices.coordinators() | asker, by=by.user)


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
    """The unanswered questions that somebody may answer, the most urgent first."""
    rows = Question.objects.filter(
        answered_at=None, action__responsibilities__position__in=list(by.submits_for)
    )
    related = rows.select_related("report__catalogue", "action").distinct()
    return list(related.order_by("due", "pk"))
