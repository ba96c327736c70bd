"""What a round's page and its workbook show: the chase list and the last check."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from actions.access import Mandate, visible_statuses
from actions.danish import sort_key
from actions.models import (
    GoalStatus,
    Measurement,
    Responsibility,
    Round,
    Signature,
    State,
)
from actions.models.catalogue import responsible_of
from actions.models.goals import measured_in
from actions.models.status import SOFT_LIMITS, TEXT_LABELS, GoalStatusQuerySet, marked
from actions.models.versions import said_then, turns_of
from actions.rounds.filters import (
    CHASED,
    CHECKS,
    STATES,
    UNSIGNED,
    Filter,
    RoundChoice,
    RoundRow,
    StatusRow,
    Way,
)


@dataclass
class RoundPage:
    """The overview of a round: rows by action, and how many goals are in each state. Stopped goals
    are counted apart, and those that a later catalogue's round asks for.
    """

    round: Round
    rows: list[RoundRow]
    is_coordinators: bool

    @property
    def statuses(self) -> list[GoalStatus]:
        """The statuses that are asked for."""
        return [line.status for line in _lines(self.rows) if line.status.is_asked]

    @property
    def stopped(self) -> int:
        return sum(line.is_stopped for line in _lines(self.rows))

    @property
    def going_on(self) -> int:
        return sum(line.goes_on_in is not None for line in _lines(self.rows))

    @property
    def total(self) -> int:
        return len(self.statuses)

    @property
    def by_state(self) -> list[tuple[State, int]]:
        states = [status.state for status in self.statuses]
        return [(state, states.count(state)) for state in State]

    @property
    def is_begun(self) -> bool:
        """Whether somebody has written on one of the goals."""
        return any(line.status.revision for line in _lines(self.rows))

    @property
    def handed_in(self) -> int:
        return sum(status.is_shown_to_others for status in self.statuses)

    @property
    def approved(self) -> int:
        return sum(status.state == State.APPROVED for status in self.statuses)

    @property
    def handed_in_percent(self) -> int:
        return (200 * self.handed_in + self.total) // (2 * self.total) if self.total else 0

    @property
    def positions(self) -> list[tuple[str, str]]:
        """The responsible positions as choices, in Danish order."""
        return _by_name({str(row.position_id): row.position.name for row in self._responsible})

    @property
    def administrations(self) -> list[tuple[str, str]]:
        """The administrations of the responsible positions as choices, in Danish order."""
        places = [row.position.administration for row in self._responsible]
        return _by_name({str(place.pk): place.name for place in places if place is not None})

    @property
    def _responsible(self) -> list[Responsibility]:
        return [responsible for row in self.rows for responsible in row.responsible]

    @property
    def _filters(self) -> dict[str, Filter]:
        known = (*STATES, *CHASED, *CHECKS) if self.is_coordinators else STATES
        return {row.word: row for row in known}

    def known(self, asked: RoundChoice) -> RoundChoice:
        """The choice without the words that mean nothing on this page."""
        return RoundChoice(
            vis=asked.vis if asked.vis in self._filters else "",
            forvaltning=_if_among(asked.forvaltning, self.administrations),
            stilling=_if_among(asked.stilling, self.positions),
        )

    def ways(self, choice: RoundChoice) -> list[Way]:
        """The links that narrow the rows of the chosen posts: all, each state, the chosen one."""
        offered = [*STATES, *((*CHASED, UNSIGNED) if self.is_coordinators else ())]
        if choice.vis and self._filters[choice.vis] not in offered:
            offered.append(self._filters[choice.vis])
        lines = list(_lines(self._of_posts(choice)))
        everything = Filter("", gettext_lazy("Alle"), lambda line: True)
        return [row.way(lines, choice) for row in (everything, *offered)]

    @property
    def checks(self) -> list[Way]:
        """What the coordinator must settle before publishing, in the whole round."""
        return [row.way(_lines(self.rows), RoundChoice()) for row in CHECKS]

    def narrowed(self, choice: RoundChoice) -> list[RoundRow]:
        """The rows that a `known` choice asks for."""
        rows = self._of_posts(choice)
        if choice.vis:
            keeps = self._filters[choice.vis].holds
            rows = [replace(row, statuses=list(filter(keeps, row.statuses))) for row in rows]
        return [row for row in rows if row.statuses]

    def _of_posts(self, choice: RoundChoice) -> list[RoundRow]:
        return [row for row in self.rows if choice.fits(row.responsible)]


def _lines(rows: Iterable[RoundRow]) -> Iterator[StatusRow]:
    return (line for row in rows for line in row.statuses)


def _by_name(choices: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(choices.items(), key=lambda choice: sort_key(choice[1]))


def _if_among(value: str, choices: list[tuple[str, str]]) -> str:
    return value if value in dict(choices) else ""


def round_page_of(round_: Round, mandate: Mandate) -> RoundPage:
    """Everything the overview shows, without the lights that the reader may not see."""
    statuses = list(_statuses(round_, mandate))
    readable = marked(statuses, "is_shown")
    said = said_then(turns_of(round_.catalogue), round_)
    responsible = responsible_of({status.goal.action_id for status in statuses})
    rows = []
    for action, of_action in groupby(statuses, key=lambda status: status.goal.action):
        lines = []
        for status in of_action:
            status.round = round_
            shown = status.pk in readable
            row = StatusRow(status, getattr(status, "light_before", None) or "", shown)
            row.said = said.get(status.goal_id, "")
            lines.append(row)
        rows.append(RoundRow(action, responsible.get(action.pk, []), lines))
    if mandate.is_coordinator:
        _check(rows, _signed(round_))
    return RoundPage(round_, rows, is_coordinators=mandate.is_coordinator)


def _statuses(round_: Round, mandate: Mandate) -> QuerySet[GoalStatus]:
    """The statuses, with `light_before`; for the coordinator with `missing_figures` too."""
    shown = Exists(visible_statuses(mandate).filter(pk=OuterRef("pk")))
    statuses: GoalStatusQuerySet = round_.statuses.with_later().annotate(
        is_shown=shown, light_before=_light_before(round_)
    )
    if mandate.is_coordinator:
        statuses = statuses.annotate(missing_figures=_missing_figures(round_))
    return statuses.select_related("goal__action").in_catalogue_order()


def _missing_figures(round_: Round) -> Coalesce:
    """How many indicators of a status's goal that are measured that year have no value."""
    measured = Measurement.objects.known().filter(
        indicator=OuterRef("pk"), year=round_.measured_year, value__isnull=False
    )
    due = measured_in(round_.measured_year, round_.catalogue.period_from)
    missing = due.filter(~Exists(measured), goal=OuterRef("goal"))
    count = missing.order_by().values("goal").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count, output_field=IntegerField()), Value(0))


def _check(rows: list[RoundRow], signed: set[tuple[int, int]]) -> None:
    """Fills in what only the coordinator sees."""
    for row in rows:
        for line in row.statuses:
            status = line.status
            line.missing_figures = getattr(status, "missing_figures", 0)
            line.overlong = [
                str(TEXT_LABELS[name])
                for name, limit in SOFT_LIMITS.items()
                if len(getattr(status, name)) > limit
            ]
            if status.is_shown_to_others:
                line.unsigned = [
                    str(responsible)
                    for responsible in row.responsible
                    if (status.pk, responsible.position_id) not in signed
                ]


def _signed(round_: Round) -> set[tuple[int, int]]:
    """The statuses and positions whose present text is signed."""
    rows = Signature.objects.of_present_text().filter(status__round=round_)
    return set(rows.values_list("status", "position"))


def _light_before(round_: Round) -> Subquery:
    """The light that was handed in for the round before, by a status's goal."""
    rounds = Round.objects.filter(catalogue=round_.catalogue_id, year__lt=round_.year)
    rows = GoalStatus.objects.shown_to_others().filter(
        goal=OuterRef("goal"), round=Subquery(rounds.order_by("-year").values("pk")[:1])
    )
    return Subquery(rows.values("light")[:1])
