"""What the pages of the temamøde show: the actions that Økonomiudvalget chose, and the programme.

What the report said is read from the edition that the committee had, never from today's rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from actions.access import Mandate
from actions.models import Action, Responsibility
from reports.content import upgrade
from reports.content.shape import ActionContent, ReportContent
from reports.models import (
    Conclusion,
    Kind,
    ProgrammeItem,
    Question,
    Report,
    SelectedAction,
    Selection,
    ThemeMeeting,
)


@dataclass(frozen=True)
class Chosen:
    """A chosen action as it was published, with what has been said about it since."""

    row: SelectedAction
    content: ActionContent
    questions: list[Question]
    conclusion: Conclusion | None

    @property
    def number(self) -> int:
        return self.content["number"]

    @property
    def title(self) -> str:
        return f"{self.number}. {self.content['title']}"


@dataclass(frozen=True)
class ProgrammeLine:
    """A line of the programme; `starts` and `ends` are None if the meeting has no time yet."""

    item: ProgrammeItem
    starts: datetime | None
    ends: datetime | None
    chosen: Chosen | None


@dataclass(frozen=True)
class MeetingPage:
    """`content` is the edition's; `meeting` is None until VUF has written a programme."""

    selection: Selection
    content: ReportContent
    meeting: ThemeMeeting | None
    chosen: list[Chosen]
    items: list[ProgrammeItem]

    @property
    def report(self) -> Report:
        return self.selection.report

    @property
    def day(self) -> date:
        return self.selection.theme_meeting_on

    @property
    def revision(self) -> int:
        return self.meeting.revision if self.meeting else 0

    @property
    def lines(self) -> list[ProgrammeLine]:
        """The programme's lines with their times."""
        by_action = {chosen.row.action_id: chosen for chosen in self.chosen}
        at = self.meeting and self.meeting.starts_at
        now = timezone.make_aware(datetime.combine(self.day, at)) if at else None
        lines = []
        for item in self.items:
            until = now and now + timedelta(minutes=item.minutes)
            lines.append(ProgrammeLine(item, now, until, by_action.get(item.action_id or 0)))
            now = until
        return lines

    @property
    def ends(self) -> datetime | None:
        return self.lines[-1].ends if self.items else None

    def chosen_with(self, number: int) -> Chosen | None:
        return next((chosen for chosen in self.chosen if chosen.number == number), None)


def get_meeting(slug: str, year: int) -> MeetingPage:
    """The temamøde of the decision in force on the year's statusredegørelse, or 404."""
    rows = Selection.objects.filter(
        report__catalogue__slug=slug, report__year=year, report__kind=Kind.STATUS
    )
    selection = rows.for_meeting().that_holds()
    if selection is None:
        raise Http404
    return meeting_page(selection)


def get_chosen(page: MeetingPage, number: int) -> Chosen:
    """A chosen action by its number in the edition, or 404."""
    chosen = page.chosen_with(number)
    if chosen is None:
        raise Http404
    return chosen


def meeting_of(report: Report) -> MeetingPage | None:
    """The temamøde of the decision in force on a report; None if nothing is decided yet."""
    selection = report.selections.for_meeting().that_holds()
    return meeting_page(selection) if selection else None


def meeting_page(selection: Selection) -> MeetingPage:
    """Everything about the meeting, in four queries.

    `report__theme_meeting` and `edition` of the selection must be loaded.
    """
    report = selection.report
    conclusions = {row.action_id: row for row in report.conclusions.all()}
    questions: dict[int, list[Question]] = {}
    for question in report.questions.all():
        questions.setdefault(question.action_id, []).append(question)
    return _page(selection, questions, conclusions)


def programme_page(selection: Selection) -> MeetingPage:
    """The same without questions and conclusions, in two queries."""
    return _page(selection, {}, {})


def _page(
    selection: Selection,
    questions: Mapping[int, list[Question]],
    conclusions: Mapping[int, Conclusion],
) -> MeetingPage:
    content = upgrade.read(selection.edition)
    chosen = [
        Chosen(
            row,
            _published(content, row.action),
            questions.get(row.action_id, []),
            conclusions.get(row.action_id),
        )
        for row in selection.actions.select_related("action")
    ]
    selection.edition.report = selection.report  # the same row, already loaded
    meeting = getattr(selection.report, "theme_meeting", None)
    items = list(meeting.programme.all()) if meeting else []
    return MeetingPage(selection, content, meeting, chosen, items)


def _published(content: ReportContent, action: Action) -> ActionContent:
    """The action's chapter, by title since actions may be renumbered; else by number."""
    rows = content["actions"]
    by_title = [row for row in rows if row["title"] == action.title]
    chapters = by_title or [row for row in rows if row["number"] == action.number]
    return chapters[0] if chapters else _bare(action)


def _bare(action: Action) -> ActionContent:
    """A chapter for an action that the edition lacks, so that the meeting still names it."""
    return {
        "number": action.number,
        "code": action.code,
        "title": action.title,
        "theme": action.theme,
        "stopped": "",
        "origins": [],
        "summary": "",
        "purpose": "",
        "responsible": [],
        "partners": [],
        "initiatives": [],
        "goals": [],
        "line": "",
        "head_recommendation": None,
        "recommendation": None,
    }


def expected_of(mandate: Mandate) -> list[SelectedAction]:
    """The actions of somebody's posts that are chosen for a coming temamøde."""
    mine = Responsibility.objects.filter(
        action=OuterRef("action"), position__in=list(mandate.position_ids)
    )
    rows = SelectedAction.objects.that_hold().filter(
        Exists(mine),
        selection__report__kind=Kind.STATUS,
        selection__theme_meeting_on__gte=timezone.localdate(),
    )
    return list(rows.select_related("action", "selection__report__catalogue"))
