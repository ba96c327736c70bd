"""Pointing and deciding: as many actions as the catalogue says, and a decision never changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Event, Notice, Occasion
from actions.writing.refusals import Conflict, Refused
from reports.committee import selection
from reports.committee.selection import Decision
from reports.models import Edition, Pointer, SelectedAction, Selection
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """A report of five actions, of which three or four are to be chosen."""
    for _number in range(3):
        factory.make_action(cast.catalogue)
    return factory.make_edition(cast.catalogue, cast.round.year)


def address(cast: Cast, route: str = "decide", *more: int) -> str:
    return reverse(route, args=[cast.catalogue.slug, cast.round.year, *more])


def typed(*numbers: int, revision: int = 0, **more: str) -> dict[str, str]:
    today = timezone.localdate()
    return (
        {
            "revision": str(revision),
            "decided_on": today.isoformat(),
            "theme_meeting_on": (today + timedelta(days=30)).isoformat(),
            "decision": "Udvalget vælger.",
        }
        | {f"choose-{number}": "on" for number in numbers}
        | {f"reason-{number}": f"Begrundelse {number}" for number in range(1, 6)}
        | more
    )


def post(client: Client, cast: Cast, fields: dict[str, str]) -> Any:
    client.force_login(cast.coordinator)
    return client.post(address(cast), fields)


def numbers() -> list[int]:
    rows = SelectedAction.objects.filter(selection=Selection.objects.latest("number"))
    return list(rows.values_list("action__number", flat=True))


def told_chosen(cast: Cast) -> dict[str, str]:
    rows = Notice.objects.filter(occasion=Occasion.CHOSEN).select_related("recipient")
    return {row.recipient.username: row.sentence for row in rows}


# Pointing.


def test_a_member_points_once_and_may_withdraw(
    cast: Cast, edition: Edition, client: Client
) -> None:
    client.force_login(cast.committee)
    url = address(cast, "point", 1)
    assert {client.post(url, {"reason": "Det haster."}).status_code for _click in "12"} == {302}
    refused = client.post(url, {"reason": "Noget andet."})
    assert refused.status_code == 422
    assert read(refused).form_with("reason").fields["reason"] == "Noget andet."
    assert Pointer.objects.get().reason == "Det haster."
    assert client.post(address(cast, "withdraw", 1)).status_code == 302
    client.post(address(cast, "withdraw", 1))
    assert client.post(url, {"reason": "Noget andet."}).status_code == 302
    verbs = Event.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["point", "withdraw", "point"]


# Deciding.


def test_a_decision_is_recorded_and_the_heads_are_told(
    cast: Cast, edition: Edition, client: Client
) -> None:
    assert post(client, cast, typed(1, 3, 4)).status_code == 302
    made = Selection.objects.get()
    assert (made.number, made.edition, numbers()) == (1, edition, [1, 3, 4])
    assert made.actions.get(action__number=3).reason == "Begrundelse 3"
    assert set(told_chosen(cast)) == {"head", "co-head"}
    event = Event.objects.get(verb="decide")
    assert event.content["reasons"]["4"] == "Begrundelse 4"
    client.force_login(cast.committee)
    assert "Begrundelse 3" in read(client.get(address(cast, "selection"))).text


@pytest.mark.parametrize(
    ("chosen", "more", "why"),
    [
        ((1, 2), {}, "Der skal vælges 3-4 handlinger. Her er valgt 2."),
        ((1, 2, 3, 4, 5), {}, "Der skal vælges 3-4 handlinger. Her er valgt 5."),
        ((1, 2, 3), {"reason-2": " "}, "Skriv udvalgets begrundelse."),
        ((1, 2, 3), {"theme_meeting_on": "2020-01-01"}, "ikke ligge før udvalgets møde"),
        ((1, 2, 3), {"decided_on": "2999-01-01"}, "Udvalgets møde er ikke holdt endnu."),
        ((1, 2, 3), {"decision": ""}, "Beslutningens tekst"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_all_that_was_typed(
    cast: Cast,
    edition: Edition,
    client: Client,
    chosen: tuple[int, ...],
    more: dict[str, str],
    why: str,
) -> None:
    fields = typed(*chosen) | more
    refused = post(client, cast, fields)
    assert refused.status_code == 422
    page = read(refused)
    assert why in page.text
    kept = page.form_with("decided_on").fields
    for name, value in fields.items():
        assert kept[name].strip() == ("" if value == "on" else value.strip()), name
    assert not Selection.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(
    cast: Cast, edition: Edition, client: Client
) -> None:
    wrong = {"decision": "", "theme_meeting_on": "2020-01-01", "reason-2": " "}
    text = read(post(client, cast, typed(1, 2, 3, 4, 5) | wrong)).text
    for words in (
        "Her er valgt 5.",
        "Beslutningens tekst",
        "Temamødet kan ikke ligge før udvalgets møde.",
        "Skriv udvalgets begrundelse.",
    ):
        assert words in text
    text = read(post(client, cast, typed(1, 2, 3, 4, 5) | {"theme_meeting_on": "i morgen"})).text
    assert "Her er valgt 5." in text
    assert "ikke ligge før" not in text


def test_the_verb_itself_refuses_a_fifth_action_and_one_that_is_not_there(
    cast: Cast, edition: Edition
) -> None:
    today, by = timezone.localdate(), mandate(cast.coordinator)
    cast.catalogue.actions.get(number=5).delete()
    for chosen, why in (
        ((1, 2, 3, 4, 5), "3-4"),
        ((1, 2, 99), "Handling 99"),
        ((1, 2, 5), "Handling 5"),
    ):
        decision = Decision(today, "Udvalget vælger.", today, dict.fromkeys(chosen, "Derfor"))
        with pytest.raises(Refused, match=why):
            selection.record_selection(edition=edition, decision=decision, revision=0, by=by)
    decision = Decision(today, " ", today, dict.fromkeys((1, 2, 3), "Derfor"))
    with pytest.raises(Refused, match="beslutningens tekst"):
        selection.record_selection(edition=edition, decision=decision, revision=0, by=by)
    with pytest.raises(Refused, match="ret til"):
        selection.record_selection(
            edition=edition, decision=decision, revision=0, by=mandate(cast.committee)
        )


def test_a_changed_decision_is_a_new_one_with_a_reason(
    cast: Cast, edition: Edition, client: Client
) -> None:
    post(client, cast, typed(1, 3, 4))
    refused = post(client, cast, typed(2, 3, 4, revision=1))
    assert refused.status_code == 422
    assert "Skriv, hvorfor beslutningen er ændret." in read(refused).text
    assert (
        post(client, cast, typed(2, 3, 4, revision=1, why_changed="Valgt om.")).status_code == 302
    )
    assert list(Selection.objects.order_by("number").values_list("why_changed", flat=True)) == [
        "",
        "Valgt om.",
    ]
    assert numbers() == [2, 3, 4]
    sentences = told_chosen(cast)
    assert set(sentences) == {"head", "co-head", "other-head"}
    assert "ikke på temamødet" in sentences["head"]
    assert "valgt handlingen" in sentences["other-head"]


def test_a_double_click_records_once(cast: Cast, edition: Edition, client: Client) -> None:
    codes = {post(client, cast, typed(1, 3, 4)).status_code for _click in range(2)}
    assert codes == {302}
    assert Selection.objects.count() == Event.objects.filter(verb="decide").count() == 1


def test_who_records_second_sees_the_first_and_keeps_what_was_typed(
    cast: Cast, edition: Edition, client: Client
) -> None:
    post(client, cast, typed(1, 3, 4))
    refused = post(client, cast, typed(2, 3, 4))
    assert refused.status_code == 409
    page = read(refused)
    assert "En anden har noteret en beslutning" in page.text
    assert "1. beslutning" in page.text
    kept = page.form_with("decided_on").fields
    assert (kept["reason-2"], kept["revision"]) == ("Begrundelse 2", "1")
    assert {name for name in kept if name.startswith("choose")} == {
        "choose-2",
        "choose-3",
        "choose-4",
    }
    with pytest.raises(Conflict):
        selection.record_selection(
            edition=edition,
            decision=Decision(timezone.localdate(), "", timezone.localdate(), {}),
            revision=None,
            by=mandate(cast.coordinator),
        )


def test_the_decision_is_on_the_edition_that_was_out_on_the_day(
    cast: Cast, edition: Edition, client: Client
) -> None:
    factory.hand_in(factory.status_of(cast.round, cast.own_goal))
    second = factory.make_edition(cast.catalogue, cast.round.year, number=2)
    before = (timezone.localdate() - timedelta(days=9)).isoformat()
    post(client, cast, typed(1, 3, 4, decided_on=before))
    assert Selection.objects.get().edition == edition
    post(client, cast, typed(1, 3, 4, revision=1, why_changed="Forkert dato."))
    assert Selection.objects.latest("number").edition == second


# What is stopped.


def stop(number: int) -> None:
    Action.objects.filter(number=number).update(
        stopped_on=timezone.localdate(), stopped_by="Byrådet, punkt 7"
    )


def test_a_stopped_action_cannot_be_pointed_at(
    cast: Cast, edition: Edition, client: Client
) -> None:
    stop(1)
    client.force_login(cast.committee)
    refused = client.post(address(cast, "point", 1), {"reason": "Det haster."})
    assert refused.status_code == 422
    assert "kan ikke vælges til et temamøde" in refused.content.decode()
    assert not Pointer.objects.exists()


def test_a_stopped_action_is_not_offered_and_cannot_be_chosen(
    cast: Cast, edition: Edition, client: Client
) -> None:
    stop(1)
    client.force_login(cast.coordinator)
    assert "choose-1" not in client.get(address(cast)).context["form"].fields
    decision = Decision(
        decided_on=timezone.localdate(),
        decision="Udvalget vælger.",
        theme_meeting_on=timezone.localdate(),
        reasons={1: "Den.", 2: "Den.", 3: "Den."},
    )
    with pytest.raises(Refused, match="Handling 1 er standset"):
        selection.record_selection(
            edition=edition, decision=decision, revision=0, by=mandate(cast.coordinator)
        )
