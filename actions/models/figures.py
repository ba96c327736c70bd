"""The values of indicators, year by year."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from actions.models.goals import Indicator
from actions.models.people import Position
from actions.models.status import GoalStatus


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


class FigureSupplier(models.Model):
    """A måltalsleverandør: the post or the person who delivers an indicator's values.

    A supplier need not be a head. An indicator has one at most.
    """

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="supplier")
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="supplies"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="supplies"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position__isnull=True) ^ Q(user__isnull=True), name="one_supplier"
            ),
        ]

    def __str__(self) -> str:
        return str(self.position or self.user)
