"""The temamøde: programme, what the meeting came to, and where the head meets it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Event, Round
from actions.writing.refusals import NotAllowed
from reports.meeting import verbs
from reports.meeting.page import MeetingPage, get_meeting
from reports.models import Conclusion, Question, Selection
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_year(cast: Cast) -> Round:
    return factory.make_past_round(cast.catalogue, cast.round.year - 1)


@pytest.fixture
def selection(cast: Cast, last_year: Round) -> Selection:
    """A decision on both actions, on last year's report."""
    factory.hand_in_all(last_year)
    return factory.make_selection(factory.make_edition(cast.catalogue, last_year.year))


def at(route: str, selection: Selection, *more: object) -> str:
    return reverse(route, args=[selection.report.catalogue.slug, selection.report.year, *more])


def page_of(selection: Selection) -> MeetingPage:
    return get_meeting(selection.report.catalogue.slug, selection.report.year)


def typed(*lines: tuple[str, str, str], revision: int = 0, **more: str) -> dict[str, str]:
    fields = {"revision": str(revision)}
    for number, line in enumerate(lines):
        names = (f"lines-{number}-{name}" for name in ("title", "minutes", "action"))
        fields |= dict(zip(names, line, strict=True))
    return fields | more


def test_the_proposed_programme_can_be_saved_as_it_is(vuf: Client, selection: Selection) -> None:
    form = Page(vuf.get(at("programme", selection)).text).form_with("revision").fields
    answer = vuf.post(at("programme", selection), form | {"starts_at": "16.30"})
    assert answer.status_code == 302
    lines = page_of(selection).lines
    told = [
        (f"{row.starts:%H.%M}", row.chosen and row.chosen.number) for row in lines if row.starts
    ]
    assert told == [("16.30", None), ("16.40", 1), ("17.05", 2), ("17.30", None)]
    assert "kl. 16.30–17.45" in Page(vuf.get(at("theme_meeting", selection)).text).text


def test_a_wrong_line_is_told_at_its_field_and_nothing_is_saved(
    vuf: Client, selection: Selection
) -> None:
    answer = vuf.post(at("programme", selection), typed(("Velkomst", "mange", "999")))
    assert answer.status_code == 422
    assert 'value="mange"' in answer.text
    assert page_of(selection).meeting is None


def test_an_absurd_number_of_lines_is_answered(vuf: Client, selection: Selection) -> None:
    """Python reads no number of so many digits."""
    fields = {**typed(), f"lines-{'9' * 900}-title": "Ny", "do": f"up:lines-{'9' * 5000}"}
    assert vuf.post(at("programme", selection), fields).status_code == 200


def test_a_programme_that_was_changed_meanwhile_shows_both(
    vuf: Client, selection: Selection
) -> None:
    address = at("programme", selection)
    vuf.post(address, typed(("Den førstes", "10", "")))
    answer = vuf.post(address, typed(("Den andens", "20", ""), place="Salen"))
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "Den førstes" in page.text
    form = page.form_with("revision").fields
    assert (form["lines-0-title"], form["place"]) == ("Den andens", "Salen")
    assert [row.title for row in page_of(selection).items] == ["Den førstes"]
    assert vuf.post(address, form).status_code == 302
    assert [row.title for row in page_of(selection).items] == ["Den andens"]


def test_the_pages_show_the_edition_and_the_latest_decision(
    cast: Cast, vuf: Client, selection: Selection
) -> None:
    action = cast.own_goal.action
    published = action.title
    factory.make_selection(selection.edition, action, decision="Kun den ene.")
    cast.own_goal.text = "Et andet mål"
    cast.own_goal.save()
    for route in ("theme_meeting", "presentation"):
        words = Page(vuf.get(at(route, selection)).text).text
        assert published in words
        assert "Et andet mål" not in words
        assert cast.other_goal.action.title not in words


def test_the_meeting_shows_what_was_asked_and_answered(
    cast: Cast, client: Client, selection: Selection
) -> None:
    Question.objects.create(
        report=selection.report,
        action=cast.own_goal.action,
        text="Hvorfor i juni?",
        asked_at=selection.recorded_at,
        due=date(2026, 1, 1),
        answer="Fordi det passer.",
    )
    client.force_login(cast.council)
    for route in ("theme_meeting", "presentation"):
        words = Page(client.get(at(route, selection)).text).text
        assert "Hvorfor i juni?" in words
        assert "Fordi det passer." in words


def test_a_conclusion_meets_the_head_in_the_next_years_form_and_in_no_other(
    cast: Cast, vuf: Client, selection: Selection
) -> None:
    number = cast.own_goal.action.number
    vuf.post(at("conclusion", selection, number), {"revision": "0", "text": "Vis os tallene."})
    head = Client()
    head.force_login(cast.head)

    def form(year: int, goal: int) -> Page:
        return Page(head.get(reverse("status", args=[cast.catalogue.slug, year, goal])).text)

    shown = form(cast.round.year, cast.own_goal.pk)
    assert f"Temamødet den 18. juni {selection.report.year} konkluderede" in shown.text
    assert "Vis os tallene." in shown.text
    assert at("theme_meeting", selection) in shown.links
    assert "Vis os tallene." not in form(selection.report.year, cast.own_goal.pk).text
    assert "Vis os tallene." not in form(cast.round.year, cast.other_goal.pk).text


def test_two_conclusions_at_once_keep_both_texts(
    cast: Cast, vuf: Client, selection: Selection
) -> None:
    address = at("conclusion", selection, cast.own_goal.action.number)
    vuf.post(address, {"revision": "0", "text": "Den førstes ord."})
    answer = vuf.post(address, {"revision": "0", "text": "Den andens ord."})
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "Den førstes ord." in page.text
    form = page.form_with("revision").fields
    assert form["text"] == "Den andens ord."
    assert Conclusion.objects.get().text == "Den førstes ord."
    kept = Event.objects.get(verb="refuse_conclusion")
    assert kept.content == {"text": "Den andens ord."}
    assert vuf.post(address, form).status_code == 302
    assert Conclusion.objects.get().text == "Den andens ord."


def test_an_action_that_got_a_new_number_is_found_by_its_title(
    cast: Cast, selection: Selection
) -> None:
    for number, goal in ((9, cast.own_goal), (1, cast.other_goal)):
        goal.action.number = number
        goal.action.save()
    titles = {each.row.action.title: each.content["title"] for each in page_of(selection).chosen}
    assert all(title == published for title, published in titles.items())


def test_heads_of_chosen_actions_are_told_until_the_meeting_is_held(
    cast: Cast, client: Client, selection: Selection
) -> None:
    def told(name: str) -> bool:
        client.force_login(cast.people[name])
        page = Page(client.get(reverse("own_goals")).text)
        return any("/temamoede/#handling-" in link for link in page.links)

    assert not told("head")
    tomorrow = timezone.localdate() + timedelta(days=1)
    action = cast.own_goal.action
    factory.make_selection(selection.edition, action, theme_meeting_on=tomorrow)
    assert [told(name) for name in ("head", "co_head", "deputy", "other_head")] == [
        *(True, True, True),
        False,
    ]
    other = cast.other_goal.action
    factory.make_selection(selection.edition, other, theme_meeting_on=tomorrow)
    assert [told(name) for name in ("head", "other_head")] == [False, True]


def test_only_the_coordinator_writes_the_programme_and_the_conclusions(
    cast: Cast, selection: Selection
) -> None:
    """The verbs refuse anybody else, also if no view has asked first."""
    page, by = page_of(selection), factory.mandate(cast.committee)
    programme = verbs.Programme(None, "Rådhuset", "", [])
    with pytest.raises(NotAllowed):
        verbs.save_programme(report=page.report, programme=programme, revision=0, by=by)
    with pytest.raises(NotAllowed):
        verbs.save_conclusion(
            chosen=page.chosen[0], report=page.report, text="Mere fart.", revision=0, by=by
        )
    assert page_of(selection).meeting is None
    assert not Conclusion.objects.exists()
