"""What an indicator's page shows: everything that is known of it, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from actions.access import Mandate, may_tell_figures
from actions.meaning import Meaning
from actions.models import FigureSupplier, Indicator, Measurement, Responsibility, TargetRevision


@dataclass(frozen=True)
class Telling:
    """A value as somebody told it, with its unit: "1.047 match"; or that there is none."""

    row: Measurement
    words: str


@dataclass(frozen=True)
class KnownYear:
    """What is known of a year, and what was known before it was revised, the latest first."""

    year: int
    now: Telling
    earlier: Sequence[Telling]


@dataclass(frozen=True)
class FiguresPage:
    """An indicator with its years, the latest first, and the changes of its target."""

    indicator: Indicator
    years: Sequence[KnownYear]
    revisions: Sequence[TargetRevision]
    responsible: Sequence[Responsibility]
    supplier: FigureSupplier | None
    may_tell: bool

    @property
    def meaning(self) -> Meaning:
        return self.indicator.meaning

    @property
    def points(self) -> list[tuple[int, Decimal | None]]:
        """The values from the earliest year on, as the chart draws them."""
        values = {each.year: each.now.row.value for each in self.years}
        period_from = self.indicator.goal.action.catalogue.period_from
        return self.meaning.course(values, period_from)

    @property
    def seen(self) -> str:
        """What is known of each year, as a form keeps it: "2024-17 2025-31"."""
        return " ".join(f"{each.year}-{each.now.row.pk}" for each in self.years)

    def known_in(self, year: int | None) -> Measurement | None:
        return next((each.now.row for each in self.years if each.year == year), None)


def figures_page(indicator: Indicator, mandate: Mandate) -> FiguresPage:
    rows = indicator.measurements.order_by("-year", "-pk")
    tellings = [Telling(row, _words(row, indicator.meaning)) for row in rows]
    years = [
        KnownYear(year, now, earlier)
        for year, (now, *earlier) in groupby(tellings, key=lambda each: each.row.year)
    ]
    of_action = Responsibility.objects.filter(action=indicator.goal.action)
    responsible = list(of_action.select_related("position").order_by("order"))
    return FiguresPage(
        indicator=indicator,
        years=years,
        revisions=list(indicator.target_revisions.order_by("decided_at", "pk")),
        responsible=responsible,
        supplier=supplier_of(indicator),
        may_tell=may_tell_figures(mandate, indicator.pk, [row.position_id for row in responsible]),
    )


def supplier_of(indicator: Indicator) -> FigureSupplier | None:
    rows = FigureSupplier.objects.filter(indicator=indicator)
    return rows.select_related("position", "user").first()


def _words(row: Measurement, meaning: Meaning) -> str:
    return _("mangler") if row.value is None else meaning.quantity(row.value)
