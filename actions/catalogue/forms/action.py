"""The form of an action: what can be typed in it, and in the rows within it.

The forms only read what is typed. The rules of the catalogue file check it, so that page and file
never differ.
"""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.catalogue.forms.fields import (
    check_decided,
    decided_field,
    known_field,
    line_field,
    text_field,
    year_field,
)
from actions.models import Comparison
from actions.tools.fields import DanishDecimalField
from actions.tools.lines import Shape

#: What a goal's new text is: the same in other words, or something new.
LANGUAGE: Final = "language"
MEANING: Final = "meaning"
CHANGES: Final = [
    (LANGUAGE, gettext_lazy("Sproglig rettelse")),
    (MEANING, gettext_lazy("Målet betyder noget nyt")),
]
EXAMPLE: Final = gettext_lazy("Fx Økonomiudvalget den 4. marts 2026, punkt 5.")
YEARLY: Final = "yearly"
BY: Final = "by"


class ActionForm(forms.Form):
    title = line_field(gettext_lazy("Titel"))
    summary = text_field(gettext_lazy("Kort fortalt"), 3)
    purpose = text_field(gettext_lazy("Formål"), 6)


class ResponsibleForm(forms.Form):
    position = line_field(
        gettext_lazy("Stilling"), widget=forms.TextInput(attrs={"list": "positions"})
    )
    note = text_field(gettext_lazy("Bemærkning"), 2)


class PartnerForm(forms.Form):
    name = line_field(gettext_lazy("Navn"), widget=forms.TextInput(attrs={"list": "partners"}))
    contribution = text_field(gettext_lazy("Bidrag"), 2)


class GoalForm(forms.Form):
    """`stop_url` is where the goal is stopped if something hangs on it; "" if it can go."""

    stop_url = ""
    known = known_field()
    text = text_field(gettext_lazy("Målets tekst"), 3)
    change = forms.ChoiceField(
        label=gettext_lazy("Hvad er ændringen?"),
        choices=CHANGES,
        widget=forms.RadioSelect,
        required=False,
    )
    decision = text_field(
        gettext_lazy("Beslutning, der giver målet ny betydning"), 2, help_text=EXAMPLE
    )
    decided_on = decided_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("change") == MEANING:
            if not cleaned.get("decision"):
                self.add_error("decision", _("Skriv den beslutning, der giver målet ny betydning."))
            check_decided(self, cleaned)
        return cleaned


class IndicatorForm(forms.Form):
    known = known_field()
    name = line_field(gettext_lazy("Navn"))
    comparison = forms.ChoiceField(
        label=gettext_lazy("Mindst eller højst"),
        choices=Comparison.choices,
        initial=Comparison.AT_LEAST,
    )
    target = DanishDecimalField(
        label=gettext_lazy("Måltal"), error_messages={"required": gettext_lazy("Skriv et tal.")}
    )
    unit = line_field(gettext_lazy("Enhed"))
    timing = forms.ChoiceField(
        label=gettext_lazy("Hvornår"),
        choices=[
            ("", gettext_lazy("Uden årstal")),
            (YEARLY, gettext_lazy("Hvert år")),
            (BY, gettext_lazy("Inden et år")),
        ],
        required=False,
    )
    by = year_field(gettext_lazy("Inden år"), required=False)
    baseline = DanishDecimalField(label=gettext_lazy("Udgangspunkt"), required=False)
    decision = text_field(gettext_lazy("Beslutning, der ændrer måltallet"), 2, help_text=EXAMPLE)
    decided_on = decided_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "by" in cleaned and (cleaned.get("timing") == BY) != bool(cleaned["by"]):
            if cleaned["by"]:
                self.add_error("by", _("Vælg ”Inden et år”, eller lad årstallet stå tomt."))
            else:
                self.add_error("by", _("Skriv et årstal."))
        if cleaned.get("decision"):
            check_decided(self, cleaned)
        return cleaned


class InitiativeForm(forms.Form):
    known = known_field()
    title = line_field(gettext_lazy("Titel"))
    description = text_field(gettext_lazy("Beskrivelse"), 4)


class MilestoneForm(forms.Form):
    year = year_field(gettext_lazy("År"))
    text = text_field(gettext_lazy("Milepæl"), 2)


class RelatedForm(forms.Form):
    target = line_field(gettext_lazy("Hænger sammen med"), widget=forms.Select)


ACTION: Final = Shape(
    ActionForm,
    {
        "responsible": Shape(ResponsibleForm),
        "partners": Shape(PartnerForm),
        "goals": Shape(
            GoalForm,
            {"indicators": Shape(IndicatorForm, preset=frozenset({"comparison", "timing"}))},
        ),
        "initiatives": Shape(
            InitiativeForm,
            {"milestones": Shape(MilestoneForm), "related": Shape(RelatedForm)},
        ),
    },
)
