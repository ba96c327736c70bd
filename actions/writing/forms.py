"""The forms of everything that is written: where they began, what was typed, and the choice."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models.drafted import Drafted
from actions.models.status import HARD_LIMIT
from actions.tools.fields import LongTextField, plain
from actions.writing import saves
from actions.writing.merging import Difference, Side


class WritingForm[Content](forms.Form):
    """A form that autosaves: `revision` is what it began with, `saves` are its page's save ids."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def content(self) -> Content:
        """All that was typed, after `is_valid()`; faulty fields are in it too, so that nothing is
        lost.
        """
        raise NotImplementedError

    @property
    def began_with(self) -> int | None:
        """None conflicts with every revision."""
        revision: int | None = self.cleaned_data.get("revision")
        return revision

    @property
    def names(self) -> list[str]:
        """The page's saves, this one first."""
        return saves.parse_saves(str(self.data.get("saves", "")))

    def typed(self, name: str) -> str:
        """A field as it was typed, without its widget's line breaks and outer white space."""
        return plain(str(self.data.get(name, ""))).strip()


class DraftForm(WritingForm[str]):
    """A form with a `text`, which begins with what its writers go on with.

    A text without a revision is no fault of the form: it conflicts, and is archived.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, *, row: Drafted) -> None:
        super().__init__(data, initial={"revision": row.revision, "text": row.written})

    def content(self) -> str:
        return self.typed("text")

    def refuse(self, refusal: str, revision: int) -> None:
        """Says why nothing was saved; what is sent again is meant for the `revision` shown now."""
        self.add_error(None, refusal)
        self.data = dict(self.data.items()) | {"revision": revision}


class Choice(NamedTuple):
    """A differing piece with the fields that settle it; `own` only for a text."""

    difference: Difference
    side: BoundField
    own: BoundField | None


class MergeForm(forms.Form):
    """One choice for every differing piece, and nothing chosen beforehand."""

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

    def sides(self) -> Mapping[str, Side]:
        """The chosen side of each piece, after `is_valid()`."""
        data = self.cleaned_data
        return {each.name: Side(data[f"side-{each.name}"]) for each in self.differences}

    def own(self) -> Mapping[str, str]:
        """The texts that were written anew."""
        data = self.cleaned_data
        return {each.name: data[f"own-{each.name}"] for each in self.differences if each.is_text}
