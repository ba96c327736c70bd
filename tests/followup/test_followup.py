"""The half-year follow-up: made on chosen goals, answered, closed by itself, taken back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.lights import Light
from actions.models import Event, GoalStatus, Notice, Occasion, Round
from actions.writing.refusals import Conflict, NotAllowed, Refused
from reports.followup import verbs
from reports.followup.telling import note_follow_ups
from reports.models import FollowUp, FollowUpAnswer
from tests.support import factory
from tests.support.cast import Cast
from tests.support.clock import on
from tests.support.factory import mandate, status_of
from tests.support.followups import add_answers, last_round
from tests.support.pages import read

pytestmark = pytest.mark.django_db

WHOLE = {"reached": "Vi er halvvejs.", "changed": "Ny leder.", "next_step": "Vi går i gang."}


@pytest.fixture
def round_(cast: Cast) -> Round:
    """Last year's round is closed: the head's goal is red, the other one is on track."""
    made = last_round(cast)
    made.statuses.filter(goal=cast.own_goal).update(light=Light.OFF_TRACK)
    return made


def status_on(round_: Round, cast: Cast) -> GoalStatus:
    return round_.statuses.get(goal=cast.own_goal)


@pytest.fixture
def made(cast: Cast, round_: Round) -> FollowUp:
    return verbs.make_follow_up(
        round_=round_,
        statuses=[status_on(round_, cast).pk],
        due=timezone.localdate() + timedelta(days=20),
        by=mandate(cast.coordinator),
    )


@pytest.fixture
def answer(made: FollowUp) -> FollowUpAnswer:
    return made.answers.select_related("follow_up__round__catalogue", "status__goal__action").get()


@pytest.fixture
def head(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.head)
    return client


def address(route: str, round_: Round, *more: object) -> str:
    return reverse(route, args=[round_.catalogue.slug, round_.year, *more])


def test_the_coordinator_makes_one_from_the_page_of_a_closed_round(
    vuf: Client, cast: Cast, round_: Round
) -> None:
    url = address("new_follow_up", round_)
    assert url in read(vuf.get(round_.get_absolute_url())).links
    typed = {
        "statuses": [str(status_on(round_, cast).pk)],
        "due": (timezone.localdate() + timedelta(days=20)).isoformat(),
    }
    page = read(vuf.post(url, typed, follow=True))
    assert "Opfølgningen er oprettet." in page.text
    follow_up = FollowUp.objects.get()
    assert [row.status.goal for row in follow_up.answers.all()] == [cast.own_goal]
    assert follow_up.answers.get().goal_text == cast.own_goal.text
    there = read(vuf.get(round_.get_absolute_url()))
    assert follow_up.get_absolute_url() in there.links
    assert url not in there.links, "one at a time"


def ticked(vuf: Client, url: str) -> set[str]:
    fields = vuf.get(url).context["form"]
    return {str(row.data["value"]) for row in fields["statuses"] if row.data["selected"]}


def test_the_red_goals_or_those_the_committee_chose_are_ticked(
    vuf: Client, cast: Cast, round_: Round
) -> None:
    edition = factory.make_edition(cast.catalogue, round_.year)
    factory.make_selection(edition, cast.other_goal.action)
    url = address("new_follow_up", round_)
    red, other = str(status_on(round_, cast).pk), str(round_.statuses.get(goal=cast.other_goal).pk)
    assert ticked(vuf, url) == {red}
    assert ticked(vuf, f"{url}?vis=valgte") == {other}
    assert ticked(vuf, f"{url}?vis=ingen") == set()


def test_what_cannot_be_followed_up_is_said(cast: Cast, round_: Round, made: FollowUp) -> None:
    by, soon = mandate(cast.coordinator), timezone.localdate() + timedelta(days=5)
    chosen = [status_on(round_, cast).pk]
    with pytest.raises(Refused, match="allerede en åben opfølgning"):
        verbs.make_follow_up(round_=round_, statuses=chosen, due=soon, by=by)
    verbs.close_follow_up(follow_up=made, by=by)
    with pytest.raises(Refused, match="allerede lukket"):
        verbs.close_follow_up(follow_up=made, by=by)
    today = timezone.localdate()
    with pytest.raises(Refused, match="efter i dag"):
        verbs.make_follow_up(round_=round_, statuses=chosen, due=today, by=by)
    with pytest.raises(Refused, match="mindst ét mål"):
        verbs.make_follow_up(round_=round_, statuses=[], due=soon, by=by)
    with pytest.raises(Refused, match="ikke lukket"):
        verbs.make_follow_up(round_=cast.round, statuses=chosen, due=soon, by=by)
    again = verbs.make_follow_up(round_=round_, statuses=chosen, due=soon, by=by)
    assert str(again) == f"2. opfølgning på status {round_.year}"


def test_a_goal_that_is_stopped_since_is_not_asked_about(
    vuf: Client, cast: Cast, round_: Round
) -> None:
    goal = cast.own_goal
    goal.stopped_on, goal.stopped_by = timezone.localdate(), "Byrådet, punkt 4"
    goal.save()
    assert ticked(vuf, address("new_follow_up", round_)) == set()


def test_the_head_finds_it_among_the_goals_and_answers(
    head: Client, cast: Cast, answer: FollowUpAnswer
) -> None:
    mine = read(head.get(reverse("own_goals")))
    assert "Opfølgning på status" in mine.text
    url = answer.get_absolute_url()
    assert url in mine.links
    assert "Hvor langt er I?" in read(head.get(url)).text
    page = read(head.post(url, WHOLE | {"revision": "0"}, follow=True))
    assert "Svaret er gemt." in page.text
    assert "Besvaret" in page.text
    answer.refresh_from_db()
    assert answer.texts == WHOLE
    assert answer.author_name == str(cast.head)
    read_by_all = read(head.get(answer.follow_up.get_absolute_url()))
    assert "Vi er halvvejs." in read_by_all.text


def test_it_is_kept_while_it_is_typed_and_nothing_is_lost(
    head: Client, cast: Cast, answer: FollowUpAnswer
) -> None:
    url = answer.url("autosave_follow_up")
    kept = head.post(url, {"reached": "Vi er", "changed": "", "next_step": "", "revision": "0"})
    assert (kept.status_code, kept["X-Revision"]) == (200, "1")
    with pytest.raises(Conflict):
        verbs.save_answer(answer=answer, texts=WHOLE, revision=0, by=mandate(cast.co_head))
    late = head.post(answer.get_absolute_url(), WHOLE | {"revision": "0"})
    assert late.status_code == 409
    refused = answer.events.get(verb="refuse")
    assert refused.content["texts"] == WHOLE
    beside = answer.url("compare_follow_up", refused.pk)
    assert beside in read(late).links
    both = read(head.get(beside))
    assert "Næste skridt" in both.text
    assert "halvvejs." in both.text


def test_only_who_answers_for_the_action_writes(cast: Cast, answer: FollowUpAnswer) -> None:
    with pytest.raises(NotAllowed):
        verbs.save_answer(answer=answer, texts=WHOLE, revision=0, by=mandate(cast.other_head))


def test_it_closes_by_itself_after_its_last_day(
    head: Client, cast: Cast, answer: FollowUpAnswer
) -> None:
    due = answer.follow_up.due
    url = answer.get_absolute_url()
    with on(due.isoformat()):
        head.force_login(cast.head)
        assert head.post(url, WHOLE | {"revision": "0"}).status_code == 302
    with on((due + timedelta(days=1)).isoformat()):
        head.force_login(cast.head)
        late = head.post(url, WHOLE | {"reached": "For sent", "revision": "1"})
        assert late.status_code == 409
        assert "Opfølgningen er lukket" in read(late).text
        assert url not in read(head.get(reverse("own_goals"))).links
    answer.refresh_from_db()
    assert answer.reached == "Vi er halvvejs."
    assert answer.events.filter(verb="refuse").count() == 1


def told(cast: Cast) -> list[str]:
    rows = Notice.objects.filter(occasion=Occasion.FOLLOW_UP, recipient=cast.head)
    return [row.sentence for row in rows.order_by("pk")]


def test_the_heads_are_told_and_reminded_until_they_have_answered(
    cast: Cast, answer: FollowUpAnswer
) -> None:
    due = answer.follow_up.due
    assert "beder om en kort opfølgning" in told(cast)[0]
    assert not Notice.objects.filter(
        occasion=Occasion.FOLLOW_UP, recipient=cast.other_head
    ).exists()
    call_command("send_reminders")
    assert any("opfølgning" in message.body for message in mail.outbox)
    for days, count in ((8, 1), (7, 2), (6, 2), (0, 3), (-1, 3)):
        note_follow_ups(due - timedelta(days=days))
        assert len(told(cast)) == count, days
    assert "i dag" in told(cast)[2]


def test_who_has_answered_is_not_reminded(cast: Cast, answer: FollowUpAnswer) -> None:
    verbs.save_answer(answer=answer, texts=WHOLE, revision=0, by=mandate(cast.head))
    assert told(cast) == [], "the mail had not left yet"
    note_follow_ups(answer.follow_up.due)
    assert told(cast) == []


def test_one_made_by_mistake_is_taken_back_while_nothing_is_written(
    vuf: Client, cast: Cast, answer: FollowUpAnswer
) -> None:
    made = answer.follow_up
    assert made.undo_url in read(vuf.get(made.get_absolute_url())).links
    page = read(vuf.post(made.undo_url, follow=True))
    assert "Opfølgningen er fortrudt." in page.text
    assert not FollowUp.objects.exists()
    assert told(cast) == []
    codes = Event.objects.filter(subject=str(made)).order_by("pk")
    assert list(codes.values_list("verb", flat=True)) == ["make_follow_up", "undo_follow_up"]


def test_one_that_is_written_on_stays(vuf: Client, cast: Cast, answer: FollowUpAnswer) -> None:
    verbs.save_answer(answer=answer, texts=WHOLE, revision=0, by=mandate(cast.head))
    page = read(vuf.post(answer.follow_up.undo_url, follow=True))
    assert "Luk den i stedet" in page.text
    assert FollowUp.objects.exists()


def test_the_coordinator_closes_it_early(vuf: Client, answer: FollowUpAnswer) -> None:
    made = answer.follow_up
    asked = read(vuf.get(made.close_url))
    assert "0 af 1 mål" in asked.text
    assert "Opfølgningen er lukket." in read(vuf.post(made.close_url, follow=True)).text
    made.refresh_from_db()
    assert not made.is_open(timezone.localdate())


def test_who_reads_editions_alone_waits_for_the_report(cast: Cast, client: Client) -> None:
    round_ = last_round(cast)
    row = FollowUp.objects.create(
        round=round_, number=1, due=timezone.localdate() - timedelta(days=1), made_on=round_.due
    )
    add_answers(row)
    client.force_login(cast.committee)
    assert client.get(row.get_absolute_url()).status_code == 404
    factory.make_edition(round_.catalogue, round_.year)
    assert client.get(row.get_absolute_url()).status_code == 200


def test_a_later_name_or_light_is_not_in_the_answers(cast: Cast) -> None:
    round_ = last_round(cast)
    status = status_of(round_, cast.own_goal)
    due = timezone.localdate() + timedelta(days=9)
    by = mandate(cast.coordinator)
    row = verbs.make_follow_up(round_=round_, statuses=[status.pk], due=due, by=by)
    before = status.light
    type(status).objects.filter(pk=status.pk).update(light="off_track")
    type(cast.own_goal.action).objects.update(title="Et helt nyt navn")
    answer = row.answers.get()
    assert answer.light == before != "off_track"
    assert answer.action_title != "Et helt nyt navn"
