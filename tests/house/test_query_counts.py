"""A page asks the database equally often however much is in it, and ten times at most; a few more
if it shows a refused text, or reads a whole catalogue.

Every page is opened at one size and again when everything has grown tenfold (S1). The session, the
user and the mandate count too; savepoints do not.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Action, Event, Goal, GoalStatus, Indicator, Partner, Position, User
from reports.models import Kind
from tests.site import ROUTES
from tests.support.rows import ANONYMOUS, Count, Route
from tests.support.world import LARGE, SMALL, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNTS = [(route, count) for route in ROUTES for count in route.counts]


@pytest.fixture
def world() -> World:
    return make_world()


def queries_of(client: Client, world: World, route: Route, count: Count) -> list[str]:
    address = reverse(route.name, kwargs=count.at(world))
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address) if route.posts else client.get(address)
    assert answer.status_code == route.code, f"{route.name} for {count.who}"
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def test_ten_times_as_much_costs_no_query_more_and_no_page_more_than_ten(world: World) -> None:
    clients = {name: Client() for name in [*world.people, ANONYMOUS]}
    for name, user in world.people.items():
        clients[name].force_login(user)
    world.grow(SMALL)
    small = [queries_of(clients[count.who], world, route, count) for route, count in COUNTS]
    world.grow(LARGE)
    large = [queries_of(clients[count.who], world, route, count) for route, count in COUNTS]
    faults = []
    for (route, count), few, many in zip(COUNTS, small, large, strict=True):
        if len(few) != len(many) or len(many) > route.most:
            told = "\n  ".join(statement[:160] for statement in many)
            faults.append(f"{route.name} for {count.who}: {len(few)} → {len(many)}\n  {told}")
    assert not faults, "\n".join(faults)


def test_the_world_really_grows_tenfold(world: World) -> None:
    counted = (Action, Goal, GoalStatus, Indicator, User, Position, Event, Partner)

    def sizes() -> dict[str, int]:
        return {model.__name__: model._default_manager.count() for model in counted}

    world.grow(SMALL)
    assert Action.objects.count() == world.catalogue.rounds.count() == SMALL
    before = sizes()
    world.grow(LARGE)
    assert Action.objects.count() == world.catalogue.rounds.count() == LARGE
    assert world.writing.indicators.count() == LARGE
    assert world.catalogue.reports.get(kind=Kind.STATUS).editions.count() == LARGE
    assert world.position.delegations.count() == LARGE
    after = sizes()
    assert all(after[name] > before[name] for name in before)
