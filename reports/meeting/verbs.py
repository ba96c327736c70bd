"""Saving the temamøde's programme and its conclusions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.history.record import record
from actions.models import Event
from actions.models.history import Announces, HistoryVerb
from actions.writing.drafted import DraftedText, give
from actions.writing.refusals import Conflict, NotAllowed
from actions.writing.texts import Routes
from reports.access import may_write_meeting
from reports.meeting.page import Chosen, MeetingPage
from reports.models import Conclusion, ProgrammeItem, Report, ThemeMeeting

PROGRAMME_SAVED: Final = HistoryVerb("programme", gettext_lazy("Temamødets program gemt"))
#: Announced, since the midterm quotes it.
CONCLUSION_SAVED: Final = HistoryVerb(
    "conclude", gettext_lazy("Temamødets konklusion gemt"), announces=Announces.ALWAYS
)
CONCLUSION_KEPT: Final = HistoryVerb(
    "refuse_conclusion", gettext_lazy("Konklusion ikke gemt, men bevaret")
)
CONCLUSION_REPLACED: Final = HistoryVerb(
    "replace_conclusion", gettext_lazy("Kladde til konklusion erstattet, men bevaret")
)

#: Minutes that a first programme proposes for the welcome, each action and the closing.
WELCOME, EACH, CLOSING = 10, 25, 15


# --- the programme -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Programme:
    """What VUF writes; a line is (title, minutes, the chosen action's id or None)."""

    starts_at: time | None
    place: str
    welcome: str
    lines: Sequence[tuple[str, int, int | None]]


def proposal(page: MeetingPage) -> list[tuple[str, int, int | None]]:
    """The lines of a first programme: a welcome, every chosen action, a closing."""
    actions = [
        (chosen.content["title"][:200], EACH, chosen.row.action_id) for chosen in page.chosen
    ]
    return [(_("Velkomst"), WELCOME, None), *actions, (_("Opsamling"), CLOSING, None)]


@transaction.atomic
def save_programme(
    *, report: Report, programme: Programme, revision: int | None, by: Mandate
) -> ThemeMeeting:
    """Replaces the programme. Raises Conflict if it changed since it was read.

    Raises NotAllowed if `by` is not the coordinator.
    """
    if not may_write_meeting(by):
        raise NotAllowed(_("Du har ikke ret til at skrive mødets program."))
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
    """What the meeting concluded about a chosen action; the coordinator writes it."""

    routes = Routes("conclusion", "autosave_conclusion", "compare_conclusion")
    label = gettext_lazy("Konklusion")
    refused, replaced = CONCLUSION_KEPT, CONCLUSION_REPLACED

    def __init__(self, report: Report, chosen: Chosen) -> None:
        self.report, self.chosen = report, chosen

    @property
    def row(self) -> Conclusion:
        """The action's conclusion, unsaved if it is not written yet."""
        action = self.chosen.row.action
        return self.chosen.conclusion or Conclusion(report=self.report, action=action)

    def lock(self, row: Conclusion) -> Conclusion:
        action = self.chosen.row.action
        Conclusion.objects.get_or_create(report=self.report, action=action)
        rows = Conclusion.objects.select_for_update(no_key=True)
        return rows.get(report=self.report, action=action)

    def check_may(self, row: Conclusion, by: Mandate) -> str:
        if not may_write_meeting(by):
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
    """Saves what the meeting concluded about an action.

    `revision` is what the page began with, `names` are its save ids. Raises as
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
