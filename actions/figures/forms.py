"""The forms with which values are told outside the rounds, and who delivers them is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.figures.column import ColumnFaults, ColumnLine, read_column
from actions.figures.page import FiguresPage
from actions.figures.told import FIRST_YEAR, LAST_YEAR, SAYS, FigureFaults, Told, YearTold, words_of
from actions.figures.verbs import plan_figures
from actions.meaning import Meaning
from actions.models import Indicator, Measurement, Position, User
from actions.models.status import HARD_LIMIT_SHORT
from actions.tools.fields import LongTextField, value_field_at_any_time

#: Characters of a pasted column: some two hundred years.
COLUMN_LIMIT: Final = 5000


def _text(label: Any, help_text: Any = "") -> LongTextField:
    return LongTextField(
        label=label, help_text=help_text, required=False, hard=HARD_LIMIT_SHORT, rows=2
    )


class SupplierForm(forms.Form):
    """Who delivers an indicator's values: a post or a person."""

    position = forms.ModelChoiceField(
        label=gettext_lazy("Stilling"),
        help_text=gettext_lazy("Den, der har stillingen, leverer måltallet."),
        queryset=Position.objects.filter(merged_into__isnull=True),
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
            initial |= {name: getattr(known, name) for name in SAYS}
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


@dataclass(frozen=True)
class PastedYear:
    """A year of a pasted column: what is known in words ("" if nothing), and what it says now."""

    year: int
    before: str
    now: str
    is_same: bool


class ColumnForm(forms.Form):
    """Years with their values, pasted from a spreadsheet; one source and one reason for all."""

    seen = forms.CharField(required=False)  # The page writes what it shows, not what was posted.
    column = LongTextField(
        label=gettext_lazy("Indsæt en kolonne fra et regneark"),
        help_text=gettext_lazy(
            "Kopiér to kolonner, år og tal, og sæt dem ind her. En overskrift må gerne være med."
        ),
        hard=COLUMN_LIMIT,
        rows=10,
    )
    source = _text(gettext_lazy("Kilde"), gettext_lazy("Gælder alle tallene."))
    reason = _text(
        gettext_lazy("Hvorfor er tallene nogle andre nu?"),
        gettext_lazy("Kræves kun, når et tal, der allerede står der, bliver et andet."),
    )

    def __init__(self, *args: Any, page: FiguresPage, **kwargs: Any) -> None:
        self.page = page
        self.lines: Sequence[ColumnLine] = ()
        super().__init__(*args, **kwargs)

    def clean_column(self) -> str:
        """Raises ValidationError with everything that is wrong with the lines."""
        text: str = self.cleaned_data["column"]
        messages: list[str] = []
        try:
            self.lines = read_column(text, self.page.meaning)
        except ColumnFaults as faults:
            messages, self.lines = faults.messages, faults.lines
        try:
            plan_figures([self._row(line, "", None) for line in self.lines])
        except FigureFaults as faults:
            messages += [fault.message for fault in faults.faults if fault.field == "year"]
        if messages:
            raise ValidationError(messages)
        return text

    def rows(self) -> list[YearTold]:
        """What was told, after `is_valid()`."""
        tokens = (token.partition("-") for token in self.cleaned_data["seen"].split())
        seen = {
            int(year): int(key)
            for year, _dash, key in tokens
            if year.isdecimal() and key.isdecimal()
        }
        return [self._row(line, self.cleaned_data["source"], seen) for line in self.lines]

    def preview(self, page: FiguresPage) -> list[PastedYear]:
        """What is known beside what the lines say, the latest year first."""
        lines = sorted(self.lines, key=lambda line: line.year, reverse=True)
        return [_pasted(line, page.known_in(line.year), page.meaning) for line in lines]

    def add_faults(self, faults: FigureFaults) -> None:
        """One reason holds for all the years, so that it lacks once."""
        for field in dict.fromkeys(fault.field for fault in faults.faults):
            messages = [fault.message for fault in faults.faults if fault.field == field]
            self.add_error("reason" if field == "reason" else "column", ValidationError(messages))

    def _row(self, line: ColumnLine, source: str, seen: dict[int, int] | None) -> YearTold:
        """A value that stands there already keeps its comment, and its source unless it has one."""
        known = self.page.known_in(line.year)
        told = Told(line.value, source=source)
        if known is not None and known.value == line.value:
            told = Told(line.value, source=source or known.source, comment=known.comment)
        reason = self.cleaned_data.get("reason", "")
        key = None if seen is None else seen.get(line.year, 0)
        return YearTold(self.page.indicator, line.year, told, reason, key)


def _pasted(line: ColumnLine, known: Measurement | None, meaning: Meaning) -> PastedYear:
    return PastedYear(
        year=line.year,
        before=words_of(known, meaning) if known else "",
        now=meaning.quantity(line.value),
        is_same=known is not None and known.value == line.value,
    )


def _token(year: int | None, known: Measurement | None) -> str:
    return f"{year}-{known.pk}" if known else ""
