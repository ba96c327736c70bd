"""The history of questions and conclusions from the release before, tied to them by keys."""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from actions.history.record import record
from actions.models import Event
from actions.models.history import VERBS
from reports.models import Conclusion, Question, Report
from tests import factory
from tests.cast import Cast

pytestmark = pytest.mark.django_db

migration = import_module("reports.migrations.0012_events_of_drafted_texts")
NOW = timezone.now()


@pytest.fixture
def report(cast: Cast) -> Report:
    return factory.make_edition(cast.catalogue, cast.round.year).report


def before(cast: Cast, verb: str, days: int, text: str, subject: str, **content: str) -> Event:
    """A row as the release before wrote it, so many days ago: nothing but its sentence ties it."""
    at = NOW - timedelta(days=days)
    words = {"text": text, **content}
    return record(VERBS[verb], actor=cast.head, subject=subject, content=words, at=at)


def tied(row: Question | Conclusion) -> list[Event]:
    return list(row.events.order_by("pk"))


def events(*rows: Event) -> list[Event]:
    return list(rows)


def tie(rows: Iterable[Question | Conclusion]) -> None:
    assert not any(tied(row) for row in rows)
    migration.tie(apps, None)


def test_one_question_on_an_action_gets_all_with_its_sentence(cast: Cast, report: Report) -> None:
    question = factory.make_question(report, cast.own_goal.action)
    sentence = f"{cast.catalogue.slug}, Statusredegørelse {report.year}, handling 1"
    verbs = ("answer", "refuse_answer", "replace_answer")
    own = [before(cast, verb, 1, verb, sentence) for verb in verbs]
    demo = f"{cast.catalogue.slug}, Statusredegørelse {report.year}, {cast.own_goal.action}"
    own.append(before(cast, "answer", 1, "Som demoen siger det", demo))
    before(cast, "answer", 1, "Om en anden", sentence + "0")
    tie([question])
    assert tied(question) == own


def test_of_two_questions_on_one_action_each_gets_what_can_be_told(
    cast: Cast, report: Report
) -> None:
    action, due = cast.own_goal.action, timezone.localdate()
    first, second = (
        factory.make_question(
            report, action, text=text, due=due, asked_at=NOW - timedelta(days=days), answer=answer
        )
        for text, days, answer in (("Hvorfor?", 9, "Derfor."), ("Hvornår?", 5, "Snart."))
    )
    sentence = f"{cast.catalogue.slug}, Statusredegørelse {report.year}, handling 1"
    asked_first = before(cast, "ask", 9, "Hvorfor?", sentence, due=str(due))
    early = before(cast, "refuse_answer", 7, "For tidligt", sentence)
    asked_second = before(cast, "ask", 5, "Hvornår?", sentence, due=str(due))
    answered = before(cast, "answer", 4, "Snart.", sentence)
    either = before(cast, "refuse_answer", 3, "Om en af dem", sentence)
    tie([first, second])
    assert tied(first) == events(asked_first, early, either)
    assert tied(second) == events(asked_second, answered, either)


def test_a_conclusion_gets_its_own_though_the_action_has_another_number_now(
    cast: Cast, report: Report
) -> None:
    own, other = (
        Conclusion.objects.create(report=report, action=action)
        for action in (cast.own_goal.action, cast.other_goal.action)
    )
    sentence = f"{cast.catalogue.slug}, Statusredegørelse {report.year}: temamøde, handling "
    by_title = before(cast, "conclude", 2, "a", f"{sentence}9. {own.action.title}")
    by_number = before(
        cast, "refuse_conclusion", 1, "b", f"{sentence}{other.action.number}. En titel fra før"
    )
    tie([own, other])
    assert (tied(own), tied(other)) == (events(by_title), events(by_number))


def test_nothing_in_the_history_has_changed(cast: Cast, report: Report) -> None:
    question = factory.make_question(report, cast.own_goal.action)
    sentence = f"{cast.catalogue.slug}, Statusredegørelse {report.year}, handling 1"
    before(cast, "answer", 1, "Fordi.", sentence)
    rows = list(Event.objects.values())
    tie([question])
    assert list(Event.objects.values()) == rows
    call_command("verify")
