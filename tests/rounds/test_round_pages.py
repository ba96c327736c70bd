"""The coordinator's desk: opening, following, reviewing and closing a round, page by page."""

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.lights import Light
from actions.models import Event, Round, RoundState, State
from actions.rounds import verbs
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, mandate, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


def day(offset: int) -> str:
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


class Desk:
    """The coordinator at the pages of the cast's round."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.client = Client()
        self.client.force_login(cast.coordinator)

    def url(self, name: str, *more: int) -> str:
        year = [] if name in {"open_round", "rounds", "catalogue"} else [self.cast.round.year]
        return reverse(name, args=[self.cast.catalogue.slug, *year, *more])

    def look(self, name: str, *more: int) -> Page:
        answer = self.client.get(self.url(name, *more))
        assert answer.status_code == 200
        return read(answer)

    def post(self, name: str, *more: int, **typed: str) -> HttpResponse:
        answer = self.client.post(self.url(name, *more), typed)
        assert isinstance(answer, HttpResponse)
        return answer

    def follow(self, name: str, *more: int, **typed: str) -> Page:
        """Posts, and reads the page it leads to."""
        answer = self.client.post(self.url(name, *more), typed, follow=True)
        assert answer.redirect_chain, "the form was refused"
        return read(answer)

    @property
    def goal(self) -> int:
        return self.cast.own_goal.pk


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def submitted(desk: Desk, **kwargs: object) -> None:
    hand_in(status_of(desk.cast.round, desk.cast.own_goal), "submitted", **kwargs)


# Opening.


def new_round(desk: Desk, **changes: str) -> dict[str, str]:
    """A form for last year's round that is right but for the changes."""
    year = desk.cast.round.year - 1
    right = {
        "year": str(year),
        "measured_year": str(year - 1),
        "opens": day(-1),
        "due": day(10),
        "closes": day(20),
    }
    return right | changes


def test_a_round_is_opened_with_an_empty_status_on_every_goal(desk: Desk) -> None:
    page = desk.follow("open_round", **new_round(desk))
    assert "Runden er oprettet." in page.text
    assert "0 af 2 mål er indsendt" in page.text
    made = Round.objects.get(year=desk.cast.round.year - 1)
    assert made.statuses.filter(state=State.NOT_STARTED).count() == 2
    assert made.get_absolute_url() in read(desk.client.get(desk.url("rounds"))).links


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"opens": ""}, "Åbner – Vælg en dato."),
        ({"opens": "i morgen"}, "Skriv en dato, der findes, fx 31-12-2026."),
        ({"due": "31-02-2026"}, "Skriv en dato, der findes, fx 31-12-2026."),
        ({"closes": "2026-13-01"}, "Skriv en dato, der findes, fx 31-12-2026."),
        ({"opens": day(11)}, "Fristen ligger før åbningen. Vælg en senere dag."),
        ({"closes": day(9)}, "Runden lukker før fristen. Vælg en senere dag."),
        (
            {"opens": "2024-01-01", "due": "2024-02-01", "closes": "2024-03-01"},
            "Dagen er gået. Vælg en dag fra i dag og frem.",
        ),
        ({"year": "1999"}, "Vælg et år fra "),
        ({"year": "9" * 30}, "Vælg et år fra "),
        ({"year": "to tusind"}, "Indtast et heltal."),
        ({"year": ""}, "Rundens år – Dette felt er påkrævet."),
        ({"measured_year": "1"}, "Vælg rundens år eller et af de to år før."),
        ({"measured_year": "0"}, "Vælg rundens år eller et af de to år før."),
        ({"measured_year": "2150"}, "Vælg rundens år eller et af de to år før."),
        ({"measured_year": "-2025"}, "Vælg rundens år eller et af de to år før."),
    ],
)
def test_a_wrong_round_is_refused_in_words_and_keeps_what_was_typed(
    desk: Desk, changes: dict[str, str], message: str
) -> None:
    typed = new_round(desk, **changes)
    answer = desk.post("open_round", **typed)
    assert answer.status_code == 422
    page = read(answer)
    assert message in page.text
    fields = page.form_with("closes").fields
    assert {name: fields[name] for name in typed} == typed
    assert Round.objects.count() == 1


def test_the_days_may_be_typed_the_danish_way(desk: Desk) -> None:
    year = desk.cast.round.year + 1
    typed = {"opens": f"1-3-{year}", "due": f"01.04.{year}", "closes": f"30/4 {year}"}
    desk.follow("open_round", **new_round(desk, **typed))
    made = Round.objects.get(year=desk.cast.round.year - 1)
    assert (made.opens, made.due, made.closes) == (
        date(year, 3, 1),
        date(year, 4, 1),
        date(year, 4, 30),
    )


@pytest.mark.parametrize("clash", ["year", "measured_year"])
def test_a_year_has_one_round_and_is_measured_once(desk: Desk, clash: str) -> None:
    year = desk.cast.round.year
    typed = new_round(desk, measured_year=str(year - 1))
    if clash == "year":
        typed |= {"year": str(year), "measured_year": str(year - 2)}
    answer = desk.post("open_round", **typed)
    assert answer.status_code == 422
    page = read(answer)
    assert "Der er allerede en statusrunde for" in page.text
    assert page.form_with("closes").fields["due"] == typed["due"]
    assert Round.objects.count() == 1


# The overview, and who sees which light.


def test_the_overview_counts_every_state(desk: Desk) -> None:
    submitted(desk)
    hand_in(status_of(desk.cast.round, desk.cast.other_goal), "approved")
    page = desk.look("round")
    assert "2 af 2 mål er indsendt" in page.text
    assert "100 %" in page.text
    for words in ("Indsendt 1", "Godkendt 1", "Kladde 0", "Ikke begyndt 0", "Sendt tilbage 0"):
        assert words in page.text


READERS = ("other_head", "group_member", "strategic_forum")
WRITERS = ("head", "deputy", "coordinator", "colleague")


@pytest.mark.parametrize("state", ["not_started", "draft", "returned"])
def test_a_light_that_is_not_handed_in_is_nowhere_for_other_readers(cast: Cast, state: str) -> None:
    """Neither as word, colour nor class: the page is the same whatever the draft's light is."""
    addresses = [
        reverse("round", args=[cast.catalogue.slug, cast.round.year]),
        reverse("round", args=[cast.catalogue.slug, cast.round.year]) + "?vis=mangler",
        reverse("catalogue", args=[cast.catalogue.slug]),
        reverse("action", args=[cast.catalogue.slug, 1]),
    ]
    status = status_of(cast.round, cast.own_goal)

    def pages(name: str, light: str) -> list[str]:
        hand_in(status, state, light=light, progress=f"HEMMELIGT {light}", revision=1)
        client = Client()
        client.force_login(cast.people[name])
        return [client.get(url).text.split("<main")[1] for url in addresses]

    for name in READERS:
        hidden = pages(name, Light.OFF_TRACK)
        assert hidden == pages(name, Light.ACHIEVED), name
        assert not [page for page in hidden if "HEMMELIGT" in page], name
    for name in WRITERS:
        shown = pages(name, Light.OFF_TRACK)
        assert all("Kræver handling" in page for page in shown), name


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_light_that_is_handed_in_is_seen_by_all_readers(cast: Cast, state: str) -> None:
    hand_in(status_of(cast.round, cast.own_goal), state, light=Light.OFF_TRACK)
    for name in (*READERS, *WRITERS):
        client = Client()
        client.force_login(cast.people[name])
        page = client.get(reverse("round", args=[cast.catalogue.slug, cast.round.year]))
        assert "Kræver handling" in page.text, name


def test_last_years_draft_is_no_light_of_last_year(desk: Desk) -> None:
    before = factory.make_past_round(desk.cast.catalogue, desk.cast.round.year - 1)
    hand_in(status_of(before, desk.cast.own_goal), "draft", light=Light.OFF_TRACK)
    hand_in(status_of(before, desk.cast.other_goal), "approved", light=Light.ACHIEVED)
    page = desk.look("round")
    assert "Nået" in page.text
    assert "Kræver handling" not in page.text


# Days.


def test_the_days_are_changed_and_the_change_stands_in_the_rounds_log(desk: Desk) -> None:
    opens, due, closes = (day(offset) for offset in (-10, 15, 25))
    page = desk.follow("round_dates", opens=opens, due=due, closes=closes)
    assert "Datoerne er ændret." in page.text
    desk.cast.round.refresh_from_db()
    assert desk.cast.round.due.isoformat() == due
    assert "Rundens datoer ændret" in page.text
    event = Event.objects.get()
    assert event.comment.endswith(f"→ {opens} / {due} / {closes}")


def test_the_form_of_the_days_holds_the_days_there_are(desk: Desk) -> None:
    round_ = desk.cast.round
    fields = desk.look("round_dates").form_with("closes").fields
    assert fields["opens"] == round_.opens.isoformat()
    assert fields["closes"] == round_.closes.isoformat()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"due": day(-20)}, "Fristen ligger før åbningen."),
        ({"closes": day(5)}, "Runden lukker før fristen."),
        ({"opens": "30. februar"}, "Skriv en dato, der findes"),
        (
            {"due": day(-5), "closes": day(-1)},
            "Dagen er gået. Vælg en dag fra i dag og frem.",
        ),
    ],
)
def test_wrong_days_are_refused_and_stand_as_they_were_typed(
    desk: Desk, changes: dict[str, str], message: str
) -> None:
    typed = {"opens": day(-10), "due": day(10), "closes": day(20)} | changes
    answer = desk.post("round_dates", **typed)
    assert answer.status_code == 422
    page = read(answer)
    assert message in page.text
    fields = page.form_with("closes").fields
    assert {name: fields[name] for name in typed} == typed
    desk.cast.round.refresh_from_db()
    assert desk.cast.round.due == timezone.localdate() + timedelta(days=10)


# Closing and opening again.


def test_before_closing_the_page_names_what_is_missing(desk: Desk) -> None:
    hand_in(status_of(desk.cast.round, desk.cast.other_goal), "approved")
    page = desk.look("close_round")
    assert "1 af 2 mål er godkendt" in page.text
    assert "1. Handling nummer 1" in page.text
    assert "2. Handling nummer 2" not in page.text
    assert "Planchefen, Kulturchefen" in page.text
    assert Round.objects.get().closed_at is None


def test_a_closed_round_is_read_only_and_can_only_be_opened_again(desk: Desk) -> None:
    page = desk.follow("close_round")
    assert "Runden er lukket." in page.text
    assert desk.url("reopen_round") in page.links
    assert desk.url("close_round") not in page.links
    assert desk.url("round_dates") not in page.links
    refused = desk.post("round_dates", opens=day(-1), due=day(1), closes=day(2))
    assert refused.status_code == 422
    assert "Runden er lukket. Genåbn den for at ændre datoerne." in refused.text
    again = desk.follow("close_round")
    assert "Runden er allerede lukket." in again.text
    assert Event.objects.filter(verb="close_round").count() == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"closes": day(5), "reason": ""}, "Dette felt er påkrævet."),
        ({"closes": day(5), "reason": " \n "}, "Dette felt er påkrævet."),
        ({"closes": day(-1), "reason": "Fejl i <tal>"}, "Dagen er gået."),
        ({"closes": "snart", "reason": "Fejl i <tal>"}, "Skriv en dato, der findes"),
        ({"closes": day(5), "reason": "æ" * 4001}, "Teksten er på 4.001 tegn."),
    ],
)
def test_a_round_is_not_opened_again_without_a_day_and_a_reason(
    desk: Desk, typed: dict[str, str], message: str
) -> None:
    verbs.close_round(round_=desk.cast.round, by=mandate(desk.cast.coordinator))
    answer = desk.post("reopen_round", **typed)
    assert answer.status_code == 422
    page = read(answer)
    assert message in page.text
    assert page.form_with("reason").fields["reason"].strip() == typed["reason"].strip()
    assert Round.objects.get().state(timezone.localdate()) is RoundState.CLOSED


def test_a_round_opened_again_can_be_written_in_and_its_log_says_why(desk: Desk) -> None:
    desk.follow("close_round")
    page = desk.follow("reopen_round", closes=day(5), reason="Et <tal> var forkert.")
    assert "Runden er genåbnet." in page.text
    assert "Et <tal> var forkert." in page.text
    assert Round.objects.get().state(timezone.localdate()) is RoundState.OPEN
    client = Client()
    client.force_login(desk.cast.head)
    status = read(client.get(desk.url("status", desk.goal)))
    assert status.form_with("revision").buttons


def test_a_round_that_is_open_is_not_opened_again(desk: Desk) -> None:
    answer = desk.post("reopen_round", closes=day(5), reason="Fordi")
    assert answer.status_code == 422
    assert "Runden er ikke lukket." in answer.text
    assert read(answer).form_with("reason").fields["reason"] == "Fordi"


# Reviewing.


def test_the_coordinator_approves_from_the_page_that_was_read(desk: Desk) -> None:
    submitted(desk, revision=3)
    form = next(
        form
        for form in desk.look("status", desk.goal).forms
        if form.action == desk.url("approve", desk.goal)
    )
    page = desk.follow("approve", desk.goal, **form.fields)
    assert "Status er godkendt." in page.text
    assert status_of(desk.cast.round).state == State.APPROVED


@pytest.mark.parametrize("revision", ["0", "999999999999999999999", "x", "-1", ""])
def test_an_approval_of_another_version_is_refused_and_leads_back_to_the_text(
    desk: Desk, revision: str
) -> None:
    submitted(desk, revision=3)
    page = desk.follow("approve", desk.goal, revision=revision)
    assert "Det går fremad." in page.text
    assert "siden du åbnede siden." in page.text or "Siden er for gammel." in page.text
    assert status_of(desk.cast.round).state == State.SUBMITTED
    assert not Event.objects.exists()


def test_an_approval_in_a_closed_round_is_refused(desk: Desk) -> None:
    submitted(desk, revision=3)
    verbs.close_round(round_=desk.cast.round, by=mandate(desk.cast.coordinator))
    page = desk.follow("approve", desk.goal, revision="3")
    assert "Statusrunden er ikke åben." in page.text
    assert status_of(desk.cast.round).state == State.SUBMITTED


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_status_is_returned_with_a_comment_that_the_head_reads(desk: Desk, state: str) -> None:
    submitted(desk, revision=3)
    hand_in(status_of(desk.cast.round), state, revision=3)
    form = desk.look("status", desk.goal).form_with("comment")
    assert form.action == desk.url("return_to_head", desk.goal)
    page = desk.follow(
        "return_to_head", desk.goal, **form.fields | {"comment": "Uddyb <årsagen>\r\n– tak."}
    )
    assert "Status er sendt tilbage til chefen." in page.text
    client = Client()
    client.force_login(desk.cast.head)
    assert "Uddyb <årsagen> – tak." in read(client.get(desk.url("status", desk.goal))).text
    assert "Sendt tilbage" in read(client.get(reverse("own_goals"))).text


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("", "Skriv, hvad chefen skal ændre."),
        ("  \n", "Skriv, hvad chefen skal ændre."),
        ("ø" * 4001, "Teksten er på 4.001 tegn."),
    ],
)
def test_a_return_needs_a_comment_that_can_be_kept(desk: Desk, comment: str, message: str) -> None:
    submitted(desk, revision=3)
    answer = desk.post("return_to_head", desk.goal, revision="3", comment=comment)
    assert answer.status_code == 422
    page = read(answer)
    assert message in page.text
    assert page.form_with("comment").fields["revision"] == "3"
    assert status_of(desk.cast.round).state == State.SUBMITTED


def test_a_return_of_a_text_that_changed_meanwhile_is_refused_and_keeps_the_comment(
    desk: Desk,
) -> None:
    submitted(desk, revision=4, author_name="Head")
    answer = desk.post("return_to_head", desk.goal, revision="3", comment="Uddyb <årsagen>")
    assert answer.status_code == 409
    page = read(answer)
    assert "Head har ændret denne status, siden du åbnede siden." in page.text
    assert page.form_with("comment").fields["comment"] == "Uddyb <årsagen>"
    assert desk.url("status", desk.goal) in page.links
    assert status_of(desk.cast.round).state == State.SUBMITTED


@pytest.mark.parametrize("revision", ["", "x", "-1", "1" * 5000])
def test_a_return_without_a_version_keeps_the_comment(desk: Desk, revision: str) -> None:
    submitted(desk, revision=3)
    answer = desk.post("return_to_head", desk.goal, revision=revision, comment="Uddyb")
    assert answer.status_code == 409
    page = read(answer)
    assert "siden du åbnede siden" in page.text or "Siden er for gammel" in page.text
    assert page.form_with("comment").fields["comment"] == "Uddyb"
    assert status_of(desk.cast.round).state == State.SUBMITTED


def test_a_second_return_is_refused_and_keeps_the_comment(desk: Desk) -> None:
    submitted(desk, revision=3)
    desk.follow("return_to_head", desk.goal, revision="3", comment="Uddyb")
    answer = desk.post("return_to_head", desk.goal, revision="3", comment="Uddyb igen")
    assert answer.status_code == 409
    assert "Status er allerede sendt tilbage til chefen." in answer.text
    assert read(answer).form_with("comment").fields["comment"] == "Uddyb igen"
    assert Event.objects.filter(verb="return").count() == 1


@pytest.mark.parametrize(
    ("first", "last", "taken", "offered"),
    [
        (-1, 2, [], 0),
        (-1, 2, [0], 1),
        (-5, -2, [], -1),
        (-5, -2, [-1], -2),
        (1, 4, [], 1),
        (0, 1, [0, 1], 2),
        (0, 1, [0, 1, 2], None),
    ],
)
def test_a_new_round_is_offered_for_a_report_year_that_has_none(
    cast: Cast, first: int, last: int, taken: list[int], offered: int | None
) -> None:
    this_year = timezone.localdate().year
    catalogue = factory.make_catalogue(
        "andet", period_from=this_year + first, period_to=this_year + last
    )
    for year in taken:
        factory.make_round(catalogue, year=this_year + year)
    client = Client()
    client.force_login(cast.coordinator)
    form = read(client.get(reverse("open_round", args=[catalogue.slug]))).form_with("year")
    years = ("", "") if offered is None else (this_year + offered, this_year + offered - 1)
    assert (form.fields["year"], form.fields["measured_year"]) == tuple(map(str, years))


def test_the_last_year_of_a_period_is_measured_in_the_year_after(desk: Desk) -> None:
    last = desk.cast.catalogue.period_to
    typed = new_round(desk, year=str(last + 1), measured_year=str(last))
    desk.follow("open_round", **typed)
    assert Round.objects.get(year=last + 1).measured_year == last


def test_a_reopened_round_keeps_its_goals_and_the_day_it_closed(desk: Desk) -> None:
    round_, by, today = desk.cast.round, mandate(desk.cast.coordinator), timezone.localdate()
    goals = set(round_.statuses.values_list("goal", flat=True))
    verbs.close_round(round_=round_, by=by)
    factory.make_action(desk.cast.catalogue)
    reopened = verbs.reopen_round(round_=round_, closes=today, reason="Et tal", by=by)
    verbs.add_missing_statuses(desk.cast.catalogue)
    assert set(round_.statuses.values_list("goal", flat=True)) == goals
    assert reopened.stands_on == today


def test_a_new_goal_joins_no_round_whose_due_day_has_passed(desk: Desk) -> None:
    today, catalogue = timezone.localdate(), desk.cast.catalogue
    Round.objects.update(opens=today - timedelta(days=9), due=today - timedelta(days=1))
    before = desk.cast.round.statuses.count()
    factory.make_action(catalogue)
    verbs.add_missing_statuses(catalogue)
    assert desk.cast.round.statuses.count() == before
    Round.objects.update(due=today)
    verbs.add_missing_statuses(catalogue)
    assert desk.cast.round.statuses.count() > before
