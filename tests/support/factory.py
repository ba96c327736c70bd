"""Plain builders: each makes one thing with sensible values, and takes what a test cares about."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from actions.access import Mandate, mandate_of
from actions.lights import Light
from actions.models import (
    Action,
    Appointment,
    Catalogue,
    Comment,
    Comparison,
    Delegation,
    Goal,
    GoalStatus,
    Indicator,
    Initiative,
    Measurement,
    Milestone,
    Partner,
    Partnership,
    Position,
    Responsibility,
    Role,
    RoleGrant,
    Round,
    Signature,
    TargetRevision,
    User,
)
from actions.rounds.verbs import add_missing_statuses
from actions.status.entry import Entry
from reports.content.assemble import assemble
from reports.editions.draft import draft_paper
from reports.editions.verbs import freeze, proof_of, report_of
from reports.meeting import handout
from reports.meeting.handout import handout_content, handouts_of
from reports.meeting.page import MeetingPage
from reports.models import (
    Edition,
    JobState,
    Kind,
    Part,
    Passage,
    Pointer,
    Publication,
    PublicEdition,
    Question,
    Rendering,
    Report,
    SelectedAction,
    Selection,
)

PASSWORD = "en-lang-adgangskode"
_numbers = count(1)


def new_user(name: str, **kwargs: Any) -> User:
    """Not saved yet."""
    defaults = {"first_name": name.capitalize(), "email": f"{name}@example.org"}
    user = User(username=name, **defaults | kwargs)
    user.set_password(PASSWORD)
    return user


def make_user(username: str = "", *, roles: Sequence[Role] = (), **kwargs: Any) -> User:
    user = new_user(username or f"bruger-{next(_numbers)}", **kwargs)
    user.save()
    for role in roles:
        RoleGrant.objects.create(user=user, role=role)
    return user


def make_position(name: str = "", *, holder: User | None = None, **kwargs: Any) -> Position:
    position = Position.objects.create(name=name or f"Chef {next(_numbers)}", **kwargs)
    if holder is not None:
        appoint(position, holder)
    return position


def appoint(position: Position, holder: User, **kwargs: Any) -> Appointment:
    defaults = {"starts": date(2024, 1, 1)}
    return Appointment.objects.create(position=position, user=holder, **defaults | kwargs)


def delegate(position: Position, deputy: User, *, may_submit: bool = False) -> Delegation:
    starts = timezone.localdate() - timedelta(days=1)
    return Delegation.objects.create(
        position=position, deputy=deputy, may_submit=may_submit, starts=starts
    )


def make_catalogue(slug: str = "katalog", **kwargs: Any) -> Catalogue:
    """A catalogue without actions, around this year."""
    year = timezone.localdate().year
    defaults: dict[str, Any] = {
        "title": f"Katalog {slug}",
        "municipality": "Prøve Kommune",
        "strategy": "Planstrategi",
        "vision": "Vi går efter det fælles.",
        "period_from": year - 2,
        "period_to": year + 1,
        "midterm_year": year,
        "overall_responsible": "Chefgruppen",
        "coordinator": "Udviklingsforvaltningen",
        "steering_committee": "Økonomiudvalget",
        "council": "Kommunalbestyrelsen",
        "selection_min": 3,
        "selection_max": 4,
    }
    return Catalogue.objects.create(slug=slug, **defaults | kwargs)


def make_action(
    catalogue: Catalogue, *, responsible: Sequence[Position] = (), goals: int = 1, **kwargs: Any
) -> Action:
    """An action with goals, a partner and an initiative with a milestone."""
    number = kwargs.pop("number", catalogue.actions.count() + 1)
    defaults = {"title": f"Handling nummer {number}", "summary": "Hvad det betyder."}
    action = Action.objects.create(catalogue=catalogue, number=number, **defaults | kwargs)
    for order, position in enumerate(responsible or [make_position()], 1):
        Responsibility.objects.create(action=action, position=position, order=order)
    for goal in range(1, goals + 1):
        Goal.objects.create(action=action, number=goal, text=f"Mål {number}.{goal} skal nås.")
    partner, _made = Partner.objects.get_or_create(name="En forening")
    Partnership.objects.create(action=action, partner=partner, order=1, contribution="Viden.")
    initiative = Initiative.objects.create(action=action, order=1, title=f"Indsats {number}")
    Milestone.objects.create(
        initiative=initiative, order=1, text="Første skridt", year=catalogue.period_from
    )
    return action


def make_indicator(goal: Goal, **kwargs: Any) -> Indicator:
    order = goal.indicators.count() + 1
    defaults: dict[str, Any] = {
        "name": f"Måltal {order}",
        "unit": "besøg",
        "target": Decimal(100),
        "comparison": Comparison.AT_LEAST,
        "order": order,
        "yearly": "by_year" not in kwargs,
    }
    return Indicator.objects.create(goal=goal, **defaults | kwargs)


def make_round(catalogue: Catalogue, **kwargs: Any) -> Round:
    """An open round of this year with an empty status on every goal."""
    today = timezone.localdate()
    year = kwargs.pop("year", today.year)
    defaults: dict[str, Any] = {
        "measured_year": year - 1,
        "opens": today - timedelta(days=10),
        "due": today + timedelta(days=10),
        "closes": today + timedelta(days=20),
    }
    round_ = Round.objects.create(catalogue=catalogue, year=year, **defaults | kwargs)
    add_missing_statuses(catalogue, new=round_)
    return round_


def change_target(indicator: Indicator, new: int | Decimal, **values: Any) -> TargetRevision:
    """The row alone: the indicator's own target is left as it is."""
    return TargetRevision.objects.append(
        **{"indicator": indicator, "old_target": indicator.target, "new_target": new}
        | {"decision": "Byrådet", "decided_at": timezone.now()}
        | values
    )


def make_past_round(catalogue: Catalogue, year: int) -> Round:
    """A closed round of an earlier year with an empty status on every goal."""
    round_ = make_round(catalogue, year=year)
    round_.opens, round_.due, round_.closes = (
        date(year, 1, 15),
        date(year, 3, 1),
        date(year, 4, 1),
    )
    round_.save()
    return round_


def status_of(round_: Round, goal: Goal | None = None) -> GoalStatus:
    """The status of a goal in a round; of the first goal where none is named."""
    rows = round_.statuses.select_related("round__catalogue", "goal__action")
    rows = rows.filter(goal=goal) if goal else rows
    return rows.order_by("goal__action__number", "goal__number")[0]


def hand_in(status: GoalStatus, state: str = "approved", **kwargs: Any) -> GoalStatus:
    """Puts a complete text straight into a state, without the verbs and their history.

    A text that is handed in is the first responsible position's; the others have not signed it.
    """
    defaults: dict[str, Any] = {
        "light": Light.ON_TRACK,
        "progress": "Det går fremad.",
        "author_name": "En chef",
        "author_position": "Chefen",
        "revision": status.revision + 1,
        "saved_at": timezone.now(),
    }
    for name, value in (defaults | kwargs).items():
        setattr(status, name, value)
    status.state = state
    status.save()
    if status.is_shown_to_others:
        first = status.goal.action.responsibilities.order_by("order")[0].position
        Signature.objects.get_or_create(
            status=status,
            position=first,
            version=status.text_version,
            defaults={
                "by_submitting": True,
                "signer_name": status.author_name,
                "signer_position": first.name,
                "signed_at": timezone.now(),
            },
        )
    return status


def comment(
    status: GoalStatus, author: User, text: str = "Uddyb tallet.", **kwargs: Any
) -> Comment:
    defaults: dict[str, Any] = {
        "author_name": str(author),
        "author_position": "Projektgruppen",
        "at": timezone.now(),
    }
    return Comment.objects.create(status=status, author=author, text=text, **defaults | kwargs)


def hand_in_all(round_: Round, **kwargs: Any) -> None:
    """Approves the same text on every goal of a round, with a figure for every indicator;
    what has a figure already keeps it.
    """
    defaults: dict[str, Any] = {
        "state": "approved",
        "light": Light.ON_TRACK,
        "progress": "Det går fremad.",
        "author_name": "En chef",
        "author_position": "Chefen",
        "revision": 1,
        "saved_at": timezone.now(),
    }
    round_.statuses.update(**defaults | kwargs)
    known = set(Measurement.objects.filter(year=round_.measured_year).values_list("indicator"))
    for status in round_.statuses.order_by("pk"):
        for indicator in status.goal.indicators.order_by("order"):
            if (indicator.pk,) not in known:
                measure(status, indicator, Decimal(50))


def measure(
    status: GoalStatus, indicator: Indicator, value: Decimal | float | None, **kwargs: Any
) -> Measurement:
    """A figure as a status that is handed in has it: known, and kept with what was typed."""
    values = {"missing_reason": "", "source": "", "comment": ""} | kwargs
    number = None if value is None else Decimal(str(value))
    typed = {"indicator": indicator.pk, "value": "" if number is None else str(number)} | values
    status.figures = [*status.figures, typed]
    status.save(update_fields=["figures"])
    return Measurement.objects.append(
        indicator=indicator,
        status=status,
        year=status.round.measured_year,
        value=number,
        by_name=status.author_name,
        position=status.author_position,
        **values,
    )


def entry(light: str = Light.ON_TRACK, **texts: str) -> Entry:
    """A complete entry for a goal without indicators."""
    return Entry(light=light, texts={"progress": "Det går fremad."} | texts)


def mandate(user: User) -> Mandate:
    return mandate_of(user, timezone.localdate())


def make_edition(
    catalogue: Catalogue,
    year: int,
    *,
    number: int = 1,
    pdf: bytes = b"%PDF-",
    kind: Kind = Kind.STATUS,
) -> Edition:
    """A published edition of what is handed in now, with stand-in bytes for its PDF."""
    report, _made = Report.objects.get_or_create(catalogue=catalogue, kind=kind, year=year)
    proof = proof_of(catalogue, year, kind)
    assert proof.number == number
    by = "Udviklingsforvaltningen"
    return freeze(report, proof, pdf, changes="", at=timezone.now(), by=by)


def make_public(edition: Edition, **kwargs: Any) -> PublicEdition:
    """Lets everybody read an edition; `withdrawn_at` makes it one that no longer holds."""
    defaults = {"made_public_at": timezone.now(), "made_public_by_name": "Hemmelig Skriver"}
    return PublicEdition.objects.create(edition=edition, **defaults | kwargs)


def proof_now(catalogue: Catalogue, year: int) -> str:
    """The mark that a page of the check carries at this moment."""
    return proof_of(catalogue, year).seal


def make_rendering(
    catalogue: Catalogue, year: int, kind: Kind = Kind.STATUS, **kwargs: Any
) -> Rendering:
    """The draft's PDF as it is now, with stand-in bytes; or a job in the state that is given."""
    content = assemble(catalogue, year, kind)
    defaults = {"key": draft_paper(content).key, "pdf": b"%PDF-", "due_at": timezone.now()}
    report = report_of(catalogue, content)
    return Rendering.objects.create(report=report, **defaults | kwargs)


def make_handouts(page: MeetingPage, **kwargs: Any) -> list[Rendering]:
    """The temamøde's handouts as they are now, with stand-in bytes; or jobs in a given state."""
    made = []
    for wish in handouts_of(page):
        key = handout.handout_paper(handout_content(page, wish.number)).key
        row = {"paper": wish.paper, "number": wish.number, "key": key, "pdf": b"%PDF-"}
        defaults = {**row, "due_at": timezone.now()}
        made.append(Rendering.objects.create(report=page.report, **defaults | kwargs))
    return made


def make_wish(catalogue: Catalogue, year: int, **kwargs: Any) -> Publication:
    """A wish to publish what is handed in now, in the queue."""
    proof = proof_of(catalogue, year)
    defaults: dict[str, Any] = {
        "state": JobState.QUEUED,
        "seal": proof.seal,
        "confirmed": True,
        "by_name": "Udviklingsforvaltningen",
        "asked_at": timezone.now(),
        "due_at": timezone.now(),
    }
    report = report_of(catalogue, proof.content)
    return Publication.objects.create(report=report, **defaults | kwargs)


def make_selection(edition: Edition, *actions: Action, **kwargs: Any) -> Selection:
    """The committee's decision on an edition, straight into its rows: all actions, or the named."""
    report = edition.report
    defaults: dict[str, Any] = {
        "number": report.selections.count() + 1,
        "decided_on": date(report.year, 5, 14),
        "decision": "Udvalget vælger handlingerne.",
        "theme_meeting_on": date(report.year, 6, 18),
        "recorded_at": timezone.now(),
        "recorded_by_name": "Udviklingsforvaltningen",
    }
    made = Selection.objects.create(report=report, edition=edition, **defaults | kwargs)
    for order, action in enumerate(actions or report.catalogue.actions.order_by("number"), 1):
        SelectedAction.objects.create(
            selection=made, action=action, order=order, reason="Udvalget vil vide mere."
        )
    return made


def make_question(report: Report, action: Action, **kwargs: Any) -> Question:
    """A question of the committee's without an answer."""
    defaults: dict[str, Any] = {
        "text": "Hvorfor står målet på gult?",
        "asked_by_name": "Et medlem",
        "asked_at": timezone.now(),
        "due": timezone.localdate() + timedelta(days=5),
    }
    return Question.objects.create(report=report, action=action, **defaults | kwargs)


def make_pointer(report: Report, action: Action, member: User, **kwargs: Any) -> Pointer:
    defaults: dict[str, Any] = {
        "member_name": str(member),
        "reason": "Det haster.",
        "pointed_at": timezone.now(),
    }
    return Pointer.objects.create(report=report, action=action, member=member, **defaults | kwargs)


def make_passage(
    catalogue: Catalogue, part: Part, action: Action | None = None, **kwargs: Any
) -> Passage:
    """Something written for the midterm; `kind` and `year` make it another report's."""
    report, _made = Report.objects.get_or_create(
        catalogue=catalogue,
        kind=kwargs.pop("kind", Kind.MIDTERM),
        year=kwargs.pop("year", catalogue.midterm_year),
    )
    defaults: dict[str, Any] = {
        "revision": 1,
        "saved_at": timezone.now(),
        "author_name": "En skribent",
        "author_position": "Chefen",
    }
    return Passage.objects.create(report=report, part=part, action=action, **defaults | kwargs)
