"""The rounds in which heads give status, year by year."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models.catalogue import Catalogue


class RoundState(models.TextChoices):
    """The state of a round on a given day; computed from its dates, never stored."""

    PLANNED = "planned", gettext_lazy("Planlagt")
    OPEN = "open", gettext_lazy("Åben")
    CLOSED = "closed", gettext_lazy("Lukket")


class Round(models.Model):
    """A statusrunde: one year's statuses of every goal of a catalogue.

    Open from `opens` to `closes`, both included, unless the coordinator closes it earlier.
    `measured_year` is the calendar year of its figures: the round of 2025 measures 2024.
    """

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    measured_year = models.PositiveSmallIntegerField()
    opens = models.DateField()
    due = models.DateField()
    closes = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # The day it was first closed, if it was reopened since: its report stays that of this day.
    stands_on = models.DateField(null=True, blank=True)
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

    @property
    def closed_on(self) -> date:
        """The day a closed round closed: by the coordinator, or by itself after its last day."""
        return timezone.localdate(self.closed_at) if self.closed_at else self.closes

    def state(self, today: date) -> RoundState:
        if self.closed_at is not None or today > self.closes:
            return RoundState.CLOSED
        return RoundState.OPEN if today >= self.opens else RoundState.PLANNED


#: What a `GoesOn` is made of, from the status that is asked for.
GOES_ON: Final = {
    "slug": "round__catalogue__slug",
    "catalogue": "round__catalogue__title",
    "year": "round__year",
    "goal": "goal",
    "action": "goal__action__number",
}


@dataclass(frozen=True)
class GoesOn:
    """Where a later catalogue's round asks for the status of a goal that goes on."""

    slug: str
    catalogue: str
    year: int
    goal: int
    action: int

    def __str__(self) -> str:
        return _("Målet går videre i %(catalogue)s; status gives dér.") % vars(self)

    def get_absolute_url(self) -> str:
        return reverse("status", args=[self.slug, self.year, self.goal])

    @property
    def action_url(self) -> str:
        return reverse("action", args=[self.slug, self.action])


def current_catalogue(today: date) -> Catalogue | None:
    """The catalogue whose period we are in, else the latest that has begun, else the next.

    If two periods overlap, the later one takes over with its first round: until then it is being
    made, and the short addresses lead to the one that reports.
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
    """The current round of a catalogue, or an open one of another if it has none open."""
    current = current_round(catalogue, today)
    if current is not None and current.state(today) is RoundState.OPEN:
        return current
    others = Round.objects.exclude(catalogue=catalogue).filter(opens__lte=today, closes__gte=today)
    still_open = others.filter(closed_at=None).select_related("catalogue").order_by("due", "pk")
    return still_open.first() or current


def next_round_year(catalogue: Catalogue, today: date) -> int | None:
    """The likely year of a new round: the first free report year from this year on, else the last
    free one; None if every year has a round.
    """
    taken = set(catalogue.rounds.values_list("year", flat=True))
    free = [year for year in catalogue.report_years if year not in taken]
    return next((year for year in free if year >= today.year), free[-1] if free else None)
