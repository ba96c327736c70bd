"""What a page can be shown as: the permission table's cases, and those that only look different."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from actions import notifications
from actions.access import mandate_of
from actions.entry import Entry, Figure
from actions.history import content_of, record
from actions.lights import Light
from actions.models import (
    Appointment,
    GoalStatus,
    Mail,
    Measurement,
    Notice,
    Responsibility,
    Role,
    RoleGrant,
    State,
)
from tests import factory
from tests.cast import Cast
from tests.test_permissions import ANONYMOUS, TABLE, Kwargs, Rule, catalogue, own_status, round_

#: Addresses that never answer with a page of their own, and why.
NO_PAGE = {
    "in_current_catalogue": "leads on to the address with the catalogue in it",
    "approve": "a button on the status page",
    "sign": "a button on the status page",
    "resolve_comment": "a button on the status page",
    "reopen_comment": "a button on the status page",
    "deadlines": "a calendar file",
    "draft_pdf": "a PDF",
    "edition_pdf": "a PDF",
    "account_set_password": "leads to the forgotten password",
}
#: The longest word of the Danish laws: titles and names may hold such a one.
LONG_WORD = "Speciallægepraksisplanlægningsstabiliseringsperiode"
#: What people paste into a text: an address without a place to break, paragraphs, and never code.
ADDRESS = "https://www.example.org/" + "bilag_til_punkt_7_" * 8
HOSTILE = '<script>alert("æøå")</script><b onclick="x()">fed</b> {{ 7|add:7 }}'
LONG_TEXT = "\n\n".join([HOSTILE, ADDRESS, "Vi har aftalt mere. " * 60])


@dataclass(frozen=True)
class Situation:
    """One page as some people see it; with `data` it is the answer to that post."""

    route: str
    kwargs: Callable[[Cast], Kwargs]
    people: frozenset[str]
    code: int = 200
    data: Callable[[Cast], dict[str, str]] | None = None
    given: Callable[[Cast], object] = lambda cast: None
    case: str = ""
    query: str = ""

    @property
    def label(self) -> str:
        return " ".join(filter(None, [self.route, self.case, "refused" if self.data else ""]))


def nothing_typed(cast: Cast) -> dict[str, str]:
    return {}


def _from_table() -> list[Situation]:
    return [found for rule in TABLE if rule.route not in NO_PAGE for found in _of_rule(rule)]


def _of_rule(rule: Rule) -> list[Situation]:
    found = []
    shown = {name for name, code in (rule.get or {}).items() if code == 200}
    shown |= {ANONYMOUS} if (rule.public or {}).get("get") == 200 else set()
    if shown:
        found.append(_situation(rule, shown, 200))
    posts = (rule.post or {}) | ({ANONYMOUS: rule.public["post"]} if rule.public else {})
    for code in (200, 422):
        refused = {name for name, answer in posts.items() if answer == code}
        if refused:
            found.append(_situation(rule, refused, code, nothing_typed))
    return found


def _situation(
    rule: Rule, people: set[str], code: int, data: Callable[[Cast], dict[str, str]] | None = None
) -> Situation:
    return Situation(rule.route, rule.kwargs, frozenset(people), code, data, rule.given, rule.case)


# --- what the table has no case for ---------------------------------------------------------------


def _empty(cast: Cast) -> Kwargs:
    """A catalogue with neither actions, rounds nor editions."""
    return {"slug": factory.make_catalogue("tomt", municipality="").slug}


def _own(cast: Cast) -> GoalStatus:
    return factory.status_of(cast.round, cast.own_goal)


def _figures(cast: Cast) -> GoalStatus:
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


def _in_full(state: str) -> Callable[[Cast], GoalStatus]:
    """Every text is there, is long and hostile, and so are the history's comments."""

    def given(cast: Cast) -> GoalStatus:
        status = _figures(cast)
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


def _talked_about(state: str) -> Callable[[Cast], GoalStatus]:
    """In full, with an open and a resolved thread, and answers; one head has not signed."""

    def given(cast: Cast) -> GoalStatus:
        status = _in_full(state)(cast)
        for resolved_by in ("", LONG_WORD):
            first = factory.comment(
                status,
                cast.colleague,
                LONG_TEXT,
                author_name=LONG_WORD,
                resolved_by=resolved_by,
                resolved_at=timezone.now() if resolved_by else None,
            )
            factory.comment(status, cast.head, HOSTILE, parent=first)
            factory.comment(status, cast.coordinator, ADDRESS, parent=first)
        return status

    return given


def _written_often(cast: Cast) -> None:
    """A history of drafts, a return, refused texts and a comment, over more than one page."""
    status, texts = _figures(cast), dict.fromkeys(GoalStatus.TEXTS, LONG_TEXT)
    verbs = ["save", "save", "submit", "return", "comment", "sign", "refuse"] * 3
    for number, verb in enumerate(verbs):
        figures = (Figure(row.pk, Decimal(number)) for row in cast.own_goal.indicators.all())
        entry = Entry(Light.AT_RISK, texts | {"progress": f"{number} {ADDRESS}"}, tuple(figures))
        record(
            verb,
            actor=cast.head,
            position=LONG_WORD,
            round_=cast.round,
            status=status,
            moved=(State.DRAFT, State.RETURNED if verb == "return" else State.DRAFT),
            comment=LONG_TEXT if verb in {"return", "comment"} else "",
            content={} if verb in {"comment", "sign"} else content_of(entry),
        )


def _deputies(cast: Cast) -> None:
    _long_names(cast)
    factory.delegate(cast.position, factory.make_user(first_name=LONG_WORD, last_name=LONG_WORD))
    for name in ("outsider", "council"):
        row = factory.delegate(cast.position, cast.people[name])
        row.ends = row.starts
        row.save()
    later = factory.delegate(cast.position, cast.colleague, may_submit=True)
    later.starts = timezone.localdate() + timedelta(days=9)
    later.save()


def _long_names(cast: Cast) -> None:
    for row in (cast.own_goal.action, cast.other_goal.action):
        row.title = row.summary = row.purpose = LONG_WORD
        row.save()
    for goal in (cast.own_goal, cast.other_goal):
        goal.text = LONG_WORD
        goal.save()
    cast.position.name = LONG_WORD
    cast.position.save()


def _closed(cast: Cast) -> None:
    _in_full("approved")(cast)
    cast.round.closed_at = timezone.now()
    cast.round.save()


def _planned(cast: Cast) -> None:
    days = (timedelta(days=number) for number in (5, 25, 45))
    cast.round.opens, cast.round.due, cast.round.closes = (
        timezone.localdate() + day for day in days
    )
    cast.round.save()


def _overdue(cast: Cast) -> None:
    cast.round.due = timezone.localdate() - timedelta(days=3)
    cast.round.save()


def _all_approved(cast: Cast) -> None:
    for status in cast.round.statuses.all():
        factory.hand_in(status)


def _mixed(cast: Cast) -> None:
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


def _mixed_shared(cast: Cast) -> None:
    _mixed(cast)
    for state in ("submitted", "approved"):
        factory.hand_in(_own(cast), state)


def _published_twice(cast: Cast) -> None:
    factory.make_edition(cast.catalogue, cast.round.year)
    _mixed(cast)
    factory.make_edition(cast.catalogue, cast.round.year, number=2)


def _published_in_full(cast: Cast) -> None:
    _closed(cast)
    _long_names(cast)
    factory.make_edition(cast.catalogue, cast.round.year)


def _without_goals(cast: Cast) -> None:
    Responsibility.objects.filter(action=cast.other_goal.action).delete()


def _vacant(cast: Cast) -> None:
    Appointment.objects.filter(position=cast.position).delete()


def _crowd(cast: Cast) -> None:
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


def _long_log(cast: Cast) -> None:
    mandate = mandate_of(cast.administrator, timezone.localdate())
    for number in range(60):
        record(
            "save_user",
            actor=mandate.user,
            subject=f"{LONG_WORD} {number}",
            comment=ADDRESS,
        )


def _reminded(cast: Cast) -> None:
    """Some are reminded already, one cannot be, and one has a long name."""
    _long_names(cast)
    people = [cast.head.pk, cast.writer.pk]
    today = timezone.localdate()
    notifications.reminded(cast.round, to=people, day=today, by_name="VUF")
    type(cast.head).objects.filter(pk=cast.co_head.pk).update(is_active=False)
    type(cast.head).objects.filter(pk=cast.deputy.pk).update(first_name=LONG_WORD)


def _long_post(cast: Cast) -> None:
    """Two pages of mails: sent, waiting after a fault, given up; and what waits for tomorrow."""
    notifications.note_deadlines(timezone.localdate())
    for number in range(60):
        sent = {"sent_at": timezone.now()} if number % 2 else {"given_up_at": timezone.now()}
        Mail.objects.create(
            recipient_name=f"Anna {LONG_WORD}",
            address=f"{LONG_WORD.lower()}@example.org",
            subject=f"Handlingskatalog: {LONG_WORD}",
            last_error="" if number % 2 else f"Mailserveren afviser mailen: 550 {ADDRESS}",
            **sent,
        )
    mail = Mail.objects.create(
        recipient_name="Bo", address="bo@example.org", attempts=3, last_error="Svarer ikke."
    )
    notices = cast.head.notices.order_by("pk")
    Notice.objects.filter(pk__in=notices.values("pk")[:1]).update(mail=mail)


def _no_catalogue(cast: Cast) -> None:
    GoalStatus.objects.all().delete()
    for rows in (cast.catalogue.rounds, cast.catalogue.actions):
        rows.all().delete()
    cast.catalogue.delete()


def _typed_wrong(cast: Cast) -> dict[str, str]:
    """A status with a field of every kind filled in wrongly."""
    status = _own(cast)
    fields = {f"value-{row.pk}": "tre" for row in cast.own_goal.indicators.all()}
    return fields | {
        "version": str(status.version),
        "light": "off_track",
        "progress": LONG_TEXT * 4,
    }


def _typed_too_little(cast: Cast) -> dict[str, str]:
    return {"version": str(_own(cast).version), "light": "at_risk", "move": "submit"}


def _typed_on_old(cast: Cast) -> dict[str, str]:
    return {"version": "0", "light": "on_track", "progress": LONG_TEXT, "move": "submit"}


def _dates_in_disorder(cast: Cast) -> dict[str, str]:
    return {
        "year": "1999",
        "measured_year": "1850",
        "opens": "2026-05-01",
        "due": "2026-04-01",
        "closes": "2026-03-01",
    }


def _one(*names: str) -> frozenset[str]:
    return frozenset(names)


EXTRA = [
    Situation("home", lambda cast: {}, _one("outsider"), given=_no_catalogue, case="no catalogue"),
    Situation("catalogue", _empty, _one("coordinator", "head"), case="empty"),
    Situation(
        "catalogue", catalogue, _one("head"), given=_mixed, case="with every light and state"
    ),
    Situation("catalogue", catalogue, _one("head"), given=_long_names, case="long words"),
    Situation("rounds", _empty, _one("coordinator", "head"), case="none"),
    Situation("open_round", _empty, _one("coordinator"), case="empty"),
    Situation(
        "open_round",
        catalogue,
        _one("coordinator"),
        422,
        _dates_in_disorder,
        case="dates in disorder",
    ),
    Situation("reports", _empty, _one("coordinator", "committee"), case="none"),
    Situation(
        "reports",
        catalogue,
        _one("coordinator", "council"),
        given=_published_twice,
        case="two editions",
    ),
    Situation("own_goals", lambda cast: {}, _one("other_head"), given=_without_goals, case="none"),
    Situation("own_goals", lambda cast: {}, _one("head"), given=_mixed, case="in every state"),
    Situation("own_goals", lambda cast: {}, _one("head"), given=_closed, case="closed"),
    Situation("own_goals", lambda cast: {}, _one("head"), given=_planned, case="planned"),
    Situation("own_goals", lambda cast: {}, _one("head"), given=_overdue, case="overdue"),
    Situation("own_goals", lambda cast: {}, _one("head"), given=_all_approved, case="all done"),
    Situation("own_goals", lambda cast: {}, _one("head"), given=_long_names, case="long words"),
    Situation(
        "action",
        lambda cast: catalogue(cast) | {"number": 1},
        _one("head"),
        given=_in_full("approved"),
        case="with figures",
    ),
    Situation(
        "action",
        lambda cast: catalogue(cast) | {"number": 1},
        _one("head"),
        given=_long_names,
        case="long words",
    ),
    Situation("round", round_, _one("coordinator", "head"), given=_mixed, case="in every state"),
    Situation("round", round_, _one("coordinator", "head"), given=_closed, case="closed"),
    Situation("round", round_, _one("coordinator", "head"), given=_planned, case="planned"),
    Situation("round", round_, _one("coordinator"), given=_overdue, case="overdue"),
    Situation("round", round_, _one("coordinator"), given=_long_names, case="long words"),
    Situation("close_round", round_, _one("coordinator"), given=_all_approved, case="all done"),
    Situation("close_round", round_, _one("coordinator"), given=_mixed, case="in every state"),
    Situation("reopen_round", round_, _one("coordinator"), given=_closed, case="closed"),
    Situation("status", own_status, _one("head"), case="not started"),
    Situation("status", own_status, _one("head"), given=_figures, case="with figures"),
    Situation(
        "status", own_status, _one("head"), given=_in_full("returned"), case="returned in full"
    ),
    Situation(
        "status",
        own_status,
        _one("coordinator", "head"),
        given=_in_full("submitted"),
        case="submitted in full",
    ),
    Situation("status", own_status, _one("coordinator", "head"), given=_closed, case="closed"),
    Situation("status", own_status, _one("head"), given=_planned, case="planned"),
    Situation(
        "status", own_status, _one("head"), 422, _typed_wrong, _figures, case="everything wrong"
    ),
    Situation(
        "status", own_status, _one("head"), 422, _typed_too_little, _figures, case="incomplete"
    ),
    Situation(
        "status",
        own_status,
        _one("head"),
        409,
        _typed_on_old,
        _in_full("draft"),
        case="changed by another",
    ),
    Situation(
        "status",
        own_status,
        _one("head"),
        409,
        _typed_on_old,
        _in_full("approved"),
        case="already approved",
    ),
    Situation("status", own_status, _one("head"), 409, _typed_on_old, _closed, case="too late"),
    Situation(
        "return_to_head",
        own_status,
        _one("coordinator"),
        409,
        lambda cast: {"version": "0", "comment": LONG_TEXT},
        _in_full("returned"),
        case="already returned",
    ),
    Situation(
        "status",
        own_status,
        _one("co_head", "head", "coordinator", "colleague", "other_head"),
        given=_talked_about("submitted"),
        case="talked about",
    ),
    Situation(
        "status", own_status, _one("head"), given=_talked_about("draft"), case="draft talked about"
    ),
    Situation(
        "comment",
        own_status,
        _one("colleague"),
        422,
        lambda cast: {"text": LONG_TEXT * 4},
        _talked_about("submitted"),
        case="too long",
    ),
    Situation(
        "comment",
        own_status,
        _one("colleague"),
        409,
        lambda cast: {"text": LONG_TEXT},
        _closed,
        case="too late",
    ),
    Situation("own_goals", lambda cast: {}, _one("co_head"), given=_mixed_shared, case="to sign"),
    Situation("round", round_, _one("coordinator"), given=_mixed_shared, case="unsigned"),
    Situation("history", own_status, _one("head"), case="empty"),
    Situation(
        "history",
        own_status,
        _one("head", "coordinator"),
        given=_written_often,
        case="in full",
    ),
    Situation(
        "history",
        own_status,
        _one("head"),
        given=_written_often,
        case="second page",
        query="?side=2",
    ),
    Situation(
        "version",
        lambda cast: own_status(cast) | {"event": _own(cast).events.filter(verb="submit")[0].pk},
        _one("head"),
        given=_written_often,
        case="in full",
    ),
    Situation(
        "delegations", lambda cast: {}, _one("head", "co_head"), given=_deputies, case="long names"
    ),
    Situation("positions", lambda cast: {}, _one("coordinator"), given=_crowd, case="long names"),
    Situation(
        "position",
        lambda cast: {"pk": cast.position.pk},
        _one("coordinator"),
        given=_vacant,
        case="vacant",
    ),
    Situation(
        "position",
        lambda cast: {"pk": cast.position.pk},
        _one("coordinator"),
        422,
        lambda cast: {"administration": "x" * 201},
        case="too long",
    ),
    Situation("users", lambda cast: {}, _one("administrator"), given=_crowd, case="long names"),
    Situation("log", lambda cast: {}, _one("administrator"), given=_long_log, case="two pages"),
    Situation(
        "log",
        lambda cast: {},
        _one("administrator"),
        given=_long_log,
        case="second page",
        query="?side=2",
    ),
    Situation("remind", round_, _one("coordinator"), given=_reminded, case="some reminded"),
    Situation("remind", round_, _one("coordinator"), given=_all_approved, case="none lacks"),
    Situation("remind", round_, _one("coordinator"), given=_closed, case="closed"),
    Situation("mail_log", lambda cast: {}, _one("coordinator"), given=_long_post, case="long"),
    Situation(
        "mail_log",
        lambda cast: {},
        _one("coordinator"),
        given=_long_post,
        case="second page",
        query="?side=2",
    ),
    Situation("draft", round_, _one("coordinator"), given=_closed, case="in full"),
    Situation(
        "draft",
        lambda cast: catalogue(cast) | {"year": cast.round.year - 1},
        _one("coordinator"),
        case="no round",
    ),
    Situation("publish", round_, _one("coordinator"), given=_published_twice, case="third edition"),
    Situation(
        "publish",
        lambda cast: catalogue(cast) | {"year": cast.round.year - 1},
        _one("coordinator"),
        case="no round",
    ),
    Situation(
        "publish",
        round_,
        _one("coordinator"),
        422,
        lambda cast: {"changes": ""},
        _published_twice,
        case="nothing changed",
    ),
    Situation(
        "edition",
        lambda cast: round_(cast) | {"number": 1},
        _one("committee", "coordinator"),
        given=_published_in_full,
        case="in full",
    ),
    Situation(
        "account_login",
        lambda cast: {},
        _one(ANONYMOUS),
        200,
        lambda cast: {"login": "head", "password": "forkert"},
        case="wrong password",
    ),
]

SITUATIONS = _from_table() + EXTRA
