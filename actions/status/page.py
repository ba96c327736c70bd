"""What a goal's page shows, gathered in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from actions.access import Mandate, may_write, visible_statuses
from actions.dialogue.page import Dialogue, dialogue_of, standings_of
from actions.figures.earlier import Values
from actions.meaning import Meaning
from actions.models import (
    Catalogue,
    Event,
    GoalStatus,
    Indicator,
    Measurement,
    Responsibility,
    RoundState,
    State,
)
from actions.models.status import CORRECT, RETURN, UNLOCK, WAITS_FOR_HEAD
from actions.status.entry import Entry, Figure, stored_entry, suggestion_for
from actions.status.moves import Verb, can_unlock, possible_moves
from actions.status.suggestion import Suggestion

#: How many years fit the table of figures; the chart has them all.
YEARS_IN_TABLE: Final = 4


@dataclass
class IndicatorPage:
    """An indicator with the values that the reader may see, by calendar year, up to `year`.

    `year`: the measured one. `year_before`: that of the previous status, 0 if there is none.
    `period_from`: the first year of the catalogue. `carried_over`: the value of `year_before` that
    the indicator it continues in the catalogue before has.
    """

    indicator: Indicator
    values: dict[int, Measurement]
    year: int
    year_before: int
    period_from: int
    carried_over: Measurement | None = None

    @property
    def now(self) -> Measurement | None:
        return self.values.get(self.year)

    @property
    def before(self) -> Measurement | None:
        return self.values.get(self.year_before) or self.carried_over

    @property
    def before_in_words(self) -> str:
        """The value of the previous status with its unit; "" if it was missing."""
        row = self.before
        return "" if row is None or row.value is None else self.meaning.quantity(row.value)

    @property
    def is_met(self) -> bool | None:
        """Whether the year's target is reached; None if a value is missing."""
        held = self.meaning.held(self.numbers, self.year, self.period_from)
        return None if held is None else self.meaning.is_met(held, self.year)

    @property
    def is_due(self) -> bool:
        """Whether the target is due by now; before that a lower figure is no miss."""
        return self.meaning.is_due(self.year)

    @cached_property
    def meaning(self) -> Meaning:
        return self.indicator.meaning

    @property
    def numbers(self) -> dict[int, Decimal | None]:
        return {year: row.value for year, row in sorted(self.values.items())}

    @property
    def points(self) -> list[tuple[int, Decimal | None]]:
        return self.meaning.course(self.numbers, self.period_from)

    def in_year(self, year: int) -> str:
        """What a table shows of a year: "3,3", "ja", "mangler", "måles ikke"."""
        row = self.values.get(year)
        if row is not None and row.value is not None:
            return self.meaning.number(row.value)
        is_measured = self.meaning.is_measured_in(year, self.period_from)
        return _("mangler") if is_measured else _("måles ikke")


@dataclass
class GoalPage:
    """One goal's status with everything around it.

    `returned_because`: the event with the coordinator's comment, if the status was sent back.
    `corrected`: the event with her reason, if she has corrected what was handed in. `goes_on_url`:
    where the goal goes on, if a later catalogue's round asks for it; `stands_for`: the
    catalogue before that it is given for too.
    """

    status: GoalStatus
    entry: Entry
    responsible: list[Responsibility]
    indicators: list[IndicatorPage]
    previous: GoalStatus | None
    returned_because: Event | None
    dialogue: Dialogue
    suggestion: Suggestion
    moves: list[Verb]
    round_state: RoundState
    is_own: bool
    may_unlock: bool
    may_lock_again: bool
    may_correct: bool
    corrected: Event | None
    goes_on_url: str = ""
    stands_for: str = ""

    @property
    def can_take_over(self) -> bool:
        """Whether last year's status can be taken over: this year's has no progress yet."""
        before = self.previous
        return before is not None and before.is_shown_to_others and not self.status.progress

    @property
    def continues(self) -> Catalogue | None:
        """The catalogue that the previous status is of, if the goal was carried over since."""
        before = self.previous
        is_other = before is not None and before.goal_id != self.status.goal_id
        return before.round.catalogue if before is not None and is_other else None

    @property
    def years(self) -> list[int]:
        """The columns of the table of figures: the latest years that any indicator has."""
        years = {year for page in self.indicators for year in page.values}
        return sorted(years | {self.status.round.measured_year})[-YEARS_IN_TABLE:]

    @property
    def figures(self) -> list[tuple[IndicatorPage, list[tuple[int, str]]]]:
        """The rows of that table: an indicator with what it shows of each year."""
        return [
            (page, [(year, page.in_year(year)) for year in self.years]) for page in self.indicators
        ]


def goal_page(status: GoalStatus, mandate: Mandate, today: date) -> GoalPage:
    """Gathers the page; `status` comes from `actions.access` with round, goal and action."""
    visible = visible_statuses(mandate)
    measurements = Measurement.objects.known()
    indicators = list(
        status.goal.indicators.order_by("order").prefetch_related(
            Prefetch("measurements", queryset=measurements.order_by("year"), to_attr="seen")
        )
    )
    previous = visible.before(status).first()
    pages = _indicator_pages(status, previous, indicators)
    standings = standings_of(status, today)
    responsible = [row.responsibility for row in standings]
    positions = [row.position_id for row in responsible]
    entry = stored_entry(status)
    if status.state in WAITS_FOR_HEAD:
        entry = _with_known(entry, pages)
        pages = [with_typed(page, entry) for page in pages]
    return GoalPage(
        status=status,
        entry=entry,
        responsible=responsible,
        indicators=pages,
        previous=previous,
        returned_because=_returned_because(status),
        dialogue=dialogue_of(status, standings, mandate, today),
        suggestion=suggestion_for(status.round, indicators, entry, earlier_in(pages)),
        moves=possible_moves(status, mandate, positions, today),
        round_state=status.round.state(today),
        is_own=may_write(mandate, positions),
        may_unlock=mandate.is_coordinator and can_unlock(status, today),
        may_lock_again=mandate.is_coordinator and status.is_unlocked and status.waits_for_head,
        may_correct=mandate.is_coordinator and status.is_shown_to_others,
        corrected=_last_word(status, CORRECT) if status.is_shown_to_others else None,
        goes_on_url=_goes_on_url(status),
        stands_for=getattr(status, "stands_for", None) or "",
    )


def _goes_on_url(status: GoalStatus) -> str:
    """The status in the later catalogue, or its action's page if nobody knows that they read it."""
    later = status.goes_on_in
    if later is None:
        return ""
    return later.get_absolute_url() if getattr(status, "reads_later", False) else later.action_url


def _indicator_pages(
    status: GoalStatus, previous: GoalStatus | None, indicators: Iterable[Indicator]
) -> list[IndicatorPage]:
    """The indicators with their prefetched values; a query more if the goal was carried over."""
    carried_over = _carried_over(status, previous)
    year = status.round.measured_year
    return [
        IndicatorPage(
            indicator,
            _by_year(getattr(indicator, "seen", ()), year),  # set by the prefetch only
            year,
            previous.round.measured_year if previous else 0,
            status.round.catalogue.period_from,
            carried_over.get((indicator.name, indicator.unit)),
        )
        for indicator in indicators
    ]


def _carried_over(
    status: GoalStatus, previous: GoalStatus | None
) -> dict[tuple[str, str], Measurement]:
    """The previous status's values by the indicator's name and unit, if the goal was carried over
    since. No query if it was not.
    """
    if previous is None or previous.goal_id == status.goal_id:
        return {}
    rows = Measurement.objects.known().filter(
        indicator__goal=previous.goal_id, year=previous.round.measured_year
    )
    return {
        (row.indicator.name, row.indicator.unit): row for row in rows.select_related("indicator")
    }


def _with_known(entry: Entry, pages: Iterable[IndicatorPage]) -> Entry:
    """The entry, with what is known already where nothing is typed."""
    typed = {figure.indicator: figure for figure in entry.figures}
    figures = []
    for page in pages:
        key, known = page.indicator.pk, page.now
        if key in typed:
            figures.append(typed[key])
        elif known and f"value-{key}" not in entry.unparsed:
            figures.append(
                Figure(key, known.value, known.missing_reason, known.source, known.comment)
            )
    return replace(entry, figures=tuple(figures))


def earlier_in(pages: Iterable[IndicatorPage]) -> dict[int, Values]:
    """The values of the years before, by indicator."""
    return {
        page.indicator.pk: {year: value for year, value in page.numbers.items() if year < page.year}
        for page in pages
    }


def with_typed(row: IndicatorPage, entry: Entry) -> IndicatorPage:
    """The indicator with the entry's figure as its measured year's value."""
    values = {year: value for year, value in row.values.items() if year != row.year}
    for figure in entry.figures:
        if figure.indicator == row.indicator.pk and not figure.is_empty:
            values[row.year] = Measurement(
                indicator=row.indicator,
                year=row.year,
                value=figure.value,
                missing_reason=figure.missing_reason,
                source=figure.source,
                comment=figure.comment,
            )
    return replace(row, values=values)


def _returned_because(status: GoalStatus) -> Event | None:
    event = _last_word(status, RETURN)
    if event and status.is_unlocked:
        unlocked = status.events.filter(verb=UNLOCK, pk__gt=event.pk)
        return None if unlocked.exists() else event
    return event if status.state == State.RETURNED else None


def _last_word(status: GoalStatus, verb: str) -> Event | None:
    event: Event | None = getattr(status, "last_word", None)  # set by `with_kin` only
    return event if event and event.verb == verb else None


def known_values(status: GoalStatus) -> list[Measurement]:
    """The values that are known of the round's measured year, in the indicators' order."""
    indicators = {row.pk: row for row in status.goal.indicators.order_by("order")}
    year = status.round.measured_year
    rows = Measurement.objects.known().filter(indicator__in=indicators, year=year)
    known = {row.indicator_id: row for row in rows if row.value is not None}
    for key, row in known.items():
        row.indicator = indicators[key]
    return [known[key] for key in indicators if key in known]


def _by_year(measurements: Iterable[Measurement], last: int) -> dict[int, Measurement]:
    return {row.year: row for row in measurements if row.year <= last}
