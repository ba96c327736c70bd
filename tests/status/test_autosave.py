"""Autosave and refused texts: nothing a head has typed is lost (T1-T5, the server's part)."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Event, GoalStatus, State, User
from actions.models.history import REFUSED
from actions.rounds import verbs as rounds_verbs
from actions.status import verbs as status_verbs
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def _url(cast: Cast, name: str, **kwargs: int) -> str:
    where = {"slug": cast.catalogue.slug, "year": cast.round.year, "goal": cast.own_goal.pk}
    return reverse(name, kwargs=where | kwargs)


def _typed(revision: int = 0, fields: dict[str, str] | None = None) -> dict[str, str]:
    return {"revision": str(revision), "progress": "Ny tekst"} | (fields or {})


def _autosave(client: Client, cast: Cast, user: User, data: dict[str, str]) -> Any:
    client.force_login(user)
    return client.post(_url(cast, "autosave"), data, headers=HTMX)


def _status(cast: Cast) -> GoalStatus:
    return status_of(cast.round, cast.own_goal)


def test_a_draft_is_kept_while_somebody_types(cast: Cast, client: Client) -> None:
    answer = _autosave(client, cast, cast.head, _typed())
    assert (answer.status_code, answer.headers["X-Revision"]) == (200, "1")
    assert "Gemt kl." in answer.content.decode()
    assert (_status(cast).progress, _status(cast).state) == ("Ny tekst", State.DRAFT)


def test_a_page_opened_before_the_deploy_saves_and_submits(cast: Cast, client: Client) -> None:
    """The release before named the revision `version`."""
    answer = _autosave(client, cast, cast.head, {"version": "0", "progress": "Ny tekst"})
    assert (answer.status_code, answer.headers["X-Version"]) == (200, "1")
    whole = {"version": "1", "progress": "Hele teksten", "light": "on_track", "move": "submit"}
    client.post(_url(cast, "status"), whole)
    assert (_status(cast).progress, _status(cast).state) == ("Hele teksten", State.SUBMITTED)


def test_only_the_line_that_says_so_and_the_suggestion_are_sent_back(
    cast: Cast, client: Client
) -> None:
    page = _autosave(client, cast, cast.head, _typed()).content.decode()
    assert "<textarea" not in page
    assert "<html" not in page
    assert page.count('hx-swap-oob="true"') == 1


def test_what_is_no_number_is_kept_as_typed_and_stands_in_its_field_again(
    cast: Cast, client: Client
) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    name = f"value-{indicator.pk}"
    answer = _autosave(client, cast, cast.head, _typed(fields={name: "omkring tolv"}))
    assert answer.status_code == 200
    assert _status(cast).unparsed == {name: "omkring tolv"}
    assert 'value="omkring tolv"' in client.get(_url(cast, "status")).content.decode()


def test_a_status_with_an_unread_number_cannot_be_submitted(cast: Cast) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    typed = replace(entry(), unparsed={f"value-{indicator.pk}": "omkring tolv"})
    with pytest.raises(status_verbs.Incomplete) as refusal:
        status_verbs.submit(status=_status(cast), by=mandate(cast.head), entry=typed, revision=0)
    assert f"value-{indicator.pk}" in refusal.value.fields


def test_a_text_over_the_limit_is_kept_in_the_draft(cast: Cast, client: Client) -> None:
    long = "ord " * 2000
    answer = _autosave(client, cast, cast.head, _typed(fields={"progress": long}))
    assert answer.status_code == 200
    assert _status(cast).progress == long.strip()


def test_an_expired_session_gets_401_and_no_login_page(cast: Cast, client: Client) -> None:
    answer = client.post(_url(cast, "autosave"), _typed(), headers=HTMX)
    assert (answer.status_code, answer.content) == (401, b"")


def test_an_old_version_is_refused_and_kept_beside_the_stored_text(
    cast: Cast, client: Client
) -> None:
    status_verbs.save_draft(
        status=_status(cast),
        by=mandate(cast.co_head),
        entry=entry(progress="Den andens"),
        revision=0,
    )
    answer = _autosave(client, cast, cast.head, _typed(fields={"progress": "Min"}))
    refused = Event.objects.get(verb=REFUSED)
    assert answer.status_code == 409
    assert _url(cast, "compare", event=refused.pk) in answer.content.decode()
    assert refused.content["texts"]["progress"] == "Min"
    assert (refused.actor, refused.position) == (cast.head, "Planchefen")
    assert _status(cast).progress == "Den andens"


def test_a_text_after_the_round_has_closed_is_kept(cast: Cast, client: Client) -> None:
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
    answer = _autosave(client, cast, cast.head, _typed(fields={"progress": "For sent"}))
    assert answer.status_code == 409
    assert Event.objects.get(verb=REFUSED).content["texts"]["progress"] == "For sent"


def test_the_same_refused_text_twice_is_one_version(cast: Cast, client: Client) -> None:
    for _each in range(2):
        _autosave(client, cast, cast.head, _typed(7))
    assert Event.objects.filter(verb=REFUSED).count() == 1


def test_an_ordinary_save_keeps_a_refused_text_too(cast: Cast, client: Client) -> None:
    client.force_login(cast.head)
    answer = client.post(_url(cast, "status"), _typed(7) | {"move": "save"})
    assert answer.status_code == 409
    assert Event.objects.filter(verb=REFUSED).count() == 1
    assert "Ny tekst" in answer.content.decode()


def _refuse(cast: Cast, client: Client) -> Event:
    """The co-head's text is stored, the head's is refused."""
    stored = entry(progress="Den andens tekst om stien", cause="Uændret")
    status_verbs.save_draft(
        status=_status(cast), by=mandate(cast.co_head), entry=stored, revision=0
    )
    _autosave(
        client,
        cast,
        cast.head,
        _typed(fields={"progress": "Min tekst om stien", "light": "at_risk"}),
    )
    return Event.objects.get(verb=REFUSED)


def test_both_texts_are_shown_with_their_differences(cast: Cast, client: Client) -> None:
    refused = _refuse(cast, client)
    page = client.get(_url(cast, "compare", event=refused.pk)).content.decode()
    assert "Den andens" in page
    assert "Min" in page
    assert page.count("<mark>") >= 2
    assert "Opmærksomhed" in page


def test_each_field_is_chosen_or_merged_and_no_text_disappears(cast: Cast, client: Client) -> None:
    refused = _refuse(cast, client)
    choice = {
        "revision": "1",
        "side-light": "typed",
        "side-progress": "own",
        "own-progress": "Begge tekster",
        "side-cause": "stored",
    }
    answer = client.post(_url(cast, "compare", event=refused.pk), choice)
    assert answer.status_code == 302
    status = _status(cast)
    assert (status.light, status.progress, status.cause) == ("at_risk", "Begge tekster", "Uændret")
    kept = {str(event.content["texts"]["progress"]) for event in Event.objects.all()}
    assert {"Den andens tekst om stien", "Min tekst om stien", "Begge tekster"} <= kept


def test_nothing_is_chosen_beforehand(cast: Cast, client: Client) -> None:
    refused = _refuse(cast, client)
    answer = client.post(_url(cast, "compare", event=refused.pk), {"revision": "1"})
    assert answer.status_code == 422
    assert "Vælg, hvad der skal stå." in answer.content.decode()
    assert _status(cast).progress == "Den andens tekst om stien"


def test_a_choice_on_top_of_a_third_text_is_refused_and_kept(cast: Cast, client: Client) -> None:
    refused = _refuse(cast, client)
    third = entry(progress="En tredje")
    status_verbs.save_draft(status=_status(cast), by=mandate(cast.co_head), entry=third, revision=1)
    choice = {"revision": "1", "side-light": "typed", "side-progress": "typed"}
    answer = client.post(_url(cast, "compare", event=refused.pk), choice)
    assert answer.status_code == 422
    assert "har ændret denne status" in answer.content.decode()
    assert _status(cast).progress == "En tredje"


def test_a_refused_text_of_another_goal_does_not_exist_here(cast: Cast, client: Client) -> None:
    refused = _refuse(cast, client)
    client.force_login(cast.other_head)
    assert client.get(_url(cast, "compare", event=refused.pk)).status_code == 404


def test_the_same_text_from_an_old_version_is_saved_already(cast: Cast, client: Client) -> None:
    """The first answer was lost on its way, so the browser sends the text again."""
    for _each in range(2):
        answer = _autosave(client, cast, cast.head, _typed())
        assert (answer.status_code, answer.headers["X-Revision"]) == (200, "1")
    assert Event.objects.count() == 1


# --- a page and its own saves -----------------------------------------------------------------

ONE, TWO, THREE = "first-save", "second-save", "third-save"


def test_a_page_saves_on_top_of_its_own_save_whose_answer_was_lost(
    cast: Cast, client: Client
) -> None:
    _autosave(client, cast, cast.head, _typed(fields={"progress": "Ny", "saves": ONE}))
    on_top = {"progress": "Ny tekst", "saves": f"{TWO} {ONE}"}
    answer = _autosave(client, cast, cast.head, _typed(fields=on_top))
    assert (answer.status_code, answer.headers["X-Revision"]) == (200, "2")
    assert _status(cast).progress == "Ny tekst"


def test_a_save_that_is_overtaken_by_the_next_one_is_held_by_it(cast: Cast, client: Client) -> None:
    """A page that is left sends its last words while an autosave is still under way."""
    last = {"progress": "Ny tekst", "saves": f"{TWO} {ONE}"}
    _autosave(client, cast, cast.head, _typed(fields=last))
    answer = _autosave(client, cast, cast.head, _typed(fields={"progress": "Ny", "saves": ONE}))
    assert (answer.status_code, answer.headers["X-Revision"]) == (200, "1")
    assert _status(cast).progress == "Ny tekst"
    assert [event.verb for event in Event.objects.all()] == ["save"]


def test_a_save_behind_the_page_s_own_submit_is_held_by_it(cast: Cast, client: Client) -> None:
    sent = factory.entry()
    status_verbs.submit(
        status=_status(cast), by=mandate(cast.head), entry=sent, revision=0, names=[TWO, ONE]
    )
    answer = _autosave(client, cast, cast.head, _typed(fields={"saves": ONE}))
    assert answer.status_code == 200
    assert _status(cast).progress == sent.texts["progress"]
    assert not Event.objects.filter(verb=REFUSED).exists()


def test_a_submit_goes_on_top_of_the_page_s_autosave_under_way(cast: Cast, client: Client) -> None:
    _autosave(client, cast, cast.head, _typed(fields={"progress": "Ny", "saves": ONE}))
    typed = {"light": "on_track", "progress": "Ny tekst", "saves": f"{TWO} {ONE}", "move": "submit"}
    answer = client.post(_url(cast, "status"), _typed(fields=typed), follow=True)
    assert _status(cast).state == State.SUBMITTED
    copy = f"{cast.head.pk}-{_status(cast).pk} {TWO}"
    assert f'data-saved="{copy}"' in answer.content.decode()


def test_a_page_is_refused_once_somebody_else_has_written(cast: Cast, client: Client) -> None:
    _autosave(client, cast, cast.head, _typed(fields={"progress": "Min", "saves": ONE}))
    other = {"progress": "Den andens", "saves": THREE}
    _autosave(client, cast, cast.co_head, _typed(1, fields=other))
    mine = {"progress": "Min igen", "saves": f"{TWO} {ONE}"}
    answer = _autosave(client, cast, cast.head, _typed(1, fields=mine))
    assert answer.status_code == 409
    assert _status(cast).progress == "Den andens"
    kept = Event.objects.get(verb=REFUSED)
    assert kept.content["texts"]["progress"] == "Min igen"


@pytest.mark.parametrize("names", ["", "x", "<script>", "a " * 5000, "æ" * 40])
def test_names_that_are_none_change_nothing(cast: Cast, client: Client, names: str) -> None:
    _autosave(client, cast, cast.head, _typed(fields={"progress": "Ny", "saves": names}))
    assert (_status(cast).progress, _status(cast).saves) == ("Ny", [])
    answer = _autosave(client, cast, cast.head, _typed(fields={"saves": names}))
    assert answer.status_code == 409


# --- how much an autosave asks of the database --------------------------------------------------

#: What every request asks before a view is called: the session, the user, and what they may.
BEFORE_THE_VIEW = ("django_session", "actions_user", "actions_rolegrant")


@pytest.mark.parametrize("measured", [True, False], ids=["with a figure", "without figures"])
def test_an_autosave_of_a_changed_text_is_at_most_12_statements_and_none_after_the_commit(
    cast: Cast, client: Client, measured: bool
) -> None:
    """In the whole request, besides the transaction's beginning and end."""
    if measured:
        factory.make_indicator(cast.own_goal)
    _autosave(client, cast, cast.head, _typed(fields={"saves": ONE}))
    changed = _typed(1, {"progress": "Mere", "saves": f"{TWO} {ONE}"})
    with CaptureQueriesContext(connection) as queries:
        assert client.post(_url(cast, "autosave"), changed, headers=HTMX).status_code == 200
    asked = [query["sql"] for query in queries]
    before, of_the_view = asked[:3], asked[3:]
    assert all(table in sql for table, sql in zip(BEFORE_THE_VIEW, before, strict=True))
    assert len([sql for sql in asked if "SAVEPOINT" not in sql]) <= 12, asked
    assert of_the_view[-1].startswith("RELEASE SAVEPOINT"), "the line asks nothing any more"
    assert sum("actions_responsibility" in sql for sql in of_the_view[1:]) == 1


def test_a_figure_that_is_stored_as_it_stands_is_not_written_again(
    cast: Cast, client: Client
) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    figure = {f"value-{indicator.pk}": "3,5", "saves": ONE}
    _autosave(client, cast, cast.head, _typed(fields=figure))
    again = figure | {"progress": "Mere", "saves": f"{TWO} {ONE}"}
    with CaptureQueriesContext(connection) as queries:
        client.post(_url(cast, "autosave"), _typed(1, again), headers=HTMX)
    written = [query["sql"] for query in queries if "actions_measurement" in query["sql"]]
    assert written == [], "what is typed is in the status"
    assert [row["value"] for row in _status(cast).figures] == ["3.5"]
