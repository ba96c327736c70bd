"""The history of a status as it is read: what happened, what changed, and who may see it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.dialogue import verbs as dialogue_verbs
from actions.lights import Light
from actions.models import Appointment, Event, GoalStatus, User
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, Figure
from actions.writing.compare import compare_texts
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


def own(cast: Cast) -> GoalStatus:
    return status_of(cast.round, cast.own_goal)


def save(cast: Cast, by: User | None = None, **texts: str) -> GoalStatus:
    return status_verbs.save_draft(
        status=own(cast),
        by=mandate(by or cast.head),
        entry=entry(**texts),
        revision=own(cast).revision,
    )


def submit(cast: Cast, **texts: str) -> GoalStatus:
    return status_verbs.submit(
        status=own(cast), by=mandate(cast.head), entry=entry(**texts), revision=own(cast).revision
    )


def give_back(cast: Cast) -> GoalStatus:
    return status_verbs.return_to_head(
        status=own(cast),
        by=mandate(cast.coordinator),
        revision=own(cast).revision,
        comment="Uddyb årsagen.",
    )


def refuse(cast: Cast, by: User, text: str) -> Event:
    return status_verbs.keep_refused(
        status=own(cast), by=mandate(by), entry=entry(progress=text), reason="Runden er lukket."
    )


def url(cast: Cast, event: Event | None = None, **query: int) -> str:
    args: list[object] = [cast.catalogue.slug, cast.round.year, cast.own_goal.pk]
    if event is not None:
        return reverse("version", args=[*args, event.pk])
    return reverse("history", args=args, query=query or None)


def look(cast: Cast, user: User, event: Event | None = None, **query: int) -> Page:
    answer = _as(user).get(url(cast, event, **query))
    assert answer.status_code == 200
    return read(answer)


def code(cast: Cast, user: User, event: Event) -> int:
    return _as(user).get(url(cast, event)).status_code


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_each_happening_tells_who_when_in_which_position_and_from_what_to_what(
    cast: Cast,
) -> None:
    submit(cast)
    dialogue_verbs.sign(status=own(cast), by=mandate(cast.co_head), text_version=1)
    give_back(cast)
    submit(cast, progress="Mere tekst.")
    status_verbs.approve(status=own(cast), by=mandate(cast.coordinator), revision=3)
    text = look(cast, cast.head).text
    for words in (
        "Godkendt den",
        "Coordinator, Udviklingsforvaltningen Indsendt → til Godkendt",
        "Head, Planchefen Sendt tilbage → til Indsendt",
        "Head, Planchefen Ikke begyndt → til Indsendt",
        "Uddyb årsagen.",
        "Tiltrådt den",
        "Co-head, Kulturchefen",
    ):
        assert words in text, words


def test_the_differences_to_the_version_before_are_marked_and_the_rest_is_left_out(
    cast: Cast,
) -> None:
    submit(cast, progress="Stien er anlagt.", next_step="Et skilt.")
    give_back(cast)
    submit(cast, progress="Stien er åbnet.", next_step="Et skilt.")
    event = Event.objects.filter(verb="submit").first()
    page = look(cast, cast.head, event)
    changes, whole = page.text.split("Hele versionen")
    assert "Før Stien er [kun før: anlagt. ] Efter Stien er [kun efter: åbnet. ]" in changes
    assert "Et skilt." not in changes
    assert "Stien er åbnet." in whole
    assert "Et skilt." in whole
    listed = look(cast, cast.head).text
    assert "Ændret: Fremdrift siden sidste år" in listed
    assert "Skrevet: Vurdering, Fremdrift siden sidste år, Næste skridt" in listed
    assert "Teksten er uændret" in listed


def test_lights_and_figures_are_told_as_words(cast: Cast) -> None:
    indicator = factory.make_indicator(cast.own_goal, name="Besøg")
    for light, value in ((Light.AT_RISK, "3"), (Light.ON_TRACK, "1000.5")):
        status_verbs.save_draft(
            status=own(cast),
            by=mandate(cast.head),
            entry=Entry(light, {}, (Figure(indicator.pk, Decimal(value), source="Optælling"),)),
            revision=own(cast).revision,
        )
    text = look(cast, cast.head, Event.objects.first()).text.replace("\u00a0", " ")
    assert "Opmærksomhed → På sporet" in text
    assert "3 besøg; kilde: Optælling → 1.000,5 besøg; kilde: Optælling" in text


def test_drafts_of_one_sitting_are_one_happening_and_each_can_be_read(cast: Cast) -> None:
    for number in range(5):
        save(cast, progress=f"Version {number}.")
    save(cast, by=cast.deputy, progress="Stedfortræderens.")
    page = look(cast, cast.head)
    assert page.text.count("Kladde gemt") == 2
    assert "5 gemte kladder" in page.text
    assert "Head, Planchefen Ikke begyndt → til Kladde" in page.text
    for event in Event.objects.filter(actor=cast.head):
        assert url(cast, event) in page.links
        assert event.content["texts"]["progress"] in look(cast, cast.head, event).text


def test_others_read_what_was_handed_in_and_no_draft(cast: Cast) -> None:
    save(cast, progress="HEMMELIG KLADDE")
    submit(cast, progress="Første indsendte.")
    give_back(cast)
    save(cast, progress="HEMMELIG RETTELSE")
    submit(cast, progress="Anden indsendte.")
    for user in (cast.other_head, cast.group_member, cast.strategic_forum):
        page = look(cast, user)
        assert "HEMMELIG" not in page.html
        assert "Første" in page.text
        assert "Anden" in page.text
        assert "Kladde gemt" not in page.text
        for event in Event.objects.all():
            assert code(cast, user, event) == (404 if event.verb == "save" else 200)
    for user in (cast.head, cast.co_head, cast.writer, cast.coordinator, cast.colleague):
        assert "HEMMELIG" in look(cast, user).text
        assert {code(cast, user, event) for event in Event.objects.all()} == {200}


def test_a_returned_text_is_hidden_with_all_its_history(cast: Cast) -> None:
    submit(cast)
    give_back(cast)
    assert _as(cast.other_head).get(url(cast)).status_code == 404
    assert {code(cast, cast.other_head, event) for event in Event.objects.all()} == {404}


def test_a_refused_text_is_for_the_writers_and_the_coordinator(cast: Cast) -> None:
    save(cast, progress="Det gemte.")
    event = refuse(cast, cast.deputy, "DET AFVISTE")
    submit(cast, progress="Det indsendte.")
    for user in (cast.head, cast.co_head, cast.writer, cast.coordinator):
        assert "DET AFVISTE" in look(cast, user).text
        assert code(cast, user, event) == 200
    for user in (cast.colleague, cast.group_member, cast.other_head):
        assert "AFVISTE" not in look(cast, user).html
        assert code(cast, user, event) == 404


def test_a_refused_text_is_compared_with_what_stood_and_changes_nothing_after_it(
    cast: Cast,
) -> None:
    save(cast, progress="Det gemte.")
    event = refuse(cast, cast.deputy, "Det afviste.")
    submit(cast, progress="Det gemte.")
    assert (
        "Før Det [kun før: gemte. ] Efter Det [kun efter: afviste. ]"
        in look(cast, cast.head, event).text
    )
    assert "Teksten er uændret." in look(cast, cast.head, Event.objects.first()).text


def test_an_event_without_a_text_or_of_another_goal_is_no_version(cast: Cast) -> None:
    submit(cast)
    dialogue_verbs.sign(status=own(cast), by=mandate(cast.co_head), text_version=1)
    assert code(cast, cast.head, Event.objects.filter(verb="sign").get()) == 404
    other = status_verbs.submit(
        status=status_of(cast.round, cast.other_goal),
        by=mandate(cast.other_head),
        entry=entry(),
        revision=0,
    )
    assert code(cast, cast.coordinator, other.events.get()) == 404


def test_a_change_of_head_keeps_who_said_what_in_which_position(cast: Cast) -> None:
    save(cast, progress="Den gamle chefs.")
    Appointment.objects.filter(position=cast.position, user=cast.head).update(ends=date(2025, 1, 1))
    factory.appoint(cast.position, cast.outsider, starts=date(2025, 1, 2))
    save(cast, by=cast.outsider, progress="Den nyes.")
    cast.head.delete()
    text = look(cast, cast.outsider).text
    assert "Head, Planchefen" in text
    assert "Outsider, Planchefen" in text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "</p><h1>Hov</h1>", "{{ 7|add:7 }}"])
def test_a_version_is_never_markup(cast: Cast, text: str) -> None:
    save(cast, progress="a")
    save(cast, progress=text)
    page = look(cast, cast.head, Event.objects.first())
    assert text in page.text
    assert page.text.count("Historik") == 1
    assert "<h1>Hov" not in page.html
    assert "<script>alert" not in page.html


def test_the_page_is_empty_before_anything_has_happened(cast: Cast) -> None:
    assert "Intet er sket endnu" in look(cast, cast.head).text


@pytest.mark.parametrize("name", ["head", "coordinator", "colleague"])
def test_the_pages_cost_as_many_queries_for_a_long_history_as_for_a_short(
    cast: Cast, name: str
) -> None:
    counts = set()
    for size in (1, 12):
        for number in range(size):
            factory.make_indicator(cast.own_goal)
            for author in (cast.head, cast.deputy):
                save(cast, by=author, progress=f"{author} {size} {number}")
        client = _as(cast.people[name])
        for address in (url(cast), url(cast, Event.objects.first())):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.add(len(queries))
    assert len(counts) == 1
    assert max(counts) <= 10


def test_a_long_history_has_pages(cast: Cast) -> None:
    for number in range(6):
        submit(cast, progress=str(number))
        give_back(cast)
    assert "Side 1 af 2" in look(cast, cast.head).text
    assert "Side 2 af 2" in look(cast, cast.head, side=2).text
    assert "Ikke begyndt" not in look(cast, cast.head).text


# Comparing itself.


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("", "", [], []),
        ("", "nyt", [], [("nyt", True)]),
        ("ens", "ens", [("ens", False)], [("ens", False)]),
        ("a b c", "a x c", [("a ", False), ("b", True), (" c", False)], None),
        ("a b", "a b c", [("a b", False)], [("a b", False), (" c", True)]),
    ],
)
def test_words_are_compared(
    old: str,
    new: str,
    left: list[tuple[str, bool]],
    right: list[tuple[str, bool]] | None,
) -> None:
    found = compare_texts(old, new)
    assert found[0] == left
    assert right is None or found[1] == right


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 2000, "b " * 2000),
        ("a b " * 1000, "b a " * 1000),
        ("Det går. " * 400 + "Slut", "Det står. " * 400 + "Ende"),
        ("x " + "a. " * 1300, "y! " + "b. " * 1300),
    ],
)
def test_long_texts_with_little_in_common_are_compared_in_no_time(old: str, new: str) -> None:
    """What a comparison costs is the product of both lengths: it is bounded, and loses nothing."""
    left, right = compare_texts(old, new)
    assert "".join(piece.text for piece in left) == old
    assert "".join(piece.text for piece in right) == new
    assert any(piece.differs for piece in left)
