"""The forms that every kind of text shares: for writing, and for the choice after a conflict."""

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
from actions.tools.revised import RevisedForm, RevisionInput
from actions.writing import saves
from actions.writing.merging import Difference, Side


class WritingForm[Content](forms.Form):
    """A form that autosaves; it sends the `revision` it began with and its page's save ids."""

    revision = forms.IntegerField(widget=RevisionInput, min_value=0)

    def content(self) -> Content:
        """All that was typed, after `is_valid()`; faulty fields too, so that nothing is lost."""
        raise NotImplementedError

    @property
    def began_with(self) -> int | None:
        """None conflicts with every revision."""
        revision: int | None = self.cleaned_data.get("revision")
        return revision

    @property
    def names(self) -> list[str]:
        """The page's save ids, this one first."""
        return saves.parse_saves(str(self.data.get("saves", "")))

    def typed(self, name: str) -> str:
        """A field as it was typed, without its widget's line breaks and outer white space."""
        return plain(str(self.data.get(name, ""))).strip()


class DraftForm(RevisedForm, WritingForm[str]):
    """A form with a `text`: the draft, else what was given.

    A text without a revision is no fault of the form: it conflicts, and is archived.
    """

    def __init__(self, data: QueryDict | None = None, *, row: Drafted) -> None:
        super().__init__(data, initial={"revision": row.revision, "text": row.written})

    def content(self) -> str:
        return self.typed("text")


class Choice(NamedTuple):
    """A differing piece with the fields that settle it; `own` only for a text."""

    difference: Difference
    side: BoundField
    own: BoundField | None


class MergeForm(forms.Form):
    """One choice for every differing piece; none is chosen beforehand."""

    revision = forms.IntegerField(widget=RevisionInput, min_value=0)

    def __init__(self, *args: Any, differences: list[Difference], **kwargs: Any) -> None:
        self.differences = differences
        super().__init__(*args, **kwargs)
        for difference in differences:
            sides = [
                (Side.STORED.value, _("Behold den gemte")),
                (Side.TYPED.value, _("Brug din")),
            ]
            if difference.is_text:
                sides.append((Side.OWN.value, _("Brug teksten herunder")))
            self.fields[f"side-{difference.name}"] = forms.ChoiceField(
                label=difference.label,
                choices=sides,
                widget=forms.RadioSelect,
                error_messages={"required": _("Vælg, hvad der skal stå.")},
            )
            if difference.is_text:
                self.fields[f"own-{difference.name}"] = LongTextField(
                    label=gettext_lazy("En tekst af begge"),
                    required=False,
                    hard=HARD_LIMIT,
                    initial=difference.typed,
                    rows=6,
                )

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(
                difference,
                self[f"side-{difference.name}"],
                self[f"own-{difference.name}"] if difference.is_text else None,
            )
            for difference in self.differences
        ]

    def sides(self) -> Mapping[str, Side]:
        """The chosen side of each differing piece, by its name; after `is_valid()`."""
        data = self.cleaned_data
        return {
            difference.name: Side(data[f"side-{difference.name}"])
            for difference in self.differences
        }

    def own(self) -> Mapping[str, str]:
        """The texts that were written anew, by the piece's name."""
        data = self.cleaned_data
        return {
            difference.name: data[f"own-{difference.name}"]
            for difference in self.differences
            if difference.is_text
        }
