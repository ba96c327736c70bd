"""How a value of an indicator becomes known: a new one never overwrites, it revises."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.meaning import Meaning
from actions.models import GoalStatus, Indicator, Measurement
from actions.writing.refusals import Refused

#: The columns that say what is known.
SAYS: Final = ("value", "missing_reason", "source", "comment")


@dataclass(frozen=True)
class Told:
    """An indicator's value in a year, or why there is none, as somebody tells it."""

    value: Decimal | None
    missing_reason: str = ""
    source: str = ""
    comment: str = ""


def known_in(indicators: Iterable[Indicator], year: int) -> dict[int, Measurement]:
    """What is known of a year, by indicator. The indicators are locked: one revises at a time."""
    keys = [indicator.pk for indicator in indicators]
    if not keys:
        return {}
    list(Indicator.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    rows = Measurement.objects.known().filter(indicator__in=keys, year=year)
    return {row.indicator_id: row for row in rows}


def check_year(year: int) -> None:
    """Raises Refused if the year is not over."""
    if year >= timezone.localdate().year:
        raise Refused(
            _("Året %(year)d er ikke slut. Skriv først tallet, når året er gået.") % {"year": year}
        )


def lacks_reason(
    told: Told, known: Measurement | None, status: GoalStatus, meaning: Meaning
) -> str:
    """What to say if the value revises one from elsewhere without a reason; else ""."""
    if known is None or known.status_id == status.pk:
        return ""
    if (told.value, told.missing_reason) == (known.value, known.missing_reason):
        return ""
    if told.comment.strip() not in {"", known.comment.strip()}:
        return ""
    there = known.missing_reason if known.value is None else meaning.quantity(known.value)
    return _("Der står allerede »%(there)s«. Skriv i bemærkningen, hvorfor tallet er et andet.") % {
        "there": there
    }


def hand_in(
    status: GoalStatus,
    told: Mapping[int, Told],
    known: Mapping[int, Measurement],
    by: Mandate,
    position: str,
) -> None:
    """Adds what a status says and nobody knew, by indicator; `known` is from `known_in`."""
    for indicator, value in told.items():
        before = known.get(indicator)
        says = {name: getattr(value, name) for name in SAYS}
        if before and says == {name: getattr(before, name) for name in SAYS}:
            continue
        Measurement.objects.append(
            indicator_id=indicator,
            status=status,
            year=status.round.measured_year,
            by_name=str(by.user),
            position=position,
            reason=_reason(value, before, status),
            **says,
        )


def _reason(told: Told, before: Measurement | None, status: GoalStatus) -> str:
    if before is None:
        return ""
    if before.status_id == status.pk:
        return _("Status er indsendt igen.")
    if (told.value, told.missing_reason) == (before.value, before.missing_reason):
        return _("Kilden eller bemærkningen er en anden.")
    return told.comment
