"""The forms of the sagspakke's template."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models.status import HARD_LIMIT
from actions.tools.fields import LongTextField, PlainField
from actions.tools.lines import LinesForm
from reports.committee.agenda import PLACEHOLDERS, Section, unknown_in


class CaseSectionForm(forms.Form):
    """A section of the template; may hold known placeholders only."""

    heading = PlainField(label=gettext_lazy("Overskrift"), max_length=200)
    body = LongTextField(label=gettext_lazy("Tekst"), hard=HARD_LIMIT, required=False, rows=6)

    def clean_heading(self) -> str:
        return _with_known(self.cleaned_data["heading"])

    def clean_body(self) -> str:
        return _with_known(self.cleaned_data["body"])


class CaseTemplateForm(LinesForm):
    """The template's sections, at least one."""

    line_form = CaseSectionForm

    def __init__(
        self, data: QueryDict | None = None, *, revision: int, sections: list[Section]
    ) -> None:
        lines = [{"heading": row.heading, "body": row.body} for row in sections]
        super().__init__(data, lines=lines, initial={"revision": revision})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.node.is_valid and not self.filled:
            self.add_error(None, _("Skabelonen skal have mindst ét afsnit."))
        return data

    def sections(self) -> list[Section]:
        return [Section(row["heading"], row["body"]) for row in self.filled]


def _with_known(text: str) -> str:
    """Raises ValidationError if the text holds an unknown placeholder."""
    if unknown := unknown_in(text):
        named = ", ".join(f"{{{name}}}" for name in unknown)
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(
            _("%(unknown)s findes ikke. Du kan bruge: %(known)s."),
            params={"unknown": named, "known": known},
        )
    return text
