"""The form with which somebody chooses between two texts, or makes one of both."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.entry import HARD_LIMIT, Entry
from actions.forms.fields import LongTextField
from actions.merging import Difference, Side, merge, merge_texts


class Choice(NamedTuple):
    """A differing field with the fields that settle it; `own` only for a text."""

    difference: Difference
    side: BoundField
    own: BoundField | None


class MergeForm(forms.Form):
    """One choice for every differing field, and nothing chosen beforehand."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, differences: list[Difference], **kwargs: Any) -> None:
        self.differences = differences
        super().__init__(*args, **kwargs)
        for each in differences:
            sides = [
                (Side.STORED.value, _("Behold den gemte")),
                (Side.TYPED.value, _("Brug din")),
            ]
            if each.is_text:
                sides.append((Side.OWN.value, _("Brug teksten herunder")))
            self.fields[f"side-{each.name}"] = forms.ChoiceField(
                label=each.label,
                choices=sides,
                widget=forms.RadioSelect,
                error_messages={"required": _("Vælg, hvad der skal stå.")},
            )
            if each.is_text:
                self.fields[f"own-{each.name}"] = LongTextField(
                    label=gettext_lazy("En tekst af begge"),
                    required=False,
                    hard=HARD_LIMIT,
                    initial=each.typed,
                    rows=6,
                )

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(
                each,
                self[f"side-{each.name}"],
                self[f"own-{each.name}"] if each.is_text else None,
            )
            for each in self.differences
        ]

    def merged(self, stored: Entry, typed: Entry) -> Entry:
        """The chosen entry, after `is_valid()`."""
        return merge(stored, typed, *self._chosen())

    def merged_texts(self, stored: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
        """The same for what is nothing but texts by name."""
        return merge_texts(stored, typed, *self._chosen())

    def _chosen(self) -> tuple[dict[str, Side], dict[str, str]]:
        data = self.cleaned_data
        sides = {each.name: Side(data[f"side-{each.name}"]) for each in self.differences}
        own = {each.name: data[f"own-{each.name}"] for each in self.differences if each.is_text}
        return sides, own
