"""The next catalogue: what goes on is copied and linked, status begins anew, history stays."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue.carry_over import carry_over
from actions.catalogue.exporter import rows_of
from actions.models import (
    Action,
    Catalogue,
    Event,
    GoalStatus,
    Indicator,
    Initiative,
    InitiativeRelation,
)
from actions.models.rounds import current_catalogue, round_to_follow
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import read, typed_at

pytestmark = pytest.mark.django_db


def address(cast: Cast) -> str:
    return reverse("carry_over", args=[cast.catalogue.slug])


def test_what_goes_on_is_copied_linked_and_without_status(vuf: Client, cast: Cast) -> None:
    third = factory.make_action(cast.catalogue)
    soon = cast.catalogue.period_to
    factory.make_indicator(cast.other_goal, by_year=soon)
    factory.make_indicator(cast.other_goal, by_year=soon + 3)
    factory.hand_in(factory.status_of(cast.round, cast.other_goal))
    one, two, three = Initiative.objects.order_by("action__number")
    for related in (one, three):
        InitiativeRelation.objects.create(initiative=two, related=related, order=1)
    before = rows_of(cast.catalogue.slug)
    form = typed_at(vuf, address(cast), "slug")
    typed = form | {"title": "Det næste", "slug": "naeste", "actions": ["2", "3"]}
    for _click in range(2):
        answer = vuf.post(address(cast), typed, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("edit_catalogue", args=["naeste"])
    made = Catalogue.objects.get(slug="naeste")
    assert made.period_from == soon + 1
    copies = list(made.actions.order_by("number"))
    assert [copy.origin for copy in copies] == [cast.other_goal.action, third]
    assert [copy.number for copy in copies] == [1, 2]
    assert copies[0].responsibilities.get().position.name == "HR-chefen"
    targets = Indicator.objects.filter(goal__action=copies[0]).order_by("order")
    assert [row.by_year for row in targets] == [None, soon + 3]
    # What is not carried over is no longer pointed at.
    assert copies[0].initiatives.get().relations.get().related.action == copies[1]
    assert not GoalStatus.objects.filter(goal__action__catalogue=made).exists()
    assert rows_of(cast.catalogue.slug) == before
    assert Event.objects.filter(verb="edit_catalogue").count() == 1
    old = read(vuf.get(cast.other_goal.action.get_absolute_url()))
    new = read(vuf.get(copies[0].get_absolute_url()))
    assert "Videreført som handling 1 i Det næste" in old.text
    assert f"Videreført fra handling 2 i {cast.catalogue}" in new.text


def test_the_page_says_how_many_targets_lost_their_year(vuf: Client, cast: Cast) -> None:
    factory.make_indicator(cast.own_goal, by_year=cast.catalogue.period_to)
    typed = typed_at(vuf, address(cast), "slug") | {"title": "N", "slug": "n", "actions": ["1"]}
    assert (
        "1 måltal havde et år før den nye periode"
        in vuf.post(address(cast), typed, follow=True).text
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"slug": "katalog"}, "Der er allerede et handlingskatalog"),
        ({"actions": []}, "Vælg mindst én handling."),
        ({"period_to": "1950"}, "slutter i 1950"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_reason(
    vuf: Client, cast: Cast, change: dict[str, str], words: str
) -> None:
    typed = typed_at(vuf, address(cast), "slug") | {"title": "N", "slug": "n", "actions": ["1"]}
    answer = vuf.post(address(cast), typed | change)
    assert (answer.status_code, words in read(answer).text) == (422, True)
    assert Catalogue.objects.count() == 1
    assert Action.objects.filter(origin__isnull=False).count() == 0


def test_of_two_periods_that_overlap_the_later_takes_over_with_its_first_round(
    cast: Cast,
) -> None:
    today = timezone.localdate()
    later = factory.make_catalogue("senere", period_from=today.year, period_to=today.year + 3)
    factory.make_action(later)
    assert current_catalogue(today) == cast.catalogue
    mine = factory.make_round(later)
    assert current_catalogue(today) == later
    assert round_to_follow(later, today) == mine
    # As long as only the old one collects, that is where the work is.
    mine.closed_at = timezone.now()
    mine.save()
    assert round_to_follow(later, today) == cast.round
    assert current_catalogue(date(today.year + 50, 1, 1)) == later


def test_a_head_sees_which_catalogue_each_round_belongs_to(cast: Cast) -> None:
    later = factory.make_catalogue("senere")
    factory.make_action(later, responsible=[cast.position])
    factory.make_round(later)
    client = Client()
    client.force_login(cast.head)
    page = read(client.get(reverse("own_goals")))
    assert f"{cast.round}, {cast.catalogue}" in page.text
    assert f"{cast.round}, {later}" in page.text


def test_nothing_chosen_makes_nothing(cast: Cast) -> None:
    rows = rows_of(cast.catalogue.slug)
    by = factory.mandate(cast.coordinator)
    with pytest.raises(Exception, match="Vælg mindst én"):
        carry_over(source=rows.slug, numbers=[99], frame=rows, by=by)
