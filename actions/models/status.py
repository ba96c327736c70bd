"""The yearly status of goals: what a head writes for a goal in a round."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from actions.lights import Light
from actions.models.catalogue import Lasting, Responsibility
from actions.models.goals import Goal
from actions.models.rounds import Round, RoundState
from actions.models.written import Written


class State(models.TextChoices):
    """How far a status is; the allowed moves are `actions.status.moves.MOVES`."""

    NOT_STARTED = "not_started", _("Ikke begyndt")
    DRAFT = "draft", _("Kladde")
    SUBMITTED = "submitted", _("Indsendt")
    RETURNED = "returned", _("Sendt tilbage")
    APPROVED = "approved", _("Godkendt")


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


class GoalStatusQuerySet(models.QuerySet["GoalStatus"]):
    def waiting_for_head(self) -> "GoalStatusQuerySet":
        return self.filter(state__in=WAITS_FOR_HEAD).exclude(WHEN_STOPPED)

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

    def with_kin(self) -> "GoalStatusQuerySet":
        """With the round, the goal and, as `last_word`, the latest of what was handed in, sent back
        or corrected by the coordinator.
        """
        said = Q(events__verb__in=(SUBMIT, RETURN, CORRECT))
        last_word = FilteredRelation("events", condition=said)
        return (
            self.annotate(last_word=last_word)
            .select_related("round__catalogue", "goal__action", "last_word")  # type: ignore[misc]
            .order_by("-last_word__pk")
        )

    def in_catalogue_order(self) -> "GoalStatusQuerySet":
        return self.order_by("goal__action__number", "goal__number")


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

    @property
    def waits_for_head(self) -> bool:
        return self.state in WAITS_FOR_HEAD and self.stopped is None

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
