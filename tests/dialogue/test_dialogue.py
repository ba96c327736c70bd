"""Who stands behind a text, and what is said of it: signatures, comments, answers, mentions."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.access import visible_statuses
from actions.dialogue import verbs as dialogue_verbs
from actions.models import (
    Comment,
    Event,
    GoalStatus,
    Notice,
    Occasion,
    Responsibility,
    Signature,
    State,
    User,
)
from actions.rounds import verbs as rounds_verbs
from actions.status import verbs as status_verbs
from actions.writing.refusals import Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, hand_in, mandate, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


def own(cast: Cast) -> GoalStatus:
    return status_of(cast.round, cast.own_goal)


def submitted(cast: Cast, by: User | None = None) -> GoalStatus:
    return status_verbs.submit(
        status=own(cast), by=mandate(by or cast.head), entry=entry(), revision=own(cast).revision
    )


def sign(cast: Cast, by: User, text_version: int = 1) -> GoalStatus:
    return dialogue_verbs.sign(status=own(cast), by=mandate(by), text_version=text_version)


def say(cast: Cast, by: User, text: str = "Uddyb.", thread: Comment | None = None) -> Comment:
    return dialogue_verbs.comment(status=own(cast), by=mandate(by), text=text, thread=thread)


def url(cast: Cast, route: str = "status", **kwargs: int) -> str:
    place = {"slug": cast.catalogue.slug, "year": cast.round.year, "goal": cast.own_goal.pk}
    return reverse(route, kwargs=place | kwargs)


def look(cast: Cast, user: User, route: str = "status") -> Page:
    answer = _as(user).get(url(cast, route))
    assert answer.status_code == 200
    return read(answer)


def post(user: User, address: str, **data: str | int) -> HttpResponse:
    answer = _as(user).post(address, data)
    assert isinstance(answer, HttpResponse)
    return answer


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def button(page: Page, address: str) -> bool:
    return address in [form.action for form in page.forms]


# Signatures.


def test_submitting_is_signing_for_the_submitters_own_posts(cast: Cast) -> None:
    row = submitted(cast).signatures.get()
    assert (row.position, row.version, row.by_submitting) == (cast.position, 1, True)
    assert (row.signer_name, row.signer_position) == ("Head", "Planchefen")


def test_a_co_head_signs_what_the_other_has_submitted(cast: Cast) -> None:
    submitted(cast)
    status = sign(cast, cast.co_head)
    assert (status.state, status.revision) == (State.SUBMITTED, 1)
    row = Signature.objects.get(by_submitting=False)
    assert (row.user, row.signer_name, row.signer_position) == (
        cast.co_head,
        "Co-head",
        "Kulturchefen",
    )
    event = Event.objects.filter(verb="sign").get()
    assert (event.actor, event.position, event.status) == (cast.co_head, "Kulturchefen", status)


def test_a_signature_holds_through_the_approval_and_can_come_after_it(cast: Cast) -> None:
    submitted(cast)
    status_verbs.approve(status=own(cast), by=mandate(cast.coordinator), revision=1)
    sign(cast, cast.co_head)
    assert "Mangler tiltrædelse" not in look(cast, cast.head).text
    assert own(cast).signatures.of_present_text().count() == 2


def test_an_approval_of_the_same_text_does_not_refuse_a_signature_under_way(cast: Cast) -> None:
    submitted(cast)
    form = look(cast, cast.co_head).form_with("text_version")
    status_verbs.approve(status=own(cast), by=mandate(cast.coordinator), revision=1)
    assert post(cast.co_head, form.action, **form.fields).status_code == 302
    assert Signature.objects.filter(by_submitting=False).count() == 1


def test_a_text_that_was_returned_and_submitted_again_is_signed_anew(cast: Cast) -> None:
    submitted(cast)
    sign(cast, cast.co_head)
    status_verbs.return_to_head(
        status=own(cast), by=mandate(cast.coordinator), revision=1, comment="Uddyb"
    )
    again = submitted(cast)
    assert list(again.signatures.of_present_text().values_list("position", flat=True)) == [
        cast.position.pk
    ]
    with pytest.raises(Refused, match="ændret, siden"):
        sign(cast, cast.co_head, text_version=1)
    sign(cast, cast.co_head, text_version=3)
    assert again.signatures.of_present_text().count() == 2
    assert again.signatures.count() == 4


@pytest.mark.parametrize("name", ["writer", "other_head", "former_head", "coordinator"])
def test_nobody_else_signs(cast: Cast, name: str) -> None:
    submitted(cast, by=cast.co_head)
    with pytest.raises(Refused, match="ikke ret"):
        sign(cast, cast.people[name])


def test_a_deputy_who_may_submit_signs_for_the_head(cast: Cast) -> None:
    submitted(cast, by=cast.co_head)
    sign(cast, cast.deputy)
    row = Signature.objects.get(by_submitting=False)
    assert (row.signer_name, row.signer_position) == ("Deputy", "Planchefen")


def test_one_person_in_both_posts_submits_for_both(cast: Cast) -> None:
    shared = Responsibility.objects.get(action=cast.own_goal.action, order=2).position
    factory.appoint(shared, cast.head)
    submitted(cast)
    assert Signature.objects.filter(by_submitting=True).count() == 2


def test_who_only_writes_for_the_other_post_does_not_sign_for_it(cast: Cast) -> None:
    shared = Responsibility.objects.get(action=cast.own_goal.action, order=2).position
    factory.delegate(shared, cast.head)
    assert submitted(cast).author_position == "Planchefen, Kulturchefen"
    assert Signature.objects.get().position == cast.position


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_there_is_nothing_to_sign_before_it_is_submitted(cast: Cast, state: str) -> None:
    hand_in(own(cast), state)
    with pytest.raises(Refused, match="ikke indsendt"):
        sign(cast, cast.co_head)


def test_a_text_is_signed_once(cast: Cast) -> None:
    submitted(cast)
    for user in (cast.head, cast.co_head):
        if user == cast.co_head:
            sign(cast, user)
        with pytest.raises(Refused, match="allerede tiltrådt"):
            sign(cast, user)


def test_a_closed_round_takes_neither_signature_nor_comment(cast: Cast) -> None:
    submitted(cast)
    thread = say(cast, cast.colleague)
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
    for act in (
        lambda: sign(cast, cast.co_head),
        lambda: say(cast, cast.colleague),
        lambda: dialogue_verbs.resolve(thread=thread, by=mandate(cast.head)),
    ):
        with pytest.raises(Refused, match="ikke åben"):
            act()
    page = look(cast, cast.co_head)
    assert not button(page, url(cast, "sign"))
    assert not button(page, url(cast, "comment"))


def test_the_page_names_who_has_signed_and_who_has_not(cast: Cast) -> None:
    submitted(cast)
    page = look(cast, cast.co_head)
    assert "Indsendt af Head, Planchefen" in page.text
    assert "Mangler tiltrædelse fra Kulturchefen" in page.text
    assert button(page, url(cast, "sign"))
    for user in (cast.head, cast.writer, cast.coordinator, cast.colleague, cast.other_head):
        assert not button(look(cast, user), url(cast, "sign"))
    form = page.form_with("text_version")
    assert post(cast.co_head, form.action, **form.fields).status_code == 302
    page = look(cast, cast.co_head)
    assert "Tiltrådt af Co-head, Kulturchefen" in page.text
    assert "Mangler tiltrædelse" not in page.text
    assert not button(page, url(cast, "sign"))


def test_a_goal_with_one_head_says_nothing_of_signatures(cast: Cast) -> None:
    hand_in(status_of(cast.round, cast.other_goal), "submitted")
    address = url(cast).replace(f"/{cast.own_goal.pk}/", f"/{cast.other_goal.pk}/")
    assert "Tiltrædelse" not in read(_as(cast.other_head).get(address)).text


def test_the_co_head_finds_what_waits_for_a_signature_among_own_goals(cast: Cast) -> None:
    submitted(cast)
    words = "Venter på din tiltrædelse"

    def asked(user: User) -> bool:
        return words in read(_as(user).get(reverse("own_goals"))).text

    assert asked(cast.co_head)
    assert not any(asked(user) for user in (cast.head, cast.deputy, cast.writer, cast.other_head))
    sign(cast, cast.co_head)
    assert not asked(cast.co_head)


def test_the_coordinator_sees_what_is_unsigned_and_may_approve_all_the_same(cast: Cast) -> None:
    submitted(cast)
    words = "Mangler tiltrædelse fra Kulturchefen"
    assert f"{words}. Du kan godkende alligevel." in look(cast, cast.coordinator).text
    place = reverse("round", args=[cast.catalogue.slug, cast.round.year])
    assert words in read(_as(cast.coordinator).get(place)).text
    assert words not in read(_as(cast.head).get(place)).text
    approved = status_verbs.approve(status=own(cast), by=mandate(cast.coordinator), revision=1)
    assert approved.state == State.APPROVED
    sign(cast, cast.co_head)
    assert words not in read(_as(cast.coordinator).get(place)).text


def test_a_new_head_leaves_author_and_signatures_as_they_were(cast: Cast) -> None:
    submitted(cast)
    sign(cast, cast.co_head)
    say(cast, cast.co_head, "Jeg er enig.")
    cast.co_head.appointments.all().delete()
    cast.co_head.delete()
    page = look(cast, cast.head)
    assert "Tiltrådt af Co-head, Kulturchefen" in page.text
    assert "Co-head , Kulturchefen den" in page.text
    assert "Jeg er enig." in page.text
    row = Signature.objects.get(by_submitting=False)
    assert (row.user, row.signer_name, row.signer_position) == (None, "Co-head", "Kulturchefen")


def test_the_other_head_is_told_of_a_signature(cast: Cast) -> None:
    submitted(cast)
    sign(cast, cast.co_head)
    told = Notice.objects.filter(occasion=Occasion.SIGNED)
    assert [row.recipient for row in told] == [cast.head]


# Comments.


@pytest.mark.parametrize(
    ("name", "capacity"),
    [
        ("head", "Planchefen"),
        ("writer", "Planchefen"),
        ("coordinator", "Udviklingsforvaltningen"),
        ("colleague", "Projektgruppen"),
        ("strategic_forum", "Chefgruppen"),
    ],
)
def test_readers_and_writers_comment_in_their_capacity(
    cast: Cast, name: str, capacity: str
) -> None:
    hand_in(own(cast), "submitted")
    user = cast.people[name]
    answer = post(user, url(cast, "comment"), text="Uddyb <tallet>.\r\nTak.")
    made = Comment.objects.get()
    assert answer.headers["Location"] == f"{url(cast)}#kommentar-{made.pk}"
    assert (made.text, made.author, made.author_position) == (
        "Uddyb <tallet>.\nTak.",
        user,
        capacity,
    )
    event = Event.objects.filter(verb="comment").get()
    assert (event.actor, event.position, event.comment) == (user, capacity, made.text)
    for reader in (cast.head, cast.other_head, cast.strategic_forum):
        assert "Uddyb <tallet>. Tak." in look(cast, reader).text


def test_the_head_of_another_goal_reads_comments_and_writes_none(cast: Cast) -> None:
    hand_in(own(cast), "submitted")
    say(cast, cast.colleague)
    page = look(cast, cast.other_head)
    assert "Uddyb." in page.text
    assert not any("kommentarer" in form.action for form in page.forms)
    with pytest.raises(Refused, match="ikke ret"):
        say(cast, cast.other_head)


def test_a_comment_on_a_draft_is_seen_by_those_who_read_the_draft(cast: Cast) -> None:
    hand_in(own(cast), "draft")
    say(cast, cast.colleague)
    for user in (cast.head, cast.coordinator, cast.colleague):
        assert "Uddyb." in look(cast, user).text
    assert _as(cast.group_member).get(url(cast)).status_code == 404


def test_an_answer_belongs_to_its_thread(cast: Cast) -> None:
    hand_in(own(cast), "submitted")
    first = say(cast, cast.colleague)
    address = url(cast, "answer_comment", thread=first.pk)
    answer = post(cast.head, address, text="Det er gjort.")
    assert answer.headers["Location"] == f"{url(cast)}#kommentar-{first.pk}"
    reply = Comment.objects.get(parent=first)
    assert (reply.text, reply.author) == ("Det er gjort.", cast.head)
    nested = url(cast, "answer_comment", thread=reply.pk)
    assert post(cast.colleague, nested, text="Tak").status_code == 404


def test_an_answer_to_a_thread_of_another_goal_is_refused(cast: Cast) -> None:
    other = factory.comment(status_of(cast.round, cast.other_goal), cast.coordinator)
    hand_in(own(cast), "submitted")
    with pytest.raises(Refused, match="findes ikke"):
        say(cast, cast.coordinator, thread=other)
    address = url(cast, "answer_comment", thread=other.pk)
    assert post(cast.coordinator, address, text="Tak").status_code == 404


@pytest.mark.parametrize(
    ("text", "message"),
    [("  \n ", "Skriv en kommentar."), ("æ" * 4001, "forkort den med 1")],
)
def test_a_comment_that_cannot_be_kept_comes_back_as_it_was_typed(
    cast: Cast, text: str, message: str
) -> None:
    hand_in(own(cast), "submitted")
    first = say(cast, cast.colleague)
    for address in (url(cast, "comment"), url(cast, "answer_comment", thread=first.pk)):
        answer = post(cast.head, address, text=text)
        assert answer.status_code == 422
        page = read(answer)
        assert message in page.text
        typed = next(form for form in page.forms if form.action == address)
        assert typed.fields["text"] == text
    assert Comment.objects.count() == 1


def test_a_comment_too_late_comes_back_as_it_was_typed(cast: Cast) -> None:
    hand_in(own(cast), "submitted")
    first = say(cast, cast.colleague)
    dialogue_verbs.resolve(thread=first, by=mandate(cast.coordinator))
    answer = post(cast.head, url(cast, "answer_comment", thread=first.pk), text="Min tekst")
    assert answer.status_code == 409
    assert "Tråden er løst. Åbn den igen for at svare." in read(answer).text
    assert "Min tekst" in answer.content.decode()
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
    answer = post(cast.head, url(cast, "comment"), text="Min tekst")
    assert answer.status_code == 409
    assert read(answer).form_with("text").fields["text"] == "Min tekst"


def test_a_refused_comment_leaves_the_status_form_with_what_is_saved(cast: Cast) -> None:
    hand_in(own(cast), "draft", progress="Halvfærdig")
    page = read(post(cast.head, url(cast, "comment"), text=""))
    assert page.form_with("revision").fields["progress"] == "Halvfærdig"


@pytest.mark.parametrize("name", ["colleague", "head", "co_head", "writer", "coordinator"])
def test_author_writers_and_coordinator_resolve_a_thread_and_open_it_again(
    cast: Cast, name: str
) -> None:
    hand_in(own(cast), "submitted")
    first, user = say(cast, cast.colleague), cast.people[name]
    resolve, reopen = (
        url(cast, route, thread=first.pk) for route in ("resolve_comment", "reopen_comment")
    )
    assert button(look(cast, user), resolve)
    post(user, resolve)
    first.refresh_from_db()
    assert (first.is_resolved, first.resolved_by) == (True, str(user))
    page = look(cast, user)
    assert f"Løst af {user}" in page.text
    assert button(page, reopen)
    assert not button(page, url(cast, "answer_comment", thread=first.pk))
    post(user, reopen)
    first.refresh_from_db()
    assert (first.is_resolved, first.resolved_by) == (False, "")
    assert [row.verb for row in Event.objects.all()] == ["reopen_comment", "resolve", "comment"]


@pytest.mark.parametrize("name", ["group_member", "strategic_forum", "other_head"])
def test_nobody_else_resolves_a_thread(cast: Cast, name: str) -> None:
    hand_in(own(cast), "submitted")
    first, user = say(cast, cast.colleague), cast.people[name]
    address = url(cast, "resolve_comment", thread=first.pk)
    assert not button(look(cast, user), address)
    assert post(user, address).status_code == 404
    with pytest.raises(Refused, match="ikke ret"):
        dialogue_verbs.resolve(thread=first, by=mandate(user))


def test_a_thread_is_resolved_once(cast: Cast) -> None:
    hand_in(own(cast), "submitted")
    first, by = say(cast, cast.colleague), mandate(cast.head)
    with pytest.raises(Refused, match="allerede åben"):
        dialogue_verbs.reopen_comment(thread=first, by=by)
    dialogue_verbs.resolve(thread=first, by=by)
    with pytest.raises(Refused, match="allerede løst"):
        dialogue_verbs.resolve(thread=first, by=by)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=x()>', "{{ 7|add:7 }} {% now %}"]
)
def test_a_comment_is_never_markup(cast: Cast, text: str) -> None:
    hand_in(own(cast), "submitted")
    first = say(cast, cast.colleague, "Almindelig")
    usual = look(cast, cast.head)
    first.text = first.author_name = first.author_position = text
    first.save()
    page = look(cast, cast.head)
    assert page.structure == usual.structure
    assert text in page.text


# Mentions.


def test_who_is_named_in_a_comment_and_reads_the_status_is_told(cast: Cast) -> None:
    hand_in(own(cast), "draft")
    text = "@Head og @co-head: se her, @head. Skriv til vuf@example.org eller @council @ingen."
    assert dialogue_verbs.mentioned_users(text, own(cast)) == [cast.head, cast.co_head]
    assert dialogue_verbs.unknown_mentions(text, own(cast)) == ["council", "ingen"]
    say(cast, cast.colleague, text)
    told = {row.recipient for row in Notice.objects.filter(occasion=Occasion.MENTION)}
    assert told == {cast.head, cast.co_head}
    told = {row.recipient for row in Notice.objects.filter(occasion=Occasion.COMMENT)}
    assert told == {cast.writer, cast.deputy}


def test_nobody_learns_by_a_mention_who_has_a_login(cast: Cast) -> None:
    """Who may not read the status and who does not exist are answered alike."""
    hand_in(own(cast), "draft")
    answer = _as(cast.head).post(
        url(cast, "comment"), {"text": "@outsider @findes-ikke @group-member"}, follow=True
    )
    assert "@outsider, @findes-ikke, @group-member får ingen besked" in read(answer).text


def test_who_took_part_in_a_thread_is_told_of_the_answer(cast: Cast) -> None:
    hand_in(own(cast), "submitted")
    first = say(cast, cast.strategic_forum)
    Notice.objects.all().delete()
    say(cast, cast.head, "Svar", thread=first)
    told = {row.recipient for row in Notice.objects.filter(occasion=Occasion.COMMENT)}
    assert told == {cast.strategic_forum, cast.co_head, cast.writer, cast.deputy}


@pytest.mark.parametrize("text", ["", "@", "@@", "@.", "@" * 3000, "@a" * 1500, "@\x00", "@ head"])
def test_a_strange_mention_names_nobody(cast: Cast, text: str) -> None:
    assert dialogue_verbs.mentioned_users(text, own(cast)) == []


def test_a_login_that_is_closed_is_not_told(cast: Cast) -> None:
    cast.head.is_active = False
    cast.head.save()
    assert dialogue_verbs.mentioned_users("@head", own(cast)) == []


# Size.


@pytest.mark.parametrize("name", ["co_head", "coordinator", "colleague"])
@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_the_page_takes_as_many_queries_for_many_comments_as_for_one(
    cast: Cast, name: str, state: str
) -> None:
    factory.make_indicator(cast.own_goal)
    status = hand_in(own(cast), state)
    counts = []
    for size in (1, 10):
        for _each in range(size):
            first = factory.comment(status, cast.colleague)
            factory.comment(status, factory.make_user(), parent=first)
            factory.make_indicator(cast.own_goal)
        client = _as(cast.people[name])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(cast)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


@pytest.mark.parametrize("state", ["not_started", "draft", "returned"])
def test_the_writers_page_takes_no_more_than_ten_queries(cast: Cast, state: str) -> None:
    factory.make_indicator(cast.own_goal)
    factory.comment(hand_in(own(cast), state), cast.colleague)
    client = _as(cast.head)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url(cast)).status_code == 200
    assert len(queries) <= 10


@pytest.mark.parametrize(("route", "name"), [("round", "coordinator"), ("own_goals", "co_head")])
def test_who_has_not_signed_costs_no_query_a_goal(cast: Cast, route: str, name: str) -> None:
    posts = [row.position for row in cast.own_goal.action.responsibilities.order_by("order")]
    counts = []
    for size in (1, 10):
        for _each in range(size):
            goal = factory.make_action(cast.catalogue, responsible=posts).goals.get()
            hand_in(GoalStatus.objects.create(round=cast.round, goal=goal), "submitted")
        client = _as(cast.people[name])
        args = [cast.catalogue.slug, cast.round.year] if route == "round" else []
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(route, args=args)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_whoever_may_comment_may_read(cast: Cast) -> None:
    """The rule of comments never opens a status that its reader could not see."""
    hand_in(own(cast), "draft")
    for name, user in cast.people.items():
        readable = visible_statuses(mandate(user)).filter(pk=own(cast).pk).exists()
        commented = post(user, url(cast, "comment"), text="").status_code == 422
        assert readable or not commented, name
