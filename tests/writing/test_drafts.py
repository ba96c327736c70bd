"""Answers and conclusions while they are written: kept, and for their writers alone."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import Event, Notice, Occasion, Role, User
from reports.committee.questions import address_of, waiting_for
from reports.models import Conclusion, Question
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (f"{number}-{'0' * 8}" for number in range(3))
TEXT = "Fordi det regnede."


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@dataclass
class Place:
    """A form whose text is a draft at first, and two who may write in it."""

    row: Question | Conclusion
    url: str
    writers: tuple[User, User]
    refused: str

    def save(self, who: int, text: str, revision: int, *names: str) -> Any:
        return self._client(who).post(f"{self.url}autogem/", self._fields(text, revision, names))

    def give(self, who: int, text: str, revision: int, *names: str) -> Any:
        return self._client(who).post(self.url, self._fields(text, revision, names))

    def form(self, who: int) -> dict[str, str]:
        return read(self._client(who).get(self.url)).form_with("text").fields

    def stored(self) -> tuple[str, str]:
        """What is drafted, and what is given."""
        self.row.refresh_from_db()
        return self.row.draft, self.row.given

    def _client(self, who: int) -> Client:
        return client_of(self.writers[who])

    @staticmethod
    def _fields(text: str, revision: int, names: tuple[str, ...]) -> dict[str, str]:
        return {"text": text, "revision": str(revision), "saves": " ".join(names)}


@pytest.fixture
def question(cast: Cast) -> Question:
    report = factory.make_edition(cast.catalogue, cast.round.year).report
    return factory.make_question(report, cast.own_goal.action)


@pytest.fixture(params=["answer", "conclusion"])
def place(cast: Cast, question: Question, request: pytest.FixtureRequest) -> Place:
    if request.param == "answer":
        writers = (cast.head, cast.co_head)
        return Place(question, address_of(question), writers, "refuse_answer")
    selection = factory.make_selection(question.report.editions.get(), cast.own_goal.action)
    row = Conclusion.objects.create(report=selection.report, action=cast.own_goal.action)
    url = reverse("conclusion", args=[cast.catalogue.slug, cast.round.year, 1])
    other = factory.make_user(roles=[Role.COORDINATOR])
    return Place(row, url, (cast.coordinator, other), "refuse_conclusion")


def test_a_draft_is_kept_and_gone_on_with_by_all_who_may_write(place: Place) -> None:
    answer = place.save(0, "Fordi det", 0, FIRST)
    assert (answer.status_code, answer.headers["X-Revision"]) == (200, "1")
    assert "Kladde gemt kl." in read(answer).text
    assert place.stored() == ("Fordi det", "")
    form = place.form(1)
    assert (form["text"], form["revision"]) == ("Fordi det", "1")
    assert place.give(1, TEXT, 1).status_code == 302
    assert place.stored() == ("", TEXT)


def test_the_saves_of_one_page_follow_each_other_whatever_gets_lost(place: Place) -> None:
    """Two answers are lost, and an old save arrives when the text is given."""
    place.save(0, "Fordi", 0, FIRST)
    assert place.save(0, "Fordi det", 0, SECOND, FIRST).status_code == 200
    assert place.give(0, TEXT, 0, THIRD, SECOND, FIRST).status_code == 302
    assert place.save(0, "Fordi det", 0, SECOND, FIRST).status_code == 200
    assert place.stored() == ("", TEXT)


def test_who_writes_on_top_of_somebody_else_sees_both_and_loses_nothing(place: Place) -> None:
    place.save(0, "Den førstes", 0, FIRST)
    refused = place.save(1, "Den andens", 0, SECOND)
    assert refused.status_code == 409
    assert "En anden har skrevet" in read(refused).text
    assert Event.objects.get(verb=place.refused).content == {"text": "Den andens"}
    page = place.give(1, "Den andens", 0, THIRD, SECOND)
    assert page.status_code == 409
    assert "Den førstes" in read(page).text
    assert Event.objects.filter(verb=place.refused).count() == 1, "however often it is sent"
    again = read(page).form_with("text").fields
    assert (again["text"], again["revision"]) == ("Den andens", "1")
    assert place.stored() == ("Den førstes", "")
    assert place.give(1, again["text"], int(again["revision"])).status_code == 302
    assert place.stored() == ("", "Den andens")
    assert list(texts_of("replace")) == ["Den førstes"], "what was replaced is kept"


def test_who_types_on_after_a_refusal_replaces_a_draft_and_it_is_kept(place: Place) -> None:
    place.save(0, "Den førstes", 0, FIRST)
    place.save(1, "Den andens", 1, SECOND)
    place.save(1, "Den andens igen", 1, THIRD, SECOND)
    assert place.stored() == ("Den andens igen", "")
    assert list(texts_of("replace")) == ["Den førstes"]


def test_the_same_once_more_is_given_once(place: Place) -> None:
    for _click in range(2):
        assert place.give(0, TEXT, 0, FIRST).status_code == 302
    place.save(0, "Noget nyt", 1, SECOND, FIRST)
    assert place.give(0, TEXT, 2, THIRD, SECOND, FIRST).status_code == 302
    assert place.stored() == ("", TEXT)
    place.row.refresh_from_db()
    assert place.row.drafted_at is None
    given = Event.objects.filter(verb__in=["answer", "conclude"])
    assert given.count() == (1 if isinstance(place.row, Question) else 2)


def texts_of(verb: str) -> list[str]:
    """What the history keeps under a verb, whichever text it is of."""
    rows = Event.objects.filter(verb__startswith=verb).order_by("pk")
    return [row.content["text"] for row in rows]


def test_what_was_given_stands_while_a_new_text_is_drafted(place: Place) -> None:
    place.give(0, TEXT, 0)
    place.save(0, "Noget nyt", 1, FIRST)
    assert place.stored() == ("Noget nyt", TEXT)
    place.save(0, TEXT, 2, SECOND, FIRST)
    place.row.refresh_from_db()
    assert place.row.drafted_at is None, "what is as it was is no draft"


def test_too_much_is_kept_as_a_draft_and_not_given(place: Place) -> None:
    much = "æ" * 12_000
    assert place.save(0, much, 0, FIRST).status_code == 200
    assert place.give(0, much, 1, SECOND, FIRST).status_code == 422
    assert place.stored() == (much, "")


def test_nobody_else_sees_the_draft_of_an_answer_or_is_told(cast: Cast, question: Question) -> None:
    place = Place(question, address_of(question), (cast.head, cast.co_head), "")
    place.save(0, TEXT, 0, FIRST)
    member = client_of(cast.committee)
    here = [cast.catalogue.slug, cast.round.year, 1]
    urls = [place.url, reverse("selection_action", args=here)]
    assert [TEXT in member.get(url).text for url in urls] == [False, False]
    assert not Notice.objects.filter(occasion=Occasion.ANSWER).exists()
    assert waiting_for(mandate(cast.head)) == [question]
    place.give(0, TEXT, 1, SECOND, FIRST)
    assert [TEXT in member.get(url).text for url in urls] == [True, True], "the control"


def test_the_draft_of_a_conclusion_meets_nobody(cast: Cast, question: Question) -> None:
    edition = question.report.editions.get()
    factory.make_selection(edition, cast.own_goal.action)
    row = Conclusion.objects.create(report=question.report, action=cast.own_goal.action)
    row.draft, row.drafted_at = TEXT, edition.published_at
    row.save()
    year = [cast.catalogue.slug, cast.round.year]
    places = [
        (cast.coordinator, reverse("theme_meeting", args=year)),
        (cast.head, reverse("action", args=[cast.catalogue.slug, 1])),
    ]

    def told() -> list[bool]:
        return [TEXT in client_of(who).get(url).text for who, url in places]

    assert told() == [False, False]
    stale = client_of(cast.coordinator).post(
        reverse("conclusion", args=[*year, 1]), {"text": "Andet", "revision": "9"}
    )
    assert "Konklusionen, som den er gemt nu" not in read(stale).text
    row.text, row.written_at = TEXT, edition.published_at
    row.save()
    assert told() == [True, True], "the control"
