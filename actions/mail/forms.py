"""The form that chooses who gets the coordinator's reminder."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class StillThere(forms.MultipleChoiceField):
    """Ignores a ticked person who has handed in since, and so is no choice any more."""

    def to_python(self, value: Any) -> list[str]:
        return [ticked for ticked in super().to_python(value) if self.valid_value(ticked)]


class ReminderForm(forms.Form):
    people = StillThere(
        label=gettext_lazy("Hvem skal have påmindelsen?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst én, der skal have påmindelsen.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`people`: ids of users with what stands beside their boxes. All are ticked at first."""
        kwargs["initial"] = {"people": [pk for pk, _words in people]}
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]

    def chosen(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["people"]]
