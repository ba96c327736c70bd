"""The goals of an action, and the indicators that measure them, with every change of a target."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.models.catalogue import Action
from actions.models.chain import Link, LinkQuerySet


class Goal(models.Model):
    """A mål: the only thing that has a status."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["action", "number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="goal_number"),
        ]

    def __str__(self) -> str:
        return self.text


class Comparison(models.TextChoices):
    AT_LEAST = "at_least", _("mindst")
    AT_MOST = "at_most", _("højst")


class Indicator(models.Model):
    """A måltal: the measurable part of a goal.

    Measured against the same target every year (`yearly`), to be reached by a year (`by_year`),
    or neither, if the catalogue sets no time.
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

    @property
    def timing(self) -> str:
        """When the target is to be reached, in words; "" if the catalogue sets no time."""
        if self.yearly:
            return gettext("hvert år")
        return gettext("inden %(year)d") % {"year": self.by_year} if self.by_year else ""

    def is_met_by(self, value: Decimal) -> bool:
        """Whether a value reaches today's target."""
        if self.comparison == Comparison.AT_MOST:
            return value <= self.target
        return value >= self.target


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
