"""States that a page can be met in, and wrong things that people type, for `situations`."""

from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.catalogue.editor import whole_seal
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import to_text
from actions.history.record import record
from actions.lights import Light
from actions.mail import notices as mail_notices
from actions.models import (
    Appointment,
    GoalStatus,
    Mail,
    Notice,
    Responsibility,
    Role,
    RoleGrant,
    State,
)
from actions.models.history import VERBS
from actions.people.verbs import USER_CHANGED
from actions.status.entry import Entry, Figure, content_of
from actions.status.moves import RETURNED
from reports.models import (
    CaseTemplate,
    Conclusion,
    Edition,
    JobState,
    Kind,
    Part,
    ProgrammeItem,
    PublicEdition,
    Question,
    ThemeMeeting,
)
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import typed_at
from tests.support.rows import ANONYMOUS, Kwargs

#: The longest word of the Danish laws: titles and names may hold such a one.
LONG_WORD = "Speciallægepraksisplanlægningsstabiliseringsperiode"
#: What people paste into a text: an address without a place to break, paragraphs, and never code.
ADDRESS = "https://www.example.org/" + "bilag_til_punkt_7_" * 8
HOSTILE = '<script>alert("æøå")</script><b onclick="x()">fed</b> {{ 7|add:7 }}'
LONG_TEXT = "\n\n".join([HOSTILE, ADDRESS, "Vi har aftalt mere. " * 60])


HEAD, VUF = frozenset({"head"}), frozenset({"coordinator"})
BOTH, COMMITTEE = HEAD | VUF, frozenset({"committee"})
SELECTORS = COMMITTEE | VUF
COUNCIL, EVERYBODY = frozenset({"council"}), frozenset({ANONYMOUS})
ADMINISTRATOR = frozenset({"administrator"})


def empty(cast: Cast) -> Kwargs:
    """A catalogue with neither actions, rounds nor editions."""
    return {"slug": factory.make_catalogue("tomt", municipality="").slug}


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
            factory.measure(
                factory.status_of(round_of, cast.own_goal),
                indicator,
                value,
                missing_reason="" if value is not None else "Opgøres først til sommer.",
                source="Registeret",
                comment="Foreløbigt tal.",
            )
    return factory.status_of(cast.round, cast.own_goal)


def same_as_last_year(cast: Cast) -> GoalStatus:
    """A draft that last year's text was taken over to: why it is unchanged is asked."""
    return factory.hand_in(with_figures(cast), "draft", progress="Det stod der sidste år.")


def in_full(state: str) -> Callable[[Cast], GoalStatus]:
    """Every text is there, is long and hostile, and so are the history's comments."""

    def given(cast: Cast) -> GoalStatus:
        status = with_figures(cast)
        texts = dict.fromkeys(GoalStatus.TEXTS, LONG_TEXT)
        factory.hand_in(status, state, light=Light.OFF_TRACK, author_name=LONG_WORD, **texts)
        record(
            RETURNED,
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


def published_then_mixed(cast: Cast) -> None:
    factory.make_edition(cast.catalogue, cast.round.year)
    mixed(cast)


def not_confirmed(cast: Cast) -> dict[str, str]:
    return {
        "seal": factory.proof_now(cast.catalogue, cast.round.year),
        "changes": LONG_TEXT,
    }


def published_in_full(cast: Cast) -> None:
    closed(cast)
    long_names(cast)
    factory.make_edition(cast.catalogue, cast.round.year)


def public_in_full(cast: Cast) -> None:
    published_in_full(cast)
    factory.make_public(Edition.objects.get(), made_public_by_name=LONG_WORD)


def withdrawn_in_full(cast: Cast) -> None:
    public_in_full(cast)
    row = PublicEdition.objects.get()
    row.withdrawn_at, row.withdrawn_by_name = timezone.now(), LONG_WORD
    row.why_withdrawn = LONG_TEXT
    row.save()


def both_public(cast: Cast) -> None:
    published_twice(cast)
    for made in Edition.objects.all():
        factory.make_public(made)


def public_midterm(cast: Cast) -> None:
    evaluated(cast)
    made = factory.make_edition(cast.catalogue, cast.round.year, kind=Kind.MIDTERM)
    factory.make_public(made)


def decided(cast: Cast) -> None:
    """Both reports are published, and a meeting is decided, with long words everywhere."""
    published_in_full(cast)
    decision = factory.make_selection(Edition.objects.get())
    decision.actions.update(reason=LONG_TEXT)
    ThemeMeeting.objects.create(report=decision.report, starts_at=time(16, 30), place=LONG_WORD)
    factory.make_edition(cast.catalogue, cast.round.year, kind=Kind.MIDTERM)


def draft_pdf(state: JobState, **kwargs: Any) -> Callable[[Cast], object]:
    """The draft's PDF is on its way, is there, or will not come."""
    return lambda cast: factory.make_rendering(
        cast.catalogue, cast.round.year, state=state, **kwargs
    )


def evaluated(cast: Cast) -> None:
    """A midterm being prepared, with long words and texts wherever somebody writes."""
    in_full("approved")(cast)
    long_names(cast)
    texts: dict[str, Any] = {"choice": "adjust", "reason": LONG_TEXT, "author_name": LONG_WORD}
    for part in (Part.HEAD, Part.FINAL):
        factory.make_passage(cast.catalogue, part, cast.own_goal.action, **texts)
    whole: dict[str, Any] = dict.fromkeys(("foreword", "summary", "conclusion"), LONG_TEXT)
    factory.make_passage(cast.catalogue, Part.TEXTS, **whole)
    factory.make_passage(
        cast.catalogue, Part.LINE, cast.own_goal.action, kind=Kind.STATUS, line=LONG_TEXT
    )
    decided = factory.make_edition(cast.catalogue, cast.round.year)
    selection = factory.make_selection(decided, decision=LONG_TEXT)
    Conclusion.objects.create(report=selection.report, action=cast.own_goal.action, text=LONG_TEXT)


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
        record(USER_CHANGED, actor=cast.administrator, subject=subject, comment=ADDRESS)


def no_catalogue(cast: Cast) -> None:
    GoalStatus.objects.all().delete()
    for rows in (cast.catalogue.rounds, cast.catalogue.actions):
        rows.all().delete()
    cast.catalogue.delete()


def talked_about(state: str) -> Callable[[Cast], GoalStatus]:
    """In full, with an open and a resolved thread, and answers; one head has not signed."""

    def given(cast: Cast) -> GoalStatus:
        status = in_full(state)(cast)
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


def written_often(cast: Cast) -> None:
    """A history of drafts, a return, refused texts and a comment, over more than one page."""
    status, texts = with_figures(cast), dict.fromkeys(GoalStatus.TEXTS, LONG_TEXT)
    verbs = ["save", "save", "submit", "return", "comment", "sign", "refuse"] * 3
    for number, verb in enumerate(verbs):
        figures = (Figure(row.pk, Decimal(number)) for row in cast.own_goal.indicators.all())
        entry = Entry(Light.AT_RISK, texts | {"progress": f"{number} {ADDRESS}"}, tuple(figures))
        record(
            VERBS[verb],
            actor=cast.head,
            position=LONG_WORD,
            round_=cast.round,
            status=status,
            moved=(State.DRAFT, State.RETURNED if verb == "return" else State.DRAFT),
            comment=LONG_TEXT if verb in {"return", "comment"} else "",
            content={} if verb in {"comment", "sign"} else content_of(entry),
        )


def deputies(cast: Cast) -> None:
    long_names(cast)
    factory.delegate(cast.position, factory.make_user(first_name=LONG_WORD, last_name=LONG_WORD))
    for name in ("outsider", "council"):
        row = factory.delegate(cast.position, cast.people[name])
        row.ends = row.starts
        row.save()
    later = factory.delegate(cast.position, cast.colleague, may_submit=True)
    later.starts = timezone.localdate() + timedelta(days=9)
    later.save()


def mixed_shared(cast: Cast) -> None:
    mixed(cast)
    for state in ("submitted", "approved"):
        factory.hand_in(_own(cast), state)


def reminded(cast: Cast) -> None:
    """Some are reminded already, one cannot be, and one has a long name."""
    long_names(cast)
    people = [cast.head.pk, cast.writer.pk]
    today = timezone.localdate()
    mail_notices.reminded(cast.round, to=people, day=today, by_name="VUF")
    type(cast.head).objects.filter(pk=cast.co_head.pk).update(is_active=False)
    type(cast.head).objects.filter(pk=cast.deputy.pk).update(first_name=LONG_WORD)


def long_post(cast: Cast) -> None:
    """Two pages of mails: sent, waiting after a fault, given up; and what waits for tomorrow."""
    mail_notices.note_deadlines(timezone.localdate())
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


def typed_wrong(cast: Cast) -> dict[str, str]:
    """A status with a field of every kind filled in wrongly."""
    figures = {f"value-{row.pk}": "tre" for row in cast.own_goal.indicators.all()}
    texts = {"light": "off_track", "progress": LONG_TEXT * 4}
    return figures | texts | {"revision": str(_own(cast).revision)}


def typed_too_little(cast: Cast) -> dict[str, str]:
    return {"revision": str(_own(cast).revision), "light": "at_risk", "move": "submit"}


def typed_on_old(cast: Cast) -> dict[str, str]:
    return {"revision": "0", "light": "on_track", "progress": LONG_TEXT, "move": "submit"}


def _action_as_typed(cast: Cast) -> dict[str, str]:
    """The form of action 1 as VUF meets it."""
    client = Client()
    client.force_login(cast.coordinator)
    address = reverse("edit_action", args=[cast.catalogue.slug, 1])
    return typed_at(client, address, "seal")


def action_changed(cast: Cast) -> dict[str, str]:
    return _action_as_typed(cast) | {"title": HOSTILE, "do": "preview"}


def target_changed(cast: Cast) -> dict[str, str]:
    return _action_as_typed(cast) | {"goals-0-indicators-0-target": "1", "partners-1-name": " "}


def catalogue_brought(cast: Cast) -> dict[str, str]:
    """A file that changes a target heads have reported on, and no decision."""
    factory.hand_in(_own(cast))
    figure = factory.make_indicator(cast.own_goal)
    content = to_text(rows_of(cast.catalogue.slug), "json")
    figure.target += 1
    figure.save()
    return {"content": content, "seal": whole_seal(cast.catalogue.slug)}


def dates_in_disorder(cast: Cast) -> dict[str, str]:
    return {
        "year": "1999",
        "measured_year": "1850",
        "opens": "2026-05-01",
        "due": "2026-04-01",
        "closes": "2026-03-01",
    }


def meeting_in_full(cast: Cast) -> None:
    """A temamøde with long words everywhere: programme, questions, conclusions and template."""
    published_in_full(cast)
    report = cast.catalogue.reports.get()
    selection = factory.make_selection(report.editions.get(), decision=LONG_TEXT)
    selection.actions.update(reason=LONG_TEXT)
    meeting = ThemeMeeting.objects.create(
        report=report, starts_at=time(16, 30), place=LONG_WORD, welcome=LONG_TEXT, revision=1
    )
    for order, row in enumerate(selection.actions.all(), 1):
        about = {"report": report, "action": row.action}
        ProgrammeItem.objects.create(
            meeting=meeting, order=order, minutes=25, title=LONG_WORD, action=row.action
        )
        for answer in ("", LONG_TEXT):
            Question.objects.create(
                **about,
                text=LONG_TEXT,
                asked_at=timezone.now(),
                due=timezone.localdate(),
                answer=answer,
                answered_by_name=LONG_WORD,
            )
        Conclusion.objects.create(
            **about,
            text=LONG_TEXT,
            revision=1,
            written_at=timezone.now(),
            written_by_name="VUF",
            draft=f"{LONG_TEXT} Igen.",
            drafted_at=timezone.now(),
            drafted_by_name=LONG_WORD,
        )
    template = CaseTemplate.objects.create(catalogue=cast.catalogue, revision=1)
    for order, heading in enumerate((LONG_WORD, "Bilag"), 1):
        template.sections.create(order=order, heading=heading, body=LONG_TEXT.replace("{", ""))


def committee_in_full(cast: Cast) -> None:
    """A report with a decision, an earlier temamøde, and long questions, answers and pointers."""
    meeting_in_full(cast)
    report = cast.catalogue.reports.get()
    Question.objects.exclude(answer="").update(
        answered_at=timezone.now(), answered_position=LONG_WORD, version=2, revision=3
    )
    Question.objects.exclude(answer="").update(
        draft=f"{LONG_TEXT} Igen.", drafted_at=timezone.now(), drafted_by_name=LONG_WORD
    )
    for action in cast.catalogue.actions.all():
        for member in (cast.committee, cast.council):
            factory.make_pointer(report, action, member, reason=LONG_TEXT, member_name=LONG_WORD)
    factory.make_selection(factory.make_edition(cast.catalogue, report.year - 1))


def typed_decision(cast: Cast) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    return {
        "revision": "0",
        "decided_on": today,
        "theme_meeting_on": today,
        "decision": LONG_TEXT,
        "choose-1": "on",
        "reason-1": LONG_TEXT,
    }


def too_long(cast: Cast) -> dict[str, str]:
    return dict.fromkeys(("text", "reason", "decision", "reason-1", "due"), LONG_TEXT * 4)


def typed_programme(cast: Cast) -> dict[str, str]:
    return {
        "revision": "0",
        "lines-0-title": LONG_WORD,
        "lines-0-minutes": "10",
    }


def typed_section(body: str) -> Callable[[Cast], dict[str, str]]:
    return lambda cast: {
        "revision": "0",
        "lines-0-heading": LONG_WORD,
        "lines-0-body": body,
    }
