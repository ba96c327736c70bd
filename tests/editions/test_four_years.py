"""A municipality lives with its catalogue for four years; what is said of a year stays so.

January 2024 to January 2028, by a clock that is moved and by the verbs that the pages call.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from actions.access import Mandate
from actions.catalogue import editor
from actions.catalogue.carry_over import carry_over
from actions.catalogue.changing import ending
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import ActionRow, CatalogueRows, GoalRow
from actions.catalogue.importer import import_rows
from actions.figures.told import Told, YearTold
from actions.figures.verbs import tell_figures
from actions.models import Catalogue, GoalStatus, Indicator, Position, Role, RoleGrant, Round, State
from actions.rounds import verbs as rounds_verbs
from actions.rounds.verbs import RoundDates
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, Figure
from actions.status.own_goals import own_goals_of
from reports.content import upgrade
from reports.content.differences import differences
from reports.content.shape import CourseContent, GoalContent, IndicatorContent, ReportContent
from reports.models import Edition, Kind
from tests.support import factory
from tests.support.clock import on
from tests.support.factory import mandate

pytestmark = pytest.mark.slow

SLUG = "handlingskatalog-24"
FIXTURE = settings.BASE_DIR / "fixtures" / f"{SLUG}.yaml"
STOPPED, REVISED = 2, "Iværksætterafklaringer"
NEW_WORDS = "Personaleomsætningen på ældreområdet falder."


@dataclass
class Life:
    """One head holds every post; VUF runs the rounds."""

    @property
    def vuf(self) -> Mandate:
        return mandate(RoleGrant.objects.get(role=Role.COORDINATOR).user)

    @property
    def head(self) -> Mandate:
        appointment = Position.objects.all()[0].appointments.all()[0]
        return mandate(appointment.user)

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue.objects.get(slug=SLUG)

    def round(self, year: int) -> Round:
        return self.catalogue.rounds.get(year=year)

    def edition(self, year: int, number: int = 1, kind: Kind = Kind.STATUS) -> Edition:
        return factory.make_edition(self.catalogue, year, number=number, kind=kind)


@pytest.fixture
def life(db: None) -> Life:
    with on("2024-01-15"):
        call_command("import_catalogue", FIXTURE, verbosity=0, stdout=StringIO())
        vuf, head = factory.make_user("vuf"), factory.make_user("chefen")
        RoleGrant.objects.create(user=vuf, role=Role.COORDINATOR)
        for position in Position.objects.all():
            factory.appoint(position, head, starts=date(2024, 1, 15))
    return Life()


def test_what_is_said_of_a_year_stays_of_that_year(life: Life) -> None:
    first = _the_year_2025(life)
    _the_council_changes_the_plan(life)
    _the_year_2026(life)
    _the_year_2027(life)
    _the_year_2028(life)
    _a_figure_of_2024_is_corrected(life, first)
    _the_round_of_2025_keeps_its_goals(life)
    call_command("verify", verbosity=0, stdout=StringIO())


# --- the years -----------------------------------------------------------------------------------


def _the_year_2025(life: Life) -> Edition:
    _round_of(life, 2025)
    with on("2025-03-24"):
        edition = life.edition(2025)
    content = upgrade.read(edition)
    assert (len(content["actions"]), content["progress"]["goals"]) == (11, 16)
    return edition


def _the_council_changes_the_plan(life: Life) -> None:
    """A target, a goal's meaning, an action that is stopped and one that is new."""
    with on("2025-10-06"):
        import_rows(_changed(rows_of(SLUG)), by=life.vuf)
        seal = editor.seal_of(rows_of(SLUG), STOPPED)
        ending.stop(
            slug=SLUG,
            number=STOPPED,
            goal=None,
            day=date(2025, 10, 6),
            decision="Kommunalbestyrelsen den 25. september 2025, punkt 4",
            seal=seal,
            by=life.vuf,
        )


def _the_year_2026(life: Life) -> None:
    _round_of(life, 2026)
    asked = life.round(2026).statuses.filter(goal__action__number=STOPPED)
    assert not asked.exists(), "the stopped action is asked for nothing"
    assert life.round(2026).statuses.filter(goal__action__number=12).exists()
    with on("2026-04-07"):
        content = upgrade.read(life.edition(2026))
        midterm = upgrade.read(life.edition(2026, kind=Kind.MIDTERM))
    stopped = content["actions"][STOPPED - 1]
    assert "25. september 2025" in stopped["stopped"]
    assert content["progress"]["stopped"] == 1
    turns = [turn for course in _courses(midterm) for turn in course["turns"]]
    assert any("punkt 5" in turn["why"] for turn in turns), "the midterm tells the new meaning"


def _the_year_2027(life: Life) -> None:
    _round_of(life, 2027)
    with on("2027-04-07"):
        life.edition(2027)


def _the_year_2028(life: Life) -> None:
    """The figures of 2027 are reported in 2028, and the period ends with its own report.

    What goes on is asked for once, in the next catalogue's first round.
    """
    following = _the_next_catalogue(life)
    goes_on = following.actions.values("origin")
    _round_of(life, 2028, following)
    once = life.round(2028).statuses.filter(goal__action__in=goes_on)
    assert {row.state for row in once} == {State.NOT_STARTED}
    with on("2028-03-20"):
        content = upgrade.read(life.edition(2028))
        final = upgrade.read(life.edition(2028, kind=Kind.FINAL))
    years = {point["year"] for row in _figures(content) for point in row["points"]}
    assert max(years) == 2027
    assert final["final"] is not None
    assert sum(row["count"] for row in final["final"]["goal_counts"]) == 17
    for progress in (content["progress"], final["progress"]):
        assert progress["goals"] == progress["with_status"] == progress["approved"] == 16
        assert progress["figures_missing"] == 0


def _a_figure_of_2024_is_corrected(life: Life, first: Edition) -> None:
    """The correction of 2025 has that year's plan; only the corrected figure is another."""
    with on("2028-05-02"):
        indicator = Indicator.objects.get(name=REVISED, goal__action__catalogue__slug=SLUG)
        told = Told(Decimal("61"), source="Egne tal")
        row = YearTold(indicator, 2024, told, "To afklaringer var talt med to gange.")
        tell_figures(by=life.vuf, rows=[row])
        second = life.edition(2025, number=2)
    changes = differences(upgrade.read(first), upgrade.read(second))
    assert [(change["before"], change["after"]) for change in changes] == [("50", "61")]
    again = upgrade.read(second)
    assert (len(again["actions"]), again["progress"]["goals"]) == (11, 16)
    assert NEW_WORDS not in {goal["text"] for goal in _goals(again)}
    targets = [row["target"] for row in _figures(again) if row["name"] == REVISED]
    assert targets == ["50"]
    assert first.content == Edition.objects.get(pk=first.pk).content


def _the_round_of_2025_keeps_its_goals(life: Life) -> None:
    with on("2028-05-03"):
        rounds_verbs.reopen_round(
            round_=life.round(2025),
            closes=date(2028, 5, 10),
            reason="En stavefejl.",
            by=life.vuf,
        )
        assert life.round(2025).statuses.count() == 16
        rounds_verbs.close_round(round_=life.round(2025), by=life.vuf)
    assert life.round(2025).statuses.count() == 16


# --- what they do --------------------------------------------------------------------------------


def _the_next_catalogue(life: Life) -> Catalogue:
    """The first six actions go on in a catalogue of their own, except the one that is stopped."""
    with on("2027-10-04"):
        frame = replace(
            rows_of(SLUG),
            slug="handlingskatalog-28",
            title="Handlingskatalog'28",
            period_from=2028,
            period_to=2031,
            midterm_year=None,
        )
        numbers = [number for number in range(1, 7) if number != STOPPED]
        return carry_over(source=SLUG, numbers=numbers, frame=frame, by=life.vuf).catalogue


def _round_of(life: Life, year: int, *others: Catalogue) -> None:
    """VUF opens a round, the head hands in what is asked for, VUF approves and closes."""
    dates = RoundDates(date(year, 1, 20), date(year, 2, 28), date(year, 3, 14))
    with on(f"{year}-01-20"):
        for catalogue in (life.catalogue, *others):
            rounds_verbs.open_round(
                catalogue=catalogue, year=year, measured_year=year - 1, dates=dates, by=life.vuf
            )
    rounds = Round.objects.filter(year=year).select_related("catalogue").order_by("pk")
    with on(f"{year}-02-20"):
        asked = GoalStatus.objects.asked().filter(round__in=rounds)
        for status in asked.select_related("round__catalogue", "goal__action"):
            _hand_in(life, status)
        assert not any(own.waiting for own in own_goals_of(life.head, date(year, 2, 20)))
    with on(f"{year}-03-10"):
        for round_ in rounds:
            rounds_verbs.close_round(round_=round_, by=life.vuf)


def _hand_in(life: Life, status: GoalStatus) -> None:
    figures = tuple(
        Figure(row.pk, row.target, source="Egne tal") for row in status.goal.indicators.all()
    )
    year = status.round.year
    texts = {
        "progress": f"Det, vi nåede før {year}.",
        "next_step": "Vi fortsætter.",
        "why_differs": "Arbejdet fortsætter.",
    }
    handed_in = status_verbs.submit(
        status=status,
        by=life.head,
        entry=Entry("on_track", texts, figures),
        revision=status.revision,
    )
    status_verbs.approve(status=handed_in, by=life.vuf, revision=handed_in.revision)


def _changed(rows: CatalogueRows) -> CatalogueRows:
    """The target by one decision, the goal's words by another, and a twelfth action."""
    decided = date(2025, 9, 25)

    def target(goal: GoalRow) -> GoalRow:
        changed = (
            replace(row, target=Decimal(40), decision="KB, punkt 3", decided_on=decided)
            if row.name == REVISED
            else row
            for row in goal.indicators
        )
        return replace(goal, indicators=tuple(changed))

    def meaning(goal: GoalRow) -> GoalRow:
        if not goal.text.startswith("Personaleomsætningen"):
            return goal
        return replace(goal, text=NEW_WORDS, decision="KB, punkt 5", decided_on=decided)

    actions = [
        replace(action, goals=tuple(meaning(target(goal)) for goal in action.goals))
        for action in rows.actions
    ]
    return replace(rows, actions=(*actions, _new(rows.actions[0])))


def _new(like: ActionRow) -> ActionRow:
    goal = replace(like.goals[0], text="Ejendommene bruges af flere.", indicators=(), known=None)
    return replace(
        like, number=12, title="Fælles ejendomme", goals=(goal,), initiatives=(), known=None
    )


def _goals(content: ReportContent) -> Iterator[GoalContent]:
    yield from (goal for action in content["actions"] for goal in action["goals"])


def _figures(content: ReportContent) -> Iterator[IndicatorContent]:
    yield from (row for goal in _goals(content) for row in goal["indicators"])


def _courses(content: ReportContent) -> Iterator[CourseContent]:
    yield from (goal["course"] for goal in _goals(content) if goal["course"])
