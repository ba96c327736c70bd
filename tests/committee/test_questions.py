"""The committee's questions: asked with a deadline, answered once each, and nothing typed lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.mail.letters import letter_for
from actions.models import Appointment, Event, Notice, Occasion, User
from reports.committee import questions
from reports.models import Conclusion, Edition, Question
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return factory.make_edition(cast.catalogue, cast.round.year)


@pytest.fixture
def question(cast: Cast, edition: Edition) -> Question:
    due = timezone.localdate() + timedelta(days=7)
    return questions.ask(
        report=edition.report,
        action=cast.own_goal.action,
        text="Hvorfor står målet på gult?",
        due=due,
        by=mandate(cast.committee),
    )


def ask_url(cast: Cast) -> str:
    return reverse("ask", args=[cast.catalogue.slug, cast.round.year, 1])


def told(cast: Cast, occasion: Occasion) -> set[str]:
    found = set(Notice.objects.filter(occasion=occasion).values_list("recipient", flat=True))
    return {name for name, user in cast.people.items() if user.pk in found}


def letter(user: User) -> str:
    notices = list(user.notices.select_related("round__catalogue", "action__catalogue"))
    today = timezone.localdate()
    found = letter_for(user, notices, today=today, site="https://katalog.example")
    return f"{found.subject}\n{found.body}" if found else ""


def answer(client: Client, user: User, question: Question, text: str, revision: int = 0) -> Any:
    client.force_login(user)
    return client.post(questions.address_of(question), {"text": text, "revision": str(revision)})


def test_a_question_reaches_the_heads_by_mail_with_its_deadline(
    cast: Cast, question: Question
) -> None:
    assert told(cast, Occasion.QUESTION) == {"head", "co_head"}
    mail = letter(cast.head)
    assert "nyt om handling 1" in mail
    assert "Økonomiudvalget har stillet et spørgsmål. Svar senest den" in mail
    assert f"https://katalog.example{questions.address_of(question)}" in mail


def test_a_head_who_has_left_gets_no_mail_about_it(cast: Cast, question: Question) -> None:
    Appointment.objects.filter(user=cast.head).delete()
    assert letter(cast.head) == ""
    assert letter(cast.co_head) != ""


def test_a_question_stands_on_mine_maal_until_it_is_answered(
    cast: Cast, question: Question, client: Client
) -> None:
    address = questions.address_of(question)
    for name, waits in (("head", True), ("deputy", True), ("writer", False), ("other_head", False)):
        client.force_login(cast.people[name])
        assert (address in read(client.get(reverse("own_goals"))).links) is waits, name
    answer(client, cast.co_head, question, "Fordi det regnede.")
    client.force_login(cast.head)
    assert address not in read(client.get(reverse("own_goals"))).links


def test_a_double_click_asks_once(cast: Cast, edition: Edition, client: Client) -> None:
    client.force_login(cast.committee)
    typed = {"text": "Hvornår?", "due": timezone.localdate().isoformat()}
    assert {client.post(ask_url(cast), typed).status_code for _click in range(2)} == {302}
    assert Question.objects.count() == Event.objects.filter(verb="ask").count() == 1


def test_a_deadline_that_is_past_is_refused_with_the_question_kept(
    cast: Cast, edition: Edition, client: Client
) -> None:
    client.force_login(cast.committee)
    yesterday = timezone.localdate() - timedelta(days=1)
    refused = client.post(ask_url(cast), {"text": "Hvornår?", "due": yesterday.isoformat()})
    assert refused.status_code == 422
    page = read(refused)
    assert "Fristen for svaret er gået." in page.text
    assert page.form_with("due").fields["text"] == "Hvornår?"


def test_an_answer_stands_on_the_action_and_asker_and_vuf_are_told(
    cast: Cast, question: Question, client: Client
) -> None:
    assert answer(client, cast.deputy, question, "Fordi det regnede.").status_code == 302
    assert told(cast, Occasion.ANSWER) == {"committee", "coordinator"}
    assert told(cast, Occasion.QUESTION) == set()
    assert "Planchefen har svaret på udvalgets spørgsmål." in letter(cast.committee)
    client.force_login(cast.committee)
    page = reverse("selection_action", args=[cast.catalogue.slug, cast.round.year, 1])
    assert "Fordi det regnede." in read(client.get(page)).text
    event = Event.objects.get(verb="answer")
    assert (event.position, event.content) == ("Planchefen", {"text": "Fordi det regnede."})


def test_an_answer_on_an_older_one_is_kept_and_both_can_be_read(
    cast: Cast, question: Question, client: Client
) -> None:
    answer(client, cast.head, question, "Fordi det regnede.")
    refused = answer(client, cast.co_head, question, "Fordi det sneede.")
    assert refused.status_code == 409
    page = read(refused)
    assert "Fordi det regnede." in page.text
    form = page.form_with("text").fields
    assert form["text"] == "Fordi det sneede."
    assert Event.objects.get(verb="refuse_answer").content == {"text": "Fordi det sneede."}
    assert answer(client, cast.co_head, question, text=form["text"], revision=1).status_code == 302
    question.refresh_from_db()
    assert (question.answer, question.version) == ("Fordi det sneede.", 2)
    assert Event.objects.filter(verb="answer").count() == 2


def test_a_double_click_answers_once(cast: Cast, question: Question, client: Client) -> None:
    codes = {answer(client, cast.head, question, "Fordi.").status_code for _click in range(2)}
    assert codes == {302}
    assert Event.objects.filter(verb="answer").count() == 1


def test_an_empty_answer_is_refused(cast: Cast, question: Question, client: Client) -> None:
    assert answer(client, cast.head, question, " ").status_code == 422
    question.refresh_from_db()
    assert question.answered_at is None


def test_next_year_the_head_meets_question_answer_and_decision(cast: Cast, client: Client) -> None:
    last = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    edition = factory.make_edition(cast.catalogue, last.year)
    action = cast.own_goal.action
    factory.make_question(
        edition.report,
        action,
        text="Hvorfor?",
        answer="Det regnede.",
        answered_at=timezone.now(),
        answered_position="Planchefen",
    )
    factory.make_selection(edition, action, decision="En ældre beslutning.")
    factory.make_selection(edition, action, decision="Udvalget vil høre mere.")
    client.force_login(cast.head)
    status = factory.status_of(cast.round, cast.own_goal)
    text = read(client.get(status.get_absolute_url())).text
    assert f"Økonomiudvalget valgte handlingen til temamødet den 18. juni {last.year}" in text
    assert "Beslutning: Udvalget vil høre mere." in text
    assert "En ældre beslutning." not in text
    assert "Hvorfor? Svar fra Planchefen: Det regnede." in text
    same_year = factory.status_of(last, cast.own_goal)
    assert "Hvorfor?" not in read(client.get(same_year.get_absolute_url())).text


def test_the_actions_own_page_tells_all_that_was_asked_decided_and_concluded(
    cast: Cast, client: Client
) -> None:
    action, year = cast.own_goal.action, cast.round.year
    for back, words in ((1, "Sidste år?"), (0, "I år?")):
        edition = factory.make_edition(cast.catalogue, year - back)
        factory.make_question(edition.report, action, text=words)
    factory.make_selection(edition, action)
    Conclusion.objects.create(report=edition.report, action=action, text="Mere fart.")
    factory.make_question(edition.report, cast.other_goal.action, text="En anden handling?")
    client.force_login(cast.other_head)
    page = read(client.get(action.get_absolute_url()))
    told = ("valgte handlingen", "I år?", "Mere fart.", "Sidste år?")
    places = [page.text.index(words) for words in told]
    assert places == sorted(places)
    assert "En anden handling?" not in page.text
    assert reverse("theme_meeting", args=[cast.catalogue.slug, year]) in page.links


def test_what_was_said_of_the_action_before_it_was_carried_over_meets_the_head(
    cast: Cast, client: Client
) -> None:
    edition = factory.make_edition(cast.catalogue, cast.round.year - 1)
    factory.make_selection(edition, cast.own_goal.action)
    question = factory.make_question(edition.report, cast.own_goal.action, text="Og bagefter?")
    later = factory.make_catalogue("naeste", steering_committee="Planudvalget")
    factory.make_action(later, responsible=[cast.position], origin=cast.own_goal.action)
    status = factory.make_round(later).statuses.get()
    client.force_login(cast.head)
    page = read(client.get(status.get_absolute_url()))
    assert "Økonomiudvalget valgte handlingen" in page.text
    assert "Og bagefter?" in page.text
    assert questions.address_of(question) in page.links
