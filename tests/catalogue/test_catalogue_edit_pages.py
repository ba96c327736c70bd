"""VUF edits the catalogue in the browser, by the rules of the catalogue file and its one import."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue.exporter import rows_of
from actions.catalogue.file import to_text, to_workbook
from actions.models import (
    Action,
    Catalogue,
    Event,
    Goal,
    Indicator,
    Initiative,
    InitiativeRelation,
    TargetRevision,
)
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import PageForm, read

pytestmark = pytest.mark.django_db


def address(cast: Cast, number: int = 1) -> str:
    return reverse("edit_action", args=[cast.catalogue.slug, number])


def form_at(client: Client, url: str) -> PageForm:
    return read(client.get(url)).form_with("seal")


def test_a_form_that_is_saved_as_it_stands_changes_nothing(vuf: Client, cast: Cast) -> None:
    factory.make_indicator(cast.own_goal, by_year=2030, baseline=Decimal("4.5"))
    before = to_text(rows_of(cast.catalogue.slug), "yaml")
    answer = vuf.post(address(cast), form_at(vuf, address(cast)).fields, follow=True)
    assert "Der var intet at ændre." in answer.text
    assert to_text(rows_of(cast.catalogue.slug), "yaml") == before
    assert not Event.objects.filter(verb="edit_catalogue").exists()


def test_every_part_of_an_action_can_be_changed_and_the_history_says_what(
    vuf: Client, cast: Cast
) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    initiative = Initiative.objects.get(action__number=1)
    other = Initiative.objects.get(action__number=2)
    InitiativeRelation.objects.create(initiative=other, related=initiative, order=1)
    typed = form_at(vuf, address(cast)).fields | {
        "title": "=En ny titel",
        "goals-0-text": "Et andet mål",
        "goals-0-indicators-0-name": "Et andet navn",
        "goals-0-indicators-0-unit": "km",
        "partners-0-name": "En anden forening",
        "initiatives-0-title": "Omdøbt",
        "responsible-2-position": "Vejchefen",
    }
    answer = vuf.post(address(cast), typed | {"do": "preview"})
    assert answer.status_code == 200
    assert "Titel: ”Handling nummer 1” → ”=En ny titel”" in read(answer).text
    assert Action.objects.get(number=1).title == "Handling nummer 1"
    assert vuf.post(address(cast), typed).status_code == 302
    indicator.refresh_from_db()
    assert (indicator.name, indicator.unit) == ("Et andet navn", "km")
    cast.own_goal.refresh_from_db()
    assert cast.own_goal.text == "Et andet mål"
    assert Action.objects.get(number=1).responsibilities.count() == 3
    # What points at a renamed initiative still does.
    assert other.relations.get().related.title == "Omdøbt"
    event = Event.objects.get(verb="edit_catalogue")
    assert event.actor == cast.coordinator
    assert "    Titel: ”Handling nummer 1” → ”=En ny titel”" in event.content["changes"]


def test_two_names_can_change_places(vuf: Client, cast: Cast) -> None:
    one, two = (factory.make_indicator(cast.own_goal, name=name) for name in ("Et", "To"))
    typed = form_at(vuf, address(cast)).fields
    typed |= {"goals-0-indicators-0-name": "To", "goals-0-indicators-1-name": "Et"}
    assert vuf.post(address(cast), typed).status_code == 302
    names = dict(Indicator.objects.values_list("pk", "name"))
    assert names == {one.pk: "To", two.pk: "Et"}


def test_rows_are_added_moved_and_removed_without_scripts(vuf: Client, cast: Cast) -> None:
    typed = form_at(vuf, address(cast)).fields | {"title": "Ikke gemt"}
    for order in ("add:goals", "add:goals-1-indicators", "up:goals-1", "remove:partners-0"):
        page = read(vuf.post(address(cast), typed | {"do": order}))
        typed = page.form_with("seal").fields
        if order == "add:goals":
            assert "autofocus" in page.html
            typed["goals-1-text"] = "Det nye"
    assert typed["goals-0-text"] == "Det nye"
    assert typed["title"] == "Ikke gemt"
    assert "goals-0-indicators-0-name" in typed
    assert "partners-0-name" not in typed
    assert Goal.objects.filter(action__number=1).count() == 1
    # The empty indicator is no row; the new goal stands before the old one, which is the same.
    assert vuf.post(address(cast), typed).status_code == 302
    goals = list(Goal.objects.filter(action__number=1).values_list("pk", "text"))
    assert goals[0][1] == "Det nye"
    assert goals[1][0] == cast.own_goal.pk


FAULTS = {
    "no title": ({"title": ""}, "Teksten er tom."),
    "a long unit": ({"goals-0-indicators-0-unit": "x" * 41}, "der er plads til 40"),
    "no figure": ({"goals-0-indicators-0-target": "mange"}, "Skriv et tal"),
    "by no year": (
        {"goals-0-indicators-0-timing": "by", "goals-0-indicators-0-by": ""},
        "Skriv et årstal.",
    ),
    "a post twice": ({"responsible-1-position": "Planchefen"}, "Stillingen står to gange"),
    "a post spelled anew": ({"responsible-0-position": "plan-chefen"}, "brug samme stavemåde"),
    "no such initiative": ({"initiatives-0-related-0-target": "9|x"}, "Der er ingen handling 9."),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_at_its_field_and_everything_stays(
    vuf: Client, cast: Cast, case: str
) -> None:
    factory.make_indicator(cast.own_goal)
    change, words = FAULTS[case]
    typed = form_at(vuf, address(cast)).fields | {"summary": "Står her endnu"} | change
    answer = vuf.post(address(cast), typed)
    assert answer.status_code == 422
    page = read(answer)
    assert words in page.text
    again = page.form_with("seal").fields
    del typed["csrfmiddlewaretoken"]
    assert {name: again.get(name, "") for name in typed} == typed
    assert again["summary"] == "Står her endnu"
    assert Action.objects.get(number=1).summary == "Hvad det betyder."


def test_a_goal_with_status_cannot_vanish(vuf: Client, cast: Cast) -> None:
    factory.hand_in(factory.status_of(cast.round, cast.own_goal))
    typed = form_at(vuf, address(cast)).fields | {"goals-1-text": "Et nyt mål i stedet"}
    typed = {name: text for name, text in typed.items() if not name.startswith("goals-0-")}
    answer = vuf.post(address(cast), typed)
    assert answer.status_code == 422
    assert "der er skrevet status på målet" in read(answer).text
    url = reverse("remove_action", args=[cast.catalogue.slug, 1])
    seal = vuf.get(url).context["seal"]
    assert vuf.post(url, {"seal": seal}).status_code == 422
    assert Goal.objects.filter(pk=cast.own_goal.pk).exists()


def test_what_cannot_be_removed_can_be_stopped(vuf: Client, cast: Cast) -> None:
    slug = cast.catalogue.slug
    remove = reverse("remove_action", args=[slug, 1])
    stop_action = reverse("stop_action", args=[slug, 1])
    stop_goal = reverse("stop_goal", args=[slug, 1, cast.own_goal.number])
    assert stop_action not in vuf.get(remove).content.decode()
    assert stop_goal not in vuf.get(address(cast)).content.decode()
    factory.hand_in(factory.status_of(cast.round, cast.own_goal), "draft")
    page = vuf.get(remove).content.decode()
    assert "Handlingen kan ikke fjernes" in page
    assert stop_action in page
    assert stop_goal in vuf.get(address(cast)).content.decode()


def test_a_target_that_was_reported_on_changes_only_by_a_decision(vuf: Client, cast: Cast) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    factory.hand_in(factory.status_of(cast.round, cast.own_goal))
    typed = form_at(vuf, address(cast)).fields | {"goals-0-indicators-0-target": "1.200,5"}
    asked = vuf.post(address(cast), typed)
    assert asked.status_code == 422
    form = read(asked).form_with("seal").fields
    assert form["goals-0-indicators-0-target"] == "1.200,5"
    decided = {
        "goals-0-indicators-0-decision": "Økonomiudvalget, punkt 5",
        "goals-0-indicators-0-decided_on": "",
    }
    assert set(decided) < set(form)
    undated = vuf.post(address(cast), form | decided)
    assert undated.status_code == 422
    assert "Vælg den dag, det blev besluttet." in read(undated).text
    today = timezone.localdate()
    ahead = {"goals-0-indicators-0-decided_on": (today + timedelta(days=1)).isoformat()}
    refused = vuf.post(address(cast), form | decided | ahead)
    assert refused.status_code == 422
    assert "Dagen er ikke kommet endnu." in read(refused).text
    decided["goals-0-indicators-0-decided_on"] = (today - timedelta(days=9)).isoformat()
    assert vuf.post(address(cast), form | decided).status_code == 302
    revision = TargetRevision.objects.get(indicator=indicator)
    assert timezone.localdate(revision.decided_at) == today - timedelta(days=9)
    assert (revision.old_target, revision.new_target) == (Decimal(100), Decimal("1200.5"))
    assert (revision.decision, revision.decided_by) == (
        "Økonomiudvalget, punkt 5",
        cast.coordinator,
    )
    page = read(vuf.get(reverse("action", args=[cast.catalogue.slug, 1])))
    assert "Økonomiudvalget, punkt 5" in page.text


def test_a_target_nobody_has_reported_on_is_simply_corrected(vuf: Client, cast: Cast) -> None:
    factory.make_indicator(cast.own_goal)
    typed = form_at(vuf, address(cast)).fields | {"goals-0-indicators-0-target": "7"}
    assert vuf.post(address(cast), typed).status_code == 302
    assert not TargetRevision.objects.exists()


def test_of_two_who_edit_at_once_the_second_sees_both(vuf: Client, cast: Cast) -> None:
    first = form_at(vuf, address(cast)).fields
    second = dict(first)
    elsewhere = form_at(vuf, address(cast, 2)).fields
    assert vuf.post(address(cast), first | {"title": "Den første"}).status_code == 302
    # Another action is no conflict.
    assert vuf.post(address(cast, 2), elsewhere | {"title": "Den anden"}).status_code == 302
    answer = vuf.post(address(cast), second | {"title": "Den senere"})
    assert answer.status_code == 409
    page = read(answer)
    assert "”Den første” → ”Den senere”" in page.text
    again = page.form_with("seal").fields
    assert again["title"] == "Den senere"
    assert vuf.post(address(cast), again).status_code == 302
    assert Action.objects.get(number=1).title == "Den senere"


def test_a_new_action_is_made_once_however_often_it_is_sent(vuf: Client, cast: Cast) -> None:
    url = reverse("new_action", args=[cast.catalogue.slug])
    typed = form_at(vuf, url).fields | {
        "title": "Ny",
        "responsible-0-position": "Planchefen",
        "goals-0-text": "Et mål",
    }
    assert [vuf.post(url, typed).status_code for _click in range(2)] == [302, 409]
    assert Action.objects.get(number=3).title == "Ny"


def test_actions_are_numbered_anew_until_there_is_a_round(vuf: Client, cast: Cast) -> None:
    url = reverse("edit_catalogue", args=[cast.catalogue.slug])
    swapped = form_at(vuf, url).fields | {"number-1": "2", "number-2": "1"}
    assert vuf.post(url, swapped).status_code == 409
    cast.round.events.all().delete()
    cast.round.statuses.all().delete()
    cast.round.delete()
    assert vuf.post(url, swapped | {"number-1": "1"}).status_code == 422
    assert vuf.post(url, swapped).status_code == 302
    titles = dict(Action.objects.values_list("number", "title"))
    assert titles == {2: "Handling nummer 1", 1: "Handling nummer 2"}
    assert cast.own_goal.action_id == Action.objects.get(number=2).pk


def test_a_new_catalogue_begins_empty(vuf: Client, cast: Cast) -> None:
    url = reverse("new_catalogue")
    fields = reverse("catalogue_fields", args=[cast.catalogue.slug])
    typed = form_at(vuf, fields).fields | {"title": "Næste", "slug": "kataloger"}
    assert "optaget" in vuf.post(url, typed).text
    typed["slug"] = cast.catalogue.slug
    assert vuf.post(url, typed).status_code == 422
    typed |= {"slug": "naeste", "period_to": "1950"}
    assert "slutter i 1950" in vuf.post(url, typed).text
    typed["period_to"] = typed["period_from"]
    typed["midterm_year"] = typed["period_from"]
    assert vuf.post(url, typed).status_code == 302
    assert Catalogue.objects.get(slug="naeste").actions.count() == 0
    assert vuf.get(reverse("edit_catalogue", args=["naeste"])).status_code == 200
    old = form_at(vuf, fields).fields
    assert vuf.post(fields, old | {"title": "A"}).status_code == 302
    conflict = vuf.post(fields, old | {"title": "B"})
    assert (conflict.status_code, read(conflict).form_with("seal").fields["title"]) == (409, "B")


def upload(client: Client, content: bytes) -> PageForm | None:
    file = SimpleUploadedFile("plan.xlsx", content)
    page = read(client.post(reverse("import_catalogue"), {"file": file}))
    return next((form for form in page.forms if "content" in form.fields), None)


def test_a_workbook_is_shown_first_and_brought_in_by_a_second_step(vuf: Client, cast: Cast) -> None:
    url = reverse("import_catalogue")
    indicator = factory.make_indicator(cast.own_goal)
    factory.hand_in(factory.status_of(cast.round, cast.own_goal))
    book = vuf.get(reverse("catalogue_workbook", args=[cast.catalogue.slug])).content
    assert upload(vuf, book) is None  # Nothing to change, nothing to say yes to.
    Indicator.objects.update(target=7)
    form = upload(vuf, book)
    assert form is not None
    assert Indicator.objects.get(pk=indicator.pk).target == 7
    assert vuf.post(url, form.fields).status_code == 422
    undated = form.fields | {"decision": "Byrådet, punkt 2"}
    assert vuf.post(url, undated).status_code == 422
    answer = undated | {"decided_on": timezone.localdate().isoformat()}
    Action.objects.filter(number=2).update(title="Ændret imens")
    assert vuf.post(url, answer).status_code == 409
    Action.objects.filter(number=2).update(title="Handling nummer 2")
    assert vuf.post(url, answer).status_code == 302
    assert Indicator.objects.get(pk=indicator.pk).target == 100
    assert TargetRevision.objects.get().decision == "Byrådet, punkt 2"


def test_a_file_with_faults_is_answered_with_all_of_them(vuf: Client, cast: Cast) -> None:
    file = SimpleUploadedFile("skabelon.xlsx", to_workbook(None))
    answer = vuf.post(reverse("import_catalogue"), {"file": file})
    assert answer.status_code == 422
    assert len(re.findall("arket Katalog, række", read(answer).text)) == 13
    assert vuf.post(reverse("import_catalogue"), {}).status_code == 422


def test_what_is_a_workbook_by_its_name_alone_is_refused_in_plain_words(vuf: Client) -> None:
    file = SimpleUploadedFile("katalog.XLSX", b"Handling;Titel")
    answer = vuf.post(reverse("import_catalogue"), {"file": file})
    assert answer.status_code == 422
    assert "men er ikke et regneark" in read(answer).text


def test_a_look_at_a_file_names_the_catalogue_it_changes(vuf: Client, cast: Cast) -> None:
    content = to_text(rows_of(cast.catalogue.slug), "json").replace("Planstrategi", "Ny plan")
    file = SimpleUploadedFile("katalog.json", content.encode())
    page = read(vuf.post(reverse("import_catalogue"), {"file": file}))
    assert f"Det ændres i {cast.catalogue}" in page.text
