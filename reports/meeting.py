"""The temamøde on what Økonomiudvalget chose: what its pages show, and the verbs that write it.

What was published is read from the edition that the committee had, never from today's rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from actions import changes
from actions.access import Mandate
from actions.history import kept_already, record
from actions.models import Action, Event, Responsibility
from actions.writing.refusals import Conflict
from reports import drafts
from reports.content import ActionContent, ReportContent
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
    """`meeting` is None before VUF has written a programme."""

    selection: Selection
    meeting: ThemeMeeting | None
    chosen: list[Chosen]
    items: list[ProgrammeItem]

    @property
    def report(self) -> Report:
        return self.selection.report

    @property
    def content(self) -> ReportContent:
        found: ReportContent = self.selection.edition.content
        return found

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
    found = report.selections.for_meeting().order_by("-number").first()
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
    chosen = [
        Chosen(
            row,
            _published(selection.edition.content, row.action),
            questions.get(row.action_id, []),
            conclusions.get(row.action_id),
        )
        for row in selection.actions.select_related("action")
    ]
    selection.edition.report = selection.report  # the same; read once
    meeting = getattr(selection.report, "theme_meeting", None)
    return MeetingPage(selection, meeting, chosen, list(meeting.programme.all()) if meeting else [])


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
    record("programme", actor=by.user, subject=_subject(report), content=content)
    return meeting


# --- the conclusions -----------------------------------------------------------------------------


@transaction.atomic
def save_conclusion(
    *,
    chosen: Chosen,
    report: Report,
    text: str,
    revision: int | None,
    by: Mandate,
    names: Sequence[str] = (),
) -> Conclusion:
    """What the meeting came to on an action; Conflict where somebody else has written meanwhile.

    The same text once more changes nothing. `revision` is the revision that the page began with,
    `names` are its saves.
    """
    row = _locked(report, chosen)
    if row.written_at and row.written == row.text == text:
        return row
    keep_other = partial(_keep_replaced, report, chosen, by)
    drafts.give(row, text, revision=revision, names=names, keep_other=keep_other)
    row.text = text
    row.written_by_name, row.written_at = str(by.user), timezone.now()
    row.save()
    _record_conclusion("conclude", report, chosen, text, by)
    changes.announce(report.catalogue_id, report.year)  # the midterm tells of it
    return row


@transaction.atomic
def save_draft(
    *,
    chosen: Chosen,
    report: Report,
    text: str,
    revision: int | None,
    by: Mandate,
    names: Sequence[str],
) -> Conclusion:
    """Keeps what is written of a conclusion while it is written; it meets nobody before it is
    saved.
    """
    row = _locked(report, chosen)
    keep_other = partial(_keep_replaced, report, chosen, by)
    drafts.keep(row, text, revision=revision, by=by, names=names, keep_other=keep_other)
    return row


def conclusion_of(report: Report, chosen: Chosen) -> Conclusion:
    """The action's conclusion, written or not."""
    return chosen.conclusion or Conclusion(report=report, action=chosen.row.action)


def _locked(report: Report, chosen: Chosen) -> Conclusion:
    action = chosen.row.action
    Conclusion.objects.get_or_create(report=report, action=action)
    rows = Conclusion.objects.select_for_update(no_key=True)
    return rows.get(report=report, action=action)


def keep_refused(*, chosen: Chosen, report: Report, text: str, by: Mandate) -> None:
    """Keeps a conclusion that was not saved in the history, once, so that it is never lost."""
    events = Event.objects.filter(subject=_subject_of(report, chosen))
    if text and not kept_already(events, {"text": text}):
        _record_conclusion("refuse_conclusion", report, chosen, text, by)


def _keep_replaced(report: Report, chosen: Chosen, by: Mandate, draft: str, author: str) -> None:
    _record_conclusion("replace_conclusion", report, chosen, draft, by, comment=author)


def _record_conclusion(
    verb: str, report: Report, chosen: Chosen, text: str, by: Mandate, comment: str = ""
) -> None:
    subject = _subject_of(report, chosen)
    record(verb, actor=by.user, subject=subject, comment=comment, content={"text": text})


def _subject_of(report: Report, chosen: Chosen) -> str:
    return f"{_subject(report)}, {_('handling')} {chosen.title}"


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
