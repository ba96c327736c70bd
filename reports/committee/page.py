"""What Økonomiudvalget's page shows: the actions of a published report side by side.

What the report says is read from the edition's frozen content, never from today's rows; beside it
stand what members have asked and pointed at, and the earlier decisions. Nothing is weighed into a
score: a list is sorted by one visible column.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.lights import Light
from actions.models import Action, Catalogue
from reports.content import upgrade
from reports.content.shape import ActionContent, IndicatorContent, LightContent, ReportContent
from reports.models import Edition, Pointer, Question, Report, SelectedAction, Selection

#: How many actions can be compared side by side.
FEWEST_BESIDE, MOST_BESIDE = 2, 4
NEVER: Final = date.min
_RANKS: Final = {light.value: rank for rank, light in enumerate(Light)}


@dataclass
class Row:
    """An action as the report tells of it, with what the committee has done about it.

    `worse`, `better` and `other` count its goals whose light moved since last year, `other` those
    from or to one that says nothing. Of its `figures` with a
    target `off_target` have a value that does not meet it, and `missing` have none.
    `last_meeting` is the day of the last temamøde before this report that it was chosen for.
    """

    content: ActionContent
    worse: int
    better: int
    other: int
    figures: Sequence[IndicatorContent]
    last_meeting: date | None = None
    years_since: int = 0
    questions: list[Question] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)
    chosen: SelectedAction | None = None

    @property
    def number(self) -> int:
        return self.content["number"]

    @property
    def silent(self) -> int:
        """How many goals had a light last year and have none now."""
        return sum(
            bool(_code(goal["previous_light"])) and not _code(goal["light"])
            for goal in self.content["goals"]
        )

    @property
    def moves(self) -> str:
        """What has changed since last year, in words."""
        counts = (
            (self.worse, gettext("%d mål gået tilbage")),
            (self.better, gettext("%d mål gået frem")),
            (self.other, gettext("%d mål kan ikke sammenlignes")),
            (self.silent, gettext("%d mål uden status i år")),
        )
        told = [words % number for number, words in counts if number]
        if told:
            return ", ".join(told)
        before = any(_code(goal["previous_light"]) for goal in self.content["goals"])
        return gettext("uændret") if before else gettext("ingen tidligere")

    @property
    def posts(self) -> int:
        return len(self.content["responsible"])

    @cached_property
    def off_target(self) -> list[IndicatorContent]:
        return [figure for figure in self.figures if figure["is_met"] is False]

    @property
    def missing(self) -> int:
        return sum(figure["is_met"] is None for figure in self.figures)

    @property
    def unanswered(self) -> int:
        return sum(question.answered_at is None for question in self.questions)

    @property
    def worst(self) -> int:
        """The place of its worst light in the order of attention; a goal without one comes last."""
        goals = self.content["goals"]
        return min((_RANKS.get(goal["light"]["code"], len(_RANKS)) for goal in goals), default=9)


@dataclass(frozen=True)
class Criterion:
    """A column: `meaning` says what it shows, `order` what comes first when it sorts the list."""

    key: str
    label: str | Promise
    meaning: str | Promise
    order: str | Promise
    sort: Callable[[Row], Any]


CRITERIA: Final = (
    Criterion(
        "handling",
        _("Handling"),
        _("Handlingens nummer og titel."),
        _("i katalogets rækkefølge"),
        lambda row: row.number,
    ),
    Criterion(
        "vurdering",
        _("Vurdering"),
        _("Den ansvarlige chefs vurdering af hvert mål, som den står i redegørelsen."),
        _("den handling, hvis dårligst stillede mål kræver mest, først"),
        lambda row: row.worst,
    ),
    Criterion(
        "aendring",
        _("Siden sidste år"),
        _(
            "Hvor mange mål der er vurderet lavere eller højere end sidste år. Mål uden vurdering "
            "det ene af årene tælles for sig."
        ),
        _("flest mål gået tilbage først"),
        lambda row: (-row.worse, row.better),
    ),
    Criterion(
        "maaltal",
        _("Måltal ikke nået"),
        _(
            "Hvor mange måltal årets tal ikke når, også dem, der først skal nås senere. "
            "Tal, der mangler, tælles for sig."
        ),
        _("flest ikke nået først"),
        lambda row: (-len(row.off_target), -row.missing),
    ),
    Criterion(
        "temamoede",
        _("Sidste temamøde"),
        _("Hvor mange år siden handlingen sidst blev taget op på et temamøde."),
        _("aldrig taget op først, derefter længst siden"),
        lambda row: row.last_meeting or NEVER,
    ),
    Criterion(
        "stillinger",
        _("Ansvarlige"),
        _("Hvor mange stillinger der deler ansvaret."),
        _("flest stillinger først"),
        lambda row: -row.posts,
    ),
    Criterion(
        "spoergsmaal",
        _("Spørgsmål"),
        _("Udvalgets spørgsmål til handlingen, og hvor mange der mangler svar."),
        _("flest spørgsmål først"),
        lambda row: (-len(row.questions), -row.unanswered),
    ),
    Criterion(
        "peget",
        _("Peget på"),
        _("Hvor mange medlemmer der har peget på handlingen."),
        _("flest først"),
        lambda row: -len(row.pointers),
    ),
)
_BY_KEY: Final = {criterion.key: criterion for criterion in CRITERIA}


@dataclass(frozen=True)
class CommitteePage:
    """The actions in the order that was asked for; `numbers` are those ticked for comparison."""

    edition: Edition
    content: ReportContent
    rows: list[Row]
    selection: Selection | None
    criterion: Criterion = CRITERIA[0]
    numbers: tuple[int, ...] = ()

    @property
    def compared(self) -> list[Row]:
        """The ticked actions in the catalogue's order, where they are as many as can be shown."""
        if not FEWEST_BESIDE <= len(self.numbers) <= MOST_BESIDE:
            return []
        return sorted(
            (row for row in self.rows if row.number in self.numbers), key=lambda row: row.number
        )

    @property
    def sorters(self) -> list[tuple[Criterion, str]]:
        """Every column with the address that sorts by it and keeps what is ticked."""
        ticked = [("handling", number) for number in self.numbers]
        return [
            (each, "?" + urlencode([("sorter", each.key), *ticked]) + "#handlinger")
            for each in CRITERIA
        ]

    def row(self, number: int) -> Row | None:
        return next((row for row in self.rows if row.number == number), None)


def committee_page(
    edition: Edition, *, sorter: str = "", ticked: Iterable[str] = ()
) -> CommitteePage:
    """The page of an edition in six queries; what is no column, or no action, is left out."""
    report, content = edition.report, upgrade.read(edition)
    selection = report.selections.with_actions().that_holds()
    rows = [_row(action, content) for action in content["actions"]]
    _add_what_the_committee_did(rows, report, selection)
    criterion = _BY_KEY.get(sorter, CRITERIA[0])
    known = {str(row.number): row.number for row in rows}
    return CommitteePage(
        edition=edition,
        content=content,
        rows=sorted(rows, key=lambda row: (criterion.sort(row), row.number)),
        selection=selection,
        criterion=criterion,
        numbers=tuple(sorted({known[word] for word in ticked if word in known})),
    )


def get_published_action(edition: Edition, number: int) -> Action:
    """An action that an edition tells of, by its number, or 404."""
    known = {action["number"] for action in upgrade.read(edition)["actions"]}
    rows = edition.report.catalogue.actions.filter(number=number)
    action = rows.first() if number in known else None
    if action is None:
        raise Http404
    return action


def _row(action: ActionContent, content: ReportContent) -> Row:
    moved = [
        change["direction"]
        for change in content["changes"]
        if change["action_number"] == action["number"]
    ]
    return Row(
        content=action,
        worse=moved.count("worse"),
        better=moved.count("better"),
        other=moved.count("other"),
        figures=[figure for goal in action["goals"] for figure in goal["indicators"]],
    )


def _code(light: LightContent | None) -> str:
    return light["code"] if light else ""


def _add_what_the_committee_did(
    rows: Sequence[Row], report: Report, selection: Selection | None
) -> None:
    known = {row.number: row for row in rows}
    for question in report.questions.select_related("action"):
        if row := known.get(question.action.number):
            row.questions.append(question)
    for pointer in report.pointers.filter(withdrawn_at=None).select_related("action"):
        if row := known.get(pointer.action.number):
            row.pointers.append(pointer)
    for number, day in _last_meetings(report):
        if row := known.get(number):
            row.last_meeting, row.years_since = day, report.year - day.year
    for chosen in selection.actions.all() if selection else ():
        if row := known.get(chosen.action.number):
            row.chosen = chosen


def _last_meetings(report: Report) -> Iterable[tuple[int, date]]:
    """The number of each action chosen before, in this catalogue or in one that it was carried
    over from, with the day; the latest day comes last.
    """
    numbers = _numbers_of_kin(report.catalogue)
    rows = SelectedAction.objects.that_hold().filter(
        action__in=numbers, selection__report__year__lt=report.year
    )
    days = rows.order_by("selection__theme_meeting_on")
    for action, day in days.values_list("action", "selection__theme_meeting_on"):
        yield numbers[action], day


def _numbers_of_kin(catalogue: Catalogue) -> dict[int, int]:
    """The number of each of the catalogue's actions, by its id and by those of its forebears."""
    kin = catalogue.actions.all().with_forebears().in_bulk()
    numbers: dict[int, int] = {}
    for action in kin.values():
        at: Action | None = action if action.catalogue_id == catalogue.pk else None
        while at is not None and at.pk not in numbers:
            numbers[at.pk] = action.number
            at = kin.get(at.origin_id or 0)
    return numbers
