"""Posts, users, roles and the log, page by page; and that a change counts from the next request."""

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import (
    GRANTABLE,
    Administration,
    Appointment,
    Event,
    Position,
    Role,
    RoleGrant,
    User,
)
from actions.people import verbs as people_verbs
from actions.rounds import verbs as rounds_verbs
from actions.status import verbs as status_verbs
from actions.writing.refusals import Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


def today(offset: int = 0) -> date:
    return timezone.localdate() + timedelta(days=offset)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class Desk:
    """The administrator at the pages of people."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.client = client_of(cast.administrator)
        self.post_pk = cast.position.pk

    def look(self, name: str, *pk: int) -> Page:
        answer = self.client.get(reverse(name, args=pk))
        assert answer.status_code == 200
        return read(answer)

    def post(self, name: str, *pk: int, **typed: object) -> HttpResponse:
        answer = self.client.post(reverse(name, args=pk), typed)
        assert isinstance(answer, HttpResponse)
        return answer

    def follow(self, name: str, *pk: int, **typed: object) -> Page:
        answer = self.client.post(reverse(name, args=pk), typed, follow=True)
        assert answer.redirect_chain, "the form was refused"
        return read(answer)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def holders(position: Position, day: date) -> list[str]:
    rows = Appointment.objects.in_force(day).filter(position=position)
    return [row.user.username for row in rows.select_related("user")]


def appointment_of(cast: Cast, user: User) -> Appointment:
    return cast.position.appointments.get(user=user)


# Posts.


def test_the_list_tells_who_has_each_post_today_and_which_is_vacant(desk: Desk) -> None:
    factory.make_position("Vejchefen")
    page = desk.look("positions")
    assert "Planchefen Head Teknik og Miljø" in page.text
    assert "Vejchefen Ubesat Ikke angivet" in page.text
    assert "Former-head" not in page.text


def test_a_new_head_takes_over_and_the_old_one_stops_the_day_before(desk: Desk) -> None:
    new = factory.make_user("ny")
    page = desk.follow("appoint", desk.post_pk, user=new.pk, starts=today(5).isoformat())
    assert "Ansættelsen er gemt." in page.text
    assert "Ny Tiltræder senere" in page.text
    assert holders(desk.cast.position, today(4)) == ["head"]
    assert holders(desk.cast.position, today(5)) == ["ny"]
    event = Event.objects.get(verb="appoint")
    assert (event.actor, event.subject) == (desk.cast.administrator, "Planchefen: Ny")


def test_someone_can_be_put_in_before_a_later_head_whose_days_are_kept(desk: Desk) -> None:
    later, between = factory.make_user("senere"), factory.make_user("mellem")
    desk.follow("appoint", desk.post_pk, user=later.pk, starts=today(30).isoformat())
    desk.follow("appoint", desk.post_pk, user=between.pk, starts=today(10).isoformat())
    days = [holders(desk.cast.position, today(offset)) for offset in (9, 10, 29, 30)]
    assert days == [["head"], ["mellem"], ["mellem"], ["senere"]]


@pytest.mark.parametrize(
    ("user", "starts", "message"),
    [
        ("head", 3, "Head har allerede stillingen."),
        ("outsider", None, "Head begynder samme dag. Vælg en senere dag."),
        ("outsider", "i morgen", "Skriv en dato, der findes, fx 31-12-2026."),
        ("outsider", "", "Vælg en dato."),
        ("", 3, "Dette felt er påkrævet."),
        ("999999", 3, "Marker en gyldig valgmulighed."),
        ("9" * 30, 3, "Marker en gyldig valgmulighed."),
        ("x", 3, "Marker en gyldig valgmulighed."),
    ],
)
def test_an_appointment_that_cannot_be_is_refused_in_words(
    desk: Desk, user: str, starts: int | str | None, message: str
) -> None:
    before = list(Appointment.objects.values())
    pk = desk.cast.people[user].pk if user in desk.cast.people else user
    if not isinstance(starts, str):
        day = appointment_of(desk.cast, desk.cast.head).starts if starts is None else today(starts)
        starts = day.isoformat()
    answer = desk.post("appoint", desk.post_pk, user=pk, starts=starts)
    assert answer.status_code == 422
    page = read(answer)
    assert message in page.text
    assert page.form_with("starts").fields["starts"] == starts
    assert list(Appointment.objects.values()) == before
    assert not Event.objects.exists()


def test_only_who_may_log_in_can_get_a_post(desk: Desk) -> None:
    closed = factory.make_user("lukket", is_active=False)
    assert f'value="{closed.pk}"' not in desk.look("appoint", desk.post_pk).html
    answer = desk.post("appoint", desk.post_pk, user=closed.pk, starts=today().isoformat())
    assert answer.status_code == 422


def test_a_head_leaves_on_a_day_and_the_post_is_vacant_after(desk: Desk) -> None:
    row = appointment_of(desk.cast, desk.cast.head)
    page = desk.follow("end_appointment", row.pk, ends=today(3).isoformat())
    assert "Ansættelsens sidste dag er gemt." in page.text
    assert holders(desk.cast.position, today(3)) == ["head"]
    assert holders(desk.cast.position, today(4)) == []


@pytest.mark.parametrize(
    ("ends", "message"),
    [
        ("2023-12-31", "Sidste dag ligger før den første. Vælg en senere dag."),
        ("31. juni", "Skriv en dato, der findes"),
        ("", "Vælg en dato."),
    ],
)
def test_a_wrong_last_day_is_refused_and_stands_as_it_was_typed(
    desk: Desk, ends: str, message: str
) -> None:
    row = appointment_of(desk.cast, desk.cast.head)
    answer = desk.post("end_appointment", row.pk, ends=ends)
    assert answer.status_code == 422
    assert message in read(answer).text
    assert read(answer).form_with("ends").fields["ends"] == ends
    row.refresh_from_db()
    assert row.ends is None


def test_a_last_day_never_reaches_into_the_next_heads_time(desk: Desk) -> None:
    new = factory.make_user("ny")
    desk.follow("appoint", desk.post_pk, user=new.pk, starts=today(5).isoformat())
    row = appointment_of(desk.cast, desk.cast.head)
    answer = desk.post("end_appointment", row.pk, ends=today(5).isoformat())
    assert answer.status_code == 422
    assert "Ny har stillingen fra den" in read(answer).text
    assert holders(desk.cast.position, today(5)) == ["ny"]
    assert desk.post("end_appointment", row.pk, ends=today(2).isoformat()).status_code == 302
    assert holders(desk.cast.position, today(3)) == []


def test_an_administration_is_written_once_and_found_again_whatever_the_case(desk: Desk) -> None:
    other = factory.make_position("Vejchefen")
    desk.follow("position", other.pk, administration="teknik OG miljø")
    other.refresh_from_db()
    assert other.administration == desk.cast.position.administration
    assert Administration.objects.count() == 1
    page = desk.follow("position", other.pk, administration="")
    assert "Forvaltningen er gemt." in page.text
    other.refresh_from_db()
    assert other.administration is None
    assert [row.comment for row in Event.objects.filter(verb="place").order_by("pk")] == [
        "teknik OG miljø",
        "",
    ]


def test_a_post_is_given_another_name_and_its_head_follows(desk: Desk) -> None:
    address = reverse("rename_position", args=[desk.post_pk])
    for _click in range(2):
        answer = desk.client.post(address, {"name": "Klimachefen"}, follow=True)
    assert "Stillingens navn er gemt." in read(answer).text
    assert desk.cast.own_goal.action.responsibilities.get(order=1).position.name == "Klimachefen"
    assert "Klimachefen" in (mandate(desk.cast.head).positions or {}).values()
    event = Event.objects.get(verb="rename")
    assert (event.subject, event.comment) == ("Klimachefen", "Planchefen")
    assert "Stillingen har fået nyt navn Klimachefen Planchefen" in desk.look("log").text


@pytest.mark.parametrize("name", ["kultur chefen", "Kulturchefen", "", "æ" * 201])
def test_a_name_that_another_post_has_is_refused_and_kept(desk: Desk, name: str) -> None:
    answer = desk.client.post(reverse("rename_position", args=[desk.post_pk]), {"name": name})
    assert answer.status_code == 422
    assert read(answer).form_with("name").fields["name"] == name
    assert Position.objects.filter(name="Planchefen").exists()


def test_a_name_of_an_administration_that_is_too_long_is_refused_and_kept(desk: Desk) -> None:
    answer = desk.post("position", desk.post_pk, administration="æ" * 201)
    assert answer.status_code == 422
    assert "højst have 200 tegn" in read(answer).text
    assert read(answer).form_with("administration").fields["administration"] == "æ" * 201


def test_the_longest_names_fit_the_history(desk: Desk) -> None:
    """PostgreSQL refuses what is longer than its column, where SQLite says nothing."""
    long = factory.make_user("lang", first_name="Å" * 150, last_name="Ø" * 150)
    post = factory.make_position("Æ" * 200)
    desk.follow("appoint", post.pk, user=long.pk, starts=today(-1).isoformat())
    desk.follow("position", post.pk, administration="X" * 200)
    action = factory.make_action(desk.cast.catalogue, responsible=[post])
    rounds_verbs.add_missing_statuses(desk.cast.catalogue)
    status = factory.status_of(desk.cast.round, action.goals.get())
    saved = status_verbs.submit(status=status, by=mandate(long), entry=factory.entry(), revision=0)
    assert saved.author_position == post.name
    assert Event.objects.filter(actor=long).get().position == post.name


# A change of head in the middle of the year.


def test_the_new_head_goes_on_with_the_draft_and_the_old_one_gets_what_does_not_exist(
    desk: Desk,
) -> None:
    cast, new = desk.cast, factory.make_user("ny")
    url = reverse("status", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])
    old_client, new_client = client_of(cast.head), client_of(new)
    form = read(old_client.get(url)).form_with("revision").fields
    old_client.post(url, form | {"progress": "Den gamle chefs tekst"})
    assert new_client.get(url).status_code == 404

    desk.follow("appoint", desk.post_pk, user=new.pk, starts=today().isoformat())

    assert old_client.get(url).status_code == 404
    assert old_client.get(reverse("own_goals")).status_code == 404
    assert old_client.post(url, form).status_code == 404
    page = read(new_client.get(url))
    assert page.form_with("revision").fields["progress"] == "Den gamle chefs tekst"
    history = reverse("history", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])
    assert "Head, Planchefen" in read(new_client.get(history)).text
    form = page.form_with("revision").fields | {"progress": "Min tekst"}
    assert new_client.post(url, form).status_code == 302
    events = Event.objects.filter(verb="save").order_by("pk")
    assert [event.actor_name for event in events] == ["Head", "Ny"]


@pytest.mark.parametrize("who", ["head", "deputy"])
def test_a_post_and_a_delegation_count_from_their_first_to_their_last_day(
    cast: Cast, who: str
) -> None:
    posts, lent = cast.position.appointments, cast.position.delegations
    row = posts.get(user=cast.head) if who == "head" else lent.get(deputy=cast.deputy)
    client = client_of(cast.head if who == "head" else cast.deputy)

    def answers(starts: int, ends: int | None) -> int:
        row.starts = today(starts)
        row.ends = None if ends is None else today(ends)
        row.save()
        return client.get(reverse("own_goals")).status_code

    assert [answers(-5, -1), answers(1, None), answers(0, 0), answers(-1, None)] == [
        *(404, 404, 200, 200)
    ]


# Users and roles.


def new_user(**changes: object) -> dict[str, object]:
    right: dict[str, object] = {
        "username": "hanne",
        "first_name": "Hanne",
        "last_name": "Hansen",
        "email": "hanne@kommune.example",
        "password": "klitter-og-marehalm",
        "roles": ["committee"],
        "administration": "",
        "is_active": "on",
    }
    return right | changes


def test_a_new_user_can_log_in_and_lands_with_the_role(desk: Desk) -> None:
    page = desk.follow("create_user", **new_user())
    assert "Brugeren er gemt." in page.text
    assert "Hanne Hansen hanne Økonomiudvalget Åben" in page.text
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": "hanne", "password": "klitter-og-marehalm"}, follow=True
    )
    assert answer.redirect_chain[-1] == (reverse("reports", args=["katalog"]), 302)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"username": ""}, "Brugernavn – Dette felt er påkrævet."),
        ({"username": "head"}, "Brugernavn – En bruger med dette brugernavn findes allerede."),
        ({"username": "<b>hanne</b>"}, "Indtast et gyldigt brugernavn."),
        ({"username": "h" * 151}, "højst have 150 tegn"),
        ({"email": "hanne"}, "E-mail – Indtast en gyldig e-mail-adresse."),
        ({"email": ""}, "E-mail – Dette felt er påkrævet."),
        ({"password": ""}, "Adgangskode – Dette felt er påkrævet."),
        ({"password": "kort"}, "Denne adgangskode er for kort."),
        (
            {"username": "vejchefen1", "password": "vejchefen1"},
            "minder for meget om",
        ),
        ({"password": "12345678"}, "Denne adgangskode er for almindelig."),
        ({"roles": ["head"]}, "Marker en gyldig valgmulighed. head er ikke en af de"),
        ({"roles": ["committee", "<i>"]}, "Marker en gyldig valgmulighed. <i> er ikke"),
        ({"administration": "9" * 30}, "Marker en gyldig valgmulighed."),
    ],
)
def test_a_user_that_cannot_be_is_refused_in_words_and_keeps_what_was_typed(
    desk: Desk, changes: dict[str, object], message: str
) -> None:
    count = User.objects.count()
    typed = new_user(**changes)
    answer = desk.post("create_user", **typed)
    assert answer.status_code == 422
    page = read(answer)
    assert message in page.text
    fields = page.form_with("username").fields
    for name in ("username", "first_name", "email"):
        assert fields[name] == typed[name]
    assert fields["password"] == ""
    assert User.objects.count() == count


@pytest.mark.parametrize("role", GRANTABLE)
def test_a_role_counts_from_the_next_request_and_so_does_its_loss(desk: Desk, role: Role) -> None:
    somebody = desk.cast.outsider
    client = client_of(somebody)
    before = client.get(reverse("home"), follow=True)
    assert "har ingen rolle endnu" in before.text
    kept = {"username": "outsider", "email": somebody.email, "is_active": "on"}
    desk.follow("user", somebody.pk, **kept, roles=[role.value])
    during = client.get(reverse("home"), follow=True)
    assert str(role.label) in during.text
    assert "har ingen rolle endnu" not in during.text
    desk.follow("user", somebody.pk, **kept, roles=[])
    assert "har ingen rolle endnu" in client.get(reverse("home"), follow=True).text


def test_the_administration_belongs_to_the_project_groups_role_alone(desk: Desk) -> None:
    place = Administration.objects.get()
    typed = new_user(roles=["project_group", "council"], administration=str(place.pk))
    desk.follow("create_user", **typed)
    grants = RoleGrant.objects.filter(user__username="hanne").order_by("role")
    assert [(row.role, row.administration) for row in grants] == [
        ("council", None),
        ("project_group", place),
    ]
    fields = desk.look("user", User.objects.get(username="hanne").pk).form_with("username").fields
    assert fields["administration"] == str(place.pk)


def test_a_user_who_is_closed_is_out_with_the_next_request(desk: Desk) -> None:
    head, client = desk.cast.head, client_of(desk.cast.head)
    assert client.get(reverse("own_goals")).status_code == 200
    desk.follow("user", head.pk, username="head", email=head.email, roles=[])
    answer = client.get(reverse("own_goals"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert "head head Planchefen Lukket" in desk.look("users").text
    assert Event.objects.get().comment == "lukket"


def test_a_new_password_ends_the_old_sessions_and_an_empty_one_keeps_it(desk: Desk) -> None:
    head, client = desk.cast.head, client_of(desk.cast.head)
    kept = {"username": "head", "email": head.email, "is_active": "on", "roles": []}
    desk.follow("user", head.pk, **kept, password="")
    assert client.get(reverse("own_goals")).status_code == 200
    desk.follow("user", head.pk, **kept, password="klitter-og-marehalm")
    assert client.get(reverse("own_goals")).status_code == 302
    head.refresh_from_db()
    assert head.check_password("klitter-og-marehalm")


@pytest.mark.parametrize("changes", [{"is_active": ""}, {"roles": []}, {"roles": ["coordinator"]}])
def test_an_administrator_cannot_lock_themselves_out(
    desk: Desk, changes: dict[str, object]
) -> None:
    me = desk.cast.administrator
    typed = new_user(username=me.username, email=me.email, password="", roles=["administrator"])
    answer = desk.post("user", me.pk, **typed | changes)
    assert answer.status_code == 422
    assert "Du kan ikke lukke din egen adgang som systemadministrator." in read(answer).text
    desk.look("users")
    me.refresh_from_db()
    assert (me.is_active, me.first_name) == (True, "Administrator")
    assert not Event.objects.exists()


def test_an_administrator_may_close_another_and_take_more_roles(desk: Desk) -> None:
    other = factory.make_user("anden", roles=[Role.ADMINISTRATOR])
    desk.follow("user", other.pk, username="anden", email=other.email, roles=[])
    me = desk.cast.administrator
    roles = ["administrator", "council"]
    desk.follow("user", me.pk, username=me.username, email=me.email, is_active="on", roles=roles)
    assert set(me.role_grants.values_list("role", flat=True)) == set(roles)


def test_a_user_form_never_shows_a_password(desk: Desk) -> None:
    page = desk.look("user", desk.cast.head.pk)
    assert page.form_with("username").fields["password"] == ""
    assert desk.cast.head.password not in page.html


# The log.


def test_the_log_tells_who_did_what_in_words_and_never_a_status_text(desk: Desk) -> None:
    cast = desk.cast
    status = factory.status_of(cast.round, cast.own_goal)
    secret = factory.entry(progress="HEMMELIG TEKST")
    status_verbs.submit(status=status, by=mandate(cast.head), entry=secret, revision=0)
    by = mandate(cast.coordinator)
    status_verbs.return_to_head(status=status, by=by, revision=1, comment="HEMMELIG KOMMENTAR")
    rounds_verbs.close_round(round_=cast.round, by=by)
    rounds_verbs.reopen_round(round_=cast.round, closes=today(3), reason="Et <tal> manglede", by=by)
    desk.follow("create_user", **new_user(roles=["project_group", "council"]))
    desk.follow("position", desk.post_pk, administration="Staben")
    page = desk.look("log")
    for words in (
        "Runden lukket Statusrunde",
        "Et <tal> manglede Coordinator",
        "Bruger oprettet hanne Kommunalbestyrelsen, Projektgruppen Administrator",
        "Stillingens forvaltning ændret Planchefen Staben Administrator",
    ):
        assert words in page.text
    assert "HEMMELIG" not in page.html
    assert "Head" not in page.text


@pytest.mark.parametrize("asked", ["0", "99", "x", "", "-1", "9" * 30, "<b>"])
def test_a_page_of_the_log_that_does_not_exist_shows_one_that_does(desk: Desk, asked: str) -> None:
    for number in range(51):
        Event.objects.append(at=timezone.now(), verb="appoint", actor_name=f"Nummer-{number}")
    answer = desk.client.get(reverse("log"), {"side": asked})
    assert answer.status_code == 200
    assert ("Side 1 af 2" in answer.text) != ("Side 2 af 2" in answer.text)


def test_the_history_outlasts_the_user(desk: Desk) -> None:
    desk.follow("position", desk.post_pk, administration="Staben")
    number = desk.cast.administrator.pk
    desk.cast.administrator.delete()
    event = Event.objects.get()
    assert (event.actor_id, event.actor_name) == (number, "Administrator")


# The verbs themselves.


def test_an_end_before_the_first_day_is_refused_by_the_verb_too(cast: Cast) -> None:
    row = appointment_of(cast, cast.head)
    with pytest.raises(Refused, match="Sidste dag ligger før den første"):
        people_verbs.end_appointment(
            appointment=row, ends=row.starts - timedelta(days=1), by=mandate(cast.administrator)
        )


def test_placing_a_post_where_it_is_adds_no_history(cast: Cast) -> None:
    by = mandate(cast.administrator)
    people_verbs.place_position(position=cast.position, administration="Teknik og Miljø", by=by)
    assert not Event.objects.exists()


def test_the_administrator_of_the_installation_shows_as_one(desk: Desk) -> None:
    User.objects.create_superuser("installation", "", "en-lang-adgangskode")
    assert "Systemadministrator (fra installationen)" in desk.look("users").text
