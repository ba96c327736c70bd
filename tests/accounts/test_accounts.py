"""Login, logout and passwords, in Danish and for accounts an administrator has made."""

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from actions.models import User
from tests.servers.smtp import PostOffice

pytestmark = pytest.mark.django_db

PASSWORD = "vesterhav-og-limfjord"


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice", "alice@kommune.example", PASSWORD)


def test_a_wrong_password_is_told_in_danish_and_keeps_the_user_name(alice: User) -> None:
    page = Client().post("/konto/log-ind/", {"login": "alice", "password": "forkert"})
    assert "Brugernavn og adgangskode passer ikke sammen." in page.text
    assert 'value="alice"' in page.text


@pytest.mark.parametrize("login", ["alice", "alice@kommune.example"])
def test_user_name_and_email_both_lead_home(alice: User, login: str) -> None:
    answer = Client().post("/konto/log-ind/", {"login": login, "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_login_returns_to_the_page_that_was_asked_for_but_to_no_other_site(alice: User) -> None:
    form = {"login": "alice", "password": PASSWORD}
    inside = Client().post("/konto/log-ind/", form | {"next": "/handlinger/"})
    assert inside.headers["Location"] == "/handlinger/"
    outside = Client().post("/konto/log-ind/", form | {"next": "https://evil.example/"})
    assert outside.headers["Location"] == "/"


def test_who_is_logged_in_has_no_use_for_the_login_page(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    assert client.get("/konto/log-ind/").headers["Location"] == "/"


def test_a_get_logs_nobody_off(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    assert "Vil du logge af?" in client.get("/konto/log-ud/").text
    assert client.session.get("_auth_user_id")
    client.post("/konto/log-ud/")
    assert client.session.get("_auth_user_id") is None


def test_who_guesses_a_password_is_stopped_and_the_owner_gets_in(alice: User) -> None:
    """Each address has its own few tries at a name (K4)."""

    def log_in(password: str, address: str) -> HttpResponse:
        form = {"login": "alice", "password": password}
        answer = Client(REMOTE_ADDR=address).post("/konto/log-ind/", form)
        assert isinstance(answer, HttpResponse)
        return answer

    for guess in range(5):
        assert "passer ikke sammen" in log_in(f"gæt {guess}", "192.0.2.1").text
    stopped = log_in(PASSWORD, "192.0.2.1")
    assert "Du har prøvet for mange gange" in stopped.text, "the right one as well"
    assert log_in(PASSWORD, "192.0.2.2").headers["Location"] == "/"


def test_a_closed_account_cannot_log_in(alice: User) -> None:
    alice.is_active = False
    alice.save()
    answer = Client().post("/konto/log-ind/", {"login": "alice", "password": PASSWORD}, follow=True)
    assert not answer.wsgi_request.user.is_authenticated


def test_nobody_can_sign_up() -> None:
    assert Client().get("/konto/signup/").status_code in {302, 404}


def test_a_forgotten_password_is_chosen_anew_by_mail(alice: User) -> None:
    client = Client()
    client.post("/konto/glemt/", {"email": "alice@kommune.example"})
    (letter,) = mail.outbox
    assert letter.subject == "Handlingskatalog: Vælg en ny adgangskode"
    assert "Dit brugernavn er alice." in letter.body
    link = re.search(r"https?://[^/]+(/konto/glemt/\S+)", str(letter.body))
    assert link is not None
    page = client.get(link[1], follow=True)
    assert "Vælg en ny adgangskode" in page.text
    new = {"password1": "klitter-og-marehalm", "password2": "klitter-og-marehalm"}
    client.post(page.wsgi_request.path, new)
    alice.refresh_from_db()
    assert alice.check_password("klitter-og-marehalm")
    assert "Linket virker ikke" in Client().get(link[1], follow=True).text


def test_an_unknown_address_gets_the_same_answer_and_no_mail() -> None:
    answer = Client().post("/konto/glemt/", {"email": "ukendt@kommune.example"})
    assert answer.headers["Location"] == "/konto/glemt/sendt/"
    assert mail.outbox == []


def test_changing_the_password_asks_for_the_present_one(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    form = {"password1": "klitter-og-marehalm", "password2": "klitter-og-marehalm"}
    page = client.post("/konto/adgangskode/", form | {"oldpassword": "forkert"})
    assert "Det er ikke din nuværende adgangskode." in page.text
    answer = client.post("/konto/adgangskode/", form | {"oldpassword": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert client.get("/konto/adgangskode/").status_code == 200, "the session was lost"


def test_who_has_no_password_is_sent_to_get_one(alice: User) -> None:
    alice.set_unusable_password()
    alice.save()
    client = Client()
    client.force_login(alice)
    answer = client.get("/konto/adgangskode/", follow=True)
    assert answer.redirect_chain[-1][0] == "/konto/glemt/"


def test_a_mail_server_that_is_down_tells_nobody_who_has_an_account(
    alice: User, settings: LazySettings
) -> None:
    settings.MAILERS = PostOffice().mailers  # nothing listens there
    answers = [
        Client().post("/konto/glemt/", {"email": email})
        for email in (alice.email, "ukendt@example.org")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({answer.headers["Location"] for answer in answers}) == 1
