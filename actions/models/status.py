"""The yearly status on goals: rounds, statuses, figures and the history of every move."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.lights import Light
from actions.models.catalogue import Catalogue, Goal, Indicator, Responsibility
from actions.models.chain import Link, LinkQuerySet


class RoundState(models.TextChoices):
    """Where a round is on a given day; told from its dates, never stored."""

    PLANNED = "planned", _("Planlagt")
    OPEN = "open", _("Åben")
    CLOSED = "closed", _("Lukket")


class Round(models.Model):
    """A statusrunde: one year's collection of status on every goal of a catalogue.

    Open from `opens` to `closes`, both included, unless the coordinator has closed it before.
    `measured_year` is the calendar year the figures are of: the round of 2025 measures 2024.
    """

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    measured_year = models.PositiveSmallIntegerField()
    opens = models.DateField()
    due = models.DateField()
    closes = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["catalogue", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "year"], name="round_year"),
            models.UniqueConstraint(
                fields=["catalogue", "measured_year"], name="round_measured_year"
            ),
            models.CheckConstraint(
                condition=Q(opens__lte=models.F("due"), due__lte=models.F("closes")),
                name="round_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"Statusrunde {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.catalogue.slug, self.year])

    def state(self, today: date) -> RoundState:
        if self.closed_at is not None or today > self.closes:
            return RoundState.CLOSED
        return RoundState.OPEN if today >= self.opens else RoundState.PLANNED


class State(models.TextChoices):
    """How far a status is; the allowed moves are `actions.workflow.MOVES`."""

    NOT_STARTED = "not_started", _("Ikke begyndt")
    DRAFT = "draft", _("Kladde")
    SUBMITTED = "submitted", _("Indsendt")
    RETURNED = "returned", _("Sendt tilbage")
    APPROVED = "approved", _("Godkendt")


#: What others than the writers and the coordinator may read.
SHOWN_TO_OTHERS = (State.SUBMITTED, State.APPROVED)
#: What still waits for the head.
WAITS_FOR_HEAD = (State.NOT_STARTED, State.DRAFT, State.RETURNED)


class GoalStatusQuerySet(models.QuerySet["GoalStatus"]):
    def waiting_for_head(self) -> "GoalStatusQuerySet":
        return self.filter(state__in=WAITS_FOR_HEAD)

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
        """The same goal's in earlier rounds, the latest first, each with its round."""
        earlier = self.filter(goal=status.goal_id, round__year__lt=status.round.year)
        return earlier.select_related("round").order_by("-round__year")

    def in_catalogue_order(self) -> "GoalStatusQuerySet":
        return self.order_by("goal__action__number", "goal__number")


class GoalStatus(models.Model):
    """A målstatus: the light and texts of one goal in one round.

    `revision` is the optimistic-lock counter, +1 on every write; a form carries the one it was made
    from.
    """

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
    # What stands in a number's field but is no number: kept as typed, by the field's name.
    unparsed = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0, db_column="version")
    # The names of the saves that the text holds, the last one first: see `actions.saves`.
    saves = models.JSONField(default=list, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    # When somebody who writes it first had its form before them; None while nobody has.
    opened_at = models.DateTimeField(null=True, blank=True)
    # What the text was last written or submitted by: kept as words, so that it outlasts the user.
    author_name = models.TextField(blank=True)
    author_position = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

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

    @property
    def is_shown_to_others(self) -> bool:
        return self.state in SHOWN_TO_OTHERS

    @property
    def waits_for_head(self) -> bool:
        return self.state in WAITS_FOR_HEAD

    @property
    def text_version(self) -> int:
        """The revision in which the text was submitted; approving counts one more, and writes
        nothing.
        """
        return self.revision - (self.state == State.APPROVED)


class Measurement(models.Model):
    """A måling: an indicator's value in a calendar year, or why there is none."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    status = models.ForeignKey(GoalStatus, models.PROTECT, related_name="measurements")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    missing_reason = models.TextField(blank=True)
    source = models.TextField(blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="measurement_year"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"


class Event(Link):
    """One row of history: who did what, in which position, when. Rows are only ever added.

    `content` is the whole text as it stood after the move, so that every version can be read
    again; `actor_name` and `position` are words, so that they outlast the user and the post.
    `actor` keeps a deleted user's number: nothing changes a row of history.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
    )
    actor_name = models.TextField()
    position = models.TextField(blank=True)
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="events")
    status = models.ForeignKey(GoalStatus, models.PROTECT, null=True, related_name="events")
    subject = models.TextField(blank=True)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    comment = models.TextField(blank=True)
    content = models.JSONField(default=dict)

    objects = LinkQuerySet["Event"].as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.verb}"
