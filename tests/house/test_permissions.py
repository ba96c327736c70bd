"""Who gets what at every address (K1): the rules of `tests.site`, asked one by one.

What somebody may not see answers 404, exactly as what does not exist. Who is logged out is led to
the login page from every address, whether it exists for others or not.

An address that names nobody's goal, text, post or action is guarded by roles alone: one person of
each role asks for it, and on one database only. All fourteen ask for every other.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from actions.access import mandate_of
from actions.models import Role, User
from tests.site import KEEPS_ON_GET, RULES
from tests.support.addresses import catalogue, round_
from tests.support.cast import Cast, assemble_cast
from tests.support.rows import Rule

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE")
#: What an address may hold and still belong to nobody; the number of an edition too.
NOBODYS = {"slug", "year", "report", "section", "rest"}
EDITION = "/udgave/%(number)s"


@dataclass(frozen=True)
class House:
    """The cast with everybody's roles and the key of their session."""

    cast: Cast
    roles: dict[str, frozenset[Role]]
    sessions: dict[str, str]

    @property
    def of_each_role(self) -> list[str]:
        """The first of the cast with each role, and the first with none."""
        first = {roles: name for name, roles in reversed(self.roles.items())}
        return [name for name in self.roles if name in first.values()]


def guarded_by_roles_alone(rule: Rule) -> bool:
    reverse_of: Any = get_resolver().reverse_dict
    return all(
        set(names) - ({"number"} if EDITION in text else set()) <= NOBODYS
        for texts, _pattern, _defaults, _converters in reverse_of.getlist(rule.route)
        for text, names in texts
    )


def _cases(rules: Iterable[Rule]) -> list[Any]:
    return [
        pytest.param(
            rule, id=rule.label, marks=[pytest.mark.once] if guarded_by_roles_alone(rule) else []
        )
        for rule in rules
    ]


#: Each route once, since whoever is logged out gets to none of them; public ones with every rule.
LOGGED_OUT = [
    *(
        pytest.param(rule, id=route, marks=pytest.mark.once)
        for route, rule in {rule.route: rule for rule in RULES if not rule.public}.items()
    ),
    *(pytest.param(rule, id=rule.label) for rule in RULES if rule.public),
]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Made once for the table: what a test writes is undone, and it gets copies of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast, today = assemble_cast(), timezone.localdate()
        roles = {name: mandate_of(user, today).roles for name, user in cast.people.items()}
        sessions = {name: _session_of(user) for name, user in cast.people.items()}
        yield House(cast, roles, sessions)
        transaction.set_rollback(True)


@pytest.fixture
def cast(house: House, db: None) -> Cast:
    return copy.deepcopy(house.cast)


def test_each_case_is_named() -> None:
    labels = [rule.label for rule in RULES]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_roles_alone_guard_the_table_says_the_same_of_all_with_a_role(
    house: House, method: str
) -> None:
    """Else one of each role would not do."""
    for rule in filter(guarded_by_roles_alone, RULES):
        codes = {(house.roles[name], rule.expected(method, name)) for name in house.roles}
        assert len(codes) == len(house.of_each_role), rule.label


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("rule", _cases(RULES))
def test_everybody_gets_what_the_table_says(
    house: House, cast: Cast, rule: Rule, method: str
) -> None:
    rule.given(cast)
    url = reverse(rule.route, kwargs=rule.kwargs(cast))
    asking = house.of_each_role if guarded_by_roles_alone(rule) else list(house.roles)
    answers, writers = {}, set()
    for name in asking:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = house.sessions[name]
        with CaptureQueriesContext(connection) as queries:
            answers[name] = getattr(client, method)(url).status_code
        if any(query["sql"].startswith(WRITES) for query in queries):
            writers.add(name)
    assert answers == {name: rule.expected(method, name) for name in asking}
    if method == "get" and rule.route not in KEEPS_ON_GET:
        assert writers == set(), "a page that is only read has written"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("rule", LOGGED_OUT)
def test_who_is_logged_out_is_led_to_the_login_page(
    cast: Cast, rule: Rule, method: str, client: Client
) -> None:
    if rule.public:
        rule.given(cast)
    url = reverse(rule.route, kwargs=rule.kwargs(cast))
    answer = getattr(client, method)(url)
    if rule.public:
        assert answer.status_code == rule.public[method]
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.once
def test_no_post_is_heard_without_its_token(cast: Cast) -> None:
    """K4; the token is asked for before anything is fetched."""
    heard = {}
    for rule in {rule.route: rule for rule in RULES}.values():
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.coordinator)
        heard[rule.route] = client.post(reverse(rule.route, kwargs=rule.kwargs(cast))).status_code
    assert {route: code for route, code in heard.items() if code != 403} == {}


def test_a_forbidden_page_looks_the_same_as_one_that_does_not_exist(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.committee)
    forbidden = client.get(reverse("round", kwargs=round_(cast)))
    absent = client.get(reverse("round", kwargs=catalogue(cast) | {"year": 1999}))
    assert forbidden.status_code == absent.status_code == 404
    assert _without_token(forbidden.content) == _without_token(absent.content)


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _without_token(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)
