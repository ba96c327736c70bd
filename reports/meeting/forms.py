"""The forms of the temamøde's programme and conclusions."""

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models.status import HARD_LIMIT
from actions.tools.fields import LongTextField, PlainField
from actions.tools.lines import LinesForm
from actions.writing.forms import DraftForm
from reports.meeting.page import MeetingPage
from reports.meeting.verbs import Programme, proposal

LONGEST_LINE: Final = 240


class ProgrammeLineForm(forms.Form):
    """A line of the programme."""

    title = PlainField(label=gettext_lazy("Punkt"), max_length=200)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutter"), min_value=1, max_value=LONGEST_LINE
    )
    action = forms.TypedChoiceField(
        label=gettext_lazy("Handling"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, page: MeetingPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(action.row.action_id), action.title) for action in page.chosen]
        self.fields["action"].choices = [("", _("Ingen")), *chosen]  # type: ignore[attr-defined]


class ProgrammeForm(LinesForm):
    """When and where the meeting is, and what happens at it. The committee has decided its day."""

    line_form = ProgrammeLineForm
    starts_at = forms.TimeField(
        label=gettext_lazy("Begynder kl."),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        required=False,
        error_messages={"invalid": gettext_lazy("Skriv et klokkeslæt, fx 16.30.")},
    )
    place = PlainField(label=gettext_lazy("Sted"), max_length=200, required=False)
    welcome = LongTextField(
        label=gettext_lazy("Velkomst"),
        help_text=gettext_lazy("Står øverst i programmet."),
        hard=HARD_LIMIT,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, page: MeetingPage) -> None:
        meeting = page.meeting
        saved = [(row.title, row.minutes, row.action_id) for row in page.items]
        names = ("title", "minutes", "action")
        lines = [dict(zip(names, line, strict=True)) for line in saved or proposal(page)]
        initial = {
            "revision": page.revision,
            "starts_at": meeting and meeting.starts_at,
            "place": meeting.place if meeting else "",
            "welcome": meeting.welcome if meeting else "",
        }
        super().__init__(data, lines=lines, line_kwargs={"page": page}, initial=initial)

    def programme(self) -> Programme:
        data = self.cleaned_data
        lines = [(row["title"], row["minutes"], row["action"]) for row in self.filled]
        return Programme(data["starts_at"], data["place"], data["welcome"], lines)


class ConclusionForm(DraftForm):
    """What the meeting concluded about one action."""

    text = LongTextField(
        label=gettext_lazy("Konklusion"),
        help_text=gettext_lazy("Chefen møder teksten i næste års statusskema."),
        hard=HARD_LIMIT,
        required=False,
        rows=8,
    )
