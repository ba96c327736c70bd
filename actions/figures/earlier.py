"""The values of the years before, which additions are summed up from."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from actions.models import Indicator, Measurement

type Values = Mapping[int, Decimal | None]


def values_before(indicators: Iterable[Indicator], year: int) -> dict[int, Values]:
    """What is known of the years before, by indicator and year, of those that add up.

    No query if none does.
    """
    values: dict[int, dict[int, Decimal | None]] = {
        indicator.pk: {} for indicator in indicators if indicator.meaning.adds_up
    }
    if values:
        rows = Measurement.objects.known().filter(indicator__in=values, year__lt=year)
        for row in rows:
            values[row.indicator_id][row.year] = row.value
    return {**values}
