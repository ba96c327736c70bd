"""The yearly status on goals: rounds, statuses, figures and the history of every move."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from actions.lights import Light
from actions.models.catalogue import Catalogue, Goal, Indicator, Responsibility
from actions.models.written import Written


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
    """How far a status is; the allowed moves are `actions.status.moves.MOVES`."""

    NOT_STARTED = "not_started", _("Ikke begyndt")
    DRAFT = "draft", _("Kladde")
    SUBMITTED = "submitted", _("Indsendt")
    RETURNED = "returned", _("Sendt tilbage")
    APPROVED = "approved", _("Godkendt")


#: The history's code for a status that is sent back to its head.
RETURN: Final = "return"
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

    def with_kin(self) -> "GoalStatusQuerySet":
        """With the round, the goal and, if it was sent back, the latest return as `sent_back`."""
        sent_back = FilteredRelation("events", condition=Q(events__verb=RETURN))
        return (
            self.annotate(sent_back=sent_back)
            .select_related("round__catalogue", "goal__action", "sent_back")  # type: ignore[misc]
            .order_by("-sent_back__pk")
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
    # What stands in a number's field but is no number: kept as typed, by the field's name.
    unparsed = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0, db_column="version")
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

    def responsible_positions(self) -> list[int]:
        """The ids of the positions that answer for the goal's action, in the catalogue's order."""
        rows = Responsibility.objects.filter(action__goals=self.goal_id).order_by("order")
        return list(rows.values_list("position", flat=True))

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


def marked(rows: Iterable[GoalStatus], mark: str) -> set[int]:
    """The ids of the rows whose annotation of that name is true."""
    return {row.pk for row in rows if getattr(row, mark)}


def current_catalogue(today: date) -> Catalogue | None:
    """The catalogue whose period we are in, else the latest that has begun, else the next.

    Where two periods overlap, the later one takes over with its first round: until then it is
    being made, and the short addresses lead to the one that reports.
    """

    def nearness(row: Any) -> tuple[bool, bool, bool]:
        return today.year in row.years, row.has_rounds, row.period_from <= today.year

    return max(Catalogue.objects.with_rounds().latest_first(), key=nearness, default=None)


def current_round(catalogue: Catalogue, today: date) -> Round | None:
    """The round that is open; else the latest that has opened, else the first that will."""
    rounds = list(catalogue.rounds.order_by("-year"))
    opened = [row for row in rounds if row.opens <= today]
    is_open = (row for row in opened if row.state(today) is RoundState.OPEN)
    return next(is_open, opened[0] if opened else (rounds[-1] if rounds else None))


def round_to_follow(catalogue: Catalogue, today: date) -> Round | None:
    """The round of a catalogue, unless only another catalogue has an open one: its last."""
    followed = current_round(catalogue, today)
    if followed is not None and followed.state(today) is RoundState.OPEN:
        return followed
    others = Round.objects.exclude(catalogue=catalogue).filter(opens__lte=today, closes__gte=today)
    still_open = others.filter(closed_at=None).select_related("catalogue").order_by("due", "pk")
    return still_open.first() or followed


def next_round_year(catalogue: Catalogue, today: date) -> int | None:
    """The year of the period that a new round is most likely for: the first from this year on
    that has none, else the last that has none; None where every year has a round.
    """
    taken = set(catalogue.rounds.values_list("year", flat=True))
    free = [year for year in catalogue.years if year not in taken]
    return next((year for year in free if year >= today.year), free[-1] if free else None)


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
#: Characters that fit the report's page, by text. More is allowed, and the writer is told.
SOFT_LIMITS: Final = {
    "progress": 900,
    "why_unchanged": 250,
    "cause": 500,
    "consequence": 500,
    "next_step": 500,
    "why_not_assessable": 500,
    "why_differs": 250,
}
#: Characters a text may have at all; more is refused, never cut.
HARD_LIMIT: Final = 4000
HARD_LIMIT_SHORT: Final = 1000
