"""The menu: which item a page belongs to."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from actions.access import Mandate
from actions.models import Role, User
from handlingskatalog.navigation import SECTION_OF, items_of
from tests.support.cast import Cast
from tests.support.routes import route_names

pytestmark = pytest.mark.django_db


#: Pages that belong to no item: the front door, what is before the login, and no pages at all.
OUTSIDE = {"home", "in_current_catalogue", "prolong_session", "accessibility", "was"}
NO_MENU = ("account_", "public_")


def test_every_page_belongs_to_an_item_of_the_menu() -> None:
    pages = {name for name in route_names() if not name.startswith(NO_MENU)}
    lost = sorted(pages - OUTSIDE - SECTION_OF.keys())
    assert lost == [], f"{lost} have no section: put them under one in their app's urls"


def test_the_menu_has_the_sections_that_pages_belong_to() -> None:
    everything = items_of(Mandate(User(), roles=frozenset(Role)), "katalog")
    assert {section for section, _word, _url in everything} == set(SECTION_OF.values())


def current_item(client: Client, url: str) -> list[str]:
    """The menu's items that a page calls its own; the menu is there twice, and counts once."""
    items = re.findall(r'aria-current="page"><span>(.*?)</span>', client.get(url).text)
    return list(dict.fromkeys(items))


def test_the_look_of_a_goal_in_the_report_belongs_to_the_status(cast: Cast, client: Client) -> None:
    client.force_login(cast.head)
    where = [cast.catalogue.slug, cast.round.year, cast.own_goal.pk]
    assert current_item(client, reverse("preview", args=where)) == ["Status"]
