"""The numbers of a catalogue's actions, all at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from actions.catalogue.file import ActionRow, CatalogueRows


class RenumberForm(forms.Form):
    def __init__(self, data: QueryDict | None, *, rows: CatalogueRows) -> None:
        super().__init__(data)
        self.actions = rows.actions
        for action in rows.actions:
            label = _("Nummer på ”%(title)s”") % {"title": action.title}
            widget = forms.NumberInput(attrs={"min": 1, "max": 200})
            self.fields[f"number-{action.number}"] = forms.IntegerField(
                label=label, min_value=1, max_value=200, initial=action.number, widget=widget
            )

    def clean(self) -> None:
        numbers = list(self.numbers.values())
        if len(set(numbers)) < len(numbers):
            raise ValidationError(_("To handlinger har samme nummer. Giv hver sit."))

    @property
    def numbers(self) -> dict[int, int]:
        """Old number → new number, of the fields that are valid."""
        return {
            action.number: self.cleaned_data[f"number-{action.number}"]
            for action in self.actions
            if f"number-{action.number}" in self.cleaned_data
        }

    @property
    def lines(self) -> list[tuple[ActionRow, BoundField]]:
        return [(action, self[f"number-{action.number}"]) for action in self.actions]
