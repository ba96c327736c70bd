"""A head lets others write: who may be chosen, for how long, and what it gives them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Delegation, Event, Position, User
from actions.people import verbs as people_verbs
from actions.status import verbs as status_verbs
from actions.writing.refusals import Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db

URL = "/stedfortraedere/"


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def look(user: User) -> Page:
    answer = _as(user).get(URL)
    assert answer.status_code == 200
    return read(answer)


def choose(cast: Cast, deputy: User, user: User | None = None, **typed: str) -> HttpResponse:
    """Opens the page, picks a deputy and saves; an empty word leaves a field or a box empty."""
    client = _as(user or cast.head)
    form = read(client.get(URL)).form_with("deputy")
    fields = {**form.fields, "deputy": str(deputy.pk), **typed}
    answer = client.post(URL, {name: word for name, word in fields.items() if word})
    assert isinstance(answer, HttpResponse)
    return answer


def delegate(
    cast: Cast,
    deputy: User,
    *,
    by: User | None = None,
    position: Position | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Delegation:
    return people_verbs.delegate(
        position=position or cast.position,
        deputy=deputy,
        may_submit=False,
        starts=starts or timezone.localdate(),
        ends=ends,
        by=mandate(by or cast.head),
    )


def stop(row: Delegation) -> str:
    return reverse("end_delegation", args=[row.pk])


def test_a_head_lets_somebody_write_from_today(cast: Cast) -> None:
    assert choose(cast, cast.outsider).status_code == 302
    row = Delegation.objects.get(deputy=cast.outsider)
    today = timezone.localdate()
    assert (row.position, row.may_submit, row.starts, row.ends) == (
        cast.position,
        False,
        today,
        None,
    )
    status = status_of(cast.round, cast.own_goal)
    saved = status_verbs.save_draft(
        status=status, by=mandate(cast.outsider), entry=entry(), revision=0
    )
    assert (saved.author_name, saved.author_position) == ("Outsider", "Planchefen")
    with pytest.raises(Refused, match="ikke ret"):
        status_verbs.submit(status=status, by=mandate(cast.outsider), entry=entry(), revision=1)


def test_a_deputy_may_submit_where_the_head_says_so(cast: Cast) -> None:
    choose(cast, cast.outsider, may_submit="on")
    status = status_of(cast.round, cast.own_goal)
    status_verbs.submit(status=status, by=mandate(cast.outsider), entry=entry(), revision=0)


def test_the_choice_is_history_that_the_administrator_reads(cast: Cast) -> None:
    row = delegate(cast, cast.outsider)
    people_verbs.end_delegation(delegation=row, by=mandate(cast.head))
    events = Event.objects.all()
    assert [(row.verb, row.actor, row.position, row.subject) for row in events] == [
        ("end_delegation", cast.head, "Planchefen", "Planchefen: Outsider"),
        ("delegate", cast.head, "Planchefen", "Planchefen: Outsider"),
    ]
    log = read(_as(cast.administrator).get(reverse("log"))).text
    assert "Stedfortræder valgt Planchefen: Outsider" in log
    assert "Stedfortræder stoppet Planchefen: Outsider" in log


def test_the_page_lists_own_posts_deputies_and_nobody_elses(cast: Cast) -> None:
    other = Position.objects.get(name="HR-chefen")
    factory.delegate(other, cast.outsider)
    page = look(cast.head)
    assert "Writer Planchefen skrive" in page.text
    assert "Deputy Planchefen skrive, indsende og tiltræde" in page.text
    assert "HR-chefen" not in page.text
    assert "Ingen lige nu." in look(cast.co_head).text


def test_a_deputy_has_no_such_page_and_hands_nothing_on(cast: Cast) -> None:
    assert _as(cast.deputy).get(URL).status_code == 404
    with pytest.raises(Refused, match="Kun den, der har stillingen"):
        delegate(cast, cast.outsider, by=cast.deputy)


def test_a_head_who_is_deputy_for_another_hands_only_own_posts_on(cast: Cast) -> None:
    other = Position.objects.get(name="HR-chefen")
    lent = factory.delegate(other, cast.head, may_submit=True)
    assert "HR-chefen" not in look(cast.head).form_with("deputy").fields
    assert choose(cast, cast.outsider, position=str(other.pk)).status_code == 422
    with pytest.raises(Refused, match="Kun den, der har stillingen"):
        delegate(cast, cast.outsider, position=other)
    assert _as(cast.head).post(stop(lent)).status_code == 404
    with pytest.raises(Refused, match="Kun den, der har stillingen"):
        people_verbs.end_delegation(delegation=lent, by=mandate(cast.head))


def test_a_head_with_two_posts_chooses_which(cast: Cast) -> None:
    other = factory.make_position("Havnechefen", holder=cast.head)
    assert choose(cast, cast.outsider).status_code == 422
    assert choose(cast, cast.outsider, position=str(other.pk)).status_code == 302
    assert Delegation.objects.get(deputy=cast.outsider).position == other


@pytest.mark.parametrize(
    ("starts", "ends", "message"),
    [
        (-1, None, "Første dag er gået."),
        (5, 4, "Sidste dag ligger før den første."),
    ],
)
def test_days_that_make_no_sense_are_refused_and_stand_as_typed(
    cast: Cast, starts: int, ends: int | None, message: str
) -> None:
    today = timezone.localdate()
    first = today + timedelta(days=starts)
    last = "" if ends is None else (today + timedelta(days=ends)).isoformat()
    answer = choose(cast, cast.outsider, starts=first.isoformat(), ends=last)
    assert answer.status_code == 422
    page = read(answer)
    assert message in page.text
    fields = page.form_with("deputy").fields
    assert (fields["starts"], fields["ends"]) == (first.isoformat(), last)
    assert fields["deputy"] == str(cast.outsider.pk)
    with pytest.raises(Refused, match=message):
        delegate(
            cast,
            cast.outsider,
            starts=first,
            ends=None if ends is None else today + timedelta(days=ends),
        )


def test_nobody_is_their_own_deputy_nor_one_who_cannot_log_in(cast: Cast) -> None:
    assert choose(cast, cast.head).status_code == 422
    with pytest.raises(Refused, match="selv stillingen"):
        delegate(cast, cast.head)
    cast.outsider.is_active = False
    cast.outsider.save()
    assert choose(cast, cast.outsider).status_code == 422


def test_two_agreements_for_one_deputy_do_not_overlap(cast: Cast) -> None:
    today = timezone.localdate()
    delegate(cast, cast.outsider, starts=today + timedelta(days=10))
    answer = choose(cast, cast.outsider)
    assert answer.status_code == 422
    assert "er allerede stedfortræder i perioden" in read(answer).text
    delegate(cast, cast.outsider, ends=today + timedelta(days=9))
    assert Delegation.objects.filter(deputy=cast.outsider).count() == 2


def test_a_stopped_deputy_cannot_write_from_that_moment(cast: Cast) -> None:
    row = Delegation.objects.get(deputy=cast.writer)
    client = _as(cast.head)
    question = read(client.get(stop(row)))
    assert "Skal Writer ikke længere skrive for dig?" in question.text
    assert Delegation.objects.filter(pk=row.pk, ends=None).exists()
    assert client.post(stop(row)).status_code == 302
    assert _as(cast.writer).get(reverse("own_goals")).status_code == 404
    page = look(cast.head)
    assert "Tidligere stedfortrædere Writer, Planchefen" in page.text
    with pytest.raises(Refused, match="allerede ophørt"):
        people_verbs.end_delegation(delegation=row, by=mandate(cast.head))


@pytest.mark.parametrize("days", [0, 7])
def test_an_agreement_that_has_not_lasted_a_day_leaves_only_its_history(
    cast: Cast, days: int
) -> None:
    row = delegate(cast, cast.outsider, starts=timezone.localdate() + timedelta(days=days))
    people_verbs.end_delegation(delegation=row, by=mandate(cast.head))
    assert not Delegation.objects.filter(deputy=cast.outsider).exists()
    assert Event.objects.filter(verb="end_delegation").get().content["starts"]
    assert mandate(cast.outsider).positions == {}


def test_what_a_deputy_wrote_keeps_the_name_and_the_post(cast: Cast) -> None:
    status = status_of(cast.round, cast.own_goal)
    status_verbs.submit(status=status, by=mandate(cast.deputy), entry=entry(), revision=0)
    row = Delegation.objects.get(deputy=cast.deputy)
    people_verbs.end_delegation(delegation=row, by=mandate(cast.head))
    cast.deputy.delete()
    place = reverse("status", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])
    assert "Indsendt af Deputy, Planchefen" in read(_as(cast.head).get(place)).text


def test_only_heads_find_the_page_in_the_menu(cast: Cast) -> None:
    place = reverse("catalogue", args=[cast.catalogue.slug])
    with_it = {
        name
        for name in ("head", "co_head", "writer", "deputy", "coordinator", "colleague")
        if URL in read(_as(cast.people[name]).get(place)).links
    }
    assert with_it == {"head", "co_head"}


def test_the_page_costs_no_query_a_deputy_or_user(cast: Cast) -> None:
    counts = []
    for size in (1, 20):
        for _each in range(size):
            factory.delegate(cast.position, factory.make_user())
        client = _as(cast.head)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
