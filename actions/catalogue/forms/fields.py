"""The kinds of field that the catalogue's forms have."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from actions.tools.fields import LongTextField

#: Above every limit of the catalogue file's rules, which do the counting.
HARD: Final = 10_000


def line_field(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, **kwargs)


def text_field(label: Any, rows: int = 4, **kwargs: Any) -> LongTextField:
    return LongTextField(label=label, hard=HARD, rows=rows, required=False, **kwargs)


def year_field(label: Any, **kwargs: Any) -> forms.IntegerField:
    messages = {
        "required": gettext_lazy("Skriv et årstal."),
        "invalid": gettext_lazy("Skriv et årstal, fx 2027."),
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6})
    return forms.IntegerField(label=label, widget=widget, error_messages=messages, **kwargs)


def known_field() -> forms.IntegerField:
    """The id of the database row that a row of the form came from."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput)
