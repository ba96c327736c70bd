"""The page where a head gives a goal its status: what it shows, and what a refusal gives back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.lights import Light
from actions.models import Event, GoalStatus, Indicator, Measurement, State, User
from actions.rounds import verbs as rounds_verbs
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, stored_entry
from reports.models import Part
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, hand_in, mandate, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db

type Typed = dict[str, str]


class Desk:
    """Somebody at the status page of the cast's own goal."""

    def __init__(self, cast: Cast, user: User) -> None:
        self.cast = cast
        self.client = Client()
        self.client.force_login(user)
        self.url = reverse("status", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])

    def look(self) -> Page:
        answer = self.client.get(self.url)
        assert answer.status_code == 200
        return read(answer)

    def post(self, typed: Typed, move: str = "save") -> HttpResponse:
        """Sends exactly this."""
        answer = self.client.post(self.url, typed | {"move": move})
        assert isinstance(answer, HttpResponse)
        return answer

    def fill(self, page: Page, move: str = "save", **typed: str) -> HttpResponse:
        """Fills in a page that was opened, as a browser does, and presses a button."""
        form = page.form_with("revision")
        assert ("move", move) in form.buttons
        return self.post(form.fields | typed, move)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast, cast.head)


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Besøg i året")


def stored(cast: Cast) -> GoalStatus:
    return status_of(cast.round, cast.own_goal)


def assert_kept(answer: HttpResponse, typed: Typed) -> Page:
    """Everything that was typed stands in the fields of the answer."""
    page = read(answer)
    fields = page.form_with("revision").fields
    assert {name: fields[name] for name in typed} == typed
    return page


# What the page shows.


def test_the_head_lands_on_own_goals_with_the_due_day_and_opens_the_form(desk: Desk) -> None:
    due = desk.cast.round.due
    page = read(desk.client.get(reverse("home"), follow=True))
    assert "Frist den" in page.text
    assert f"{due.day}. " in page.text
    assert "om 10 dage" in page.text
    assert "Ikke begyndt" in page.text
    assert desk.url in page.links
    assert desk.cast.own_goal.text in desk.look().text


def test_last_years_text_light_promise_and_figure_stand_beside_the_fields(
    desk: Desk, indicator: Indicator
) -> None:
    before = factory.make_past_round(desk.cast.catalogue, desk.cast.round.year - 1)
    old = hand_in(
        status_of(before, desk.cast.own_goal),
        light=Light.AT_RISK,
        progress="Sidste års fremdrift.",
        cause="Sidste års årsag.",
        consequence="Sidste års konsekvens.",
        next_step="Sidste års løfte.",
    )
    Measurement.objects.append(
        indicator=indicator, status=old, year=before.measured_year, value=Decimal("1234.5")
    )
    page = desk.look()
    for words in (
        "Sidste års fremdrift.",
        "Sidste års årsag.",
        "Sidste års konsekvens.",
        "Sidste år lovede I Sidste års løfte.",
        f"Vurderingen i {before.year}: Opmærksomhed",
        f"Besøg i året, {before.measured_year} 1.234,5\u00a0besøg".replace("\u00a0", " "),
        f"Tallene for {desk.cast.round.measured_year}",
    ):
        assert words in page.text
    assert page.form_with("revision").fields["progress"] == ""


def test_last_years_draft_of_another_head_does_not_show(desk: Desk) -> None:
    before = factory.make_past_round(desk.cast.catalogue, desk.cast.round.year - 1)
    hand_in(status_of(before, desk.cast.other_goal), "draft", progress="HEMMELIGT")
    hand_in(status_of(desk.cast.round, desk.cast.other_goal), progress="Åbent.")
    url = reverse(
        "status",
        args=[desk.cast.catalogue.slug, desk.cast.round.year, desk.cast.other_goal.pk],
    )
    page = read(desk.client.get(url))
    assert "Åbent." in page.text
    assert "HEMMELIGT" not in page.html


def test_an_opened_form_holds_what_is_saved(desk: Desk, indicator: Indicator) -> None:
    name = f"value-{indicator.pk}"
    typed = {"light": "at_risk", "progress": "Linje et\n\n  Linje to", name: "1.000,50"}
    assert desk.fill(desk.look(), **typed).status_code == 302
    fields = desk.look().form_with("revision").fields
    assert fields["progress"] == typed["progress"]
    assert (fields["light"], fields[name], fields["revision"]) == ("at_risk", "1.000,5", "1")


def test_saved_figures_suggest_a_light(desk: Desk, indicator: Indicator) -> None:
    assert "foreslår:" not in desk.look().text
    desk.fill(desk.look(), **{f"value-{indicator.pk}": "85"})
    assert "Tallene foreslår: Kræver handling" in desk.look().text


def test_a_returned_status_shows_why_above_the_form(desk: Desk) -> None:
    hand_in(stored(desk.cast), "submitted")
    status_verbs.return_to_head(
        status=stored(desk.cast),
        by=mandate(desk.cast.coordinator),
        revision=1,
        comment="Uddyb <årsagen>.",
    )
    page = desk.look()
    assert "Sendt tilbage af Coordinator" in page.text
    assert "Uddyb <årsagen>." in page.text
    assert page.form_with("revision").fields["progress"] == "Det går fremad."


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_is_handed_in_is_shown_without_a_form(desk: Desk, state: str) -> None:
    hand_in(stored(desk.cast), state)
    page = desk.look()
    assert "Det går fremad." in page.text
    assert not [form for form in page.forms if "revision" in form.fields]


def test_a_skribent_gets_no_button_to_submit_with(cast: Cast) -> None:
    def buttons(user: User) -> list[str]:
        return [value for _name, value in Desk(cast, user).look().form_with("revision").buttons]

    assert buttons(cast.head) == buttons(cast.deputy) == ["save", "look", "save", "submit"]
    assert buttons(cast.writer) == ["save", "look", "save"]


@pytest.mark.parametrize("moved", [-30, 30])
def test_outside_the_rounds_days_there_is_nothing_to_write(desk: Desk, moved: int) -> None:
    round_ = desk.cast.round
    for name in ("opens", "due", "closes"):
        setattr(round_, name, getattr(round_, name) + timedelta(days=moved))
    round_.save()
    page = desk.look()
    assert not [form for form in page.forms if "revision" in form.fields]
    words = "Statusrunden er lukket" if moved < 0 else "Statusrunden åbner den"
    assert words in page.text


# Saving and submitting.


def test_saving_keeps_a_draft_and_says_so(desk: Desk) -> None:
    answer = desk.fill(desk.look(), progress="Halvfærdig")
    assert (answer.status_code, answer.headers["Location"]) == (302, desk.url)
    page = desk.look()
    assert "Kladden er gemt." in page.text
    assert page.form_with("revision").fields["progress"] == "Halvfærdig"
    assert (stored(desk.cast).state, stored(desk.cast).author_name) == (State.DRAFT, "Head")


def test_submitting_thanks_and_leads_to_the_next_goal(desk: Desk) -> None:
    action = desk.cast.own_goal.action
    factory.make_passage(desk.cast.catalogue, Part.HEAD, action, choice="continue")
    answer = desk.fill(desk.look(), "submit", light="on_track", progress="Vi er i mål snart.")
    assert answer.headers["Location"] == reverse("own_goals")
    page = read(desk.client.get(reverse("own_goals")))
    assert "Status er indsendt." in page.text
    assert "Alt er indsendt. Tak for det!" in page.text
    assert stored(desk.cast).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("light", "messages"),
    [
        ("", ["Vælg en vurdering.", "Skriv, hvad der er sket siden sidste år."]),
        ("off_track", ["Skriv årsagen", "Skriv konsekvensen", "Skriv det næste skridt"]),
        ("not_assessable", ["Skriv, hvorfor målet ikke kan vurderes."]),
    ],
)
def test_an_incomplete_submit_names_what_lacks_and_is_kept_as_a_draft(
    desk: Desk, indicator: Indicator, light: str, messages: list[str]
) -> None:
    source = f"source-{indicator.pk}"
    answer = desk.fill(desk.look(), "submit", light=light, **{source: "Optælling"})
    assert answer.status_code == 422
    page = assert_kept(answer, {source: "Optælling", "revision": "1"})
    for message in [*messages, "Skriv årets tal, eller skriv, hvorfor det mangler."]:
        assert message in page.text
    assert stored(desk.cast).state == State.DRAFT
    complete = dict.fromkeys(("progress", "cause", "consequence", "next_step"), "Fordi.") | {
        "why_not_assessable": "Fordi.",
        "why_differs": "Fordi.",
        "light": light or "achieved",
    }
    again = desk.post(
        page.form_with("revision").fields | complete | {f"missing-{indicator.pk}": "Kommer."},
        "submit",
    )
    assert again.status_code == 302
    assert stored(desk.cast).state == State.SUBMITTED


def test_a_double_click_on_an_incomplete_submit_is_no_error_of_the_server(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both clicks find the status incomplete; the first is kept, the second comes too late."""
    submit = status_verbs.submit

    def first_click_is_faster(**kwargs: object) -> GoalStatus:
        try:
            return submit(**kwargs)  # type: ignore[arg-type]
        except status_verbs.Incomplete:
            status = stored(desk.cast)
            status.revision += 1
            status.save()
            raise

    monkeypatch.setattr(status_verbs, "submit", first_click_is_faster)
    answer = desk.fill(desk.look(), "submit", progress="Min tekst")
    assert answer.status_code == 409
    assert_kept(answer, {"progress": "Min tekst", "revision": "1"})


# Figures as they are typed.


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3,3", "3.3"),
        ("3.3", "3.3"),
        ("1.000", "1000"),
        ("1.000,5", "1000.5"),
        (" 1\u00a0000 ", "1000"),
        ("-2,5", "-2.5"),
        ("12 besøg", "12"),
        ("12besøg", "12"),
        ("0", "0"),
    ],
)
def test_a_figure_is_read_as_danish_first(
    desk: Desk, indicator: Indicator, typed: str, value: str
) -> None:
    answer = desk.fill(desk.look(), **{f"value-{indicator.pk}": typed})
    assert answer.status_code == 302
    (figure,) = stored_entry(stored(desk.cast)).figures
    assert figure.value == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "abc",
            "12 stk",
            "1e5",
            "NaN",
            "-Infinity",
            "1,2,3",
            "1.00.000",
            "3,",
            "½",
            "١٢",
            "besøg!",
        ),
        *("3\x003", "<b>3</b>", "123456789012345", "0,12345", "--1"),
    ],
)
def test_what_is_no_number_is_pointed_out_and_kept_as_it_was_typed(
    desk: Desk, indicator: Indicator, typed: str
) -> None:
    name = f"value-{indicator.pk}"
    answer = desk.fill(desk.look(), progress="Min tekst", **{name: typed})
    assert answer.status_code == 422
    page = assert_kept(answer, {"progress": "Min tekst", name: typed})
    assert any(
        words in page.text
        for words in ("Skriv et tal, fx 3,3 eller 1.000.", "Tallet er for stort", "højst 4 cifre")
    )
    assert not Measurement.objects.exists()
    assert stored(desk.cast).unparsed == {name: typed.replace("\0", "")}
    assert desk.look().form_with("revision").fields["progress"] == "Min tekst"


def test_a_figure_and_a_reason_why_it_is_missing_exclude_each_other(
    desk: Desk, indicator: Indicator
) -> None:
    typed = {f"value-{indicator.pk}": "12", f"missing-{indicator.pk}": "Kommer i maj."}
    answer = desk.fill(desk.look(), **typed)
    assert answer.status_code == 422
    page = assert_kept(answer, typed)
    assert "Slet tallet eller grunden til, at det mangler." in page.text


def test_a_figure_of_another_goal_and_fields_that_do_not_exist_change_nothing(
    desk: Desk, indicator: Indicator
) -> None:
    foreign = factory.make_indicator(desk.cast.other_goal)
    intruders = {
        f"value-{foreign.pk}": "1",
        "value-999999": "2",
        "state": "approved",
        "author_name": "En anden",
        "is_example": "1",
    }
    answer = desk.post(desk.look().form_with("revision").fields | intruders | {"progress": "Min"})
    assert answer.status_code == 302
    assert not Measurement.objects.exists()
    assert (stored(desk.cast).state, stored(desk.cast).author_name) == (State.DRAFT, "Head")


# Texts as they are typed.


def test_a_text_over_the_hard_limit_is_kept_in_the_draft_with_the_count_and_nothing_is_cut(
    desk: Desk,
) -> None:
    text = "æ" * 4007
    answer = desk.fill(desk.look(), progress=text, next_step="Et skridt")
    assert answer.status_code == 422
    page = assert_kept(answer, {"progress": text, "next_step": "Et skridt"})
    assert "Teksten er på 4.007 tegn. Der er plads til 4.000 – forkort den med 7." in page.text
    assert stored(desk.cast).progress == text


def test_line_breaks_count_as_one_character_and_the_limit_itself_is_allowed(desk: Desk) -> None:
    text = "a\r\n" * 1999 + "bb"
    assert desk.fill(desk.look(), progress=text).status_code == 302
    assert stored(desk.cast).progress == text.replace("\r\n", "\n")
    assert len(stored(desk.cast).progress) == 4000


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('hov')</script><b>fed</b> &amp; &lt;",
        '" autofocus onfocus="alert(1)',
        "</textarea><h1>Hov</h1>",
        "{{ settings.SECRET_KEY }} {% now 'Y' %}",
        "Det går 👍🏽 – 👨‍👩‍👧 العربية 中文 e\u0301 \u202e",
        "\n\nTo tomme linjer først kommer ikke med, men denne\n\nbliver",
    ],
)
def test_any_text_is_shown_as_it_was_typed_and_never_as_markup(desk: Desk, text: str) -> None:
    desk.fill(desk.look(), progress="x", light="on_track")
    usual = desk.look()
    desk.fill(usual, progress=text)
    page = desk.look()
    assert page.form_with("revision").fields["progress"] == text.strip()
    assert set(page.structure) == set(usual.structure)
    desk.fill(page, "submit")
    assert " ".join(text.split()) in desk.look().text


def test_control_characters_go_and_the_text_stays(desk: Desk) -> None:
    assert desk.fill(desk.look(), progress="Før\x00\x07efter").status_code == 302
    assert stored(desk.cast).progress == "Førefter"


def test_an_unknown_light_is_refused_and_the_text_stays(desk: Desk) -> None:
    answer = desk.fill(desk.look(), light="<i>lilla</i>", progress="Min tekst")
    assert answer.status_code == 422
    page = assert_kept(answer, {"progress": "Min tekst"})
    assert "Marker en gyldig valgmulighed. <i>lilla</i> er ikke en af de" in page.text


# Refused because the world has moved: 409, with all that was typed.


def test_a_second_submit_of_the_same_form_is_refused_and_keeps_the_text(desk: Desk) -> None:
    page = desk.look()
    assert desk.fill(page, "submit", light="on_track", progress="Første").status_code == 302
    answer = desk.fill(page, "submit", light="achieved", progress="Anden")
    assert answer.status_code == 409
    again = assert_kept(answer, {"light": "achieved", "progress": "Anden"})
    assert "Status er allerede indsendt" in again.text
    assert "Første" in again.text
    assert again.form_with("revision").buttons == []
    assert stored(desk.cast).progress == "Første"
    assert Event.objects.filter(verb="submit").count() == 1


def test_a_round_closed_meanwhile_refuses_the_save_and_keeps_the_text(
    desk: Desk, indicator: Indicator
) -> None:
    page = desk.look()
    rounds_verbs.close_round(round_=desk.cast.round, by=mandate(desk.cast.coordinator))
    typed = {"progress": "Min tekst", f"value-{indicator.pk}": "12,5"}
    for move in ("save", "submit"):
        answer = desk.fill(page, move, **typed)
        assert answer.status_code == 409
        again = assert_kept(answer, typed)
        assert "Din tekst er ikke gemt Statusrunden er ikke åben." in again.text
        assert "Udviklingsforvaltningen" in again.text
    assert stored(desk.cast).revision == 0


def test_the_co_heads_text_and_mine_stand_side_by_side_and_mine_can_still_be_saved(
    cast: Cast,
) -> None:
    mine, theirs = Desk(cast, cast.head), Desk(cast, cast.co_head)
    opened = mine.look()
    theirs.fill(theirs.look(), progress="Medchefens <tekst>")
    answer = mine.fill(opened, progress="Min tekst")
    assert answer.status_code == 409
    page = assert_kept(answer, {"progress": "Min tekst"})
    assert "Co-head har ændret denne status, siden du åbnede siden." in page.text
    assert "Medchefens <tekst>" in page.text
    assert stored(cast).progress == "Medchefens <tekst>"
    assert mine.fill(page, progress="Vores tekst").status_code == 302
    assert stored(cast).progress == "Vores tekst"


@pytest.mark.parametrize("revision", [None, "", "-1", "en", "1.5", "9" * 400, "7"])
def test_a_version_that_was_tampered_with_loses_no_text_and_shows_a_way_on(
    desk: Desk, revision: str | None
) -> None:
    hand_in(stored(desk.cast), "draft", progress="Gemt")
    fields = desk.look().form_with("revision").fields | {"progress": "Min tekst"}
    fields.pop("revision")
    answer = desk.post(fields if revision is None else fields | {"revision": revision})
    assert answer.status_code == 409
    page = assert_kept(answer, {"progress": "Min tekst", "revision": "1"})
    assert "Din tekst er ikke gemt" in page.text
    assert "siden du åbnede siden" in page.text or "Siden er for gammel" in page.text
    assert stored(desk.cast).progress == "Gemt"
    assert desk.fill(page).status_code == 302
    assert stored(desk.cast).progress == "Min tekst"


def test_a_skribent_who_submits_all_the_same_is_refused_and_keeps_the_text(cast: Cast) -> None:
    desk = Desk(cast, cast.writer)
    fields = desk.look().form_with("revision").fields | {"light": "on_track", "progress": "Min"}
    answer = desk.post(fields, "submit")
    assert answer.status_code == 409
    page = assert_kept(answer, {"progress": "Min"})
    assert "Du har ikke ret til at gøre dette på målet." in page.text
    assert stored(cast).state == State.NOT_STARTED


def test_who_lost_the_post_while_writing_gets_what_does_not_exist(desk: Desk) -> None:
    page = desk.look()
    desk.cast.position.appointments.filter(user=desk.cast.head).update(
        ends=timezone.localdate() - timedelta(days=1)
    )
    assert desk.fill(page, progress="Min tekst").status_code == 404
    assert stored(desk.cast).revision == 0


def test_a_form_without_its_token_is_refused_in_danish(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.head)
    url = Desk(cast, cast.head).url
    page = read(client.get(url))
    form = page.form_with("revision").fields | {"progress": "Min tekst"}
    token = form.pop("csrfmiddlewaretoken")
    refused = client.post(url, form)
    assert refused.status_code == 403
    assert "Siden var for gammel" in refused.text
    assert stored(cast).revision == 0
    assert client.post(url, form | {"csrfmiddlewaretoken": token}).status_code == 302


def test_saving_the_same_again_adds_no_history(desk: Desk) -> None:
    by = mandate(desk.cast.head)
    typed = Entry(entry().light, dict.fromkeys(GoalStatus.TEXTS[:-1], "Tekst"))
    status_verbs.save_draft(status=stored(desk.cast), by=by, entry=typed, revision=0)
    assert desk.fill(desk.look()).status_code == 302
    assert Event.objects.count() == 1
