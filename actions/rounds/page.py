"""What a round's page and its workbook show: the chase list, its filters and the last check."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actions.access import Mandate, visible_statuses
from actions.danish import sort_key
from actions.models import (
    Action,
    GoalStatus,
    Indicator,
    Measurement,
    Responsibility,
    Round,
    Signature,
    State,
)
from actions.models.catalogue import responsible_of
from actions.models.status import SOFT_LIMITS, TEXT_LABELS, GoalStatusQuerySet, marked


@dataclass
class StatusRow:
    """One goal in the round's overview; `is_readable` tells whether its light may be shown.

    The rest is for the coordinator: `unsigned` are the positions that have not signed what is
    handed in, `missing_figures` counts the indicators without a value in the measured year, and
    `overlong` names the texts that do not fit the report's page.
    """

    status: GoalStatus
    previous_light: str
    is_readable: bool
    unsigned: list[str] = field(default_factory=list)
    missing_figures: int = 0
    overlong: list[str] = field(default_factory=list)

    @property
    def is_opened(self) -> bool:
        """Whether somebody who writes it has had the form before them."""
        return self.status.opened_at is not None or self.status.state != State.NOT_STARTED

    @property
    def light(self) -> str:
        return self.status.light if self.is_readable else ""


@dataclass
class RoundRow:
    action: Action
    responsible: list[Responsibility]
    statuses: list[StatusRow]


@dataclass(frozen=True)
class Filter:
    """One way to narrow the rows; `word` is what the address says."""

    word: str
    label: str | Promise
    keeps: Callable[[StatusRow], bool]


UNSIGNED: Final = Filter(
    "mangler-tiltraedelse",
    gettext_lazy("Mangler tiltrædelse"),
    lambda line: bool(line.unsigned),
)
#: How far a status is, for everybody.
STATES: Final = (
    Filter("mangler", gettext_lazy("Mangler"), lambda line: line.status.waits_for_head),
    Filter(
        "til-godkendelse",
        gettext_lazy("Til godkendelse"),
        lambda line: line.status.state == State.SUBMITTED,
    ),
    Filter("godkendt", gettext_lazy("Godkendt"), lambda line: line.status.state == State.APPROVED),
)
#: How far those are that wait for the head: the coordinator's chase list.
CHASED: Final = (
    Filter("ikke-aabnet", gettext_lazy("Ikke åbnet"), lambda line: not line.is_opened),
    Filter(
        "aabnet",
        gettext_lazy("Åbnet"),
        lambda line: line.is_opened and line.status.state == State.NOT_STARTED,
    ),
    Filter("kladde", gettext_lazy("Kladde"), lambda line: line.status.state == State.DRAFT),
    Filter(
        "sendt-tilbage",
        gettext_lazy("Sendt tilbage"),
        lambda line: line.status.state == State.RETURNED,
    ),
)
#: What the coordinator settles before the report is published.
CHECKS: Final = (
    Filter(
        "ikke-godkendt",
        gettext_lazy("Ikke godkendt"),
        lambda line: line.status.state != State.APPROVED,
    ),
    UNSIGNED,
    Filter("mangler-tal", gettext_lazy("Mangler tal"), lambda line: line.missing_figures > 0),
    Filter(
        "lange-tekster",
        gettext_lazy("Tekster over længden"),
        lambda line: bool(line.overlong),
    ),
)


@dataclass(frozen=True)
class RoundChoice:
    """What the address asks for, by its own words; "" where it asks for all."""

    vis: str = ""
    forvaltning: str = ""
    stilling: str = ""

    @property
    def query(self) -> str:
        """The end of an address that asks for the same: "?vis=mangler&stilling=3", or ""."""
        asked = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(asked)}" if asked else ""


@dataclass(frozen=True)
class Way:
    """A link to the rows of one filter, and how many there are."""

    word: str
    label: str | Promise
    count: int
    query: str
    is_current: bool


@dataclass
class RoundPage:
    """The overview of a round: rows by action, and how many goals are in each state."""

    round: Round
    rows: list[RoundRow]
    is_coordinators: bool

    @property
    def statuses(self) -> list[GoalStatus]:
        return [line.status for line in _lines(self.rows)]

    @property
    def total(self) -> int:
        return len(self.statuses)

    @property
    def by_state(self) -> list[tuple[State, int]]:
        states = [status.state for status in self.statuses]
        return [(state, states.count(state)) for state in State]

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
        found = {str(row.position_id): row.position.name for row in self._responsible}
        return _by_name(found)

    @property
    def administrations(self) -> list[tuple[str, str]]:
        """Those that the responsible positions are placed in."""
        places = [row.position.administration for row in self._responsible]
        return _by_name({str(place.pk): place.name for place in places if place is not None})

    @property
    def _responsible(self) -> list[Responsibility]:
        return [responsible for row in self.rows for responsible in row.responsible]

    @property
    def _filters(self) -> dict[str, Filter]:
        known = (*STATES, *CHASED, *CHECKS) if self.is_coordinators else STATES
        return {each.word: each for each in known}

    def known(self, asked: RoundChoice) -> RoundChoice:
        """What of a choice there is here; the rest is ignored."""
        return RoundChoice(
            vis=asked.vis if asked.vis in self._filters else "",
            forvaltning=_if_among(asked.forvaltning, self.administrations),
            stilling=_if_among(asked.stilling, self.positions),
        )

    def ways(self, choice: RoundChoice) -> list[Way]:
        """What the rows of the same posts can be narrowed to: all, the states, and the chosen."""
        offered = [*STATES, *((*CHASED, UNSIGNED) if self.is_coordinators else ())]
        if choice.vis and self._filters[choice.vis] not in offered:
            offered.append(self._filters[choice.vis])
        lines = list(_lines(self._of_posts(choice)))
        everything = Filter("", gettext_lazy("Alle"), lambda line: True)
        return [_way(each, lines, choice) for each in (everything, *offered)]

    @property
    def checks(self) -> list[Way]:
        """What is left to settle before publishing, in the whole round."""
        return [_way(each, list(_lines(self.rows)), RoundChoice()) for each in CHECKS]

    def narrowed(self, choice: RoundChoice) -> list[RoundRow]:
        """The rows of a choice that is known here."""
        rows = self._of_posts(choice)
        if choice.vis:
            keeps = self._filters[choice.vis].keeps
            rows = [replace(row, statuses=list(filter(keeps, row.statuses))) for row in rows]
        return [row for row in rows if row.statuses]

    def _of_posts(self, choice: RoundChoice) -> list[RoundRow]:
        return [row for row in self.rows if _answers(row.responsible, choice)]


def _lines(rows: Iterable[RoundRow]) -> Iterator[StatusRow]:
    return (line for row in rows for line in row.statuses)


def _by_name(choices: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(choices.items(), key=lambda choice: sort_key(choice[1]))


def _if_among(value: str, choices: list[tuple[str, str]]) -> str:
    return value if value in dict(choices) else ""


def _answers(responsible: list[Responsibility], choice: RoundChoice) -> bool:
    """Whether one of the positions is the chosen one, and in the chosen administration."""
    return any(
        choice.stilling in {"", str(row.position_id)}
        and choice.forvaltning in {"", str(row.position.administration_id)}
        for row in responsible
    ) or not (choice.stilling or choice.forvaltning)


def _way(each: Filter, lines: list[StatusRow], choice: RoundChoice) -> Way:
    count = sum(each.keeps(line) for line in lines)
    there = replace(choice, vis=each.word)
    return Way(each.word, each.label, count, there.query, there == choice)


# --- gathering -----------------------------------------------------------------------------------


def round_page_of(round_: Round, mandate: Mandate) -> RoundPage:
    """Everything the overview shows; a light that may not be seen stays out of the rows."""
    statuses = list(_statuses(round_, mandate))
    readable = marked(statuses, "is_shown")
    before = _lights_before(round_)
    responsible = responsible_of({status.goal.action_id for status in statuses})
    rows = []
    for action, of_action in groupby(statuses, key=lambda status: status.goal.action):
        lines = []
        for status in of_action:
            status.round = round_
            shown = status.pk in readable
            lines.append(StatusRow(status, before.get(status.goal_id, ""), shown))
        rows.append(RoundRow(action, responsible.get(action.pk, []), lines))
    if mandate.is_coordinator:
        _check(rows, _signed(round_))
    return RoundPage(round_, rows, is_coordinators=mandate.is_coordinator)


def _statuses(round_: Round, mandate: Mandate) -> QuerySet[GoalStatus]:
    """The coordinator's come with the number of missing figures: no query more."""
    shown = Exists(visible_statuses(mandate).filter(pk=OuterRef("pk")))
    found: GoalStatusQuerySet = round_.statuses.annotate(is_shown=shown)
    if mandate.is_coordinator:
        found = found.annotate(missing_figures=_missing_figures(round_))
    return found.select_related("goal__action").in_catalogue_order()


def _missing_figures(round_: Round) -> Coalesce:
    """How many indicators of a status's goal have no value in the measured year."""
    measured = Measurement.objects.filter(
        indicator=OuterRef("pk"), year=round_.measured_year, value__isnull=False
    )
    missing = Indicator.objects.filter(~Exists(measured), goal=OuterRef("goal"))
    count = missing.order_by().values("goal").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count, output_field=IntegerField()), Value(0))


def _check(rows: list[RoundRow], signed: set[tuple[int, int]]) -> None:
    """Adds what only the coordinator is shown."""
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


def _lights_before(round_: Round) -> dict[int, str]:
    """The lights of the round before, by goal, as far as they were handed in."""
    rounds = Round.objects.filter(catalogue=round_.catalogue_id, year__lt=round_.year)
    rows = GoalStatus.objects.shown_to_others().filter(
        round=Subquery(rounds.order_by("-year").values("pk")[:1])
    )
    return dict(rows.values_list("goal", "light"))
