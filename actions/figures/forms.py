"""The form with which a value of a year is told outside the rounds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.figures.verbs import FigureFaults, Told, YearTold
from actions.models import Indicator, Measurement, Position, User
from actions.models.status import HARD_LIMIT_SHORT
from actions.tools.fields import LongTextField, value_field_at_any_time

FIRST_YEAR, LAST_YEAR = 1900, 2200


def _text(label: Any, help_text: Any = "") -> LongTextField:
    return LongTextField(
        label=label, help_text=help_text, required=False, hard=HARD_LIMIT_SHORT, rows=2
    )


class SupplierForm(forms.Form):
    """Who delivers an indicator's values: a post or a person."""

    position = forms.ModelChoiceField(
        label=gettext_lazy("Stilling"),
        help_text=gettext_lazy("Den, der har stillingen, leverer måltallet."),
        queryset=Position.objects.all(),
        required=False,
        empty_label=gettext_lazy("Vælg en stilling"),
    )
    user = forms.ModelChoiceField(
        label=gettext_lazy("Eller en person"),
        help_text=gettext_lazy("Vælg en person, hvis det ikke følger af en stilling."),
        queryset=User.objects.filter(is_active=True),
        required=False,
        empty_label=gettext_lazy("Vælg en person"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        position, user = data.get("position"), data.get("user")
        if position and user:
            self.add_error("user", _("Vælg enten en stilling eller en person, ikke begge."))
        elif not position and not user and not self.errors:
            self.add_error("position", _("Vælg en stilling eller en person."))
        return data


class FigureForm(forms.Form):
    """A value of a year, or why there is none.

    `seen` is the year that the form was opened for, with the key of what was known of it then.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    year = forms.IntegerField(
        label=gettext_lazy("År"),
        help_text=gettext_lazy("Et år, der er gået, også fra før planen."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Skriv et årstal, fx 2025.")},
    )
    value = forms.Field(required=False)  # made anew for each indicator
    missing_reason = _text(
        gettext_lazy("Tallet mangler, fordi"), gettext_lazy("Udfyldes kun, når der ikke er et tal.")
    )
    source = _text(gettext_lazy("Kilde"))
    comment = _text(gettext_lazy("Bemærkning til tallet"))
    reason = _text(
        gettext_lazy("Hvorfor er tallet et andet nu?"),
        gettext_lazy("Kræves kun, når der allerede står et andet tal for året."),
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        self.indicator = indicator
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field_at_any_time(indicator.meaning)

    @staticmethod
    def initial_of(year: int | None, known: Measurement | None) -> dict[str, Any]:
        """What the form begins with: the year that was asked for, and what is known of it."""
        initial: dict[str, Any] = {"year": year, "seen": _token(year, known)}
        if known:
            names = ("value", "missing_reason", "source", "comment")
            initial |= {name: getattr(known, name) for name in names}
        return initial

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "value" not in data or "missing_reason" not in data:
            return data
        value, why_missing = data["value"], data["missing_reason"].strip()
        if value is None and not why_missing:
            self.add_error("value", _("Skriv et tal, eller hvorfor det mangler."))
        if value is not None and why_missing:
            self.add_error(
                "missing_reason",
                _("Der er skrevet et tal. Slet tallet eller grunden til, at det mangler."),
            )
        return data

    def row(self) -> YearTold:
        """What was told, after `is_valid()`."""
        data = self.cleaned_data
        return YearTold(
            indicator=self.indicator,
            year=data["year"],
            told=Told(data["value"], data["missing_reason"], data["source"], data["comment"]),
            reason=data["reason"],
            seen=self._seen(data["year"]),
        )

    def add_faults(self, faults: FigureFaults) -> None:
        for fault in faults.faults:
            self.add_error(fault.field, ValidationError(fault.message))

    def see(self, known: Measurement | None) -> None:
        """The form as shown again to somebody who now reads what is known."""
        self.data = {name: self.data.get(name) for name in self.data} | {
            "seen": _token(self.cleaned_data["year"], known)
        }

    def _seen(self, year: int) -> int:
        """The key of what was seen known of the year, 0 if the form was opened for another."""
        of_year, _dash, key = self.cleaned_data["seen"].partition("-")
        return int(key) if of_year == str(year) and key.isdecimal() else 0


def _token(year: int | None, known: Measurement | None) -> str:
    return f"{year}-{known.pk}" if known else ""
