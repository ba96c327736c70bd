"""The forms of a catalogue's own fields, and of the next catalogue.

The forms only read what is typed. The rules of the catalogue file check it, so that page and file
never differ.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from actions.catalogue.file import CatalogueRows
from actions.catalogue.forms.fields import line_field, text_field, year_field
from actions.tools.text import Path, as_sentence

#: The fields of the bodies, by the path of the value in a catalogue file.
BODIES: Final = {
    f"bodies_{name}": name
    for name in ("overall_responsible", "coordinator", "steering_committee", "council")
}


class CatalogueForm(forms.Form):
    """The catalogue's own fields. The short name can only be chosen for a new catalogue."""

    title = line_field(gettext_lazy("Titel"))
    slug = line_field(
        gettext_lazy("Kortnavn"),
        help_text=gettext_lazy("Står i adresserne: små bogstaver a-z, tal og bindestreg."),
    )
    municipality = line_field(gettext_lazy("Kommune"))
    strategy = line_field(gettext_lazy("Strategi"))
    vision = text_field(gettext_lazy("Vision"), 3)
    period_from = year_field(gettext_lazy("Perioden begynder"))
    period_to = year_field(gettext_lazy("Perioden slutter"))
    midterm_year = year_field(
        gettext_lazy("Midtvejsevalueringens år"),
        required=False,
        help_text=gettext_lazy("Står tomt, hvis kataloget ikke evalueres midtvejs."),
    )
    overall_responsible = line_field(gettext_lazy("Overordnet ansvarlig"))
    coordinator = line_field(gettext_lazy("Koordinerende forvaltning"))
    steering_committee = line_field(gettext_lazy("Styrende udvalg"))
    council = line_field(gettext_lazy("Øverste politiske organ"))
    selection_min = forms.IntegerField(label=gettext_lazy("Handlinger til temamøde, mindst"))
    selection_max = forms.IntegerField(label=gettext_lazy("Handlinger til temamøde, højst"))
    kle = line_field(gettext_lazy("KLE-emne"))
    case_number = line_field(gettext_lazy("Sagsnummer"))

    def __init__(self, data: QueryDict | None, *, rows: CatalogueRows | None) -> None:
        initial = {name: getattr(rows, name) for name in self.base_fields} if rows else {}
        super().__init__(data, initial=initial)
        self.known_slug = rows.slug if rows else ""
        if rows:
            del self.fields["slug"]

    def rows(self) -> CatalogueRows:
        """The rows of a valid form, without actions."""
        fields: dict[str, Any] = {"slug": self.known_slug, "actions": ()} | self.cleaned_data
        return CatalogueRows(**fields)

    def refuse(self, path: Path, words: str) -> None:
        name = "_".join(map(str, path))
        name = BODIES.get(name, name)
        self.add_error(name if name in self.fields else None, as_sentence(words))


class NextCatalogueForm(CatalogueForm):
    """Which actions the next catalogue keeps, and its own fields, most of them as before."""

    actions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Handlinger, der videreføres"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst én handling.")},
    )

    #: The fields that most likely stay as they are.
    KEPT: Final = (
        "municipality",
        "strategy",
        "vision",
        "overall_responsible",
        "coordinator",
        "steering_committee",
        "council",
        "selection_min",
        "selection_max",
    )
    field_order = ("actions", "title", "slug")

    def __init__(
        self,
        data: QueryDict | None,
        *,
        source: CatalogueRows,
        chosen: Collection[int],
        notes: Mapping[int, str],
    ) -> None:
        super().__init__(data, rows=None)
        field = self.fields["actions"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (action.number, f"{action.number}. {action.title}{_note(notes, action.number)}")
            for action in source.actions
        ]
        for name in self.KEPT:
            self.initial[name] = getattr(source, name)
        years = source.period_to - source.period_from
        begins = source.period_to + 1
        self.initial["period_from"] = begins
        self.initial["period_to"] = begins + years
        if source.midterm_year is not None:
            self.initial["midterm_year"] = begins + source.midterm_year - source.period_from
        self.initial["actions"] = list(chosen)

    def rows(self) -> CatalogueRows:
        fields = {name: value for name, value in self.cleaned_data.items() if name != "actions"}
        return CatalogueRows(**fields, actions=())


def _note(notes: Mapping[int, str], number: int) -> str:
    return f" – {notes[number]}" if number in notes else ""
