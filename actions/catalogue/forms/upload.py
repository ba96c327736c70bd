"""A catalogue file to preview, and the answer that imports it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.catalogue.file.source import MAX_BYTES
from actions.catalogue.forms.action import CHANGES, LANGUAGE, MEANING
from actions.catalogue.forms.fields import (
    EXAMPLE,
    LONGEST_DECISION,
    check_decided,
    decided_field,
)
from actions.tools.fields import LongTextField


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Katalogfil"),
        help_text=gettext_lazy("Regneark efter skabelonen (.xlsx), YAML eller JSON; højst 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.yaml,.yml,.json"}),
        error_messages={
            "required": gettext_lazy("Vælg en fil."),
            "empty": gettext_lazy("Filen er tom."),
        },
    )

    def clean_file(self) -> Any:
        """Refuses a workbook in name only: read as text, its faults would help nobody."""
        file = self.cleaned_data["file"]
        if (file.name or "").lower().endswith(".xlsx") and file.read(2) != b"PK":
            raise ValidationError(
                _("Filen hedder .xlsx, men er ikke et regneark. Gem den som .xlsx i regnearket.")
            )
        file.seek(0)
        return file

    def content(self) -> bytes:
        """The file, or just enough of it to see that it is too large."""
        content: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return content


class ConfirmForm(forms.Form):
    """`seal` is the catalogue's seal when the changes were shown."""

    seal = forms.CharField(required=False, widget=forms.HiddenInput)
    change = forms.ChoiceField(
        label=gettext_lazy("Hvad er ændringen af målenes tekster?"),
        choices=CHANGES,
        widget=forms.RadioSelect,
        required=False,
    )
    decision = LongTextField(
        label=gettext_lazy("Beslutning"),
        hard=LONGEST_DECISION,
        rows=2,
        required=False,
        help_text=EXAMPLE,
    )
    decided_on = decided_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") or cleaned.get("change") == MEANING:
            check_decided(self, cleaned)
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """The arguments of `editor.bring_in`."""
        names = ("seal", "decision", "decided_on")
        change = self.cleaned_data["change"]
        return {name: self.cleaned_data[name] for name in names} | {
            "corrects": change == LANGUAGE if change else None
        }
