"""The verbs of the committee refuse whoever may not, also if no view has asked first."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from actions.access import Mandate
from actions.models import Event
from actions.writing.refusals import NotAllowed
from reports.committee import agenda, questions, selection
from reports.models import Edition
from tests.support import factory
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db

type Verb = Callable[[Cast, Edition, Mandate], object]


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return factory.make_edition(cast.catalogue, cast.round.year)


def ask(cast: Cast, edition: Edition, by: Mandate) -> object:
    action, due = cast.own_goal.action, timezone.localdate()
    return questions.ask(report=edition.report, action=action, text="Hvorfor?", due=due, by=by)


def answer(cast: Cast, edition: Edition, by: Mandate) -> object:
    question = factory.make_question(edition.report, cast.own_goal.action)
    return questions.answer(question=question, text="Derfor.", revision=0, by=by)


def point(cast: Cast, edition: Edition, by: Mandate) -> object:
    action = cast.own_goal.action
    return selection.point(report=edition.report, action=action, reason="Det haster.", by=by)


def withdraw_pointer(cast: Cast, edition: Edition, by: Mandate) -> None:
    selection.withdraw_pointer(report=edition.report, action=cast.own_goal.action, by=by)


def record_selection(cast: Cast, edition: Edition, by: Mandate) -> object:
    today = timezone.localdate()
    decision = selection.Decision(today, "Udvalget vælger.", today, {1: "Fordi."})
    return selection.record_selection(edition=edition, decision=decision, revision=0, by=by)


def save_template(cast: Cast, edition: Edition, by: Mandate) -> object:
    return agenda.save_template(catalogue=cast.catalogue, sections=[], revision=0, by=by)


@pytest.mark.parametrize(
    ("verb", "who"),
    [
        (ask, "coordinator"),
        (point, "coordinator"),
        (withdraw_pointer, "coordinator"),
        (answer, "coordinator"),
        (answer, "other_head"),
        (answer, "writer"),
        (record_selection, "committee"),
        (save_template, "committee"),
    ],
)
def test_a_verb_refuses_whoever_may_not(cast: Cast, edition: Edition, verb: Verb, who: str) -> None:
    before = Event.objects.count()
    with pytest.raises(NotAllowed):
        verb(cast, edition, factory.mandate(cast.people[who]))
    assert Event.objects.count() == before
