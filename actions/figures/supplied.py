"""The indicators that somebody delivers, with what is known of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.access import Mandate
from actions.figures.told import words_of
from actions.models import Catalogue, Indicator, Measurement


@dataclass(frozen=True)
class Supplied:
    """An indicator with the latest year that is known of it; `lacks` is last year, if it lacks."""

    indicator: Indicator
    known: Measurement | None
    lacks: int | None

    @property
    def words(self) -> str:
        return words_of(self.known, self.indicator.meaning) if self.known else ""


def supplied_by(mandate: Mandate, today: date) -> Mapping[Catalogue, Sequence[Supplied]]:
    """Somebody's indicators by catalogue, the newest first; in two queries."""
    last_year = today.year - 1
    rows = Indicator.objects.filter(pk__in=mandate.supplies)
    indicators = rows.select_related("goal__action__catalogue").order_by(
        "-goal__action__catalogue__period_from",
        "goal__action__catalogue__slug",
        "goal__action__number",
        "goal__number",
        "order",
    )
    latest: dict[int, Measurement] = {}
    told = Measurement.objects.known().filter(indicator__in=mandate.supplies)
    for measurement in told.order_by("indicator", "year"):
        latest[measurement.indicator_id] = measurement
    by_catalogue: dict[Catalogue, list[Supplied]] = {}
    for indicator in indicators:
        catalogue, known = indicator.goal.action.catalogue, latest.get(indicator.pk)
        is_asked = (
            catalogue.period_from <= last_year <= catalogue.period_to
            and indicator.meaning.is_measured_in(last_year, catalogue.period_from)
            and (known is None or known.year < last_year)
            and indicator.goal.stopped(today) is None
        )
        row = Supplied(indicator, known, last_year if is_asked else None)
        by_catalogue.setdefault(catalogue, []).append(row)
    return by_catalogue
