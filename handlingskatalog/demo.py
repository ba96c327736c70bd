"""The demo: the real catalogue with one login per post and role, and invented example statuses.

Everything invented carries `is_example`, and pages and reports say so. Only for development:
nothing here runs where DEBUG is off.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify

from actions.access import Mandate, mandate_of
from actions.catalogue.file import read_file
from actions.catalogue.importer import import_rows
from actions.danish import sort_key
from actions.dialogue.signing import put_signatures
from actions.history.record import record
from actions.models import (
    Administration,
    Appointment,
    Catalogue,
    Goal,
    GoalStatus,
    Measurement,
    Position,
    Role,
    RoleGrant,
    Round,
    State,
    User,
)
from actions.rounds import verbs
from actions.status.entry import content_of, entry_of
from actions.status.moves import APPROVED, RETURNED, SAVED, SUBMITTED
from handlingskatalog import demo_editorial
from reports.editions.verbs import proof_of, publish
from reports.models import Edition

PASSWORD: Final = "proev-handlingskatalog"
SLUG: Final = "handlingskatalog-24"
FIXTURES: Final = Path(settings.BASE_DIR) / "fixtures"

#: User name, name and role of everybody who has no post.
ROLES: Final = (
    ("vuf", "Vækst- og Udviklingsforvaltningen", Role.COORDINATOR),
    ("projektgruppe", "Projektgruppen", Role.PROJECT_GROUP),
    ("strategisk-chefforum", "Strategisk Chefforum", Role.STRATEGIC_FORUM),
    ("oekonomiudvalget", "Økonomiudvalget", Role.COMMITTEE),
    ("kommunalbestyrelsen", "Kommunalbestyrelsen", Role.COUNCIL),
    ("administrator", "Systemadministrator", Role.ADMINISTRATOR),
)
#: The one administration that the catalogue itself names as the place of a post.
STABEN: Final = "Staben"
#: How many days from a demo round's first day its due day and its last day lie.
DUE_AFTER, CLOSES_AFTER = timedelta(days=45), timedelta(days=75)


def user_name(name: str) -> str:
    """The slug of a post's or role's name, with Danish letters spelled out."""
    spelled = name.lower()
    for letter, spelling in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        spelled = spelled.replace(letter, spelling)
    return slugify(spelled)


def logins() -> list[tuple[str, str]]:
    """User names of the demo with who they are, heads first; empty before the demo is loaded."""
    heads = Position.objects.filter(responsibilities__action__catalogue__slug=SLUG).distinct()
    names = sorted((post.name for post in heads), key=sort_key)
    rows = [(user_name(name), name) for name in names]
    rows += [(name, who) for name, who, _role in ROLES]
    known = set(User.objects.values_list("username", flat=True))
    return [row for row in rows if row[0] in known]


def demo_logins(request: HttpRequest) -> dict[str, Any]:
    """What the login page shows while DEBUG is on: who one can try to be."""
    match = request.resolver_match
    if not settings.DEBUG or match is None or match.url_name != "account_login":
        return {}
    return {"demo_logins": logins(), "demo_password": PASSWORD}


@transaction.atomic
def load() -> Catalogue:
    """Loads what is missing and leaves what is there, so that it is safe to run twice."""
    if not Catalogue.objects.filter(slug=SLUG).exists():
        import_rows(read_file(FIXTURES / f"{SLUG}.yaml"))
    catalogue = Catalogue.objects.get(slug=SLUG)
    _people(catalogue)
    rounds = yaml.safe_load((FIXTURES / "demo-statuses.yaml").read_text(encoding="utf-8"))
    for round_ in rounds["rounds"]:
        if not catalogue.rounds.filter(year=round_["year"]).exists():
            _round(catalogue, round_)
    written = yaml.safe_load((FIXTURES / "demo-editorial.yaml").read_text(encoding="utf-8"))
    for report in written["reports"]:
        demo_editorial.write(catalogue, report)
    return catalogue


def publish_first_report(catalogue: Catalogue) -> None:
    """Publishes the report of 2025, so that the committee has one to read."""
    if Edition.objects.of_catalogue(catalogue).exists():
        return
    seal = proof_of(catalogue, 2025).seal
    publish(catalogue=catalogue, year=2025, seal=seal, changes="", confirmed=True, by=coordinator())


def _people(catalogue: Catalogue) -> None:
    """Users with what belongs to them; who is there already keeps the posts and roles they have."""
    staben, _made = Administration.objects.get_or_create(name=STABEN)
    for post in Position.objects.filter(responsibilities__action__catalogue=catalogue).distinct():
        user, _made = _user(user_name(post.name), post.name)
        if not post.appointments.exists():
            _fill(post, user, date(catalogue.period_from, 1, 1), staben)
    for name, who, role in ROLES:
        user, made = _user(name, who)
        if made:
            place = staben if role is Role.PROJECT_GROUP else None
            RoleGrant.objects.create(user=user, role=role, administration=place)


def _fill(post: Position, user: User, first_day: date, staben: Administration) -> None:
    Appointment.objects.create(position=post, user=user, starts=first_day)
    if STABEN in post.name and post.administration is None:
        post.administration = staben
        post.save()


def _user(name: str, who: str) -> tuple[User, bool]:
    user, made = User.objects.get_or_create(
        username=name, defaults={"first_name": who, "email": f"{name}@example.org"}
    )
    if made:
        user.set_password(PASSWORD)
        user.save()
    return user, made


def coordinator() -> Mandate:
    return mandate_of(User.objects.get(username="vuf"), timezone.localdate())


def _round(catalogue: Catalogue, examples: dict[str, Any]) -> None:
    """A round with its examples: a past one closed, this year's open around today."""
    year, today = examples["year"], timezone.localdate()
    opens = today - timedelta(days=30) if year >= 2026 else date(year, 1, 15)
    dates = verbs.RoundDates(opens, opens + DUE_AFTER, opens + CLOSES_AFTER)
    round_ = Round.objects.create(
        catalogue=catalogue,
        year=year,
        measured_year=year - 1,
        opens=dates.opens,
        due=dates.due,
        closes=dates.closes,
        is_example=True,
    )
    goals = {
        (goal.action.number, goal.number): goal
        for goal in Goal.objects.filter(action__catalogue=catalogue).select_related("action")
    }
    rows = {(row["action"], row["goal"]): row for row in examples["statuses"]}
    for key, goal in goals.items():
        _status(round_, goal, rows.get(key, {}))


def _status(round_: Round, goal: Goal, row: dict[str, Any]) -> None:
    state = State(row.get("state", State.NOT_STARTED))
    is_example = state is not State.NOT_STARTED
    status = GoalStatus.objects.create(round=round_, goal=goal, is_example=is_example)
    if state is State.NOT_STARTED:
        return
    head = goal.action.responsibilities.order_by("order").select_related("position")[0].position
    status.light = row.get("light", "")
    for name in GoalStatus.TEXTS:
        setattr(status, name, row.get(name, ""))
    status.author_name = status.author_position = head.name
    for figure in row.get("figures", []):
        _figure(status, figure)
    _history(status, state, head, row.get("comment", ""))


def _figure(status: GoalStatus, figure: dict[str, Any]) -> None:
    value = figure.get("value")
    Measurement.objects.create(
        indicator=status.goal.indicators.get(name=figure["indicator"]),
        status=status,
        year=status.round.measured_year,
        value=None if value is None else Decimal(str(value)),
        missing_reason=figure.get("missing", ""),
        source=figure.get("source", ""),
        comment=figure.get("comment", ""),
    )


#: The moves that lead to each state, with how many days after the opening each was made.
PATHS: Final = {
    State.DRAFT: [(SAVED, State.DRAFT, 9)],
    State.SUBMITTED: [(SAVED, State.DRAFT, 9), (SUBMITTED, State.SUBMITTED, 16)],
    State.RETURNED: [(SUBMITTED, State.SUBMITTED, 14), (RETURNED, State.RETURNED, 18)],
    State.APPROVED: [
        (SAVED, State.DRAFT, 7),
        (SUBMITTED, State.SUBMITTED, 13),
        (APPROVED, State.APPROVED, 20),
    ],
}


def _history(status: GoalStatus, state: State, head: Position, comment: str) -> None:
    """Plays the moves as they would have been made, each with its row of history."""
    writer, vuf = User.objects.get(username=user_name(head.name)), coordinator().user
    before = State.NOT_STARTED
    content = content_of(entry_of(status, status.measurements.order_by("indicator__order")))
    for verb, after, days in PATHS[state]:
        by_vuf = verb in {APPROVED, RETURNED}
        noon = datetime.combine(status.round.opens + timedelta(days=days), time(12))
        status.saved_at = timezone.make_aware(noon)
        status.revision += 1
        record(
            verb,
            actor=vuf if by_vuf else writer,
            position=status.round.catalogue.coordinator if by_vuf else head.name,
            round_=status.round,
            status=status,
            moved=(before, after),
            comment=comment if verb is RETURNED else "",
            content=content,
            at=status.saved_at,
        )
        before = after
    status.state = state
    status.save()
    if status.is_shown_to_others:
        names = {head.pk: head.name}
        put_signatures(
            status, signer=writer, positions=names, by_submitting=True, at=status.saved_at
        )
