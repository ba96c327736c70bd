"""How a value of an indicator becomes known: a new one never overwrites, it revises."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate, may_tell_figures
from actions.figures.told import (
    SAYS,
    FigureFault,
    FigureFaults,
    FigureNews,
    Told,
    YearTold,
    words_of,
)
from actions.history import announce
from actions.history.record import record
from actions.meaning import Meaning
from actions.models import GoalStatus, Indicator, Measurement, Role
from actions.models.catalogue import responsible_of
from actions.models.history import Announces, HistoryVerb, Scope
from actions.writing.refusals import Conflict, NotAllowed, Refused

FIGURE_TOLD: Final = HistoryVerb(
    "tell_figure", gettext_lazy("Måltal noteret"), announces=Announces.ALWAYS
)


@transaction.atomic
def tell_figures(*, by: Mandate | None, rows: Sequence[YearTold]) -> list[Measurement]:
    """Keeps what is told of years that are over, in a round or not; all of the rows, or none.

    A row that says what is known already is left out. `by` is None for a command, which may all and
    has nobody to name. Raises NotAllowed if one of the indicators is not theirs to tell of,
    Conflict if somebody has told another value than they saw, FigureFaults if a year is not over,
    is told twice, or a revision has no reason.
    """
    positions = _tellers(rows, by)
    news = _news_in(rows)
    return [_append(each, by, positions[each.row.indicator.pk]) for each in news]


@transaction.atomic
def plan_figures(rows: Sequence[YearTold]) -> list[FigureNews]:
    """What `tell_figures` would keep. Writes nothing, and raises what it does of the rows."""
    return _news_in(rows)


def _news_in(rows: Sequence[YearTold]) -> list[FigureNews]:
    known = _known((row.indicator for row in rows), {row.year for row in rows})
    news = [
        FigureNews(place, row, before)
        for place, row in enumerate(rows)
        for before in [known.get((row.indicator.pk, row.year))]
        if not _says_the_same(row.told, before)
    ]
    for each in news:
        if each.row.seen is not None and each.row.seen != (each.before.pk if each.before else 0):
            raise Conflict(_seen_another(each.row, each.before), each.before)
    faults = [fault for each in news for fault in _faults(each)]
    if faults := [*_told_twice(rows), *faults]:
        raise FigureFaults(faults)
    return news


def _tellers(rows: Sequence[YearTold], by: Mandate | None) -> dict[int, str]:
    """In which post somebody tells of each indicator. Raises NotAllowed if in none."""
    indicators = {row.indicator.pk: row.indicator for row in rows}
    if by is None:
        return {pk: row.goal.action.catalogue.coordinator for pk, row in indicators.items()}
    actions = {row.goal.action_id for row in indicators.values()}
    responsible = responsible_of(actions)
    positions = {}
    for pk, indicator in indicators.items():
        answer = [one.position_id for one in responsible.get(indicator.goal.action_id, [])]
        if not may_tell_figures(by, pk, answer):
            raise NotAllowed(_("Du har ikke ret til at skrive måltallets tal."))
        own = ", ".join(by.submits_for_of(answer).values())
        if not own and pk in by.supplies:
            own = str(Role.SUPPLIER.label)
        positions[pk] = own or indicator.goal.action.catalogue.coordinator
    return positions


def _says_the_same(told: Told, known: Measurement | None) -> bool:
    return known is not None and all(getattr(told, name) == getattr(known, name) for name in SAYS)


def _is_revised(told: Told, known: Measurement | None) -> bool:
    """Whether the value itself is another, or the reason why there is none."""
    if known is None:
        return False
    return (told.value, told.missing_reason) != (known.value, known.missing_reason)


def _seen_another(row: YearTold, known: Measurement | None) -> str:
    if known is None:
        return _("Der står ikke længere et tal for %(year)d.") % {"year": row.year}
    return _(
        "For %(year)d står der allerede »%(there)s«, skrevet af %(who)s. Er dit tal det "
        "rigtige, så skriv, hvorfor det er et andet."
    ) % {
        "year": row.year,
        "there": words_of(known, row.indicator.meaning),
        "who": known.by_name or known.position,
    }


def _told_twice(rows: Sequence[YearTold]) -> Iterable[FigureFault]:
    told = set()
    for place, row in enumerate(rows):
        key = row.indicator.pk, row.year
        if key in told:
            message = _("Året %(year)d står to gange. Behold den linje, der gælder.")
            yield FigureFault(place, "year", message % {"year": row.year})
        told.add(key)


def _faults(news: FigureNews) -> Iterable[FigureFault]:
    place, row = news.place, news.row
    if row.year >= timezone.localdate().year:
        yield FigureFault(place, "year", _not_over(row.year))
    if _is_revised(row.told, news.before) and not row.reason.strip():
        message = _("Der står »%(there)s« for %(year)d. Skriv, hvorfor tallet er et andet nu.") % {
            "there": news.before_in_words,
            "year": row.year,
        }
        yield FigureFault(place, "reason", message)


def _append(news: FigureNews, by: Mandate | None, position: str) -> Measurement:
    row, reason = news.row, ""
    if news.before is not None:
        reason = row.reason.strip() or _("Kilden eller bemærkningen er en anden.")
    told = Measurement.objects.append(
        indicator=row.indicator,
        year=row.year,
        by_name=str(by.user) if by else "",
        position=position,
        reason=reason,
        **{name: getattr(row.told, name) for name in SAYS},
    )
    scope = Scope(row.indicator.goal.action.catalogue_id, row.year)
    if by is None:
        announce.announce(*scope)
        return told
    record(
        FIGURE_TOLD,
        actor=by.user,
        position=position,
        subject=f"{row.indicator}, {row.year}: {news.in_words}",
        about=[scope],
        comment=reason,
        content={"measurement": told.pk},
    )
    return told


def known_in(indicators: Iterable[Indicator], year: int) -> dict[int, Measurement]:
    """What is known of a year, by indicator. The indicators are locked: one revises at a time."""
    return {pk: row for (pk, _year), row in _known(indicators, {year}).items()}


def _known(
    indicators: Iterable[Indicator], years: Collection[int]
) -> dict[tuple[int, int], Measurement]:
    keys = {indicator.pk for indicator in indicators}
    if not keys:
        return {}
    list(Indicator.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    rows = Measurement.objects.known().filter(indicator__in=keys, year__in=years)
    return {(row.indicator_id, row.year): row for row in rows}


def check_year(year: int) -> None:
    """Raises Refused if the year is not over."""
    if year >= timezone.localdate().year:
        raise Refused(_not_over(year))


def _not_over(year: int) -> str:
    return _("Året %(year)d er ikke slut. Skriv først tallet, når året er gået.") % {"year": year}


def lacks_reason(
    told: Told, known: Measurement | None, status: GoalStatus, meaning: Meaning
) -> str:
    """What to say if the value revises one from elsewhere without a reason; else ""."""
    if known is None or known.status_id == status.pk or not _is_revised(told, known):
        return ""
    if told.comment.strip() not in {"", known.comment.strip()}:
        return ""
    there = words_of(known, meaning)
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
        if _says_the_same(value, before):
            continue
        Measurement.objects.append(
            indicator_id=indicator,
            status=status,
            year=status.round.measured_year,
            by_name=str(by.user),
            position=position,
            reason=_reason(value, before, status),
            **{name: getattr(value, name) for name in SAYS},
        )


def _reason(told: Told, before: Measurement | None, status: GoalStatus) -> str:
    if before is None:
        return ""
    if before.status_id == status.pk:
        return _("Status er indsendt igen.")
    if not _is_revised(told, before):
        return _("Kilden eller bemærkningen er en anden.")
    return told.comment
