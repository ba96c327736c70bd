"""No page asks the database more often because there is more in it, and none more than ten times;
but those that edit or give out a whole catalogue ask each of its tables once.

Every page is opened at one size and again when everything has grown tenfold (S1). The session, the
user and the mandate count too; savepoints do not.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import (
    Action,
    Administration,
    Catalogue,
    Delegation,
    Event,
    Goal,
    GoalStatus,
    Indicator,
    Initiative,
    InitiativeRelation,
    Milestone,
    Partner,
    Partnership,
    Position,
    Role,
    RoleGrant,
    User,
)
from reports.access import get_meeting
from reports.models import (
    KIND_WORDS,
    Conclusion,
    Edition,
    JobState,
    Kind,
    Part,
    ProgrammeItem,
    Publication,
    Question,
    Rendering,
    ThemeMeeting,
)
from tests import factory

pytestmark = pytest.mark.django_db

MOST = 10
#: What reads a whole catalogue asks each of its tables once.
WHOLE_CATALOGUE = 16
EDITORS = {
    "edit_catalogue",
    "catalogue_fields",
    "new_action",
    "edit_action",
    "remove_action",
    "catalogue_workbook",
    "carry_over",
    "next_catalogue",
}
SMALL, LARGE = 1, 10

ANONYMOUS = "anonymous"

type Arguments = list[object] | dict[str, object]
type Page = tuple[str, str, Arguments]


@dataclass
class World:
    """A catalogue with everybody around it; `size` is how many there are of each thing.

    `people` are those who open the pages. The head has every action. Of action 1 there is more
    than of the others: goals, partners and efforts; `writing` is its goal with most indicators,
    which the head writes on this year, and `done` is one that is approved.
    """

    catalogue: Catalogue
    position: Position
    people: dict[str, User]
    size: int = 0
    wish: Publication = field(init=False)

    @property
    def year(self) -> int:
        return timezone.localdate().year

    @property
    def writing(self) -> Goal:
        return Goal.objects.get(action__number=1, number=1)

    @property
    def done(self) -> Goal:
        return Goal.objects.get(action__number=1, number=2)

    def grow(self, size: int) -> None:
        for number in range(self.size + 1, size + 1):
            self._add_people(number)
            self._add_action(number)
            self._add_round(number)
        self._fill_rounds()
        self._write()
        for number in range(self.size + 1, size + 1):
            made = factory.make_edition(self.catalogue, self.year, number=number)
            factory.make_public(made)
            done = JobState.FAILED if number < size else JobState.QUEUED
            Publication.objects.update(state=JobState.FAILED, changes="Rettet")
            self.wish = factory.make_wish(self.catalogue, self.year, state=done)
        self._hold_meeting()
        Rendering.objects.all().delete()
        for kind in Kind:
            factory.make_rendering(self.catalogue, self.year, kind)
        page = get_meeting(self.catalogue.slug, self.year)
        factory.make_handouts(page, state=JobState.QUEUED)
        self.size = size

    def _hold_meeting(self) -> None:
        """A new decision on every action, with a line, a question and a conclusion each."""
        edition = Edition.objects.without_pdf().latest("number")
        report, actions = edition.report, self.catalogue.actions.all()
        factory.make_selection(edition, theme_meeting_on=timezone.localdate())
        ThemeMeeting.objects.filter(report=report).delete()
        meeting = ThemeMeeting.objects.create(report=report)
        for action in actions:
            ProgrammeItem.objects.create(meeting=meeting, order=1, minutes=5, action=action)
            factory.make_question(report, action)
            factory.make_pointer(report, action, factory.make_user())
            Conclusion.objects.get_or_create(
                report=report, action=action, defaults={"text": "Mødet vil vide mere."}
            )

    def _add_people(self, number: int) -> None:
        place = Administration.objects.create(name=f"Forvaltning {number}")
        user = factory.make_user(roles=[Role.COUNCIL])
        RoleGrant.objects.create(user=user, role=Role.PROJECT_GROUP, administration=place)
        post = factory.make_position(holder=user, administration=place)
        yesterday = timezone.localdate() - timedelta(days=1)
        Delegation.objects.create(position=post, deputy=self.people["head"], starts=yesterday)
        left = yesterday - timedelta(days=2000 + number)
        factory.appoint(self.position, user, starts=left, ends=left)

    def _add_action(self, number: int) -> None:
        """Another action; and another of everything to the first one."""
        action = factory.make_action(
            self.catalogue,
            responsible=[self.position, factory.make_position()],
            goals=2 if number == 1 else 1,
        )
        for goal in action.goals.all():
            self._add_indicator(goal)
        if number > 1:
            self._add_to_first_action(action, number)

    def _add_to_first_action(self, other: Action, number: int) -> None:
        first = Action.objects.get(number=1)
        self._add_indicator(Goal.objects.create(action=first, number=number + 1, text="Et mål."))
        self._add_indicator(self.writing)
        partner = Partner.objects.create(name=f"Forening {number}")
        Partnership.objects.create(action=first, partner=partner, order=number)
        initiative = Initiative.objects.create(action=first, order=number, title=f"Ny {number}")
        Milestone.objects.create(initiative=initiative, order=1, text="Skridt", year=self.year)
        InitiativeRelation.objects.create(
            initiative=initiative, related=other.initiatives.get(), order=1
        )

    def _add_indicator(self, goal: Goal) -> Indicator:
        made = factory.make_indicator(goal)
        factory.change_target(made, 2)
        return made

    def _add_round(self, number: int) -> None:
        """This year's, and then always the one before."""
        if number == 1:
            factory.make_round(self.catalogue)
        else:
            factory.make_past_round(self.catalogue, self.year - number + 1)

    def _fill_rounds(self) -> None:
        """Everything is approved but what the head still writes; each round has its events."""
        goals = Goal.objects.all()
        for round_ in self.catalogue.rounds.all():
            GoalStatus.objects.bulk_create(
                [GoalStatus(round=round_, goal=goal) for goal in goals], ignore_conflicts=True
            )
            factory.hand_in_all(round_)
            now = timezone.now()
            for status in (None, *round_.statuses.filter(goal__in=[self.writing, self.done])):
                Event.objects.append(at=now, verb="save", round=round_, status=status)
        self.catalogue.rounds.get(year=self.year).statuses.filter(goal=self.writing).update(
            state="draft"
        )

    def _write(self) -> None:
        """A recommendation of both sides on every action that has none."""
        for action in Action.objects.filter(passages=None):
            for part in (Part.HEAD, Part.FINAL):
                factory.make_passage(self.catalogue, part, action, choice="continue", reason="Ja.")


@pytest.fixture
def world() -> World:
    year = timezone.localdate().year
    roles = [Role.COORDINATOR, Role.STRATEGIC_FORUM, Role.COMMITTEE, Role.ADMINISTRATOR]
    head = factory.make_user("head")
    return World(
        catalogue=factory.make_catalogue(period_from=year - LARGE),
        position=factory.make_position("Planchefen", holder=head),
        people={"head": head} | {role: factory.make_user(role, roles=[role]) for role in roles},
    )


def pages_of(world: World) -> list[Page]:
    """Every main page with who opens it: name of the person, name of the address, arguments."""
    catalogue: list[object] = [world.catalogue.slug]
    year, edition = [*catalogue, world.year], [*catalogue, world.year, world.size]
    midterm: Arguments = {
        "slug": world.catalogue.slug,
        "year": world.year,
        "kind": Kind.MIDTERM,
    }
    post = world.position
    held = post.appointments.order_by("starts")[0]
    asked = Question.objects.filter(action__number=1)[0]
    return [
        *((name, "home", []) for name in world.people),
        *((name, "round", year) for name in ("head", "coordinator")),
        *((name, "catalogue", catalogue) for name in ("head", "coordinator")),
        *((name, "action", [*catalogue, 1]) for name in ("head", "coordinator")),
        *((name, "reports", catalogue) for name in ("coordinator", "committee")),
        *(("committee", name, edition) for name in ("edition", "edition_pdf")),
        ("coordinator", "council", catalogue),
        ("coordinator", "make_public", edition),
        *((ANONYMOUS, name, edition) for name in ("public_edition", "public_pdf")),
        *((ANONYMOUS, name, []) for name in ("public_reports", "accessibility")),
        ("head", "own_goals", []),
        ("head", "catalogues", []),
        ("coordinator", "new_catalogue", []),
        ("coordinator", "import_catalogue", []),
        *(
            ("coordinator", name, catalogue)
            for name in (
                "edit_catalogue",
                "catalogue_fields",
                "new_action",
                "catalogue_workbook",
                "carry_over",
            )
        ),
        *(("coordinator", name, [*catalogue, 1]) for name in ("edit_action", "remove_action")),
        ("head", "status", [*year, world.writing.pk]),
        ("head", "status", [*year, world.done.pk]),
        ("head", "preview", [*year, world.writing.pk]),
        ("strategic_forum", "status", [*year, world.done.pk]),
        ("coordinator", "status", [*year, world.writing.pk]),
        ("coordinator", "status", [*year, world.done.pk]),
        ("coordinator", "rounds", catalogue),
        ("coordinator", "open_round", catalogue),
        *(
            ("coordinator", name, year)
            for name in (
                "round_list",
                "round_dates",
                "close_round",
                "reopen_round",
                "draft",
                "draft_pdf",
                "draft_progress",
                "publish",
            )
        ),
        ("coordinator", "publication", [*year, world.wish.pk]),
        *(("coordinator", name, edition) for name in ("case", "case_txt", "case_docx")),
        ("coordinator", "case_template", catalogue),
        *(("coordinator", name, year) for name in ("theme_meeting", "programme")),
        ("coordinator", "conclusion", [*year, 1]),
        *(("committee", name, year) for name in ("presentation", "handouts")),
        *(("committee", name, [*year, 1]) for name in ("handout", "handout_progress")),
        *((name, "selection", year) for name in ("committee", "coordinator")),
        ("committee", "selection_action", [*year, 1]),
        ("coordinator", "decide", year),
        *((name, "question", [*year, asked.pk]) for name in ("committee", "head")),
        ("coordinator", "draft", midterm),
        ("coordinator", "next_catalogue", year),
        *(("coordinator", "editorial", [*year, kind]) for kind in KIND_WORDS.values()),
        *(
            ("coordinator", "passage", [*year, Kind.MIDTERM.word, key])
            for key in ("redaktion", "handling-1")
        ),
        ("head", "passage", [*year, Kind.MIDTERM.word, "chefer-1"]),
        *(("administrator", name, []) for name in ("positions", "users", "create_user", "log")),
        ("administrator", "position", [post.pk]),
        ("administrator", "rename_position", [post.pk]),
        ("administrator", "appoint", [post.pk]),
        ("administrator", "end_appointment", [held.pk]),
        ("administrator", "user", [held.user_id]),
    ]


def _address(route: str, arguments: Arguments) -> str:
    if isinstance(arguments, dict):
        return reverse(route, kwargs=arguments)
    return reverse(route, args=arguments)


def queries_of(clients: dict[str, Client], page: Page) -> list[str]:
    name, route, arguments = page
    with CaptureQueriesContext(connection) as queries:
        answer = clients[name].get(_address(route, arguments))
    assert answer.status_code == (302 if route == "home" else 200), page
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def test_ten_times_as_much_costs_no_query_more_and_no_page_more_than_ten(world: World) -> None:
    clients = {name: Client() for name in [*world.people, ANONYMOUS]}
    for name, user in world.people.items():
        clients[name].force_login(user)
    world.grow(SMALL)
    small = [queries_of(clients, page) for page in pages_of(world)]
    world.grow(LARGE)
    pages = pages_of(world)
    large = [queries_of(clients, page) for page in pages]
    faults = []
    for (name, route, arguments), few, many in zip(pages, small, large, strict=True):
        most = WHOLE_CATALOGUE if route in EDITORS else MOST
        if len(few) != len(many) or len(many) > most:
            told = "\n  ".join(statement[:160] for statement in many)
            faults.append(f"{route} {arguments} for {name}: {len(few)} → {len(many)}\n  {told}")
    assert not faults, "\n".join(faults)


def test_the_world_really_grows_tenfold(world: World) -> None:
    counted = (Action, Goal, GoalStatus, Indicator, User, Position, Event, Partner)

    def sizes() -> dict[str, int]:
        return {model.__name__: model._default_manager.count() for model in counted}

    world.grow(SMALL)
    assert Action.objects.count() == world.catalogue.rounds.count() == SMALL
    before = sizes()
    world.grow(LARGE)
    assert Action.objects.count() == world.catalogue.rounds.count() == LARGE
    assert world.writing.indicators.count() == LARGE
    assert world.catalogue.reports.get(kind=Kind.STATUS).editions.count() == LARGE
    after = sizes()
    assert all(after[name] > before[name] for name in before)
