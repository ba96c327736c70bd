"""An action or a goal that is stopped by a decision, and one that begins in mid-period."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actions.access import Mandate
from actions.catalogue import editor
from actions.catalogue.changing.ending import stop, undo_stop
from actions.catalogue.exporter import read_rows
from actions.catalogue.file import read_bytes
from actions.catalogue.importer import import_rows
from actions.catalogue.versions.changes import changes_between
from actions.catalogue.versions.store import rows_in
from actions.mail.lacking import lacking
from actions.models import Action, CatalogueVersion, Event, Goal, Role, Round, User
from actions.rounds.page import round_page_of
from actions.rounds.verbs import RoundDates, change_round_dates, open_round
from actions.status.own_goals import own_goals_of
from actions.status.verbs import save_draft
from actions.writing.refusals import Conflict, Refused
from tests.support import factory
from tests.support.catalogues import changed
from tests.support.clock import on

pytestmark = pytest.mark.django_db

DECISION = "Kommunalbestyrelsen den 25. september 2025, punkt 7"
PLAN = changed(
    ("from: 2022, to: 2025", "from: 2024, to: 2027"),
    ("midterm_year: 2024", "midterm_year: 2026"),
    ("by: 2025", "by: 2027"),
    ("year: 2023", "year: 2025"),
)
DATES = RoundDates(date(2026, 1, 20), date(2026, 2, 28), date(2026, 3, 14))


@pytest.fixture
def vuf() -> User:
    return factory.make_user("vuf", roles=[Role.COORDINATOR])


@pytest.fixture
def by(vuf: User) -> Mandate:
    return factory.mandate(vuf)


@pytest.fixture
def action() -> Action:
    """The first action of a catalogue of 2024-2027, imported before it begins."""
    with on("2023-12-01"):
        catalogue = import_rows(read_bytes(PLAN.encode())).catalogue
    return catalogue.actions.order_by("number").first()  # type: ignore[return-value]


def stop_it(action: Action, by: Mandate, day: date, goal: int | None = None) -> None:
    slug, number = action.catalogue.slug, action.number
    seal = editor.seal_of(read_rows(slug), number)
    stop(slug=slug, number=number, goal=goal, day=day, decision=DECISION, seal=seal, by=by)


def undo(action: Action, by: Mandate, goal: int | None = None) -> None:
    slug, number = action.catalogue.slug, action.number
    seal = editor.seal_of(read_rows(slug), number)
    undo_stop(slug=slug, number=number, goal=goal, seal=seal, by=by)


def round_of(action: Action, by: Mandate, year: int = 2026) -> Round:
    dates = RoundDates(*(day.replace(year=year) for day in (DATES.opens, DATES.due, DATES.closes)))
    return open_round(
        catalogue=action.catalogue, year=year, measured_year=year - 1, dates=dates, by=by
    )


def test_a_stop_makes_a_version_from_its_day_and_a_row_of_history(
    action: Action, by: Mandate
) -> None:
    with on("2025-10-06"):
        stop_it(action, by, date(2025, 9, 25))
    before, version = CatalogueVersion.objects.order_by("pk")
    assert version.in_force == version.decided_on == date(2025, 9, 25)
    assert version.decision == DECISION
    told = {
        change.what: change.after for change in changes_between(*map(rows_in, (before, version)))
    }
    assert told == {"Standset": "den 25. september 2025", "Beslutning om standsning": DECISION}
    event = Event.objects.get(verb="stop")
    assert event.comment == DECISION
    assert event.content["day"] == "2025-09-25"


def test_a_stopped_action_gets_no_status_in_a_new_round(action: Action, by: Mandate) -> None:
    with on("2025-10-06"):
        stop_it(action, by, date(2025, 9, 25))
    with on("2026-01-20"):
        round_ = round_of(action, by)
    assert not round_.statuses.filter(goal__action=action).exists()
    assert round_.statuses.exists()


@pytest.mark.parametrize(("day", "stays"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)])
def test_a_stop_drops_what_nobody_has_touched_by_the_due_day(
    action: Action, by: Mandate, day: date, stays: bool
) -> None:
    with on("2026-01-20"):
        round_ = round_of(action, by)
    with on("2026-02-01"):
        stop_it(action, by, day)
    assert round_.statuses.filter(goal__action=action).exists() is stays


def test_what_a_head_has_typed_stays_and_is_asked_for_no_more(action: Action, by: Mandate) -> None:
    head = factory.make_user("chef")
    factory.appoint(action.responsibilities.get().position, head)
    with on("2026-01-20"):
        round_ = round_of(action, by)
        status = round_.statuses.get(goal=action.goals.get(number=1))
        factory.hand_in(status, "draft", progress="Vi er begyndt.")
    with on("2026-02-01"):
        [one] = lacking(round_, date(2026, 2, 1))
        assert status in one.statuses
        stop_it(action, by, date(2026, 2, 1))
        [own] = own_goals_of(factory.mandate(head), date(2026, 2, 1))
        assert own.stopped == [status]
        assert own.total == len(own.waiting) == 1
        [one] = lacking(round_, date(2026, 2, 1))
        assert list(one.statuses) == own.waiting
        page = round_page_of(round_, by)
        assert page.stopped == 1
        assert status not in page.statuses
        status.refresh_from_db()
        assert status.progress == "Vi er begyndt."
        with pytest.raises(Refused, match=r"standset den 1\. februar 2026"):
            save_draft(status=status, by=factory.mandate(head), entry=factory.entry(), revision=1)


def test_a_stop_before_the_last_submitted_status_is_refused(action: Action, by: Mandate) -> None:
    with on("2026-01-20"):
        round_ = round_of(action, by)
    with on("2026-02-10"):
        status = round_.statuses.get(goal=action.goals.get(number=1))
        factory.hand_in(status, "submitted")
        with pytest.raises(Refused, match=r"Vælg den 10\. februar 2026 eller senere"):
            stop_it(action, by, date(2026, 2, 9))
    with on("2026-10-06"), pytest.raises(Refused, match=r"Vælg den 1\. marts 2026 eller senere"):
        stop_it(action, by, date(2026, 2, 20))
    assert Action.objects.get(pk=action.pk).stopped_on is None
    assert CatalogueVersion.objects.count() == 1


def test_a_stop_can_lie_ahead_and_later_changes_are_in_force_before_it(
    action: Action, by: Mandate
) -> None:
    with on("2025-10-06"):
        stop_it(action, by, date(2026, 6, 1))
        round_ = round_of(action, by)
    assert round_.statuses.filter(goal__action=action).exists()
    assert CatalogueVersion.objects.latest("pk").in_force == date(2025, 10, 6)


def test_a_moved_due_day_asks_for_the_goals_of_that_day(action: Action, by: Mandate) -> None:
    with on("2026-01-20"):
        round_ = round_of(action, by)
        stop_it(action, by, date(2026, 3, 5))
        asked = round_.statuses.filter(goal__action=action)
        assert asked.exists()
        later = RoundDates(DATES.opens, date(2026, 3, 10), DATES.closes)
        change_round_dates(round_=round_, dates=later, by=by)
        assert not asked.exists()
        change_round_dates(round_=round_, dates=DATES, by=by)
        assert asked.exists()


def test_a_stop_can_be_undone_until_a_round_has_run_without_it(action: Action, by: Mandate) -> None:
    with on("2026-01-20"):
        round_ = round_of(action, by)
        stop_it(action, by, date(2026, 1, 20))
        undo(action, by)
        assert round_.statuses.filter(goal__action=action).exists()
        assert Event.objects.filter(verb="undo_stop").exists()
        stop_it(action, by, date(2026, 1, 20))
    with on("2026-03-01"), pytest.raises(Refused, match="Statusrunde 2026 er gennemført"):
        undo(action, by)


def test_two_who_stop_the_same_are_told(action: Action, by: Mandate) -> None:
    slug, number = action.catalogue.slug, action.number
    seal = editor.seal_of(read_rows(slug), number)
    asked: dict[str, Any] = {
        "slug": slug,
        "number": number,
        "goal": None,
        "decision": DECISION,
        "by": by,
    }
    with on("2025-10-06"):
        stop(day=date(2025, 9, 25), seal=seal, **asked)
        with pytest.raises(Conflict):
            stop(day=date(2025, 9, 26), seal=seal, **asked)


def test_the_editor_and_an_old_file_leave_a_stop_alone(action: Action, by: Mandate) -> None:
    with on("2025-10-06"):
        stop_it(action, by, date(2025, 9, 25), goal=1)
        rows = read_rows(action.catalogue.slug)
        renamed = replace(rows.actions[0], title="Et nyt navn")
        seal = editor.seal_of(rows, action.number)
        editor.save_action(slug=rows.slug, action=renamed, seal=seal, by=by)
        import_rows(read_bytes(PLAN.encode()))
    assert Goal.objects.get(action=action, number=1).stopped_on == date(2025, 9, 25)


def test_what_is_added_to_a_running_catalogue_begins_that_day(action: Action, by: Mandate) -> None:
    slug = action.catalogue.slug
    with on("2026-01-20"):
        rows = read_rows(slug)
        first = rows.actions[0]
        more = replace(first.goals[0], text="Et mål til.", indicators=(), known=0)
        goals = replace(first, goals=(*first.goals, more))
        seal = editor.seal_of(rows, first.number)
        editor.save_action(slug=slug, action=goals, seal=seal, by=by)
        assert Goal.objects.get(text="Et mål til.").starts_on is None
        round_ = round_of(action, by)
    with on("2026-02-10"):
        rows = read_rows(slug)
        first = rows.actions[0]
        goals = replace(first, goals=(*first.goals, replace(more, text="Endnu et mål.")))
        seal = editor.seal_of(rows, first.number)
        editor.save_action(slug=slug, action=goals, seal=seal, by=by)
        added = Goal.objects.get(text="Endnu et mål.")
        assert added.starts_on == date(2026, 2, 10)
        assert round_.statuses.filter(goal=added).exists()


def test_the_page_stops_and_undoes(client: Client, action: Action, vuf: User) -> None:
    client.force_login(vuf)
    url = reverse("stop_goal", args=[action.catalogue.slug, action.number, 1])
    with on("2025-10-06"):
        seal = client.get(url).context["seal"]
        typed = {"seal": seal, "day": "25-09-2025", "decision": DECISION}
        assert client.post(url, typed | {"decision": ""}).status_code == 422
        assert client.post(url, typed).status_code == 302
        assert client.post(url, typed).status_code == 409
        page = client.get(reverse("catalogue", args=[action.catalogue.slug]))
        assert "heraf 1 standset" in page.content.decode()
        seal = client.get(url).context["seal"]
        assert client.post(url, {"seal": seal, "do": "undo"}).status_code == 302
    assert Goal.objects.get(action=action, number=1).stopped_on is None
