"""Two writers of one version at the same moment: exactly one wins, and no text is lost (T5).

Real connections in real threads, on both databases. A drill runs more: RACES=1000.
"""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.db.models.query import QuerySet

from actions import workflow
from actions.entry import Entry
from actions.models import Event, GoalStatus, Round
from actions.workflow import REFUSED, Conflict, IllegalTransition
from reports import editorial
from reports.models import Kind, Part, Passage, Report
from tests.cast import Cast, assemble_cast
from tests.factory import entry, mandate, status_of

pytestmark = pytest.mark.django_db(transaction=True)

RACES = int(os.environ.get("RACES", "25"))


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    yield assemble_cast()
    connections.close_all()


def _race(writers: list[Callable[[], None]]) -> None:
    """Starts all at once, and waits for all."""
    barrier = threading.Barrier(len(writers))

    def run(write: Callable[[], None]) -> None:
        connection.ensure_connection()
        barrier.wait()
        try:
            write()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[write]) for write in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _save(cast: Cast, name: str, text: str, version: int, outcome: list[str]) -> None:
    """As the view does: a refused text is kept as a version of its own."""
    status, by = status_of(cast.round, cast.own_goal), mandate(cast.people[name])
    typed = entry(progress=text)
    try:
        workflow.save_draft(status=status, by=by, entry=typed, version=version)
        outcome.append("won")
    except Conflict as refusal:
        workflow.keep_refused(status=status, by=by, entry=typed, reason=str(refusal))
        outcome.append("refused")


def _run_races(cast: Cast, races: int) -> list[list[str]]:
    outcomes = []
    for number in range(races):
        version = status_of(cast.round, cast.own_goal).version
        outcome: list[str] = []
        _race(
            [
                lambda n=name, o=outcome, v=version, i=number: _save(cast, n, f"{n} {i}", v, o)  # type: ignore[misc]
                for name in ("head", "co_head")
            ]
        )
        outcomes.append(sorted(outcome))
    return outcomes


def test_exactly_one_wins_each_race_and_every_text_is_kept(cast: Cast) -> None:
    outcomes = _run_races(cast, RACES)
    assert outcomes == [["refused", "won"]] * RACES
    kept = {str(event.content["texts"]["progress"]) for event in Event.objects.all()}
    assert kept == {f"{name} {number}" for name in ("head", "co_head") for number in range(RACES)}
    assert Event.objects.filter(verb=REFUSED).count() == RACES
    assert GoalStatus.objects.get(goal=cast.own_goal).version == RACES


def _recommend(cast: Cast, name: str, reason: str, version: int, outcome: list[str]) -> None:
    report = Report(catalogue=cast.catalogue, kind=Kind.MIDTERM, year=cast.round.year)
    passage = Passage(report=report, part=Part.HEAD, action=cast.own_goal.action)
    write: dict[str, Any] = {
        "passage": passage,
        "by": mandate(cast.people[name]),
        "texts": {"choice": "adjust", "reason": reason},
    }
    try:
        editorial.save(**write, version=version)
        outcome.append("won")
    except IllegalTransition as refusal:
        editorial.keep_refused(**write, reason=str(refusal))
        outcome.append("refused")


def test_two_recommendations_at_once_are_one_and_a_kept_one_the_first_time_too(cast: Cast) -> None:
    """The first of these races is also for who makes the row."""
    races = 5
    for number in range(races):
        outcome: list[str] = []
        _race(
            [
                lambda n=name, o=outcome, i=number: _recommend(cast, n, f"{n} {i}", i, o)  # type: ignore[misc]
                for name in ("head", "co_head")
            ]
        )
        assert sorted(outcome) == ["refused", "won"]
    kept = {str(event.content["texts"]["reason"]) for event in Event.objects.all()}
    assert kept == {f"{name} {number}" for name in ("head", "co_head") for number in range(races)}
    assert Passage.objects.get().version == races


def test_without_the_lock_both_win_and_a_text_is_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the races above are real, for they go wrong once the lock is off."""
    both_have_read = threading.Barrier(2)

    def read_without_lock(self: QuerySet[Any], **kwargs: Any) -> QuerySet[Any]:
        return self

    real = workflow._responsible_positions

    def pause(status: GoalStatus) -> list[int]:
        found = real(status)
        if not both_have_read.broken:
            both_have_read.wait(timeout=20)
        return found

    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    monkeypatch.setattr(QuerySet, "select_for_update", read_without_lock)
    monkeypatch.setattr(workflow, "_responsible_positions", pause)
    outcome: list[str] = []
    faults: list[str] = []

    def save(name: str) -> None:
        try:
            _save(cast, name, name, 0, outcome)
        except OperationalError as fault:
            # SQLite notices the lost lock itself, and refuses the second writer: its text is lost.
            faults.append(str(fault))

    _race([lambda: save("head"), lambda: save("co_head")])
    assert sorted(outcome) != ["refused", "won"]
    assert outcome == ["won", "won"] or faults


def test_a_round_can_close_while_a_head_saves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The save holds its status and refers to the round; the closing holds the round and waits for
    the status. Neither may wait for the other for ever.
    """
    closing, faults = threading.Event(), list[str]()
    real = workflow._stored

    def slowly(status: GoalStatus) -> Entry:
        closing.wait(timeout=20)
        return real(status)

    def close() -> None:
        try:
            with connection.execute_wrapper(_tells_when_it_waits(closing)):
                workflow.close_round(round_=cast.round, by=mandate(cast.coordinator))
        except OperationalError as fault:
            faults.append(str(fault))

    def save() -> None:
        try:
            _save(cast, "head", "Nået lige før", 0, [])
        except (OperationalError, IllegalTransition) as fault:
            faults.append(str(fault))

    monkeypatch.setattr(workflow, "_stored", slowly)
    if connection.vendor == "sqlite":
        closing.set()  # One writer at a time there: whoever comes second waits at its first word.
    _race([save, close])
    assert [fault for fault in faults if "åben" not in fault] == []
    assert Round.objects.get().closed_at is not None


def _tells_when_it_waits(closing: threading.Event) -> Callable[..., Any]:
    """Sets the event as the closing asks for the statuses, when it holds the round already."""

    def wrapper(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if "FOR UPDATE" in sql and "actions_goalstatus" in sql:
            closing.set()
        return execute(sql, *more)

    return wrapper
