"""A figures' file to preview, and the answer that keeps what it tells."""

from base64 import b64decode
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.tools.workbook import is_workbook

#: The file comes back with the yes, in a form that is a third larger.
MOST_UPLOADED: Final = 1536 * 1024


class FiguresUploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fil med tal"),
        help_text=gettext_lazy("Regneark (.xlsx) eller CSV; højst 1,5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": gettext_lazy("Vælg en fil."),
            "empty": gettext_lazy("Filen er tom."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_UPLOADED:
            raise ValidationError(
                _("Filen er større end 1,5 MB. Del den, og indlæs en del ad gangen.")
            )
        start = file.read(4)
        file.seek(0)
        if (file.name or "").lower().endswith(".xlsx") and not is_workbook(start):
            raise ValidationError(
                _("Filen hedder .xlsx, men er ikke et regneark. Gem den som .xlsx i regnearket.")
            )
        return file

    def content(self) -> bytes:
        """The file, after `is_valid()`."""
        content: bytes = self.cleaned_data["file"].read()
        return content


class FiguresConfirmForm(forms.Form):
    """The file that was shown, and what was known by the places of its rows: "0:17 2:0"."""

    content = forms.CharField(widget=forms.HiddenInput)
    seen = forms.RegexField(r"\A\d{1,4}:\d{1,18}(?: \d{1,4}:\d{1,18})*\Z", widget=forms.HiddenInput)

    def clean_content(self) -> bytes:
        try:
            return b64decode(self.cleaned_data["content"], validate=True)
        except ValueError as error:
            raise ValidationError(_("Vælg filen igen.")) from error

    def clean_seen(self) -> dict[int, int]:
        pairs = (pair.split(":") for pair in self.cleaned_data["seen"].split())
        return {int(place): int(key) for place, key in pairs}
