"""The form of an action: what can be typed in it, and in the rows within it.

The forms only read what is typed. The rules of the catalogue file check it, so that page and file
never differ.
"""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.catalogue.forms.fields import (
    EXAMPLE,
    WholeNumbersField,
    check_decided,
    decided_field,
    known_field,
    line_field,
    text_field,
    year_field,
)
from actions.catalogue.forms.indicator import INDICATOR
from actions.tools.fields import DanishDecimalField
from actions.tools.lines import Shape

#: What a goal's new text is: the same in other words, or something new.
LANGUAGE: Final = "language"
MEANING: Final = "meaning"
CHANGES: Final = [
    (LANGUAGE, gettext_lazy("Sproglig rettelse")),
    (MEANING, gettext_lazy("Målet betyder noget nyt")),
]


class ActionForm(forms.Form):
    title = line_field(gettext_lazy("Titel"))
    summary = text_field(gettext_lazy("Kort fortalt"), 3)
    purpose = text_field(gettext_lazy("Formål"), 6)
    code = line_field(gettext_lazy("Egen kode"), help_text=gettext_lazy("Fx 14.1.0."))
    theme = line_field(gettext_lazy("Tema"))
    committee = line_field(gettext_lazy("Politisk udvalg"))
    sdg = WholeNumbersField(
        label=gettext_lazy("Verdensmål"),
        help_text=gettext_lazy("Numrene med komma imellem, fx 3, 11."),
        required=False,
    )
    ambition = text_field(gettext_lazy("Ambition i planstrategien"), 3)


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


class MoneyForm(forms.Form):
    """What the action costs or gets in a year."""

    year = year_field(gettext_lazy("År"))
    kind = line_field(gettext_lazy("Art"), help_text=gettext_lazy("Fx drift eller anlæg."))
    amount = DanishDecimalField(
        label=gettext_lazy("Beløb i kroner"),
        unit="kr.",
        error_messages={"required": gettext_lazy("Skriv et beløb.")},
    )
    state = line_field(
        gettext_lazy("Hvor langt er det?"),
        help_text=gettext_lazy("Fx afsat, søgt eller mangler."),
    )
    decided = text_field(gettext_lazy("Besluttet hvor"), 2)


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
        "money": Shape(MoneyForm),
        "goals": Shape(
            GoalForm,
            {"indicators": INDICATOR},
        ),
        "initiatives": Shape(
            InitiativeForm,
            {"milestones": Shape(MilestoneForm), "related": Shape(RelatedForm)},
        ),
    },
)
