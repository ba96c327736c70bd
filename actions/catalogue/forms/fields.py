"""The kinds of field that the catalogue's forms have."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.tools.fields import DayField, LongTextField

#: The most characters of a decision.
LONGEST_DECISION: Final = 2000
#: Above every limit of the catalogue file's rules, which do the counting.
HARD: Final = 10_000
EXAMPLE: Final = gettext_lazy("Fx Økonomiudvalget den 4. marts 2026, punkt 5.")


class WholeNumbersField(forms.CharField):
    """Whole numbers with commas between; the rules of the file say which ones there may be."""

    def to_python(self, value: Any) -> Any:
        parts = str(super().to_python(value) or "").replace(",", " ").split()
        if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
            raise forms.ValidationError(_("Skriv tal med komma imellem, fx 3, 11."))
        return tuple(map(int, parts))


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


def whole_field(label: Any, **kwargs: Any) -> forms.IntegerField:
    messages = {"invalid": gettext_lazy("Skriv et helt tal, fx 2.")}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6})
    return forms.IntegerField(
        label=label, widget=widget, error_messages=messages, required=False, **kwargs
    )


def known_field() -> forms.IntegerField:
    """The id of the database row that a row of the form came from."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def from_day_field(label: Any) -> DayField:
    """From which day on a decision holds."""
    help_text = gettext_lazy("Beslutningens dag, eller en senere, hvis den først gælder da.")
    return DayField(label=label, help_text=help_text)


def decision_field() -> LongTextField:
    return LongTextField(
        label=gettext_lazy("Beslutning"),
        hard=LONGEST_DECISION,
        rows=3,
        help_text=gettext_lazy("Fx Kommunalbestyrelsen den 25. september 2025, punkt 7."),
    )


def decided_field() -> DayField:
    return DayField(label=gettext_lazy("Besluttet den"), required=False)


def check_decided(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """Adds an error if the decision has no day, or one that is not over."""
    if "decided_on" not in cleaned:
        return
    day = cleaned["decided_on"]
    if day is None:
        form.add_error("decided_on", _("Vælg den dag, det blev besluttet."))
    elif day > timezone.localdate():
        form.add_error("decided_on", _("Dagen er ikke kommet endnu. Vælg en dag til og med i dag."))
