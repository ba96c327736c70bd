"""What an indicator's page shows: everything that is known of it, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from actions.access import Mandate, may_tell_figures
from actions.models import Indicator, Measurement, Responsibility, TargetRevision


@dataclass(frozen=True)
class KnownYear:
    """What is known of a year, and what was known before it was revised, the latest first."""

    year: int
    now: Measurement
    earlier: Sequence[Measurement]


@dataclass(frozen=True)
class FiguresPage:
    """An indicator with its years, the latest first, and the changes of its target."""

    indicator: Indicator
    years: Sequence[KnownYear]
    revisions: Sequence[TargetRevision]
    responsible: Sequence[Responsibility]
    may_tell: bool

    @property
    def points(self) -> list[tuple[int, Decimal | None]]:
        """The values from the earliest year on."""
        return [(row.year, row.now.value) for row in reversed(self.years)]

    def known_in(self, year: int | None) -> Measurement | None:
        return next((row.now for row in self.years if row.year == year), None)


def figures_page(indicator: Indicator, mandate: Mandate) -> FiguresPage:
    rows = indicator.measurements.order_by("-year", "-pk")
    years = [
        KnownYear(year, now, earlier)
        for year, (now, *earlier) in groupby(rows, key=lambda row: row.year)
    ]
    of_action = Responsibility.objects.filter(action=indicator.goal.action)
    responsible = list(of_action.select_related("position").order_by("order"))
    return FiguresPage(
        indicator=indicator,
        years=years,
        revisions=list(indicator.target_revisions.order_by("decided_at", "pk")),
        responsible=responsible,
        may_tell=may_tell_figures(mandate, [row.position_id for row in responsible]),
    )
