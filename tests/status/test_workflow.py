"""What happens when somebody saves, submits, returns, approves, opens and closes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from actions.access import may_review
from actions.lights import Light
from actions.models import Event, GoalStatus, Measurement, RoundState, State
from actions.rounds import verbs as rounds_verbs
from actions.status import verbs as status_verbs
from actions.status.entry import Entry, Figure, stored_entry
from actions.status.moves import MOVES, Verb
from actions.status.verbs import Incomplete
from actions.writing.refusals import Conflict, Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of

pytestmark = pytest.mark.django_db


def _submitted(cast: Cast) -> GoalStatus:
    status = status_of(cast.round, cast.own_goal)
    return status_verbs.submit(status=status, by=mandate(cast.head), entry=entry(), revision=0)


def test_a_draft_keeps_what_is_typed_and_adds_one_history_row(cast: Cast) -> None:
    status = status_of(cast.round, cast.own_goal)
    typed = Entry(light="", texts={"progress": "Halvfærdig"})
    saved = status_verbs.save_draft(status=status, by=mandate(cast.head), entry=typed, revision=0)
    saved.refresh_from_db()
    assert (saved.state, saved.progress, saved.revision) == (State.DRAFT, "Halvfærdig", 1)
    event = Event.objects.get()
    assert (event.verb, event.from_state, event.to_state) == ("save", "not_started", "draft")
    assert (event.actor, event.position) == (cast.head, "Planchefen")
    assert event.content["texts"]["progress"] == "Halvfærdig"


def test_saving_the_same_draft_again_changes_nothing(cast: Cast) -> None:
    status = status_of(cast.round, cast.own_goal)
    by, typed = mandate(cast.head), entry(cause="", consequence="", next_step="")
    typed = Entry(typed.light, {name: typed.text(name) for name in GoalStatus.TEXTS})
    status_verbs.save_draft(status=status, by=by, entry=typed, revision=0)
    again = status_verbs.save_draft(status=status, by=by, entry=typed, revision=1)
    assert again.revision == 1
    assert Event.objects.count() == 1


def test_submitting_hands_the_status_to_the_coordinator(cast: Cast) -> None:
    status = _submitted(cast)
    assert (status.state, status.revision) == (State.SUBMITTED, 1)
    assert (status.author_name, status.author_position) == ("Head", "Planchefen")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (Entry(), {"light", "progress"}),
        (entry(Light.OFF_TRACK), {"cause", "consequence", "next_step"}),
        (entry(Light.AT_RISK, cause="Fordi", next_step="Vi gør"), {"consequence"}),
        (entry(Light.NOT_ASSESSABLE), {"why_not_assessable"}),
        (entry(Light.ON_TRACK, progress="   "), {"progress"}),
    ],
)
def test_an_incomplete_status_names_every_field_that_lacks(
    cast: Cast, typed: Entry, fields: set[str]
) -> None:
    status = status_of(cast.round, cast.own_goal)
    with pytest.raises(Incomplete) as refusal:
        status_verbs.submit(status=status, by=mandate(cast.head), entry=typed, revision=0)
    assert set(refusal.value.fields) == fields
    status.refresh_from_db()
    assert status.state == State.NOT_STARTED


def test_every_indicator_needs_its_figure_or_a_reason(cast: Cast) -> None:
    known, missing = (factory.make_indicator(cast.own_goal) for _each in range(2))
    status = status_of(cast.round, cast.own_goal)
    figures = (Figure(known.pk, Decimal(120)), Figure(missing.pk))
    typed = Entry(Light.ON_TRACK, {"progress": "Fint"}, figures)
    with pytest.raises(Incomplete) as refusal:
        status_verbs.submit(status=status, by=mandate(cast.head), entry=typed, revision=0)
    assert set(refusal.value.fields) == {f"value-{missing.pk}"}


def test_a_light_that_differs_from_the_figures_must_be_explained(cast: Cast) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    status = status_of(cast.round, cast.own_goal)
    typed = Entry(Light.ON_TRACK, {"progress": "Fint"}, (Figure(indicator.pk, Decimal(10)),))
    with pytest.raises(Incomplete) as refusal:
        status_verbs.submit(status=status, by=mandate(cast.head), entry=typed, revision=0)
    assert set(refusal.value.fields) == {"why_differs"}
    explained = Entry(typed.light, typed.texts | {"why_differs": "Fordi"}, typed.figures)
    saved = status_verbs.submit(status=status, by=mandate(cast.head), entry=explained, revision=0)
    assert saved.state == State.SUBMITTED


def test_a_figure_is_kept_for_the_measured_year_and_goes_when_it_is_cleared(cast: Cast) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    status, by = status_of(cast.round, cast.own_goal), mandate(cast.head)
    with_value = Entry(figures=(Figure(indicator.pk, Decimal("3.3"), source="Optælling"),))
    status_verbs.save_draft(status=status, by=by, entry=with_value, revision=0)
    assert stored_entry(status_of(cast.round, cast.own_goal)).figures == with_value.figures
    assert not Measurement.objects.exists(), "a draft is nobody's truth"
    status_verbs.save_draft(
        status=status, by=by, entry=Entry(figures=(Figure(indicator.pk),)), revision=1
    )
    assert status_of(cast.round, cast.own_goal).figures == []
    assert Event.objects.last().content["figures"][0]["value"] == "3.3"  # type: ignore[union-attr]


def test_a_figure_of_another_goal_is_not_touched(cast: Cast) -> None:
    foreign = factory.make_indicator(cast.other_goal)
    status = status_of(cast.round, cast.own_goal)
    typed = Entry(figures=(Figure(foreign.pk, Decimal(1)),))
    status_verbs.save_draft(status=status, by=mandate(cast.head), entry=typed, revision=0)
    assert status_of(cast.round, cast.own_goal).figures == []


def test_an_old_form_is_refused_and_told_who_wrote_meanwhile(cast: Cast) -> None:
    status = status_of(cast.round, cast.own_goal)
    status_verbs.save_draft(status=status, by=mandate(cast.head), entry=entry(), revision=0)
    with pytest.raises(Conflict, match="Head har ændret") as refusal:
        status_verbs.save_draft(
            status=status, by=mandate(cast.co_head), entry=entry(progress="Andet"), revision=0
        )
    assert refusal.value.row.progress == "Det går fremad."


def test_a_second_submit_is_refused_and_changes_nothing(cast: Cast) -> None:
    status = _submitted(cast)
    with pytest.raises(Conflict, match="allerede indsendt"):
        status_verbs.submit(status=status, by=mandate(cast.head), entry=entry(), revision=0)
    assert Event.objects.count() == 1


def test_the_coordinator_approves_what_is_submitted(cast: Cast) -> None:
    status = _submitted(cast)
    approved = status_verbs.approve(status=status, by=mandate(cast.coordinator), revision=1)
    assert approved.state == State.APPROVED
    assert Event.objects.first().position == "Udviklingsforvaltningen"  # type: ignore[union-attr]


def test_an_approval_of_a_text_that_was_not_read_is_refused(cast: Cast) -> None:
    status = _submitted(cast)
    with pytest.raises(Conflict):
        status_verbs.approve(status=status, by=mandate(cast.coordinator), revision=0)


def test_returning_needs_a_comment_that_says_what_to_change(cast: Cast) -> None:
    status, by = _submitted(cast), mandate(cast.coordinator)
    with pytest.raises(Refused, match="Skriv en kommentar"):
        status_verbs.return_to_head(status=status, by=by, revision=1, comment="  ")
    returned = status_verbs.return_to_head(
        status=status, by=by, revision=1, comment="Uddyb årsagen"
    )
    assert returned.state == State.RETURNED
    assert Event.objects.first().comment == "Uddyb årsagen"  # type: ignore[union-attr]


def test_a_returned_status_is_saved_without_losing_its_state_and_submitted_again(
    cast: Cast,
) -> None:
    status = _submitted(cast)
    status_verbs.return_to_head(
        status=status, by=mandate(cast.coordinator), revision=1, comment="Uddyb"
    )
    by = mandate(cast.head)
    saved = status_verbs.save_draft(status=status, by=by, entry=entry(progress="Mere"), revision=2)
    assert saved.state == State.RETURNED
    again = status_verbs.submit(status=status, by=by, entry=entry(progress="Mere"), revision=3)
    assert again.state == State.SUBMITTED


def test_an_approved_status_can_be_returned_until_the_round_closes(cast: Cast) -> None:
    status, by = _submitted(cast), mandate(cast.coordinator)
    status_verbs.approve(status=status, by=by, revision=1)
    rounds_verbs.close_round(round_=cast.round, by=by)
    with pytest.raises(Refused, match="ikke åben"):
        status_verbs.return_to_head(status=status, by=by, revision=2, comment="Ret")
    rounds_verbs.reopen_round(
        round_=cast.round, closes=timezone.localdate(), reason="Fejl i tal", by=by
    )
    returned = status_verbs.return_to_head(status=status, by=by, revision=2, comment="Ret")
    assert returned.state == State.RETURNED


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(Verb))
def test_only_the_moves_of_the_table_are_possible(cast: Cast, verb: Verb, state: State) -> None:
    status = factory.hand_in(status_of(cast.round, cast.own_goal), state)
    everyone = mandate(cast.coordinator if MOVES[verb].may is may_review else cast.head)
    calls = {
        Verb.SAVE: lambda: status_verbs.save_draft(
            status=status, by=everyone, entry=entry(progress="Nyt"), revision=1
        ),
        Verb.SUBMIT: lambda: status_verbs.submit(
            status=status, by=everyone, entry=entry(), revision=1
        ),
        Verb.APPROVE: lambda: status_verbs.approve(status=status, by=everyone, revision=1),
        Verb.RETURN: lambda: status_verbs.return_to_head(
            status=status, by=everyone, revision=1, comment="Ret"
        ),
    }
    if state in MOVES[verb].steps:
        assert calls[verb]().state == MOVES[verb].steps[state]
    else:
        with pytest.raises(Refused):
            calls[verb]()


def test_a_writer_saves_but_only_a_deputy_submits(cast: Cast) -> None:
    status = status_of(cast.round, cast.own_goal)
    status_verbs.save_draft(status=status, by=mandate(cast.writer), entry=entry(), revision=0)
    with pytest.raises(Refused, match="ikke ret"):
        status_verbs.submit(status=status, by=mandate(cast.writer), entry=entry(), revision=1)
    saved = status_verbs.submit(status=status, by=mandate(cast.deputy), entry=entry(), revision=1)
    assert saved.author_position == "Planchefen"


@pytest.mark.parametrize("name", ["other_head", "former_head", "coordinator", "colleague"])
def test_nobody_else_writes_a_heads_status(cast: Cast, name: str) -> None:
    status = status_of(cast.round, cast.own_goal)
    with pytest.raises(Refused, match="ikke ret"):
        status_verbs.save_draft(
            status=status, by=mandate(cast.people[name]), entry=entry(), revision=0
        )


def test_a_closed_round_refuses_every_save(cast: Cast) -> None:
    rounds_verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))
    status = status_of(cast.round, cast.own_goal)
    with pytest.raises(Refused, match="ikke åben"):
        status_verbs.save_draft(status=status, by=mandate(cast.head), entry=entry(), revision=0)


def test_a_round_closes_by_itself_after_its_last_day(cast: Cast) -> None:
    last = cast.round.closes
    assert cast.round.state(last) is RoundState.OPEN
    assert cast.round.state(last + timedelta(days=1)) is RoundState.CLOSED
    assert cast.round.state(cast.round.opens - timedelta(days=1)) is RoundState.PLANNED


def test_reopening_needs_a_reason_and_is_logged(cast: Cast) -> None:
    by, today = mandate(cast.coordinator), timezone.localdate()
    rounds_verbs.close_round(round_=cast.round, by=by)
    with pytest.raises(Refused, match="Skriv, hvorfor"):
        rounds_verbs.reopen_round(round_=cast.round, closes=today, reason="", by=by)
    reopened = rounds_verbs.reopen_round(round_=cast.round, closes=today, reason="En fejl", by=by)
    assert reopened.state(today) is RoundState.OPEN
    event = Event.objects.first()
    assert event is not None
    assert (event.verb, event.from_state, event.to_state, event.comment) == (
        "reopen_round",
        "closed",
        "open",
        "En fejl",
    )


def test_opening_a_round_gives_every_goal_an_empty_status(cast: Cast) -> None:
    today = timezone.localdate()
    dates = rounds_verbs.RoundDates(today, today, today)
    round_ = rounds_verbs.open_round(
        catalogue=cast.catalogue,
        year=today.year - 1,
        measured_year=today.year - 2,
        dates=dates,
        by=mandate(cast.coordinator),
    )
    assert round_.statuses.filter(state=State.NOT_STARTED).count() == 2


def test_there_is_one_round_a_year(cast: Cast) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused, match="allerede en statusrunde"):
        rounds_verbs.open_round(
            catalogue=cast.catalogue,
            year=cast.round.year,
            measured_year=cast.round.year - 2,
            dates=rounds_verbs.RoundDates(today, today, today),
            by=mandate(cast.coordinator),
        )
