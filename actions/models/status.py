"""The yearly status of goals: what a head writes for a goal in a round."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, JSONObject, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from actions.lights import Light
from actions.models.catalogue import Lasting, Responsibility
from actions.models.goals import Goal
from actions.models.rounds import GOES_ON, GoesOn, Round, RoundState
from actions.models.written import Written


class State(models.TextChoices):
    """How far a status is; the allowed moves are `actions.status.moves.MOVES`."""

    NOT_STARTED = "not_started", gettext_lazy("Ikke begyndt")
    DRAFT = "draft", gettext_lazy("Kladde")
    SUBMITTED = "submitted", gettext_lazy("Indsendt")
    RETURNED = "returned", gettext_lazy("Sendt tilbage")
    APPROVED = "approved", gettext_lazy("Godkendt")


#: The history's code for a status that is handed in.
SUBMIT: Final = "submit"
#: The history's code for a status that is sent back to its head.
RETURN: Final = "return"
#: The history's code for a single status that is unlocked for a correction.
UNLOCK: Final = "unlock"
#: The history's code for a slip of the pen that the coordinator has corrected.
CORRECT: Final = "correct"
#: The states that others than the writers and the coordinator may read.
SHOWN_TO_OTHERS = (State.SUBMITTED, State.APPROVED)
#: The states that wait for the head.
WAITS_FOR_HEAD = (State.NOT_STARTED, State.DRAFT, State.RETURNED)

#: Statuses of a goal or an action that was stopped when the round was due.
WHEN_STOPPED: Final = Q(goal__stopped_on__lte=F("round__due")) | Q(
    goal__action__stopped_on__lte=F("round__due")
)


#: The path from the status of a goal that goes on to those of the goal it continues.
EARLIER: Final = "goal__origin__statuses"


class GoalStatusQuerySet(models.QuerySet["GoalStatus"]):
    def waiting_for_head(self) -> "GoalStatusQuerySet":
        return self.asked().filter(state__in=WAITS_FOR_HEAD)

    def asked(self) -> "GoalStatusQuerySet":
        """Those that their round asks for: see `GoalStatus.is_asked`."""
        asked_later = Exists(GoalStatus.objects.given_for(pk=OuterRef("pk")))
        return self.filter(~asked_later).exclude(WHEN_STOPPED)

    def given_for(self, **earlier: Any) -> "GoalStatusQuerySet":
        """The statuses that stand for earlier ones, named by conditions on these.

        A goal that goes on in a later catalogue is asked for once: where a round of each measures
        the same year and they are open at a time, the later one asks, from the day it opens. What
        is begun in the earlier one stays there, and so does what the later one closed without.
        """
        today = timezone.localdate()
        is_open = Q(round__closed_at=None, round__closes__gte=today)
        met_it = Q(round__opens__lte=_closed_on(f"{EARLIER}__round__"))
        met = {
            "state": State.NOT_STARTED,
            "unlocked_because": "",
            "round__measured_year": F("round__measured_year"),
            "round__opens__lte": _closed_on("round__"),
        }
        conditions = {f"{EARLIER}__{name}": value for name, value in (met | earlier).items()}
        given = Q(state__in=SHOWN_TO_OTHERS) | ~Q(unlocked_because="")
        return self.filter(is_open | given, met_it, round__opens__lte=today, **conditions).exclude(
            WHEN_STOPPED
        )

    def with_later(self) -> "GoalStatusQuerySet":
        """With `later`, the status that stands for each, which `goes_on_in` needs."""
        later = GoalStatus.objects.given_for(pk=OuterRef("pk")).order_by("-round__opens", "pk")
        return self.annotate(later=Subquery(later.values(place=JSONObject(**GOES_ON))[:1]))

    def shown_to_others(self) -> "GoalStatusQuerySet":
        return self.filter(state__in=SHOWN_TO_OTHERS)

    def of_positions(self, positions: Iterable[int]) -> "GoalStatusQuerySet":
        return self.filter(
            Exists(
                Responsibility.objects.filter(
                    action=OuterRef("goal__action"), position__in=list(positions)
                )
            )
        )

    def before(self, status: "GoalStatus") -> "GoalStatusQuerySet":
        """The goal's statuses in rounds of earlier years, the latest first, each with its round.

        Includes those of the goal that it was carried over from. Its own come before those of the
        same year.
        """
        same = Q(goal=status.goal_id)
        if origin := status.goal.origin_id:
            same |= Q(goal=origin)
        earlier = self.filter(same, round__year__lt=status.round.year)
        is_own = Case(When(goal=status.goal_id, then=0), default=1)
        return earlier.select_related("round__catalogue").order_by("-round__year", is_own)

    def with_earlier(self) -> "GoalStatusQuerySet":
        """With `stands_for`, the title of the catalogue before that need not ask, if any; and with
        `reads_later`: whether these rows hold what a later catalogue asks for instead.
        """
        same_goal = GoalStatus.objects.filter(goal=OuterRef(OuterRef("goal")))
        earlier = GoalStatus.objects.filter(
            Exists(same_goal.given_for(pk=OuterRef("pk"))),
            goal__successors=OuterRef("goal"),
            round__measured_year=OuterRef("round__measured_year"),
        )
        return self.annotate(
            stands_for=Subquery(earlier.values("round__catalogue__title")[:1]),
            reads_later=Exists(self.given_for(pk=OuterRef("pk"))),
        )

    def with_kin(self) -> "GoalStatusQuerySet":
        """With the round, the goal and, as `last_word`, the latest of what was handed in, sent back
        or corrected by the coordinator.
        """
        said = Q(events__verb__in=(SUBMIT, RETURN, CORRECT))
        last_word = FilteredRelation("events", condition=said)
        return (
            self.with_later()
            .annotate(last_word=last_word)
            .select_related("round__catalogue", "goal__action", "last_word")  # type: ignore[misc]
            .order_by("-last_word__pk")
        )

    def in_catalogue_order(self) -> "GoalStatusQuerySet":
        return self.order_by("goal__action__number", "goal__number")


def _closed_on(round_: str) -> Coalesce:
    """The day a round first closed, or will: what it asks for is settled then."""
    return Coalesce(f"{round_}stands_on", TruncDate(f"{round_}closed_at"), f"{round_}closes")


class GoalStatus(Written):
    """A målstatus: the light and texts of one goal in one round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="statuses")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=12, choices=State, default=State.NOT_STARTED)
    light = models.CharField(max_length=16, choices=Light, blank=True)
    progress = models.TextField(blank=True)
    why_unchanged = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    consequence = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    why_not_assessable = models.TextField(blank=True)
    why_differs = models.TextField(blank=True)
    # The figures as they stand in the form, as `actions.status.entry` writes them; nobody else's
    # truth before the status is handed in.
    figures = models.JSONField(default=list, blank=True)
    # Texts in a number's field that are no number: kept as typed, by field name.
    unparsed = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0, db_column="version")
    saved_at = models.DateTimeField(null=True, blank=True)
    # When one of its writers first opened the form; None if nobody has.
    opened_at = models.DateTimeField(null=True, blank=True)
    # Who last wrote or submitted, as text, so that it outlasts the user.
    author_name = models.TextField(blank=True)
    author_position = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    # Why this one may be written though its round is closed; "" if it may not.
    unlocked_because = models.TextField(blank=True)

    objects = GoalStatusQuerySet.as_manager()

    #: The fields a head writes, in the order of the form and the report.
    TEXTS = (
        "progress",
        "why_unchanged",
        "cause",
        "consequence",
        "next_step",
        "why_not_assessable",
        "why_differs",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "goal"], name="status_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round}, mål {self.goal_id}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("status", args=[self.round.catalogue.slug, self.round.year, self.goal_id])

    def responsible_positions(self) -> list[int]:
        """The ids of the positions that answer for the goal's action, in the catalogue's order."""
        rows = Responsibility.objects.filter(action__goals=self.goal_id).order_by("order")
        return list(rows.values_list("position", flat=True))

    @property
    def is_shown_to_others(self) -> bool:
        return self.state in SHOWN_TO_OTHERS

    def is_open(self, today: date) -> bool:
        """Whether it can be written on: its round is open, or the coordinator has unlocked it."""
        return self.is_unlocked or self.round.state(today) is RoundState.OPEN

    @property
    def is_unlocked(self) -> bool:
        """Whether the coordinator lets it be corrected though its round is closed."""
        return bool(self.unlocked_because)

    @property
    def stopped(self) -> Lasting | None:
        """The goal or the action, if it was stopped when the round was due: nothing is asked."""
        return self.goal.stopped(self.round.due)

    @cached_property
    def goes_on_in(self) -> GoesOn | None:
        """Where a later catalogue asks for the goal, so that nothing is asked here.

        A query, unless the row is read `with_later`.
        """
        if self.state != State.NOT_STARTED or self.stopped:
            return None
        row = self
        if not hasattr(self, "later"):
            row = GoalStatus.objects.with_later().filter(pk=self.pk).first() or self
        found = getattr(row, "later", None)
        return GoesOn(**found) if found else None

    @property
    def is_asked(self) -> bool:
        """Whether its round asks for it: the goal is not stopped, and asked for here."""
        return self.stopped is None and self.goes_on_in is None

    @property
    def waits_for_head(self) -> bool:
        return self.state in WAITS_FOR_HEAD and self.is_asked

    @property
    def text_version(self) -> int:
        """The revision of the text; approving adds one to `revision` and changes no text."""
        return self.revision - (self.state == State.APPROVED)


def marked(rows: Iterable[GoalStatus], mark: str) -> set[int]:
    """The ids of the rows whose annotation of that name is true."""
    return {row.pk for row in rows if getattr(row, mark)}


#: What each text is called, in the order of the form and the report.
TEXT_LABELS: Final = {
    "progress": gettext_lazy("Fremdrift siden sidste år"),
    "why_unchanged": gettext_lazy("Hvorfor status er uændret"),
    "cause": gettext_lazy("Årsag"),
    "consequence": gettext_lazy("Konsekvens"),
    "next_step": gettext_lazy("Næste skridt"),
    "why_not_assessable": gettext_lazy("Hvorfor målet ikke kan vurderes"),
    "why_differs": gettext_lazy("Hvorfor vurderingen er en anden end tallenes"),
}
#: Characters that fit the report's page, by text. More is allowed, with advice to the writer.
SOFT_LIMITS: Final = {
    "progress": 900,
    "why_unchanged": 250,
    "cause": 500,
    "consequence": 500,
    "next_step": 500,
    "why_not_assessable": 500,
    "why_differs": 250,
}
#: The most characters of a text; more is refused, never cut.
HARD_LIMIT: Final = 4000
HARD_LIMIT_SHORT: Final = 1000
