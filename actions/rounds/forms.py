"""The forms with which the coordinator runs a round."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Catalogue, Round
from actions.models.status import HARD_LIMIT
from actions.rounds.filters import RoundChoice
from actions.rounds.page import RoundPage
from actions.rounds.verbs import RoundDates
from actions.tools.fields import DayField, LongTextField


class NarrowForm(forms.Form):
    """The selects that narrow the list of a round. The form is never bound: it only writes the
    address, and `RoundPage.known` reads it.
    """

    forvaltning = forms.ChoiceField(label=gettext_lazy("Forvaltning"), required=False)
    stilling = forms.ChoiceField(label=gettext_lazy("Stilling"), required=False)
    vis = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *, page: RoundPage, choice: RoundChoice) -> None:
        super().__init__(initial=asdict(choice))
        everything = ("", _("Alle"))
        offered = {"forvaltning": page.administrations, "stilling": page.positions}
        for name, choices in offered.items():
            self.fields[name].choices = [everything, *choices]  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]
        if not choice.vis:
            del self.fields["vis"]


class RoundDatesForm(forms.Form):
    """The three days of a round, in order. The last may not be past: a round is closed by its own
    verb, never by a mistyped date.
    """

    opens = DayField(
        label=gettext_lazy("Åbner"),
        help_text=gettext_lazy("Fra denne dag kan cheferne skrive."),
    )
    due = DayField(
        label=gettext_lazy("Frist"),
        help_text=gettext_lazy("Dagen, hvor alle bidrag skal være indsendt."),
    )
    closes = DayField(
        label=gettext_lazy("Lukker"),
        help_text=gettext_lazy("Sidste dag for rettelser. Derefter kan ingen ændre noget."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, due, closes = (data.get(name) for name in ("opens", "due", "closes"))
        if opens and due and due < opens:
            self.add_error("due", _("Fristen ligger før åbningen. Vælg en senere dag."))
        if due and closes and closes < due:
            self.add_error("closes", _("Runden lukker før fristen. Vælg en senere dag."))
        if closes and closes < self.today:
            self.add_error("closes", _("Dagen er gået. Vælg en dag fra i dag og frem."))
        return data

    def dates(self) -> RoundDates:
        data = self.cleaned_data
        return RoundDates(data["opens"], data["due"], data["closes"])

    @staticmethod
    def initial_of(round_: Round) -> dict[str, date]:
        return {"opens": round_.opens, "due": round_.due, "closes": round_.closes}


class OpenRoundForm(RoundDatesForm):
    """A new round for a year of the catalogue."""

    year = forms.IntegerField(
        label=gettext_lazy("Rundens år"),
        help_text=gettext_lazy("Året, hvor statusredegørelsen forelægges."),
    )
    measured_year = forms.IntegerField(
        label=gettext_lazy("Tallene er fra"),
        help_text=gettext_lazy("Kalenderåret, som måltallene måles for; oftest året før."),
    )
    field_order = ("year", "measured_year", "opens", "due", "closes")

    def __init__(
        self, *args: Any, catalogue: Catalogue, today: date, year: int | None, **kwargs: Any
    ) -> None:
        """Begins with `year`, the figures of the year before, and a round that opens today."""
        self.catalogue = catalogue
        initial = {"opens": today, "year": year, "measured_year": year and year - 1}
        super().__init__(*args, today=today, initial=initial, **kwargs)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        years = self.catalogue.report_years
        if year not in years:
            raise ValidationError(
                _("Kataloget gælder %(period)s. Vælg et år fra %(first)d til %(last)d."),
                params={"period": self.catalogue.period, "first": years[0], "last": years[-1]},
            )
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        year, measured = data.get("year"), data.get("measured_year")
        if year is not None and measured is not None and not year - 2 <= measured <= year:
            self.add_error(
                "measured_year",
                _("Vælg rundens år eller et af de to år før."),
            )
        return data


class RoundYearForm(OpenRoundForm):
    """The years of a round that was made for the wrong one."""

    opens = due = closes = None  # type: ignore[assignment]

    def __init__(self, data: QueryDict | None, *, round_: Round, today: date) -> None:
        super().__init__(data, catalogue=round_.catalogue, today=today, year=round_.year)
        self.initial = {"year": round_.year, "measured_year": round_.measured_year}


class ReopenRoundForm(forms.Form):
    """Why a closed round opens again, and until when."""

    closes = DayField(label=gettext_lazy("Lukker igen"))
    reason = LongTextField(
        label=gettext_lazy("Hvorfor genåbnes runden?"),
        help_text=gettext_lazy("Begrundelsen gemmes i rundens historik."),
        hard=HARD_LIMIT,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_closes(self) -> date:
        closes: date = self.cleaned_data["closes"]
        if closes < self.today:
            raise ValidationError(_("Dagen er gået. Vælg en dag fra i dag og frem."))
        return closes
