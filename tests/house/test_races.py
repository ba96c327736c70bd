"""Two who write on one revision at the same moment: exactly one wins, and no text is lost. Two who
publish at the same moment: exactly one edition.

Real connections in real threads, on both databases. A drill runs more: RACES=1000.
"""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections
from django.db.models.query import QuerySet
from django.utils import timezone

from actions.access import Mandate
from actions.catalogue import carry_over, editor
from actions.catalogue.exporter import rows_of
from actions.figures import verbs as figures_verbs
from actions.figures.supplying import name_supplier
from actions.figures.told import Told, YearTold
from actions.models import Catalogue, Event, GoalStatus, Indicator, Role, Round, State, User
from actions.models.history import REFUSED
from actions.people import verbs as people_verbs
from actions.rounds import verbs as rounds_verbs
from actions.status import text as status_text
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, stored_entry
from actions.status.moves import Verb, check_may
from actions.writing import drafts
from actions.writing.refusals import Conflict, Refused
from reports.access import get_latest_edition
from reports.committee import selection
from reports.committee.selection import Decision
from reports.editions import public
from reports.editions import verbs as editions_verbs
from reports.meeting import verbs as meeting_verbs
from reports.meeting.page import get_meeting
from reports.models import Edition, Kind, Part, Passage, Report, Selection
from reports.texts import verbs as texts_verbs
from tests.support.cast import Cast, assemble_cast
from tests.support.factory import (
    entry,
    hand_in,
    make_action,
    make_edition,
    make_indicator,
    make_selection,
    make_user,
    mandate,
    proof_now,
    status_of,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

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


def _save(cast: Cast, name: str, text: str, revision: int, outcome: list[str]) -> None:
    """Saves as the view does: a refused text is archived."""
    status, by = status_of(cast.round, cast.own_goal), mandate(cast.people[name])
    typed = entry(progress=text)
    try:
        status_verbs.save_draft(status=status, by=by, entry=typed, revision=revision)
        outcome.append("won")
    except Conflict as refusal:
        status_verbs.keep_refused(status=status, by=by, entry=typed, reason=str(refusal))
        outcome.append("refused")


def _run_races(cast: Cast, races: int) -> list[list[str]]:
    outcomes = []
    for number in range(races):
        revision = status_of(cast.round, cast.own_goal).revision
        outcome: list[str] = []
        _race(
            [
                lambda n=name, o=outcome, v=revision, i=number: _save(cast, n, f"{n} {i}", v, o)  # type: ignore[misc]
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
    assert GoalStatus.objects.get(goal=cast.own_goal).revision == RACES


def _recommend(cast: Cast, name: str, reason: str, revision: int, outcome: list[str]) -> None:
    report = Report(catalogue=cast.catalogue, kind=Kind.MIDTERM, year=cast.round.year)
    passage = Passage(report=report, part=Part.HEAD, action=cast.own_goal.action)
    write: dict[str, Any] = {
        "passage": passage,
        "by": mandate(cast.people[name]),
        "texts": {"choice": "adjust", "reason": reason},
    }
    try:
        texts_verbs.save(**write, revision=revision)
        outcome.append("won")
    except Refused as refusal:
        texts_verbs.keep_refused(**write, reason=str(refusal))
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
    assert Passage.objects.get().revision == races


def test_without_the_lock_both_win_and_a_text_is_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the races above are real, for they go wrong once the lock is off."""
    both_have_read = threading.Barrier(2)

    def read_without_lock(self: QuerySet[Any], **kwargs: Any) -> QuerySet[Any]:
        return self

    def pause(verb: Verb, locked: GoalStatus, by: Mandate) -> list[int]:
        positions = check_may(verb, locked, by)
        if not both_have_read.broken:
            both_have_read.wait(timeout=20)
        return positions

    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    monkeypatch.setattr(QuerySet, "select_for_update", read_without_lock)
    monkeypatch.setattr(status_text, "check_may", pause)
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
    real = stored_entry

    def slowly(status: GoalStatus) -> Entry:
        closing.wait(timeout=20)
        return real(status)

    def close() -> None:
        try:
            with connection.execute_wrapper(_tells_when_it_waits(closing)):
                rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
        except OperationalError as fault:
            faults.append(str(fault))

    def save() -> None:
        try:
            _save(cast, "head", "Nået lige før", 0, [])
        except (OperationalError, Refused) as fault:
            faults.append(str(fault))

    monkeypatch.setattr(status_text, "stored_entry", slowly)
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


# Publishing.


@pytest.fixture
def _quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions_verbs, "render_pdf", lambda content, edition: b"%PDF-")


def _publish(cast: Cast, by: User, seal: str, outcome: list[str]) -> None:
    try:
        editions_verbs.publish(
            catalogue=cast.catalogue,
            year=cast.round.year,
            seal=seal,
            changes="Rettelse",
            confirmed=True,
            by=mandate(by),
        )
        outcome.append("published")
    except editions_verbs.AlreadyPublished as done:
        outcome.append(f"already {done.edition.number}")


@pytest.mark.usefixtures("_quick_pdf")
def test_of_two_who_publish_at_once_one_does_and_the_other_is_told_of_it(cast: Cast) -> None:
    other = make_user(roles=[Role.COORDINATOR])
    for number in range(1, 6):
        hand_in(status_of(cast.round), progress=f"Rettelse {number}")
        seal, outcome = proof_now(cast.catalogue, cast.round.year), list[str]()
        _race(
            [
                lambda who=who, s=seal, o=outcome: _publish(cast, who, s, o)  # type: ignore[misc]
                for who in (cast.coordinator, other)
            ]
        )
        assert sorted(outcome) == [f"already {number}", "published"]
    assert sorted(Edition.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Event.objects.filter(verb="publish").count() == 5
    assert (Edition.objects.check_chain(), Event.objects.check_chain()) == (5, 5)


@pytest.mark.usefixtures("_quick_pdf")
def test_without_the_lock_both_try_to_publish_the_same_number(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    both_have_looked = threading.Barrier(2)
    real = editions_verbs.freeze

    def pause(*args: Any, **kwargs: Any) -> Edition:
        both_have_looked.wait(timeout=20)
        return real(*args, **kwargs)

    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **kwargs: self)
    monkeypatch.setattr(editions_verbs, "freeze", pause)
    seal, outcome, faults = proof_now(cast.catalogue, cast.round.year), list[str](), list[str]()

    def publish() -> None:
        try:
            _publish(cast, cast.coordinator, seal, outcome)
        except (IntegrityError, OperationalError) as fault:
            faults.append(str(fault))

    _race([publish, publish])
    assert (outcome, len(faults)) == (["published"], 1)


# The chain of the history, which every verb adds to.


def test_many_verbs_at_once_make_one_chain(cast: Cast) -> None:
    """Saves, submits, delegations and new people: the chain is the last that each of them locks."""
    faults: list[str] = []

    def often(act: Callable[[int], object]) -> Callable[[], None]:
        def run() -> None:
            for number in range(RACES):
                try:
                    act(number)
                except Refused:
                    pass
                except OperationalError as fault:
                    faults.append(str(fault))

        return run

    def submit(number: int) -> None:
        status = status_of(cast.round, cast.own_goal)
        if status.state == State.SUBMITTED:
            by, revision = mandate(cast.coordinator), status.revision
            status_verbs.return_to_head(status=status, by=by, revision=revision, comment="Uddyb")
        else:
            by, revision = mandate(cast.head), status.revision
            status_verbs.submit(status=status, by=by, entry=entry(), revision=revision)

    def staff(number: int) -> None:
        user = make_user(f"ny-{number}")
        starts = timezone.localdate() + timedelta(days=number + 1)
        people_verbs.appoint(
            position=cast.position, user=user, starts=starts, by=mandate(cast.administrator)
        )

    def rename(number: int) -> None:
        cast.co_head.username = f"co-head-{number}"
        people_verbs.save_user(
            user=cast.co_head, roles=[], administration=None, by=mandate(cast.administrator)
        )

    def save(number: int) -> None:
        _save(cast, "co_head", f"Kladde {number}", status_of(cast.round).revision, [])

    _race([often(submit), often(staff), often(rename), often(save)])
    assert faults == []
    assert Event.objects.check_chain() == Event.objects.count() > 3 * RACES


def test_of_two_conclusions_at_once_one_is_saved_and_both_are_kept(cast: Cast) -> None:
    """Also of the two that are the first on their action."""
    year = cast.round.year
    make_selection(make_edition(cast.catalogue, year))

    def conclude(text: str, revision: int, outcome: list[str]) -> None:
        page, by = get_meeting(cast.catalogue.slug, year), mandate(cast.coordinator)
        about: dict[str, Any] = {"chosen": page.chosen[0], "report": page.report, "by": by}
        try:
            meeting_verbs.save_conclusion(**about, text=text, revision=revision)
            outcome.append("won")
        except Conflict:
            conclusion = meeting_verbs.ConclusionText(page.report, page.chosen[0])
            drafts.archive(conclusion, conclusion.row, text, by=by, reason="")
            outcome.append("refused")

    for number in range(RACES):
        outcome: list[str] = []
        texts = [f"a {number}", f"b {number}"]
        _race([lambda t=text, v=number, o=outcome: conclude(t, v, o) for text in texts])  # type: ignore[misc]
        assert sorted(outcome) == ["refused", "won"]
    kept = [event.content["text"] for event in Event.objects.filter(verb__contains="conclu")]
    assert sorted(kept) == sorted(f"{name} {number}" for name in "ab" for number in range(RACES))


def test_of_two_who_save_one_action_at_once_exactly_one_wins(cast: Cast) -> None:
    slug, by = cast.catalogue.slug, mandate(cast.coordinator)
    for number in range(5):
        rows = rows_of(slug)
        seal, outcome = editor.seal_of(rows, 1), list[str]()

        def save(title: str, seal: str = seal, outcome: list[str] = outcome) -> None:
            action = replace(rows_of(slug).actions[0], title=title)
            try:
                editor.save_action(slug=slug, action=action, seal=seal, by=by)
                outcome.append("won")
            except Conflict:
                outcome.append("refused")

        _race([lambda n=name, i=number: save(f"{n} {i}") for name in ("en", "to")])  # type: ignore[misc]
        assert sorted(outcome) == ["refused", "won"]
    assert Event.objects.filter(verb="edit_catalogue").count() == 5


def test_a_double_click_starts_one_next_catalogue(cast: Cast) -> None:
    slug, by = cast.catalogue.slug, mandate(cast.coordinator)
    frame = replace(rows_of(slug), slug="naeste", title="Det næste")
    made: list[int] = []

    def click() -> None:
        done = carry_over.carry_over(source=slug, numbers=[1, 2], frame=frame, by=by)
        made.append(done.catalogue.pk)

    _race([click, click])
    assert made == [Catalogue.objects.get(slug="naeste").pk] * 2
    assert Catalogue.objects.get(slug="naeste").actions.count() == 2


# The committee's decision.


def _decide(cast: Cast, number: int, revision: int, outcome: list[str]) -> None:
    edition, today = get_latest_edition(cast.catalogue.slug, cast.round.year), timezone.localdate()
    reasons = dict.fromkeys((1, 2, 3), f"Begrundelse {number}")
    decision = Decision(today, "Udvalget vælger.", today, reasons, "Valgt om.")
    try:
        selection.record_selection(
            edition=edition, decision=decision, revision=revision, by=mandate(cast.coordinator)
        )
        outcome.append("won")
    except Conflict:
        outcome.append("refused")


def _to_decide(cast: Cast) -> None:
    make_action(cast.catalogue)
    make_edition(cast.catalogue, cast.round.year)


def test_of_two_who_record_a_decision_at_once_exactly_one_does(cast: Cast) -> None:
    _to_decide(cast)
    for race in range(RACES):
        outcome: list[str] = []
        _race(
            [
                lambda n=2 * race + each, v=race, o=outcome: _decide(cast, n, v, o)  # type: ignore[misc]
                for each in range(2)
            ]
        )
        assert sorted(outcome) == ["refused", "won"]
    assert sorted(Selection.objects.values_list("number", flat=True)) == [*range(1, RACES + 1)]
    assert Event.objects.filter(verb="decide").count() == RACES


def test_without_the_lock_both_try_to_record_the_same_number(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    _to_decide(cast)
    both_have_looked = threading.Barrier(2)
    real = selection._add

    def pause(*args: Any, **kwargs: Any) -> Selection:
        both_have_looked.wait(timeout=20)
        return real(*args, **kwargs)

    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **kwargs: self)
    monkeypatch.setattr(selection, "_add", pause)
    outcome, faults = list[str](), list[str]()

    def decide(number: int) -> None:
        try:
            _decide(cast, number, 0, outcome)
        except (IntegrityError, OperationalError) as fault:
            faults.append(str(fault))

    _race([lambda: decide(1), lambda: decide(2)])
    assert (outcome, len(faults)) == (["won"], 1)


# What is public.


def test_of_two_who_make_an_edition_public_at_once_one_does_the_first_time_too(cast: Cast) -> None:
    for number in range(1, RACES + 1):
        edition = make_edition(cast.catalogue, cast.round.year, number=number)
        outcome: list[str] = []

        def click(edition: Edition = edition, outcome: list[str] = outcome) -> None:
            try:
                public.make_public(edition=edition, by=mandate(cast.coordinator))
                outcome.append("won")
            except Refused:
                outcome.append("refused")

        _race([click, click])
        assert sorted(outcome) == ["refused", "won"]
    assert Event.objects.filter(verb="make_public").count() == RACES


# An indicator's values, and who delivers them.


def test_of_two_who_tell_a_year_at_once_one_is_shown_the_others(cast: Cast) -> None:
    year = cast.round.measured_year
    for number in range(RACES):
        indicator = make_indicator(cast.own_goal, name=f"Måltal {number}")
        outcome: list[str] = []

        def tell(
            name: str,
            value: int,
            indicator: Indicator = indicator,
            outcome: list[str] = outcome,
        ) -> None:
            row = YearTold(indicator, year, Told(Decimal(value)), seen=0)
            try:
                figures_verbs.tell_figures(by=mandate(cast.people[name]), rows=[row])
                outcome.append("won")
            except Conflict as refusal:
                assert refusal.row == indicator.measurements.get()
                outcome.append("refused")

        _race([lambda t=tell: t("head", 1), lambda t=tell: t("coordinator", 2)])  # type: ignore[misc]
        assert sorted(outcome) == ["refused", "won"]
    assert Event.objects.filter(verb="tell_figure").count() == RACES


def test_of_two_suppliers_named_at_once_one_is_refused(cast: Cast) -> None:
    by = mandate(cast.coordinator)
    for number in range(RACES):
        indicator = make_indicator(cast.own_goal, name=f"Måltal {number}")
        outcome: list[str] = []

        def name(
            user: User, indicator: Indicator = indicator, outcome: list[str] = outcome
        ) -> None:
            try:
                name_supplier(indicator=indicator, position=None, user=user, by=by)
                outcome.append("won")
            except Refused:
                outcome.append("refused")

        _race([lambda n=name: n(cast.outsider), lambda n=name: n(cast.council)])  # type: ignore[misc]
        assert sorted(outcome) == ["refused", "won"]
    assert Event.objects.filter(verb="name_supplier").count() == RACES
