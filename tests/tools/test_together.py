"""Small tables read together: one query, and each row under its own names."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from actions.models import Appointment, Position, RoleGrant, User
from actions.tools.together import picked, read_together
from tests.support import factory

pytestmark = pytest.mark.django_db

#: What is text stays text, even if it looks like JSON or holds what JSON escapes.
HARD = '{"a": [1, null]} \\ \t\r\n\x0b\x1f\x7f\u2028 sø'


def test_each_table_keeps_its_own_names_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = factory.make_user("chef")
    post = factory.make_position("Å-chefen", holder=user)
    other = factory.make_position(HARD)
    with django_assert_num_queries(1):
        read = read_together(
            posts=picked(Position.objects.all(), "id", "name"),
            grants=picked(RoleGrant.objects.all(), "role"),
            nobody=picked(User.objects.none(), "id"),
            held=picked(Appointment.objects.all(), "starts", "ends", who="user__username"),
        )
    assert sorted(read["posts"], key=lambda row: row["id"]) == [
        {"id": post.pk, "name": "Å-chefen"},
        {"id": other.pk, "name": HARD},
    ]
    assert (read["grants"], read["nobody"]) == ([], [])
    starts = date(2024, 1, 1).isoformat()
    assert read["held"] == [{"starts": starts, "ends": None, "who": "chef"}]


def test_tables_without_rows_are_empty_lists() -> None:
    read = read_together(
        none=picked(User.objects.none(), "id"), empty=picked(Position.objects.all(), "id")
    )
    assert read == {"none": [], "empty": []}
