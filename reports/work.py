"""What the reports ask of a head besides the goals, shown on "Mine mål"."""

from typing import Final

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.danish import format_date
from actions.mail.lacking import Wanted
from actions.models import Round
from actions.status.slots import Task, Work
from reports.committee.questions import address_of, waiting_for
from reports.followup.page import awaited_answers
from reports.meeting.page import expected_of
from reports.texts.page import awaited_of, lacking_of

#: What a midterm asks of the heads.
RECOMMENDATION: Final = gettext_lazy("Din anbefaling til midtvejsevalueringen")
RECOMMEND: Final = gettext_lazy("Skal handlingen fortsætte, justeres eller afsluttes, og hvorfor?")


def work_on_follow_ups(mandate: Mandate) -> Work:
    return Work(
        _("Opfølgning på status"),
        _("Hvad er sket siden status? Svar kort på tre spørgsmål om hvert mål."),
        [
            Task(
                f"{row.goal_number} {Truncator(row.goal_text).words(20)}",
                row.get_absolute_url(),
                _("Besvaret")
                if row.is_whole
                else _("Svar senest %(due)s") % {"due": format_date(row.follow_up.due)},
            )
            for row in awaited_answers(mandate)
        ],
    )


def work_on_questions(mandate: Mandate) -> Work:
    return Work(
        _("Spørgsmål til dig"),
        _("Udvalget har spurgt, før det vælger handlinger til temamødet."),
        [
            Task(
                f"{row.action}: {Truncator(row.text).words(20)}",
                address_of(row),
                _("Svar senest %(due)s") % {"due": format_date(row.due)},
                waits=True,
            )
            for row in waiting_for(mandate)
        ],
    )


def recommendations_awaited(round_: Round) -> list[Wanted]:
    """The heads' recommendations that the midterm of a round's year lacks."""
    return [
        Wanted(
            row.action_id or 0,
            str(RECOMMENDATION),
            str(RECOMMEND),
            row.subject,
            row.get_absolute_url(),
        )
        for row in lacking_of(round_)
    ]


def work_on_midterm(mandate: Mandate) -> Work:
    return Work(
        str(RECOMMENDATION),
        str(RECOMMEND),
        [
            Task(
                row.subject,
                row.get_absolute_url(),
                row.get_choice_display() or _("Mangler"),
                waits=not row.choice,
            )
            for row in awaited_of(mandate)
        ],
    )


def work_on_meeting(mandate: Mandate) -> Work:
    return Work(
        _("Temamødet"),
        _("Handlingen er valgt til temamødet: vær klar til at fortælle om den ud fra handouten."),
        [
            Task(
                str(row.action), row.get_absolute_url(), format_date(row.selection.theme_meeting_on)
            )
            for row in expected_of(mandate)
        ],
    )
