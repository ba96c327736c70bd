"""What is written by hand for a report: as safe as a head's status (T1-T5, the server's part)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import Event, User
from actions.models.history import REFUSED
from actions.writing.refusals import Refused
from reports.editions import verbs as editions_verbs
from reports.models import Edition, Kind, Part, Passage, Report
from reports.texts import verbs as texts_verbs
from tests.support.cast import Cast
from tests.support.factory import mandate

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ADJUST = {"choice": "adjust", "reason": "Målet er for lavt."}


def url(cast: Cast, route: str, key: str = "chefer-1", *more: int) -> str:
    where = [cast.catalogue.slug, cast.round.year, "midtvejsevaluering", key, *more]
    return reverse(route, args=where)


def post(client: Client, user: User, address: str, data: dict[str, str], **kwargs: Any) -> Any:
    client.force_login(user)
    return client.post(address, data, **kwargs)


def unwritten(cast: Cast) -> Passage:
    passage = Passage(part=Part.HEAD, action=cast.own_goal.action)
    passage.report = Report(catalogue=cast.catalogue, kind=Kind.MIDTERM, year=cast.round.year)
    return passage


def stored(part: Part = Part.HEAD) -> Passage:
    return Passage.objects.get(part=part)


def save(cast: Cast, user: User, revision: int, **texts: str) -> Passage:
    return texts_verbs.save(
        passage=unwritten(cast), by=mandate(user), texts=ADJUST | texts, revision=revision
    )


def test_a_head_recommends_and_name_and_post_outlast_the_user(cast: Cast, client: Client) -> None:
    answer = post(client, cast.head, url(cast, "passage"), {"revision": "0", **ADJUST})
    assert answer.status_code == 302
    cast.head.first_name = "Et andet navn"
    cast.head.save()
    found = stored()
    assert (found.choice, found.reason, found.revision) == ("adjust", "Målet er for lavt.", 1)
    assert (found.author_name, found.author_position) == ("Head", "Planchefen")
    event = Event.objects.get()
    assert (event.verb, event.position, event.content) == ("save", "Planchefen", {"texts": ADJUST})
    assert list(found.events.all()) == [event]


def test_it_is_kept_while_somebody_types(cast: Cast, client: Client) -> None:
    data = {"revision": "0", "reason": "Ny te"}
    answer = post(client, cast.head, url(cast, "autosave_passage"), data, headers=HTMX)
    assert (answer.status_code, answer.headers["X-Revision"]) == (200, "1")
    assert "Gemt kl." in answer.text
    assert "<textarea" not in answer.text
    client.logout()
    answer = client.post(url(cast, "autosave_passage"), data, headers=HTMX)
    assert (answer.status_code, answer.content) == (401, b"")


def test_the_same_again_changes_nothing_whatever_its_version(cast: Cast) -> None:
    for _each in range(2):
        assert save(cast, cast.head, revision=0).revision == 1
    assert Event.objects.count() == 1


def test_a_pages_own_later_save_is_no_conflict(cast: Cast) -> None:
    names = ["save-number-2", "save-number-1"]
    write = {"passage": unwritten(cast), "by": mandate(cast.head), "revision": 0}
    texts_verbs.save(**write, texts=ADJUST, names=names[1:])  # type: ignore[arg-type]
    later = texts_verbs.save(**write, texts=ADJUST | {"reason": "Mere."}, names=names)  # type: ignore[arg-type]
    assert (later.revision, later.reason) == (2, "Mere.")
    late = texts_verbs.save(**write, texts=ADJUST, names=names[1:])  # type: ignore[arg-type]
    assert (late.revision, late.reason) == (2, "Mere.")


def test_an_old_version_is_refused_and_both_texts_are_shown_to_choose_from(
    cast: Cast, client: Client
) -> None:
    save(cast, cast.co_head, 0, reason="Den andens begrundelse")
    typed = {"revision": "0", "choice": "close", "reason": "Min egen begrundelse"}
    answer = post(client, cast.head, url(cast, "autosave_passage"), typed, headers=HTMX)
    refused = Event.objects.get(verb=REFUSED)
    assert answer.status_code == 409
    assert url(cast, "compare_passage", "chefer-1", refused.pk) in answer.text
    answer = client.post(url(cast, "passage"), typed)
    assert answer.status_code == 409
    assert "Min egen begrundelse" in answer.text
    assert Event.objects.filter(verb=REFUSED).count() == 1
    assert stored().reason == "Den andens begrundelse"

    page = client.get(url(cast, "compare_passage", "chefer-1", refused.pk)).text
    assert "Den andens" in page
    assert page.count("<mark>") >= 2
    nothing = client.post(url(cast, "compare_passage", "chefer-1", refused.pk), {"revision": "1"})
    assert nothing.status_code == 422
    choice = {
        "revision": "1",
        "side-choice": "typed",
        "side-reason": "own",
        "own-reason": "Begge begrundelser",
    }
    chosen = client.post(url(cast, "compare_passage", "chefer-1", refused.pk), choice)
    assert chosen.status_code == 302
    assert (stored().choice, stored().reason, stored().revision) == (
        "close",
        "Begge begrundelser",
        2,
    )


def test_a_choice_without_a_reason_is_kept_and_asked_about(cast: Cast, client: Client) -> None:
    answer = post(client, cast.head, url(cast, "passage"), {"revision": "0", "choice": "close"})
    assert answer.status_code == 422
    assert "Skriv, hvorfor du anbefaler det." in answer.text
    assert stored().choice == "close"


def test_too_long_is_told_kept_and_stops_the_publishing(cast: Cast, client: Client) -> None:
    long = ("ord " * 2000).strip()
    data = {"revision": "0", "foreword": long}
    answer = post(client, cast.coordinator, url(cast, "passage", "redaktion"), data)
    assert answer.status_code == 422
    assert "Teksten er på 7.999 tegn. Der er plads til 4.000" in answer.text
    assert stored(Part.TEXTS).foreword == long
    with pytest.raises(Refused, match=r"Forord: teksten er på 7.999 tegn"):
        publish(cast)


def publish(cast: Cast) -> Edition:
    year = cast.round.year
    return editions_verbs.publish(
        catalogue=cast.catalogue,
        year=year,
        kind=Kind.MIDTERM,
        seal=editions_verbs.proof_of(cast.catalogue, year, Kind.MIDTERM).seal,
        changes="",
        confirmed=True,
        by=mandate(cast.coordinator),
    )


def test_a_published_midterm_takes_no_more_from_the_heads_and_moves_for_nobody(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions_verbs, "render_pdf", lambda content, edition: b"%PDF-")
    save(cast, cast.head, 0)
    edition = publish(cast)
    assert edition.get_absolute_url().endswith("/midtvejsevaluering/udgave/1/")
    late = {"revision": "1", "choice": "close", "reason": "For sent"}
    answer = post(client, cast.head, url(cast, "passage"), late)
    assert answer.status_code == 409
    assert "Midtvejsevalueringen er udgivet." in answer.text
    assert "For sent" in answer.text
    assert Event.objects.get(verb=REFUSED).content["texts"]["reason"] == "For sent"
    before = edition.content["actions"][0]["head_recommendation"]
    Passage.objects.update(reason="Ændret bagefter.")
    edition.refresh_from_db()
    assert edition.content["actions"][0]["head_recommendation"] == before
    client.force_login(cast.council)
    assert "Målet er for lavt." in client.get(edition.get_absolute_url()).text


def test_before_the_round_opens_no_recommendation_is_asked_for_or_written(
    cast: Cast, client: Client
) -> None:
    cast.round.opens = cast.round.due
    cast.round.save()
    with pytest.raises(Refused, match="når statusrunden for"):
        save(cast, cast.head, 0)
    client.force_login(cast.head)
    assert url(cast, "passage") not in client.get(reverse("own_goals")).text


def test_somebody_else_writes_nothing_by_the_verb_either(cast: Cast) -> None:
    for user in (cast.other_head, cast.writer, cast.coordinator):
        with pytest.raises(Refused, match="ikke ret"):
            save(cast, user, 0)


def test_the_recommendation_is_found_among_ones_own_goals_and_by_vuf(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.head)
    assert url(cast, "passage") in client.get(reverse("own_goals")).text
    save(cast, cast.head, 0)
    client.force_login(cast.other_head)
    page = client.get(reverse("own_goals")).text
    assert url(cast, "passage", "chefer-2") in page
    assert url(cast, "passage") not in page
    client.force_login(cast.coordinator)
    assert "Målet er for lavt." in client.get(url(cast, "passage", "handling-1")).text


def test_the_log_of_the_administrator_shows_no_text_of_a_report(cast: Cast, client: Client) -> None:
    save(cast, cast.head, 0)
    client.force_login(cast.administrator)
    assert "Midtvejsevaluering" in Event.objects.get().subject
    assert "Midtvejsevaluering" not in client.get(reverse("log")).text
