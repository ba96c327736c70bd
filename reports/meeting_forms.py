"""The forms of the temamøde and of the sagspakke's template."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.entry import HARD_LIMIT
from actions.forms.fields import LongTextField, plain
from actions.tools.lines import LinesForm
from actions.writing.forms import DraftForm
from reports.case import PLACEHOLDERS, Section, unknown_in
from reports.meeting import MeetingPage, Programme, proposal

LONGEST_LINE: Final = 240


class PlainField(forms.CharField):
    """One line of text without control characters."""

    def to_python(self, value: Any) -> Any:
        return plain(super().to_python(value) or "").strip()


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
        offered = [(str(each.row.action_id), each.title) for each in page.chosen]
        self.fields["action"].choices = [("", _("Ingen")), *offered]  # type: ignore[attr-defined]


class ProgrammeForm(LinesForm):
    """When and where the meeting is, and what happens at it; its day is the committee's."""

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


class CaseSectionForm(forms.Form):
    """A section of the template; its text may hold placeholders, known ones only."""

    heading = PlainField(label=gettext_lazy("Overskrift"), max_length=200)
    body = LongTextField(label=gettext_lazy("Tekst"), hard=HARD_LIMIT, required=False, rows=6)

    def clean_heading(self) -> str:
        return _with_known(self.cleaned_data["heading"])

    def clean_body(self) -> str:
        return _with_known(self.cleaned_data["body"])


class CaseTemplateForm(LinesForm):
    """The template's sections; at least one, since a case without text is none."""

    line_form = CaseSectionForm

    def __init__(
        self, data: QueryDict | None = None, *, revision: int, sections: list[Section]
    ) -> None:
        lines = [{"heading": each.heading, "body": each.body} for each in sections]
        super().__init__(data, lines=lines, initial={"revision": revision})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.node.is_valid and not self.filled:
            self.add_error(None, _("Skabelonen skal have mindst ét afsnit."))
        return data

    def sections(self) -> list[Section]:
        return [Section(row["heading"], row["body"]) for row in self.filled]


class ConclusionForm(DraftForm):
    """What the meeting came to on one action."""

    text = LongTextField(
        label=gettext_lazy("Konklusion"),
        help_text=gettext_lazy("Chefen møder teksten i næste års statusskema."),
        hard=HARD_LIMIT,
        required=False,
        rows=8,
    )


def _with_known(text: str) -> str:
    unknown = unknown_in(text)
    if unknown:
        told = ", ".join(f"{{{name}}}" for name in unknown)
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(
            _("%(unknown)s findes ikke. Du kan bruge: %(known)s."),
            params={"unknown": told, "known": known},
        )
    return text
