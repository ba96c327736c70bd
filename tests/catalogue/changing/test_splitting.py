"""Actions that are split and merged by a decision, and keep the history of where they came from."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from actions.access import Mandate
from actions.catalogue.changing.ending import undo_stop
from actions.catalogue.changing.splitting import (
    Decision,
    Part,
    merge_actions,
    seal_of_all,
    split_action,
)
from actions.catalogue.editor import remove_action, seal_of
from actions.catalogue.exporter import read_rows
from actions.catalogue.file import read_bytes
from actions.catalogue.importer import import_rows, plan_import
from actions.models import Action, Catalogue, CatalogueVersion, Descent, Event, Goal, Role, User
from actions.writing.refusals import Conflict, Refused
from reports.content.assemble import assemble
from tests.catalogue.changing.test_ending import PLAN
from tests.support import factory
from tests.support.clock import on
from tests.support.pages import read

pytestmark = pytest.mark.django_db

BY_COUNCIL = Decision(date(2025, 9, 25), "Kommunalbestyrelsen, punkt 7")


@pytest.fixture
def vuf() -> User:
    return factory.make_user("vuf", roles=[Role.COORDINATOR])


@pytest.fixture
def by(vuf: User) -> Mandate:
    return factory.mandate(vuf)


@pytest.fixture
def catalogue() -> Catalogue:
    """Two actions of 2024-2027, reported in the spring of 2025."""
    with on("2023-12-01"):
        made = import_rows(read_bytes(PLAN.encode())).catalogue
    with on("2025-02-10"):
        factory.hand_in_all(factory.make_past_round(made, 2025))
    return made


def divide(catalogue: Catalogue, by: Mandate, *titles: str, **more: object) -> list[Action]:
    asked = {
        "slug": catalogue.slug,
        "number": 1,
        "parts": [Part(title) for title in titles],
        "decision": BY_COUNCIL,
        "seal": seal_of_all(read_rows(catalogue.slug)),
        "by": by,
    }
    return split_action(**asked | more)  # type: ignore[arg-type]


def gather(catalogue: Catalogue, by: Mandate, *numbers: int) -> Action:
    return merge_actions(
        slug=catalogue.slug,
        numbers=numbers,
        title="Åen og stierne",
        decision=BY_COUNCIL,
        seal=seal_of_all(read_rows(catalogue.slug)),
        by=by,
    )


def test_a_split_stops_the_old_and_begins_the_new_in_one_version(
    catalogue: Catalogue, by: Mandate
) -> None:
    before = CatalogueVersion.objects.count()
    with on("2025-10-06"):
        first, second = divide(catalogue, by, "Åen", "Badningen")
    old = catalogue.actions.get(number=1)
    assert (old.stopped_on, old.stopped_by) == (BY_COUNCIL.day, BY_COUNCIL.words)
    assert [first.number, second.number] == [3, 4]
    assert {first.starts_on, second.starts_on} == {BY_COUNCIL.day}
    assert [goal.text for goal in second.goals.all()] == [goal.text for goal in old.goals.all()]
    assert second.goals.get().indicators.count() == old.goals.get().indicators.count() > 0
    assert (first.initiatives.count(), second.initiatives.count()) == (2, 0)
    assert set(Descent.objects.values_list("action", "origin", "kind")) == {
        (first.pk, old.pk, "split"),
        (second.pk, old.pk, "split"),
    }
    [version] = CatalogueVersion.objects.order_by("pk")[before:]
    assert version.in_force == version.decided_on == BY_COUNCIL.day
    assert version.decisions == {"handling 1 delt i 3 og 4": BY_COUNCIL.words}
    assert Event.objects.get(verb="split").comment == BY_COUNCIL.words


def test_the_next_round_asks_the_new_alone(catalogue: Catalogue, by: Mandate) -> None:
    with on("2025-10-06"):
        divide(catalogue, by, "Åen", "Badningen")
    with on("2026-02-01"):
        round_ = factory.make_round(catalogue)
        asked = round_.statuses.order_by("goal__action__number")
        assert list(asked.values_list("goal__action__number", flat=True)) == [2, 3, 4]
        old, _other, new, _last = assemble(catalogue, 2026)["actions"]
    assert old["stopped"].startswith("Standset den 25. september 2025")
    assert new["origins"] == ["Udskilt fra handling 1 »En å« den 25. september 2025."]


def test_the_report_of_the_year_before_stays(catalogue: Catalogue, by: Mandate) -> None:
    with on("2025-10-06"):
        before = assemble(catalogue, 2025)
        divide(catalogue, by, "Åen", "Badningen")
        assert assemble(catalogue, 2025) == before


def test_a_split_into_less_than_two_is_refused(catalogue: Catalogue, by: Mandate) -> None:
    with on("2025-10-06"):
        for titles in ((), ("Åen",)):
            with pytest.raises(Refused, match="deles i mindst to"):
                divide(catalogue, by, *titles)
    assert catalogue.actions.count() == 2
    assert not catalogue.actions.exclude(stopped_on=None).exists()


def test_a_split_before_the_last_status_is_refused_and_nothing_is_written(
    catalogue: Catalogue, by: Mandate
) -> None:
    early = Decision(date(2025, 1, 1), "Byrådet")
    with on("2025-10-06"), pytest.raises(Refused, match=r"Vælg den 2\. marts 2025 eller senere"):
        divide(catalogue, by, "Åen", "Badningen", decision=early)
    assert catalogue.actions.count() == 2


def test_two_who_change_the_catalogue_are_told(catalogue: Catalogue, by: Mandate) -> None:
    with on("2025-10-06"):
        seal = seal_of_all(read_rows(catalogue.slug))
        divide(catalogue, by, "Åen", "Badningen", seal=seal)
        with pytest.raises(Conflict):
            divide(catalogue, by, "Åen", "Badningen", seal=seal)


def test_a_merge_gathers_goals_posts_and_initiatives(catalogue: Catalogue, by: Mandate) -> None:
    with on("2025-10-06"):
        made = gather(catalogue, by, 1, 2)
    assert [goal.text for goal in made.goals.order_by("number")] == [
        goal.text for goal in Goal.objects.filter(action__number__in=[1, 2]).order_by("action")
    ]
    assert [row.position.name for row in made.responsibilities.all()] == ["Vejchefen"]
    assert made.initiatives.count() == 2
    assert set(made.descents.values_list("origin__number", "kind")) == {
        (1, "merged"),
        (2, "merged"),
    }
    with on("2026-02-01"):
        factory.make_round(catalogue)
        [*_old, new] = assemble(catalogue, 2026)["actions"]
    assert new["origins"] == [
        "Samlet af handling 1 »En å« og handling 2 »Stier« den 25. september 2025."
    ]


@pytest.mark.parametrize("numbers", [(), (1,), (1, 1)])
def test_a_merge_of_one_is_refused(
    catalogue: Catalogue, by: Mandate, numbers: tuple[int, ...]
) -> None:
    with on("2025-10-06"), pytest.raises(Refused, match="mindst to handlinger"):
        gather(catalogue, by, *numbers)
    assert catalogue.actions.count() == 2


def test_the_stop_is_undone_when_the_new_is_removed(catalogue: Catalogue, by: Mandate) -> None:
    with on("2025-10-06"):
        made = divide(catalogue, by, "Åen", "Badningen")
        asked = {"slug": catalogue.slug, "by": by}

        def seal(number: int) -> str:
            return seal_of(read_rows(catalogue.slug), number)

        with pytest.raises(Refused, match="fortsat i handling 3, 4"):
            undo_stop(number=1, goal=None, seal=seal(1), **asked)  # type: ignore[arg-type]
        for action in made:
            number = action.number
            remove_action(number=number, seal=seal(number), **asked)  # type: ignore[arg-type]
        undo_stop(number=1, goal=None, seal=seal(1), **asked)  # type: ignore[arg-type]
    assert catalogue.actions.get(number=1).stopped_on is None


def test_a_line_leads_through_splits_merges_and_catalogues(
    catalogue: Catalogue, by: Mandate
) -> None:
    with on("2025-10-06"):
        merged = gather(catalogue, by, 1, 2)
    later = factory.make_action(factory.make_catalogue("senere"), origin=merged)
    line = Action.objects.filter(pk=later.pk).with_forebears()
    assert set(line) == {later, merged, *catalogue.actions.filter(number__in=[1, 2])}


def test_the_pages_split_and_tell_where_it_came_from(
    client: Client, catalogue: Catalogue, vuf: User
) -> None:
    client.force_login(vuf)
    url = reverse("split_action", args=[catalogue.slug, 1])
    with on("2025-10-06"):
        fields = read(client.get(url)).form_with("seal").fields
        typed = fields | {"title-1": "Åen", "day": "25-09-2025", "decision": "Byrådet, punkt 7"}
        refused = client.post(url, typed)
        assert refused.status_code == 422
        assert "deles i mindst to" in read(refused).text
        assert client.post(url, typed | {"title-2": "Badningen"}).status_code == 302
        assert client.post(url, typed | {"title-2": "Badningen"}).status_code == 409
        page = read(client.get(reverse("action", args=[catalogue.slug, 4]))).text
    assert "Udskilt fra" in page
    assert "Statusrunde 2025, handling 1. En å" in page
    assert "Det går fremad." in page


def test_the_page_merges(client: Client, catalogue: Catalogue, vuf: User) -> None:
    client.force_login(vuf)
    url = reverse("merge_action", args=[catalogue.slug, 1])
    with on("2025-10-06"):
        fields = read(client.get(url)).form_with("seal").fields
        typed = fields | {"title": "Alt", "day": "25-09-2025", "decision": "Byrådet, punkt 7"}
        assert client.post(url, typed).status_code == 422
        assert client.post(url, typed | {"others": "2"}).status_code == 302
        assert "Samlet i" in read(client.get(reverse("action", args=[catalogue.slug, 2]))).text


def test_a_split_ahead_begins_then(catalogue: Catalogue, by: Mandate) -> None:
    ahead = Decision(date(2026, 6, 1), "Byrådet")
    with on("2025-10-06"):
        divide(catalogue, by, "Åen", "Badningen", decision=ahead)
        assert plan_import(read_rows(catalogue.slug)).is_empty
    with on("2026-02-01"):
        round_ = factory.make_round(catalogue)
        assert round_.due < ahead.day - timedelta(days=1)
        asked = round_.statuses.values_list("goal__action__number", flat=True)
        assert sorted(asked) == [1, 2]
        assert len(assemble(catalogue, 2026)["actions"]) == 2
