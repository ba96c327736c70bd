"""The midterm's recommendations start the next catalogue."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import Catalogue
from reports.models import Kind, Part, Recommendation
from tests.support import factory
from tests.support.cast import assemble_cast
from tests.support.pages import read, typed_at

pytestmark = pytest.mark.django_db


def test_what_goes_on_or_is_adjusted_is_ticked_and_the_rest_is_not() -> None:
    cast = assemble_cast()
    extra = [factory.make_action(cast.catalogue) for _more in range(2)]
    numbers = {1: ("", Recommendation.ADJUST), 2: (Recommendation.CLOSE, Recommendation.CONTINUE)}
    for action in (cast.own_goal.action, cast.other_goal.action):
        final, heads = numbers[action.number]
        for part, choice in ((Part.FINAL, final), (Part.HEAD, heads)):
            factory.make_passage(cast.catalogue, part, action, choice=choice, kind=Kind.MIDTERM)
    factory.make_passage(
        cast.catalogue, Part.FINAL, extra[0], choice=Recommendation.CONTINUE, kind=Kind.MIDTERM
    )
    vuf = Client()
    vuf.force_login(cast.coordinator)
    url = reverse("next_catalogue", args=[cast.catalogue.slug, cast.catalogue.midterm_year])
    answer = vuf.get(url)
    ticked = re.findall(r'<input[^>]*name="actions"[^>]*value="(\d)"[^>]*checked', answer.text)
    assert ticked == ["1", "3"]
    text = read(answer).text
    for words in ("nummer 1 – Justér", "nummer 2 – Afslut", "nummer 4 – Ingen anbefaling"):
        assert words in text
    typed = typed_at(vuf, url, "slug") | {"title": "N", "slug": "n", "actions": ["1", "3"]}
    assert vuf.post(url, typed).status_code == 302
    made = Catalogue.objects.get(slug="n").actions.order_by("number")
    assert [action.origin for action in made] == [cast.own_goal.action, extra[0]]
