"""The goals of an action, and the indicators that measure them, with every change of a target."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Mod
from django.urls import reverse

from actions.meaning import (
    Comparison,
    Meaning,
    Measures,
    ValueKind,
    steps_from,
    timing_words,
)
from actions.models.catalogue import Action, Lasting
from actions.models.chain.links import Link, LinkQuerySet


class Goal(Lasting):
    """A mål: the only thing that has a status.

    `origin` is the goal of the catalogue before that it was carried over from.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    origin = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="successors"
    )

    class Meta:
        ordering = ["action", "number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="goal_number"),
        ]

    def __str__(self) -> str:
        return self.text

    def stopped(self, day: date) -> Lasting | None:
        """What is stopped on a day: the action, or the goal by itself; None if it goes on."""
        whole: tuple[Lasting, ...] = (self.action, self)
        return next((row for row in whole if row.is_stopped(day)), None)

    def has_begun(self, day: date) -> bool:
        """Whether both the goal and its action have."""
        return self.is_begun(day) and self.action.is_begun(day)

    def is_asked(self, day: date) -> bool:
        """Whether a round that is due on a day asks for a status."""
        return self.is_in_force(day) and self.action.is_in_force(day)


class Indicator(models.Model):
    """A måltal: the measurable part of a goal.

    Measured against the same target every year (`yearly`), to be reached by a year (`by_year`),
    or neither, if the catalogue sets no time. `upper` is the other end of a target that is a range
    (`between`). `targets` are the targets of earlier years on the way to `target`, each
    {"year": 2025, "value": "120"}. `every` is the years between two values. `tolerance` is how many
    per cent a value may miss its target by and be close, if not the usual. `decimals` are shown.
    """

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    target = models.DecimalField(max_digits=18, decimal_places=4)
    comparison = models.CharField(max_length=10, choices=Comparison)
    yearly = models.BooleanField(default=False)
    by_year = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    measures = models.CharField(max_length=10, choices=Measures, default=Measures.LEVEL)
    kind = models.CharField(max_length=10, choices=ValueKind, default=ValueKind.NUMBER)
    upper = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    targets = models.JSONField(default=list, blank=True)
    every = models.PositiveSmallIntegerField(default=1)
    decimals = models.PositiveSmallIntegerField(null=True, blank=True)
    tolerance = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["goal", "order"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "name"], name="indicator_name"),
            models.CheckConstraint(
                condition=Q(yearly=False) | Q(by_year__isnull=True), name="indicator_yearly_or_by"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicator", args=[self.goal.action.catalogue.slug, self.pk])

    @property
    def timing(self) -> str:
        """When the target is to be reached, in words; "" if the catalogue sets no time."""
        return timing_words(yearly=self.yearly, by_year=self.by_year, every=self.every)

    @property
    def target_in_words(self) -> str:
        """The targets with their time: "mindst 1.000 ha inden 2030"."""
        return self.meaning.in_words

    @property
    def meaning(self) -> Meaning:
        """What its values mean: see `actions.meaning`."""
        return Meaning(
            unit=self.unit,
            target=self.target,
            comparison=self.comparison,
            timing=self.timing,
            yearly=self.yearly,
            by_year=self.by_year,
            baseline=self.baseline,
            baseline_year=self.baseline_year,
            measures=self.measures,
            kind=self.kind,
            upper=self.upper,
            steps=steps_from(self.targets),
            every=self.every,
            decimals=self.decimals,
        )


def measured_in(year: int, period_from: int) -> QuerySet[Indicator]:
    """The indicators of which a value is expected of a year: see `Meaning.is_measured_in`."""
    anchor = Coalesce("baseline_year", "by_year", Value(period_from))
    offset = Mod(Value(year) - anchor, F("every"), output_field=models.IntegerField())
    return Indicator.objects.alias(years_off=offset).filter(years_off=0)


class TargetRevision(Link):
    """A change of a target, with its decision; append-only.

    `decided_by` keeps the id of a deleted user: no row of history is ever changed.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="target_revisions")
    old_target = models.DecimalField(max_digits=18, decimal_places=4)
    new_target = models.DecimalField(max_digits=18, decimal_places=4)
    decision = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
    )

    objects = LinkQuerySet["TargetRevision"].as_manager()

    class Meta:
        ordering = ["indicator", "decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.old_target} → {self.new_target}"


@dataclass
class IndicatorTargets:
    """An indicator with the revisions of its target, oldest first."""

    indicator: Indicator
    revisions: list[TargetRevision] = field(default_factory=list)


def targets_of(goals: QuerySet[Goal]) -> list[tuple[Goal, list[IndicatorTargets]]]:
    """The goals in the catalogue's order, each with its indicators.

    One joined query, because these pages have none to spare. A row is a goal with one of its
    indicators and one of that indicator's revisions, or None if there is none.
    """
    rows = (
        goals.annotate(
            indicator=FilteredRelation("indicators"),
            revision=FilteredRelation("indicator__target_revisions"),
        )
        .select_related("action", "indicator", "revision")  # type: ignore[misc]
        .order_by(
            "action__number", "number", "indicator__order", "revision__decided_at", "revision__pk"
        )
    )
    targets: dict[Goal, list[IndicatorTargets]] = {}
    for goal in rows:  # Django sets no attribute if nothing was joined.
        _add(
            targets.setdefault(goal, []),
            getattr(goal, "indicator", None),
            getattr(goal, "revision", None),
        )
    return list(targets.items())


def _add(
    targets: list[IndicatorTargets], indicator: Indicator | None, revision: TargetRevision | None
) -> None:
    if indicator is not None and (not targets or targets[-1].indicator != indicator):
        targets.append(IndicatorTargets(indicator))
    if revision is not None:
        targets[-1].revisions.append(revision)
