"""The temamøde on what Økonomiudvalget chose: what its pages show, and the verbs that write it.

What was published is read from the edition that the committee had, never from today's rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.history import record
from actions.models import Action, Event, Responsibility
from actions.models.history import Announces, HistoryVerb
from actions.writing.drafted import DraftedText, give
from actions.writing.refusals import Conflict, NotAllowed
from actions.writing.texts import Routes
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

PROGRAMME_SAVED: Final = HistoryVerb("programme", gettext_lazy("Temamødets program gemt"))
#: The midterm tells of it.
CONCLUSION_SAVED: Final = HistoryVerb(
    "conclude", gettext_lazy("Temamødets konklusion gemt"), announces=Announces.ALWAYS
)
CONCLUSION_KEPT: Final = HistoryVerb(
    "refuse_conclusion", gettext_lazy("Konklusion ikke gemt, men bevaret")
)
CONCLUSION_REPLACED: Final = HistoryVerb(
    "replace_conclusion", gettext_lazy("Kladde til konklusion erstattet, men bevaret")
)

#: What a programme proposes before there is one, in minutes.
WELCOME, EACH, CLOSING = 10, 25, 15


@dataclass(frozen=True)
class Chosen:
    """A chosen action as it was published, with all that was said about it since."""

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
class Line:
    """A line of the programme; `starts` and `ends` are None where the meeting has no time yet."""

    item: ProgrammeItem
    starts: datetime | None
    ends: datetime | None
    chosen: Chosen | None


@dataclass(frozen=True)
class MeetingPage:
    """`content` is the edition's; `meeting` is None before VUF has written a programme."""

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
    def lines(self) -> list[Line]:
        """The programme with its times, one line after the other."""
        by_action = {each.row.action_id: each for each in self.chosen}
        at = self.meeting and self.meeting.starts_at
        now = timezone.make_aware(datetime.combine(self.day, at)) if at else None
        lines = []
        for item in self.items:
            until = now and now + timedelta(minutes=item.minutes)
            lines.append(Line(item, now, until, by_action.get(item.action_id or 0)))
            now = until
        return lines

    @property
    def ends(self) -> datetime | None:
        return self.lines[-1].ends if self.items else None

    def chosen_with(self, number: int) -> Chosen | None:
        return next((each for each in self.chosen if each.number == number), None)


def meeting_of(report: Report) -> MeetingPage | None:
    """The temamøde on the decision that holds about a report; None before there is one."""
    found = report.selections.for_meeting().that_holds()
    return meeting_page(found) if found else None


def meeting_page(selection: Selection) -> MeetingPage:
    """Needs `report__theme_meeting` and `edition` at hand; four queries."""
    report = selection.report
    conclusions = {row.action_id: row for row in report.conclusions.all()}
    questions: dict[int, list[Question]] = {}
    for question in report.questions.all():
        questions.setdefault(question.action_id, []).append(question)
    return _page(selection, questions, conclusions)


def programme_page(selection: Selection) -> MeetingPage:
    """Without what was asked and concluded; needs the same, two queries."""
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
    selection.edition.report = selection.report  # the same; read once
    meeting = getattr(selection.report, "theme_meeting", None)
    items = list(meeting.programme.all()) if meeting else []
    return MeetingPage(selection, content, meeting, chosen, items)


def _published(content: ReportContent, action: Action) -> ActionContent:
    """The action's chapter: by its title, since numbers may be given anew; else by its number."""
    rows = content["actions"]
    by_title = [row for row in rows if row["title"] == action.title]
    found = by_title or [row for row in rows if row["number"] == action.number]
    return found[0] if found else _bare(action)


def _bare(action: Action) -> ActionContent:
    """An action that the edition does not know, so that the meeting still names it."""
    return {
        "number": action.number,
        "title": action.title,
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


# --- the programme -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Programme:
    """What VUF writes; each line is title, minutes and a chosen action's id, or None."""

    starts_at: time | None
    place: str
    welcome: str
    lines: Sequence[tuple[str, int, int | None]]


def proposal(page: MeetingPage) -> list[tuple[str, int, int | None]]:
    """A programme to begin with: welcome, every chosen action, and what it comes to."""
    actions = [(each.content["title"][:200], EACH, each.row.action_id) for each in page.chosen]
    return [(_("Velkomst"), WELCOME, None), *actions, (_("Opsamling"), CLOSING, None)]


@transaction.atomic
def save_programme(
    *, report: Report, programme: Programme, revision: int | None, by: Mandate
) -> ThemeMeeting:
    """Replaces the programme. Raises Conflict if it changed since it was read."""
    ThemeMeeting.objects.get_or_create(report=report)
    meeting = ThemeMeeting.objects.select_for_update(no_key=True).get(report=report)
    if meeting.revision != revision:
        raise Conflict(
            _("Programmet er ændret, siden du åbnede det. Din tekst står herunder."), meeting
        )
    meeting.starts_at, meeting.place = programme.starts_at, programme.place
    meeting.welcome = programme.welcome
    meeting.revision += 1
    meeting.save()
    meeting.programme.all().delete()
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(meeting=meeting, order=order, title=title, minutes=minutes, action_id=action)
        for order, (title, minutes, action) in enumerate(programme.lines, 1)
    )
    content = {
        "starts_at": str(programme.starts_at or ""),
        "place": programme.place,
        "welcome": programme.welcome,
        "lines": [list(line) for line in programme.lines],
    }
    record(PROGRAMME_SAVED, actor=by.user, subject=_subject(report), content=content)
    return meeting


# --- the conclusions -----------------------------------------------------------------------------


class ConclusionText(DraftedText[Conclusion]):
    """What the meeting came to on a chosen action; the coordinator writes it."""

    routes = Routes("conclusion", "autosave_conclusion", "compare_conclusion")
    label = gettext_lazy("Konklusion")
    refused, replaced = CONCLUSION_KEPT, CONCLUSION_REPLACED

    def __init__(self, report: Report, chosen: Chosen) -> None:
        self.report, self.chosen = report, chosen

    @property
    def row(self) -> Conclusion:
        """The action's conclusion, written or not."""
        action = self.chosen.row.action
        return self.chosen.conclusion or Conclusion(report=self.report, action=action)

    def lock(self, row: Conclusion) -> Conclusion:
        action = self.chosen.row.action
        Conclusion.objects.get_or_create(report=self.report, action=action)
        rows = Conclusion.objects.select_for_update(no_key=True)
        return rows.get(report=self.report, action=action)

    def admit(self, row: Conclusion, by: Mandate) -> str:
        if not by.is_coordinator:
            raise NotAllowed(_("Du har ikke ret til at skrive mødets konklusioner."))
        return ""

    def record(
        self, verb: HistoryVerb, row: Conclusion, by: Mandate, content: str, comment: str = ""
    ) -> Event:
        subject = f"{_subject(self.report)}, {_('handling')} {self.chosen.title}"
        return record(
            verb,
            actor=by.user,
            subject=subject,
            about=[self.report.scope],
            comment=comment,
            content=self.as_json(content),
        )

    def address(self, row: Conclusion) -> list[object]:
        return [self.report.catalogue.slug, self.report.year, self.chosen.number]

    def copy_key(self, row: Conclusion, by: Mandate) -> str:
        slug, year, number = self.address(row)
        return f"{by.user.pk}-{slug}-konklusion-{year}-{number}"


def save_conclusion(
    *,
    chosen: Chosen,
    report: Report,
    text: str,
    revision: int | None,
    by: Mandate,
    names: Sequence[str] = (),
) -> Conclusion:
    """What the meeting came to on an action.

    `revision` is what the page began with, `names` are its saves: see
    `actions.writing.drafted.give`.
    """
    conclusion = ConclusionText(report, chosen)

    def publish(locked: Conclusion, position: str) -> None:
        locked.text = text
        locked.written_by_name, locked.written_at = str(by.user), timezone.now()
        locked.save()
        conclusion.note(CONCLUSION_SAVED, locked, by, text)

    return give(
        conclusion,
        conclusion.row,
        text,
        by=by,
        revision=revision,
        names=names,
        publish=publish,
    )


def _subject(report: Report) -> str:
    return f"{report.catalogue.slug}, {report}: {_('temamøde')}"


def expected_of(mandate: Mandate) -> list[SelectedAction]:
    """The actions of somebody's posts that are chosen for a temamøde still to be held."""
    mine = Responsibility.objects.filter(
        action=OuterRef("action"), position__in=list(mandate.position_ids)
    )
    rows = SelectedAction.objects.that_hold().filter(
        Exists(mine),
        selection__report__kind=Kind.STATUS,
        selection__theme_meeting_on__gte=timezone.localdate(),
    )
    return list(rows.select_related("action", "selection__report__catalogue"))
