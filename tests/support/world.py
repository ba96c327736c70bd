"""A catalogue with everybody around it, which grows: for what must not cost more with size."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from actions.models import (
    Action,
    Administration,
    Catalogue,
    Delegation,
    Event,
    FigureSupplier,
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
    Round,
    User,
)
from reports.meeting.page import get_meeting
from reports.models import (
    Conclusion,
    Edition,
    JobState,
    Kind,
    Part,
    ProgrammeItem,
    Publication,
    Rendering,
    ThemeMeeting,
)
from tests.support import factory

SMALL, LARGE = 1, 10


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
    def own_goal(self) -> Goal:
        """As in the cast: the one that the head writes on."""
        return self.writing

    @property
    def round(self) -> Round:
        return self.catalogue.rounds.get(year=self.year)

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
            year = self.catalogue.final_year if kind is Kind.FINAL else self.year
            factory.make_rendering(self.catalogue, year, kind)
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
        factory.delegate(self.position, user)
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
        FigureSupplier.objects.create(indicator=made, user=self.people["supplier"])
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
                verb = "save" if status else "open_round"
                Event.objects.append(at=now, verb=verb, round=round_, status=status)
        self.catalogue.rounds.get(year=self.year).statuses.filter(goal=self.writing).update(
            state="draft"
        )

    def _write(self) -> None:
        """A recommendation of both sides on every action that has none."""
        for action in Action.objects.filter(passages=None):
            for part in (Part.HEAD, Part.FINAL):
                factory.make_passage(self.catalogue, part, action, choice="continue", reason="Ja.")


def make_world() -> World:
    year = timezone.localdate().year
    roles = [Role.COORDINATOR, Role.STRATEGIC_FORUM, Role.COMMITTEE, Role.ADMINISTRATOR]
    head, supplier = factory.make_user("head"), factory.make_user("supplier")
    return World(
        catalogue=factory.make_catalogue(period_from=year - LARGE),
        position=factory.make_position("Planchefen", holder=head),
        people={"head": head, "supplier": supplier}
        | {role: factory.make_user(role, roles=[role]) for role in roles},
    )
