"""The forms that split an action, and merge several."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.catalogue.changing.splitting import Decision, Part
from actions.catalogue.file import ActionRow, CatalogueRows
from actions.catalogue.forms.fields import decision_field, from_day_field, line_field

#: How many actions one can be split into on the page.
MOST_PARTS: Final = 4
ORDINALS: Final = [
    gettext_lazy("den første"),
    gettext_lazy("den anden"),
    gettext_lazy("den tredje"),
    gettext_lazy("den fjerde"),
]


class DecisionForm(forms.Form):
    """`seal` is the catalogue's when the form was made."""

    seal = forms.CharField(required=False, widget=forms.HiddenInput)
    day = from_day_field(gettext_lazy("Fra"))
    decision = decision_field()

    @property
    def decided(self) -> Decision:
        return Decision(self.cleaned_data["day"], self.cleaned_data["decision"])


class SplitForm(DecisionForm):
    def __init__(self, data: QueryDict | None, *, action: ActionRow, seal: str) -> None:
        super().__init__(data, initial={"seal": seal})
        goals = [
            (number, goal.text)
            for number, goal in enumerate(action.goals, 1)
            if goal.stopped_on is None
        ]
        for place, ordinal in enumerate(ORDINALS, 1):
            words = {"which": ordinal}
            self.fields[f"title-{place}"] = line_field(_("Titel på %(which)s") % words)
            if len(goals) > 1:
                self.fields[f"goals-{place}"] = forms.TypedMultipleChoiceField(
                    label=_("Mål, der følger med til %(which)s") % words,
                    help_text=_("Uden kryds følger alle med."),
                    coerce=int,
                    choices=goals,
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )
        self.order_fields([name for name in self.fields if "-" in name])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(self.parts) < 2:
            raise ValidationError(_("En handling deles i mindst to. Skriv en titel til hver."))
        return cleaned

    @property
    def parts(self) -> list[Part]:
        values = self.cleaned_data
        return [
            Part(title, tuple(values.get(f"goals-{place}", ())))
            for place in range(1, MOST_PARTS + 1)
            if (title := values.get(f"title-{place}"))
        ]


class MergeActionsForm(DecisionForm):
    others = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Samles med"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst én handling mere.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Den nye handlings titel"),
        error_messages={"required": gettext_lazy("Skriv en titel.")},
    )
    field_order = ("others", "title")

    def __init__(
        self, data: QueryDict | None, *, rows: CatalogueRows, action: ActionRow, seal: str
    ) -> None:
        super().__init__(data, initial={"seal": seal})
        field = self.fields["others"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (one.number, f"{one.number}. {one.title}")
            for one in rows.actions
            if one.number != action.number and one.stopped_on is None
        ]
