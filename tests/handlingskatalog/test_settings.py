"""What the settings read from the environment, and what every answer carries."""

import re
import runpy
import traceback
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse

from handlingskatalog import environment
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import read

FILE = "db.sqlite3"


@pytest.mark.parametrize("text", ["1", "true", "TRUE", " yes ", "on"])
def test_a_flag_is_switched_on(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("FLAG", text)
    assert environment.flag("FLAG") is True


@pytest.mark.parametrize("text", ["0", "false", "No", "off", ""])
def test_a_flag_is_switched_off_even_where_it_is_on_by_default(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("FLAG", text)
    assert environment.flag("FLAG", default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_is_not_set_has_its_default(
    monkeypatch: pytest.MonkeyPatch, default: bool
) -> None:
    monkeypatch.delenv("FLAG", raising=False)
    assert environment.flag("FLAG", default=default) is default


@pytest.mark.parametrize("text", ["maybe", "2", "ja", "-1"])
def test_a_flag_that_says_neither_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("FLAG", text)
    with pytest.raises(ImproperlyConfigured, match=f"FLAG='{text}': write 1 or 0"):
        environment.flag("FLAG")


def test_a_list_loses_its_spaces_and_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example, ,b.example,")
    assert environment.words("HOSTS") == ["a.example", "b.example"]
    monkeypatch.delenv("HOSTS")
    assert environment.words("HOSTS", "localhost") == ["localhost"]


@pytest.mark.parametrize("key", [None, ""])
def test_a_secret_key_is_required_where_debug_is_off(
    monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    if key is not None:
        monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is required"):
        environment.secret_key(debug=False)
    assert "insecure" in environment.secret_key(debug=True)


def test_the_secret_key_of_the_environment_counts_in_development_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "en-lang-tekst")
    assert environment.secret_key(debug=True) == "en-lang-tekst"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", FILE),
        ("sqlite://", FILE),
        ("sqlite:///data.sqlite3", "data.sqlite3"),
        ("sqlite:////var/lib/data.sqlite3", "/var/lib/data.sqlite3"),
        ("sqlite:////srv/b%C3%A6k%20og%20%C3%A5/db", "/srv/bæk og å/db"),
        ("sqlite:///:memory:", ":memory:"),
    ],
)
def test_sqlite_is_a_file(monkeypatch: pytest.MonkeyPatch, url: str, name: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    database = environment.database(FILE)
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", name)
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://app:hemmeligt%40%2F@db.example:5433/katalog",
            {"HOST": "db.example", "PORT": "5433", "NAME": "katalog", "PASSWORD": "hemmeligt@/"},
        ),
        ("postgresql://app@/katalog?host=/run/pg", {"HOST": "/run/pg", "PORT": "", "USER": "app"}),
        ("postgres://h/k?sslmode=require", {"HOST": "h", "NAME": "k"}),
    ],
)
def test_postgres_is_told_by_its_address(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    database = environment.database(FILE)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert {name: database[name] for name in expected} == expected
    assert database["OPTIONS"].get("sslmode", "require") == "require"


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("mysql://app:hemmeligt@h/k", "begins with 'mysql'"),
        ("katalog", "begins with ''"),
        ("postgres://app:hemmeligt@h:port/k", "cannot be read"),
        ("postgres://app:hemmeligt@h:99999/k", "cannot be read"),
        ("postgres://app:hemmeligt@[h/k", "cannot be read"),
        ("postgres://app:hemmeligt/med/streg@h/k", "cannot be read"),
        ("postgres://app:hemmeligt@h", "names no database"),
        ("postgres://app:hemmeligt@h/", "names no database"),
    ],
)
def test_a_faulty_database_address_is_refused_without_telling_the_password(
    monkeypatch: pytest.MonkeyPatch, url: str, fault: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match=fault) as refusal:
        environment.database(FILE)
    told = "".join(traceback.format_exception(refusal.value))
    assert "hemmeligt" not in told


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("", {"host": "localhost"}),
        ("smtp://mail.example", {"host": "mail.example"}),
        ("smtps://mail.example:4465/", {"host": "mail.example", "port": 4465, "use_ssl": True}),
        (
            "smtp+starttls://post%40k.dk:hemmeligt%2F@mail.example",
            {"username": "post@k.dk", "password": "hemmeligt/", "use_tls": True},
        ),
    ],
)
def test_a_mail_server_is_told_by_its_address(
    monkeypatch: pytest.MonkeyPatch, url: str, options: dict[str, Any]
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    mailer = environment.mailer(debug=False)
    assert mailer["BACKEND"].endswith("smtp.EmailBackend")
    assert {name: mailer["OPTIONS"].get(name) for name in options} == options
    assert mailer["OPTIONS"]["timeout"]


def test_development_without_a_mail_server_prints_its_mails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert environment.mailer(debug=True)["BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("mail.example", "begins with ''"),
        ("https://app:hemmeligt@h", "begins with 'https'"),
        ("smtp://", "names no server"),
        ("smtp://app:hemmeligt@h:port", "cannot be read"),
        ("smtp://app:hemmeligt@[h", "cannot be read"),
        ("smtp://app:hemmeligt/med/streg@h", "cannot be read"),
        ("smtp://app@h", "user without a password"),
        ("smtp://app:hemmeligt@h/sti", "more than a server"),
        ("smtp://app:hemmeligt@h?tls=1", "more than a server"),
    ],
)
@pytest.mark.parametrize("debug", [True, False])
def test_a_faulty_mail_server_is_refused_without_telling_the_password(
    monkeypatch: pytest.MonkeyPatch, url: str, fault: str, debug: bool
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match=fault) as refusal:
        environment.mailer(debug=debug)
    assert "hemmeligt" not in "".join(traceback.format_exception(refusal.value))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("", ""),
        ("https://katalog.example/", "https://katalog.example"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
    ],
)
def test_the_address_of_the_site(monkeypatch: pytest.MonkeyPatch, url: str, address: str) -> None:
    monkeypatch.setenv("SITE_URL", url)
    assert environment.site_url(debug=False) == address


@pytest.mark.parametrize(
    "url",
    ["katalog.example", "ftp://h", "https://", "https://h/sti", "https://a:b@h", "https://h:x"],
)
def test_an_address_that_is_no_sites_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SITE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL="):
        environment.site_url(debug=False)


def test_the_sender_is_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEFAULT_FROM_EMAIL", raising=False)
    default = "Handlingskatalog <handlingskatalog@katalog.example>"
    assert environment.sender("https://katalog.example") == default
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", "VUF <vuf@k.example>")
    assert environment.sender("") == "VUF <vuf@k.example>"
    for wrong in ("VUF", "vuf@", "a@b.dk\nBcc: c@d.dk"):
        monkeypatch.setenv("DEFAULT_FROM_EMAIL", wrong)
        with pytest.raises(ImproperlyConfigured, match="DEFAULT_FROM_EMAIL="):
            environment.sender("")


def production(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """The settings of an installation whose environment holds only these variables."""
    for name in ("DEBUG", "SECRET_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(settings.BASE_DIR / "handlingskatalog" / "settings.py"))


def test_an_installation_without_a_word_is_a_closed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is required"):
        production(monkeypatch)
    found = production(monkeypatch, SECRET_KEY="en-lang-tekst")
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert "whitenoise.middleware.WhiteNoiseMiddleware" in found["MIDDLEWARE"]


def test_development_needs_no_https(monkeypatch: pytest.MonkeyPatch) -> None:
    found = production(monkeypatch, DEBUG="1")
    assert not {"SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"} & set(found)


def test_the_demo_is_read_in_development_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = {
        debug: production(monkeypatch, SECRET_KEY="en-lang-tekst", DEBUG=debug)["TEMPLATES"]
        for debug in ("0", "1")
    }
    assert "demo" not in str(read["0"])
    assert "demo" in str(read["1"])


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|<[^>]*\s(?:style|on[a-z]+)\s*=|href=[\"']?\s*javascript:",
    re.IGNORECASE,
)


def assert_strict(answer: HttpResponseBase) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_carry_a_strict_policy_and_stay_out_of_every_cache(
    cast: Cast, client: Client
) -> None:
    round_ = [cast.catalogue.slug, cast.round.year]
    login = client.get(reverse("account_login"))
    led_to_login = client.get(reverse("own_goals"))
    client.force_login(cast.head)
    page = client.get(reverse("own_goals"))
    absent = client.get(reverse("draft", args=round_))
    wrong_method = client.post(reverse("own_goals"))
    assert [each.status_code for each in (login, led_to_login, page, absent, wrong_method)] == [
        *(200, 302, 200, 404, 405)
    ]
    for answer in (login, led_to_login, page, absent, wrong_method):
        assert_strict(answer)
    for answer in (login, page, absent):
        assert not INLINE.search(answer.text)


@pytest.mark.parametrize("url", ["/findes-ikke/", "/brugere/"])
def test_what_is_not_there_looks_the_same_while_debug_is_on(
    cast: Cast, settings: Any, url: str
) -> None:
    answers = []
    for debug in (False, True):
        settings.DEBUG = debug
        client = Client()
        client.force_login(cast.head)
        answers.append(client.get(url))
    in_use, in_debug = answers
    assert in_use.status_code == in_debug.status_code == 404
    assert read(in_debug).text == read(in_use).text
    assert_strict(in_debug)


def test_a_pdf_stays_out_of_every_cache_too(cast: Cast, client: Client) -> None:
    factory.make_edition(cast.catalogue, cast.round.year)
    client.force_login(cast.committee)
    answer = client.get(reverse("edition_pdf", args=[cast.catalogue.slug, cast.round.year, 1]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert_strict(answer)


def test_the_number_of_proxies_is_a_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXY_COUNT", "2")
    assert environment.count("TRUSTED_PROXY_COUNT", default=1) == 2
    monkeypatch.setenv("TRUSTED_PROXY_COUNT", "to")
    with pytest.raises(ImproperlyConfigured, match="write a whole number"):
        environment.count("TRUSTED_PROXY_COUNT", default=1)


@pytest.mark.django_db
def test_tries_are_counted_for_the_address_that_the_last_proxy_saw(
    settings: Any, rf: RequestFactory
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.post("/", headers={"X-Forwarded-For": "10.0.0.1, 192.0.2.7"}, REMOTE_ADDR="")
    assert get_adapter().get_client_ip(request) == "192.0.2.7"
