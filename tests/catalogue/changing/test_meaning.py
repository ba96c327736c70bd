"""A goal's text: corrected, or given a new meaning by a decision with a day."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue.exporter import rows_of
from actions.catalogue.file import to_text
from actions.catalogue.versions.store import add_version
from actions.models import CatalogueVersion, Goal
from actions.models.versions import turns_of
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import read

pytestmark = pytest.mark.django_db

NEW = "Personaleomsætningen falder på ældreområdet."


@pytest.fixture
def old(cast: Cast) -> str:
    """The text of a goal that has been reported on."""
    add_version(cast.catalogue)
    past = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    factory.hand_in(factory.status_of(past, cast.own_goal))
    return cast.own_goal.text


def address(cast: Cast) -> str:
    return reverse("edit_action", args=[cast.catalogue.slug, 1])


def save(vuf: Client, cast: Cast, **typed: str) -> tuple[int, str]:
    fields = read(vuf.get(address(cast))).form_with("seal").fields
    typed = {f"goals-0-{name}": text for name, text in typed.items()}
    answer = vuf.post(address(cast), fields | {"goals-0-text": NEW} | typed)
    return answer.status_code, answer.content.decode()


def day(ago: int) -> str:
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


def test_a_new_text_is_saved_only_with_a_word_on_what_it_is(
    vuf: Client, cast: Cast, old: str
) -> None:
    code, page = save(vuf, cast)
    assert code == 422
    assert "Sproglig rettelse" in page
    assert Goal.objects.get(pk=cast.own_goal.pk).text == old
    assert save(vuf, cast, change="language")[0] == 302
    assert Goal.objects.get(pk=cast.own_goal.pk).text == NEW
    assert turns_of(cast.catalogue) == []


REFUSED = {
    "no decision": ({"decided_on": day(3)}, "Skriv den beslutning"),
    "no day": ({"decision": "Byrådet, punkt 7"}, "Vælg den dag, det blev besluttet."),
    "a day ahead": (
        {"decision": "Byrådet, punkt 7", "decided_on": day(-3)},
        "Dagen er ikke kommet endnu.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_new_meaning_needs_a_decision_and_a_day_that_has_come(
    vuf: Client, cast: Cast, old: str, case: str
) -> None:
    typed, words = REFUSED[case]
    code, page = save(vuf, cast, change="meaning", **typed)
    assert (code, words in page) == (422, True)
    assert NEW in page
    assert Goal.objects.get(pk=cast.own_goal.pk).text == old


def test_a_new_meaning_is_in_force_from_its_day_and_the_earlier_light_keeps_its_text(
    vuf: Client, cast: Cast, old: str
) -> None:
    typed = {"change": "meaning", "decision": "Byrådet, punkt 7", "decided_on": day(3)}
    assert save(vuf, cast, **typed)[0] == 302
    version = CatalogueVersion.objects.latest("pk")
    assert version.decided_on == date.fromisoformat(day(3))
    assert version.decision == "Byrådet, punkt 7"
    [turn] = turns_of(cast.catalogue)
    assert (turn.goal, turn.before, turn.day.isoformat()) == (cast.own_goal.pk, old, day(3))
    page = read(vuf.get(reverse("action", args=[cast.catalogue.slug, 1]))).text
    assert f"Målet lød: »{old}«" in page
    past = cast.catalogue.rounds.get(year=cast.round.year - 1)
    assert old in read(vuf.get(past.get_absolute_url())).text
    assert old not in read(vuf.get(cast.round.get_absolute_url())).text
    assert "Byrådet, punkt 7" in page


def test_two_decisions_of_different_days_are_saved_one_by_one(
    vuf: Client, cast: Cast, old: str
) -> None:
    factory.make_indicator(cast.own_goal)
    changed = {
        "indicators-0-target": "7",
        "indicators-0-decision": "Byrådet, punkt 1",
        "indicators-0-decided_on": day(9),
    }
    meaning = {"change": "meaning", "decision": "Byrådet, punkt 7", "decided_on": day(3)}
    code, page = save(vuf, cast, **changed, **meaning)
    assert (code, "hver sin dag" in page) == (422, True)
    assert save(vuf, cast, **changed, **meaning | {"decided_on": day(9)})[0] == 302


def test_a_file_in_the_browser_asks_the_same(vuf: Client, cast: Cast, old: str) -> None:
    url = reverse("import_catalogue")
    text = to_text(rows_of(cast.catalogue.slug), "json").replace(old, NEW)
    shown = vuf.post(url, {"file": SimpleUploadedFile("k.json", text.encode())})
    fields = read(shown).form_with("content").fields
    assert f"»{old}«" in read(shown).text
    assert vuf.post(url, fields).status_code == 422
    assert vuf.post(url, fields | {"change": "meaning"}).status_code == 422
    assert vuf.post(url, fields | {"change": "meaning", "decision": "Ja"}).status_code == 422
    decided = {"change": "meaning", "decision": "Byrådet", "decided_on": day(3)}
    assert vuf.post(url, fields | decided).status_code == 302
    [turn] = turns_of(cast.catalogue)
    assert (turn.before, turn.decision) == (old, "Byrådet")


def test_the_command_corrects_unless_it_names_a_decision(
    cast: Cast, old: str, tmp_path: object
) -> None:
    file = f"{tmp_path}/katalog.json"

    def bring(before: str, after: str, *more: str) -> None:
        text = to_text(rows_of(cast.catalogue.slug), "json")
        with open(file, "w", encoding="utf-8") as out:  # noqa: PTH123
            out.write(text.replace(before, after))
        call_command("import_catalogue", file, *more)

    bring(old, "Ret stavet.")
    assert turns_of(cast.catalogue) == []
    bring("Ret stavet.", NEW, "--decision", "Byrådet", "--decided-on", day(3))
    [turn] = turns_of(cast.catalogue)
    assert (turn.before, turn.decision, turn.day.isoformat()) == ("Ret stavet.", "Byrådet", day(3))
    with pytest.raises(CommandError, match="er ikke kommet endnu"):
        bring(NEW, "Noget tredje.", "--decision", "Byrådet", "--decided-on", day(-3))
    assert Goal.objects.get(pk=cast.own_goal.pk).text == NEW
