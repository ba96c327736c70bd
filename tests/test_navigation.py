"""The menu: which item a page belongs to."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def current_item(client: Client, url: str) -> list[str]:
    """The menu's items that a page calls its own; the menu is there twice, and counts once."""
    found = re.findall(r'aria-current="page"><span>(.*?)</span>', client.get(url).text)
    return list(dict.fromkeys(found))


def test_the_look_of_a_goal_in_the_report_belongs_to_the_status(cast: Cast, client: Client) -> None:
    client.force_login(cast.head)
    where = [cast.catalogue.slug, cast.round.year, cast.own_goal.pk]
    assert current_item(client, reverse("preview", args=where)) == ["Status"]
