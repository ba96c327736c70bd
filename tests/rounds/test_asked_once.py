"""Where two catalogues meet in one spring, a goal that goes on is asked for once: in the later."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.lights import Light
from actions.mail.lacking import lacking
from actions.mail.letters import letter_for
from actions.mail.notices import note_deadlines
from actions.mail.unmanned import unmanned
from actions.models import (
    Appointment,
    Catalogue,
    FigureSupplier,
    GoalStatus,
    Indicator,
    Responsibility,
    Round,
)
from actions.models.figures import awaited
from actions.rounds import verbs as rounds_verbs
from actions.rounds.filters import RoundChoice
from actions.rounds.page import RoundPage, round_page_of
from actions.status import verbs
from actions.status.own_goals import OwnGoals, own_goals_of
from actions.writing.refusals import Refused
from reports.content import missing
from reports.content.assemble import assemble, data_of
from reports.content.check import check_of
from reports.content.shape import GoalContent
from reports.documents.glyphs import unprintable_in
from reports.models import Kind
from tests.support import factory
from tests.support.cast import Cast, next_catalogue
from tests.support.factory import entry, hand_in, mandate, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db


@dataclass
class Spring:
    """The last round of the cast's catalogue, and the first of the next one."""

    cast: Cast
    earlier: GoalStatus
    later: GoalStatus

    @property
    def both(self) -> tuple[GoalStatus, GoalStatus]:
        return (again(self.earlier), again(self.later))

    @property
    def asked(self) -> list[bool]:
        """Whether the earlier and the later one wait for the head: by row, and by query."""
        waiting = set(GoalStatus.objects.waiting_for_head().values_list("pk", flat=True))
        by_row = [row.waits_for_head for row in self.both]
        assert by_row == [row.pk in waiting for row in self.both]
        listed = {row.pk for own in self.own for row in own.waiting}
        assert by_row == [row.pk in listed for row in self.both]
        return by_row

    @property
    def own(self) -> list[OwnGoals]:
        return own_goals_of(mandate(self.cast.head), timezone.localdate())

    def page(self) -> RoundPage:
        return round_page_of(self.earlier.round, mandate(self.cast.coordinator))

    def goal(self, kind: Kind = Kind.STATUS) -> GoalContent:
        content = assemble(self.earlier.round.catalogue, self.earlier.round.year, kind)
        return content["actions"][0]["goals"][0]


def again(status: GoalStatus) -> GoalStatus:
    return GoalStatus.objects.select_related("round__catalogue", "goal__action").get(pk=status.pk)


def move(round_: Round, **days: int) -> None:
    """Moves the days of a round to so many from today."""
    today = timezone.localdate()
    Round.objects.filter(pk=round_.pk).update(
        **{name: today + timedelta(days=by) for name, by in days.items()}
    )


@pytest.fixture
def spring(cast: Cast) -> Spring:
    year = cast.round.year
    Catalogue.objects.update(period_from=year - 4, period_to=year - 1, midterm_year=year - 2)
    cast.catalogue.refresh_from_db()
    factory.make_indicator(cast.own_goal, name="Besøg", unit="besøg", yearly=True, target=10)
    first = factory.make_round(next_catalogue(cast), year=year)
    return Spring(cast, status_of(cast.round, cast.own_goal), status_of(first))


# --- who asks ------------------------------------------------------------------------------------


def test_the_later_catalogue_asks(spring: Spring) -> None:
    assert spring.asked == [False, True]


def test_what_is_begun_in_the_earlier_one_stays_there(spring: Spring) -> None:
    hand_in(spring.earlier, "draft")
    assert spring.asked == [True, True]


def test_rounds_that_measure_different_years_both_ask(spring: Spring) -> None:
    Round.objects.filter(pk=spring.later.round_id).update(
        measured_year=spring.earlier.round.measured_year + 1
    )
    assert spring.asked == [True, True]


def test_rounds_that_do_not_meet_both_ask(spring: Spring) -> None:
    move(spring.earlier.round, opens=-40, due=-30, closes=-11)  # the later one opened ten days ago
    assert spring.asked == [True, True]


def test_a_round_that_was_closed_before_its_last_day_has_not_met_the_later_one(
    spring: Spring,
) -> None:
    move(spring.earlier.round, opens=-60, due=-50)
    closed = timezone.now() - timedelta(days=20)
    Round.objects.filter(pk=spring.earlier.round_id).update(closed_at=closed)
    assert again(spring.earlier).waits_for_head
    # Nor has one that was reopened since.
    rounds_verbs.reopen_round(
        round_=again(spring.earlier).round,
        closes=timezone.localdate() + timedelta(days=5),
        reason="En rettelse.",
        by=mandate(spring.cast.coordinator),
    )
    assert spring.asked == [True, True]


def test_the_earlier_one_asks_until_the_later_one_opens(spring: Spring) -> None:
    move(spring.later.round, opens=1)
    assert spring.asked[0]
    move(spring.later.round, opens=0)
    assert spring.asked == [False, True]


def test_the_earlier_one_asks_again_if_the_later_one_closed_without(spring: Spring) -> None:
    rounds_verbs.close_round(round_=spring.later.round, by=mandate(spring.cast.coordinator))
    assert spring.asked[0]
    hand_in(spring.later, "submitted")
    assert not again(spring.earlier).waits_for_head


def test_a_later_status_that_is_unlocked_again_still_stands_for_the_earlier(
    spring: Spring,
) -> None:
    vuf = mandate(spring.cast.coordinator)
    approved = factory.hand_in(spring.later)
    rounds_verbs.close_round(round_=approved.round, by=vuf)
    approved.refresh_from_db()
    verbs.unlock(status=again(approved), by=vuf, revision=approved.revision, reason="Ret tallet.")
    assert not again(spring.earlier).is_asked


def test_another_goal_is_asked_for_in_both(spring: Spring) -> None:
    spring.later.goal.origin = None
    spring.later.goal.save()
    assert spring.asked == [True, True]


def test_a_goal_that_is_stopped_in_the_later_catalogue_is_asked_for_in_the_earlier(
    spring: Spring,
) -> None:
    spring.later.goal.stopped_on = timezone.localdate()
    spring.later.goal.save()
    assert spring.asked == [True, False]


# --- what the pages say --------------------------------------------------------------------------


def look(spring: Spring, url: str, name: str = "head") -> Page:
    client = Client()
    client.force_login(spring.cast.people[name])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(url)
    assert len(queries) <= 10
    return read(answer)


def test_my_goals_say_where_it_is_given(spring: Spring) -> None:
    text = look(spring, reverse("own_goals")).text
    assert "Målene går videre i et senere katalog, som også har en runde nu." in text
    assert "Gives i Det næste" in text
    assert "0 af 0 mål" not in text
    assert "Alt er indsendt" not in text


def test_the_goals_own_page_leads_there_and_has_no_form(spring: Spring) -> None:
    page = look(spring, spring.earlier.get_absolute_url())
    assert "Målet går videre i Det næste; status gives dér." in page.text
    assert spring.later.get_absolute_url() in page.links
    assert "Indsend status" not in page.text
    words = f"Status her gælder også i {spring.cast.catalogue}."
    assert words in look(spring, spring.later.get_absolute_url()).text


def test_who_may_not_read_the_draft_is_led_to_the_action(spring: Spring) -> None:
    answers = Responsibility.objects.filter(action=spring.later.goal.action)
    answers.filter(position=spring.cast.position).delete()
    seen = look(spring, spring.earlier.get_absolute_url())
    assert spring.later.get_absolute_url() not in seen.links
    assert spring.later.goal.action.get_absolute_url() in seen.links


def test_the_round_counts_it_apart(spring: Spring) -> None:
    page = spring.page()
    assert (page.total, page.going_on) == (1, 1)
    assert [way.count for way in page.ways(RoundChoice())[:2]] == [2, 1]
    assert [way.count for way in page.checks] == [1, 0, 0, 0]
    text = look(spring, spring.earlier.round.get_absolute_url(), "coordinator").text
    assert "0 af 1 mål er indsendt; 1 går videre i et senere katalog, hvor der gives status" in text
    assert "Målet går videre i Det næste; status gives dér." in text


def test_nothing_can_be_written_or_unlocked_in_the_earlier_one(spring: Spring) -> None:
    words = "Målet går videre i Det næste; status gives dér."
    with pytest.raises(Refused, match=words):
        verbs.submit(status=spring.earlier, by=mandate(spring.cast.head), entry=entry(), revision=0)
    vuf = mandate(spring.cast.coordinator)
    rounds_verbs.close_round(round_=spring.earlier.round, by=vuf)
    with pytest.raises(Refused, match=words):
        verbs.unlock(status=again(spring.earlier), by=vuf, revision=0, reason="Skal rettes.")


# --- who is reminded -----------------------------------------------------------------------------


def test_no_mail_asks_twice(spring: Spring) -> None:
    today = timezone.localdate()
    note_deadlines(today)
    notices = list(spring.cast.head.notices.select_related("round__catalogue"))
    letter = letter_for(spring.cast.head, notices, today=today, site="https://sted")
    assert letter is not None
    assert spring.later.get_absolute_url() in letter.body
    assert spring.earlier.get_absolute_url() not in letter.body
    assert spring.cast.head not in {row.user for row in lacking(spring.cast.round, today)}
    assert spring.cast.head in {row.user for row in lacking(spring.later.round, today)}


def test_a_post_that_nobody_holds_lacks_it_once(spring: Spring) -> None:
    Appointment.objects.filter(position=spring.cast.position).delete()
    spring.cast.position.delegations.all().delete()
    today = timezone.localdate()
    assert not unmanned(spring.cast.round, today)
    assert [row.goals for row in unmanned(spring.later.round, today)] == [1]


def test_a_supplier_is_asked_for_the_later_one(spring: Spring) -> None:
    for indicator in Indicator.objects.all():
        FigureSupplier.objects.create(indicator=indicator, user=spring.cast.outsider)
    assert not awaited(spring.cast.round)
    assert [row.goal_id for row in awaited(spring.later.round)] == [spring.later.goal_id]


# --- what the reports say ------------------------------------------------------------------------


def test_the_earlier_report_says_that_it_is_given_there(spring: Spring) -> None:
    words = "Målet går videre i Det næste; status gives dér og er ikke indsendt endnu."
    assert spring.goal()["gap"] == words
    data = data_of(spring.cast.catalogue, spring.cast.round.year)
    check = check_of(data, assemble(spring.cast.catalogue, spring.cast.round.year), unprintable_in)
    findings = [each for group in check.in_the_way for each in group.findings]
    assert (words, spring.later.get_absolute_url()) in {(row.what, row.url) for row in findings}


@pytest.mark.parametrize("kind", [Kind.STATUS, Kind.FINAL])
def test_the_status_and_its_figures_that_are_given_once_stand_in_both(
    spring: Spring, kind: Kind
) -> None:
    hand_in(spring.later, light=Light.ACHIEVED, progress="Vi nåede det.")
    factory.measure(spring.later, spring.later.goal.indicators.get(), 12)
    rounds_verbs.close_round(round_=spring.earlier.round, by=mandate(spring.cast.coordinator))
    rounds_verbs.close_round(round_=spring.later.round, by=mandate(spring.cast.coordinator))
    goal = spring.goal(kind)
    assert (goal["light"]["code"], goal["gap"]) == (Light.ACHIEVED, "")
    assert goal["texts"][0]["text"] == "Vi nåede det."
    [point] = goal["indicators"][0]["points"]
    assert (point["year"], point["value"]) == (spring.cast.round.measured_year, "12")
    assert not missing.missing_figures(goal, spring.cast.round.measured_year)
    assert goal["unsigned"] == ["Kulturchefen"]


def test_what_is_known_of_the_earlier_indicator_stays_known(spring: Spring) -> None:
    hand_in(spring.later)
    factory.measure(spring.later, spring.later.goal.indicators.get(), 12)
    factory.measure(spring.earlier, spring.cast.own_goal.indicators.get(), 7)
    assert [point["value"] for point in spring.goal()["indicators"][0]["points"]] == ["7"]
