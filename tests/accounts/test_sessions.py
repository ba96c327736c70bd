"""A session ends when it must, and not without a word (K3)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from actions.models import Role, RoleGrant, User
from tests.support import factory
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def _log_in(client: Client, user: User) -> None:
    data = {"login": user.username, "password": factory.PASSWORD}
    assert client.post(reverse("account_login"), data).status_code == 302


def _dialog_seconds(client: Client) -> int:
    page = client.get(reverse("own_goals")).content.decode()
    return int(page.split('data-seconds="')[1].split('"')[0])


def test_the_page_knows_how_long_the_session_lasts(cast: Cast, client: Client) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        _log_in(client, cast.head)
        assert _dialog_seconds(client) == settings.SESSION_COOKIE_AGE
        clock.shift(timedelta(hours=1))
        assert _dialog_seconds(client) == settings.SESSION_COOKIE_AGE - 3600


def test_a_session_dies_at_its_end_and_reading_does_not_prolong_it(
    cast: Cast, client: Client
) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        _log_in(client, cast.head)
        clock.shift(timedelta(seconds=settings.SESSION_COOKIE_AGE - 60))
        assert client.get(reverse("own_goals")).status_code == 200
        clock.shift(timedelta(seconds=61))
        assert client.get(reverse("own_goals")).status_code == 302


def test_somebody_who_says_so_stays_logged_in(cast: Cast, client: Client) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        _log_in(client, cast.head)
        clock.shift(timedelta(seconds=settings.SESSION_COOKIE_AGE - 60))
        answer = client.post(reverse("prolong_session"))
        assert int(answer.content) == settings.SESSION_COOKIE_AGE
        clock.shift(timedelta(seconds=settings.SESSION_COOKIE_AGE - 60))
        assert client.get(reverse("own_goals")).status_code == 200


def test_a_copied_session_is_dead_after_logout(cast: Cast, client: Client) -> None:
    _log_in(client, cast.head)
    copy = Client()
    copy.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert copy.get(reverse("own_goals")).status_code == 200
    client.post(reverse("account_logout"))
    assert copy.get(reverse("own_goals")).status_code == 302


def test_a_closed_account_is_logged_out_at_its_next_request(cast: Cast, client: Client) -> None:
    _log_in(client, cast.head)
    User.objects.filter(pk=cast.head.pk).update(is_active=False)
    assert client.get(reverse("own_goals")).status_code == 302


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(cast: Cast, client: Client) -> None:
    _log_in(client, cast.coordinator)
    url = reverse("open_round", args=[cast.catalogue.slug])
    assert client.get(url).status_code == 200
    RoleGrant.objects.filter(user=cast.coordinator, role=Role.COORDINATOR).delete()
    assert client.get(url).status_code == 404


def test_a_changed_password_ends_the_other_sessions(cast: Cast, client: Client) -> None:
    other = Client()
    for each in (client, other):
        _log_in(each, cast.head)
    data = {
        "oldpassword": factory.PASSWORD,
        "password1": "en-helt-ny-kode-7",
        "password2": "en-helt-ny-kode-7",
    }
    assert client.post(reverse("account_change_password"), data).status_code == 302
    assert other.get(reverse("own_goals")).status_code == 302
