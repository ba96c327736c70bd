"""Form fields: numbers and days as Danes write them, long texts with limits, plain texts."""

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actions.danish import format_number, parse_quantity, without_hidden
from actions.meaning import ANSWERS, Meaning, Measures
from actions.tools.text import with_plain_breaks

#: Control characters, which databases, PDFs and workbooks refuse; tab and line feed are allowed.
CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def plain(text: str) -> str:
    """Text with plain line breaks and without control characters.

    Browsers send each line break as two characters.
    """
    return CONTROLS.sub("", with_plain_breaks(text))


class DanishDecimalField(forms.CharField):
    """A number as Danes write it, see `actions.danish.parse_quantity`; None if nothing is typed.

    A refused text is shown again as typed.
    """

    def __init__(self, *, unit: str = "", **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return (
            format_number(value).replace("\N{MINUS SIGN}", "-")
            if isinstance(value, Decimal)
            else value
        )

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "").strip()
        if not without_hidden(text):
            return None
        try:
            return parse_quantity(text, self.unit)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class YesNoField(forms.TypedChoiceField):
    """A yes or no, kept as 1 or 0; None if neither is chosen, which stays possible."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("1", _("ja")), ("0", _("nej")), ("", _("ikke oplyst"))]
        super().__init__(
            choices=choices, coerce=Decimal, empty_value=None, widget=forms.RadioSelect, **kwargs
        )
        self.error_messages["invalid_choice"] = _("Vælg ja eller nej.")

    def prepare_value(self, value: Any) -> Any:
        return str(int(value)) if isinstance(value, Decimal) else value or ""

    def to_python(self, value: Any) -> str:
        text = without_hidden(str(value or ""))
        answer = ANSWERS.get(text.lower())
        return text if answer is None else str(answer)


def value_field(meaning: Meaning, *, year: int, period_from: int, name: str) -> forms.Field:
    """The field for an indicator's value of a year; not required."""
    unit = meaning.unit_in(year)
    label = f"{name} ({unit})" if unit else name
    asks = meaning.asks(year, period_from)
    if meaning.is_yes_no:
        return YesNoField(label=label, help_text=asks, required=False)
    return DanishDecimalField(label=label, help_text=asks, unit=meaning.unit, required=False)


def value_field_at_any_time(meaning: Meaning) -> forms.Field:
    """The field for an indicator's value of a year that is told beside it; not required."""
    words = {
        Measures.TOTAL: _("Skriv det samlede antal ved årets udgang."),
        Measures.ADDITION: _("Skriv, hvad året lagde til."),
    }
    target = _("Måltal: %(target)s.") % {"target": meaning.in_words}
    if meaning.is_yes_no:
        return YesNoField(label=_("Svar"), help_text=target, required=False)
    label = _("Tal (%(unit)s)") % {"unit": meaning.unit} if meaning.unit else _("Tal")
    asks = words.get(Measures(meaning.measures), _("Skriv fx 3,3 eller 1.000."))
    return DanishDecimalField(
        label=label, help_text=f"{target} {asks}", unit=meaning.unit, required=False
    )


class LongTextField(forms.CharField):
    """Several lines of text; limits are in characters.

    `soft` is what fits the report's page, and only advice. More than `hard` is refused, never cut.
    """

    def __init__(self, *, soft: int = 0, hard: int, rows: int = 4, **kwargs: Any) -> None:
        self.hard = hard
        attrs = {"rows": rows} | ({"data-soft-limit": soft} if soft else {})
        super().__init__(widget=forms.Textarea(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        return plain(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.hard:
            raise ValidationError(
                _(
                    "Teksten er på %(count)s tegn. Der er plads til %(limit)s – "
                    "forkort den med %(over)s."
                ),
                code="too_long",
                params={
                    "count": format_number(len(value)),
                    "limit": format_number(self.hard),
                    "over": format_number(len(value) - self.hard),
                },
            )


class DayField(forms.DateField):
    """A day, picked or typed as 31-12-2026, 31.12.2026, 31/12 2026 or 2026-12-31."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m-%Y", "%d/%m %Y", "%d/%m/%Y"]
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=formats, **kwargs)
        self.error_messages["invalid"] = _("Skriv en dato, der findes, fx 31-12-2026.")
        self.error_messages["required"] = _("Vælg en dato.")


class PlainField(forms.CharField):
    """One line of text without control characters."""

    def to_python(self, value: Any) -> Any:
        return plain(super().to_python(value) or "").strip()
