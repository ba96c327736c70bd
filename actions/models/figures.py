"""The values of indicators, year by year."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actions.models.chain.links import Link, LinkQuerySet
from actions.models.goals import Indicator, measured_in
from actions.models.people import Position
from actions.models.rounds import Round
from actions.models.status import GoalStatus


class MeasurementQuerySet(LinkQuerySet["Measurement"]):
    def known(self) -> "MeasurementQuerySet":
        """What is known now: the latest row of each indicator and year."""
        later = Measurement.objects.filter(
            indicator=OuterRef("indicator"), year=OuterRef("year"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later))


class Measurement(Link):
    """A måling: an indicator's value in a calendar year, or why there is none; append-only.

    A new row of the same year revises the one before it, and `reason` says why. `status` is the
    one that it was handed in with, if it was. `by_name` and `position` outlast the user.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    status = models.ForeignKey(
        GoalStatus, models.PROTECT, null=True, blank=True, related_name="measurements"
    )
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    missing_reason = models.TextField(blank=True)
    source = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_name = models.TextField(blank=True)
    position = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "year", "pk"]
        indexes = [models.Index(fields=["indicator", "year"], name="measurement_year")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"


def revised_by(known: Measurement, before: Sequence[Measurement]) -> Measurement | None:
    """The row that what is known revises; `before` are the rows of the same year, in order.

    A head who hands the same status in again has told nothing else before. None if nothing was.
    """
    others = (
        row for row in reversed(before) if row.status_id is None or row.status_id != known.status_id
    )
    earlier = next(others, None)
    return earlier if earlier is not None and earlier.value != known.value else None


def awaited(round_: Round) -> models.QuerySet[Indicator]:
    """The indicators that a round asks of, have a supplier, and of whose year nothing is known."""
    known = Measurement.objects.filter(indicator=OuterRef("pk"), year=round_.measured_year)
    asked = round_.statuses.asked().values("goal")
    due = measured_in(round_.measured_year, round_.catalogue.period_from)
    rows = due.filter(~Exists(known), supplier__isnull=False, goal__in=asked)
    related = rows.select_related("goal__action__catalogue")
    return related.order_by("goal__action__number", "goal__number", "order")


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
