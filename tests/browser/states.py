"""States that a page can be met in, and wrong things that people type, for `situations`."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from actions.history import record
from actions.lights import Light
from actions.models import (
    Appointment,
    GoalStatus,
    Measurement,
    Responsibility,
    Role,
    RoleGrant,
    State,
)
from tests import factory
from tests.cast import Cast

#: The longest word of the Danish laws: titles and names may hold such a one.
LONG_WORD = "Speciallægepraksisplanlægningsstabiliseringsperiode"
#: What people paste into a text: an address without a place to break, paragraphs, and never code.
ADDRESS = "https://www.example.org/" + "bilag_til_punkt_7_" * 8
HOSTILE = '<script>alert("æøå")</script><b onclick="x()">fed</b> {{ 7|add:7 }}'
LONG_TEXT = "\n\n".join([HOSTILE, ADDRESS, "Vi har aftalt mere. " * 60])


def _own(cast: Cast) -> GoalStatus:
    return factory.status_of(cast.round, cast.own_goal)


def with_figures(cast: Cast) -> GoalStatus:
    """A goal with last year's status, three indicators and this year's figures, one missing."""
    past = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    before = factory.status_of(past, cast.own_goal)
    texts = dict.fromkeys(GoalStatus.TEXTS, "Det stod der sidste år.")
    factory.hand_in(before, light=Light.AT_RISK, **texts)
    for name, unit, values in (
        ("Besøg på det naturformidlingscenter, der ligger længst mod nord", "besøg", (104, 93)),
        ("Personaleomsætning", "%", (Decimal("3.3"), Decimal("17.2"))),
        ("Bynær natur", "ha", (None, None)),
    ):
        indicator = factory.make_indicator(cast.own_goal, name=name, unit=unit)
        for round_of, value in zip((past, cast.round), values, strict=True):
            Measurement.objects.create(
                indicator=indicator,
                status=factory.status_of(round_of, cast.own_goal),
                year=round_of.measured_year,
                value=value,
                missing_reason="" if value is not None else "Opgøres først til sommer.",
                source="Registeret",
                comment="Foreløbigt tal.",
            )
    return factory.status_of(cast.round, cast.own_goal)


def in_full(state: str) -> Callable[[Cast], GoalStatus]:
    """Every text is there, is long and hostile, and so are the history's comments."""

    def given(cast: Cast) -> GoalStatus:
        status = with_figures(cast)
        texts = dict.fromkeys(GoalStatus.TEXTS, LONG_TEXT)
        factory.hand_in(status, state, light=Light.OFF_TRACK, author_name=LONG_WORD, **texts)
        record(
            "return",
            actor=cast.coordinator,
            position="Udviklingsforvaltningen",
            round_=cast.round,
            status=status,
            moved=(State.SUBMITTED, State.RETURNED),
            comment=LONG_TEXT,
            content={},
        )
        return status

    return given


def long_names(cast: Cast) -> None:
    for row in (cast.own_goal.action, cast.other_goal.action):
        row.title = row.summary = row.purpose = LONG_WORD
        row.save()
    for goal in (cast.own_goal, cast.other_goal):
        goal.text = LONG_WORD
        goal.save()
    cast.position.name = LONG_WORD
    cast.position.save()


def closed(cast: Cast) -> None:
    in_full("approved")(cast)
    cast.round.closed_at = timezone.now()
    cast.round.save()


def planned(cast: Cast) -> None:
    days = (timedelta(days=number) for number in (5, 25, 45))
    cast.round.opens, cast.round.due, cast.round.closes = (
        timezone.localdate() + day for day in days
    )
    cast.round.save()


def overdue(cast: Cast) -> None:
    cast.round.due = timezone.localdate() - timedelta(days=3)
    cast.round.save()


def all_approved(cast: Cast) -> None:
    for status in cast.round.statuses.all():
        factory.hand_in(status)


def mixed(cast: Cast) -> None:
    """Every state and light, and a round of the year before."""
    past = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    for status in past.statuses.all():
        factory.hand_in(status, light=Light.NOT_ASSESSABLE)
    for state, light in zip(State, Light, strict=True):
        holder = [cast.position]
        action = factory.make_action(cast.catalogue, responsible=holder, goals=1)
        status = GoalStatus.objects.create(round=cast.round, goal=action.goals.get())
        if state != State.NOT_STARTED:
            factory.hand_in(status, state, light=light)


def published_twice(cast: Cast) -> None:
    factory.make_edition(cast.catalogue, cast.round.year)
    mixed(cast)
    factory.make_edition(cast.catalogue, cast.round.year, number=2)


def published_in_full(cast: Cast) -> None:
    closed(cast)
    long_names(cast)
    factory.make_edition(cast.catalogue, cast.round.year)


def without_goals(cast: Cast) -> None:
    Responsibility.objects.filter(action=cast.other_goal.action).delete()


def vacant(cast: Cast) -> None:
    Appointment.objects.filter(position=cast.position).delete()


def crowd(cast: Cast) -> None:
    """A user with a long name, every role, and one that is closed."""
    user = factory.make_user(
        LONG_WORD.lower(),
        first_name=f"Anna {LONG_WORD}",
        last_name=LONG_WORD,
        email=f"{LONG_WORD.lower()}@example.org",
        is_active=False,
    )
    for role in (Role.COORDINATOR, Role.COMMITTEE, Role.COUNCIL, Role.STRATEGIC_FORUM):
        RoleGrant.objects.create(user=user, role=role)
    factory.make_position(LONG_WORD, holder=user)


def long_log(cast: Cast) -> None:
    for number in range(60):
        subject = f"{LONG_WORD} {number}"
        record("save_user", actor=cast.administrator, subject=subject, comment=ADDRESS)


def no_catalogue(cast: Cast) -> None:
    GoalStatus.objects.all().delete()
    for rows in (cast.catalogue.rounds, cast.catalogue.actions):
        rows.all().delete()
    cast.catalogue.delete()


def typed_wrong(cast: Cast) -> dict[str, str]:
    """A status with a field of every kind filled in wrongly."""
    figures = {f"value-{row.pk}": "tre" for row in cast.own_goal.indicators.all()}
    texts = {"light": "off_track", "progress": LONG_TEXT * 4}
    return figures | texts | {"version": str(_own(cast).version)}


def typed_too_little(cast: Cast) -> dict[str, str]:
    return {"version": str(_own(cast).version), "light": "at_risk", "move": "submit"}


def typed_on_old(cast: Cast) -> dict[str, str]:
    return {"version": "0", "light": "on_track", "progress": LONG_TEXT, "move": "submit"}


def dates_in_disorder(cast: Cast) -> dict[str, str]:
    return {
        "year": "1999",
        "measured_year": "1850",
        "opens": "2026-05-01",
        "due": "2026-04-01",
        "closes": "2026-03-01",
    }
