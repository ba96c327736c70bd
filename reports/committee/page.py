"""What Økonomiudvalget's page shows: the actions of a published report side by side.

What the report says is read from the edition's frozen content, never from today's rows. Beside it
stand the members' questions and pointers, and the earlier decisions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone

from actions.models import Action, Catalogue
from reports.committee.criteria import CRITERIA, Criterion, Row
from reports.content import upgrade
from reports.content.shape import ActionContent, ReportContent
from reports.models import Edition, Report, SelectedAction, Selection

#: How many actions can be compared side by side.
FEWEST_BESIDE, MOST_BESIDE = 2, 4
_BY_KEY: Final = {criterion.key: criterion for criterion in CRITERIA}


@dataclass(frozen=True)
class CommitteePage:
    """The actions in the requested order; `numbers` are those ticked for comparison."""

    edition: Edition
    content: ReportContent
    rows: list[Row]
    selection: Selection | None
    criterion: Criterion = CRITERIA[0]
    numbers: tuple[int, ...] = ()

    @property
    def compared(self) -> list[Row]:
        """The ticked actions in the catalogue's order; none if too few or too many are ticked."""
        if not FEWEST_BESIDE <= len(self.numbers) <= MOST_BESIDE:
            return []
        return sorted(
            (row for row in self.rows if row.number in self.numbers), key=lambda row: row.number
        )

    @property
    def sorters(self) -> list[tuple[Criterion, str]]:
        """Every column, with the address that sorts by it and keeps the ticks."""
        ticked = [("handling", number) for number in self.numbers]
        return [
            (criterion, "?" + urlencode([("sorter", criterion.key), *ticked]) + "#handlinger")
            for criterion in CRITERIA
        ]

    def row(self, number: int) -> Row | None:
        return next((row for row in self.rows if row.number == number), None)


def committee_page(
    edition: Edition, *, sorter: str = "", ticked: Iterable[str] = ()
) -> CommitteePage:
    """The page of an edition, in six queries. Unknown columns and actions are ignored."""
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
    """The catalogue's action that an edition has under this number, or 404."""
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
    kin = report.catalogue.actions.all().with_forebears().in_bulk()
    for number, day in _last_meetings(report, kin):
        if row := known.get(number):
            row.last_meeting, row.years_since = day, report.year - day.year
    for action in kin.values():
        if action.catalogue_id == report.catalogue_id and (row := known.get(action.number)):
            row.is_stopped = action.is_stopped(timezone.localdate())
    for chosen in selection.actions.all() if selection else ():
        if row := known.get(chosen.action.number):
            row.chosen = chosen


def _last_meetings(report: Report, kin: Mapping[int, Action]) -> Iterable[tuple[int, date]]:
    """(number, day) of each temamøde an action was chosen for before this report, the latest last.

    Includes those in the catalogues that the action was carried over from.
    """
    numbers = _numbers_of_kin(report.catalogue, kin)
    rows = SelectedAction.objects.that_hold().filter(
        action__in=numbers, selection__report__year__lt=report.year
    )
    days = rows.order_by("selection__theme_meeting_on")
    for action, day in days.values_list("action", "selection__theme_meeting_on"):
        yield numbers[action], day


def _numbers_of_kin(catalogue: Catalogue, kin: Mapping[int, Action]) -> dict[int, int]:
    """The number of each of the catalogue's actions, by its own id and its forebears' ids."""
    numbers: dict[int, int] = {}
    for action in kin.values():
        forebear: Action | None = action if action.catalogue_id == catalogue.pk else None
        while forebear is not None and forebear.pk not in numbers:
            numbers[forebear.pk] = action.number
            forebear = kin.get(forebear.origin_id or 0)
    return numbers
