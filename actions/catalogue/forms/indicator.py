"""The form of an indicator: its target, and what its values mean."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.catalogue.forms.fields import (
    EXAMPLE,
    check_decided,
    decided_field,
    known_field,
    line_field,
    text_field,
    whole_field,
    year_field,
)
from actions.models import Comparison, Measures, ValueKind
from actions.tools.fields import DanishDecimalField
from actions.tools.lines import Node, Shape

YEARLY: Final = "yearly"
BY: Final = "by"
#: What says nothing about a yes or no, in the order of the form.
OF_A_NUMBER: Final = (
    "target",
    "upper",
    "unit",
    "baseline",
    "baseline_year",
    "decimals",
    "tolerance",
)


class IndicatorForm(forms.Form):
    """`opens` is whether the folded fields hold anything, or a fault."""

    known = known_field()
    name = line_field(gettext_lazy("Navn"))
    comparison = forms.ChoiceField(
        label=gettext_lazy("Sammenligning"),
        choices=Comparison.choices,
        initial=Comparison.AT_LEAST,
    )
    target = DanishDecimalField(label=gettext_lazy("Måltal"), required=False)
    upper = DanishDecimalField(
        label=gettext_lazy("Øvre grænse"),
        required=False,
        help_text=gettext_lazy("Når måltallet er ”mellem” to tal."),
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
    baseline_year = year_field(gettext_lazy("Udgangspunktets år"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Svaret er"), choices=ValueKind.choices, initial=ValueKind.NUMBER
    )
    measures = forms.ChoiceField(
        label=gettext_lazy("Tallet er"),
        choices=Measures.choices,
        initial=Measures.LEVEL,
        help_text=gettext_lazy("Et niveau, det samlede antal eller det, året lagde til."),
    )
    every = whole_field(
        gettext_lazy("År mellem målinger"),
        initial=1,
        help_text=gettext_lazy("1: hvert år. 2: hvert andet år."),
    )
    decimals = whole_field(
        gettext_lazy("Decimaler"), help_text=gettext_lazy("Tomt: som tallet er skrevet.")
    )
    tolerance = DanishDecimalField(
        label=gettext_lazy("Tæt på, i procent"),
        required=False,
        help_text=gettext_lazy("Hvor meget tallet må afvige og være tæt på. Tomt: 10."),
    )
    decision = text_field(gettext_lazy("Beslutning, der ændrer måltallet"), 2, help_text=EXAMPLE)
    decided_on = decided_field()

    FOLDED: Final = (
        "kind",
        "measures",
        "upper",
        "baseline_year",
        "every",
        "decimals",
        "tolerance",
    )

    @property
    def opens(self) -> bool:
        said = ((self[name], self.fields[name].initial) for name in self.FOLDED)
        return any(
            bound.errors or str(bound.value() or "") != str(usual or "") for bound, usual in said
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, words in self._faults(cleaned):
            if name not in self.errors:
                self.add_error(name, words)
        if cleaned.get("decision"):
            check_decided(self, cleaned)
        return cleaned

    def _faults(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
        if "by" in cleaned and (cleaned.get("timing") == BY) != bool(cleaned["by"]):
            if cleaned["by"]:
                yield "by", _("Vælg ”Inden et år”, eller lad årstallet stå tomt.")
            else:
                yield "by", _("Skriv et årstal.")
        if cleaned.get("kind") == ValueKind.YES_NO:
            for name in OF_A_NUMBER:
                if cleaned.get(name) not in (None, ""):
                    yield name, _("Svaret er ja eller nej. Lad feltet stå tomt.")
            return
        if cleaned.get("target") is None:
            yield "target", _("Skriv et tal.")
        if cleaned.get("every") is None:
            yield "every", _("Skriv et helt tal, fx 1.")
        if (cleaned.get("comparison") == Comparison.BETWEEN) != (cleaned.get("upper") is not None):
            if cleaned.get("upper") is None:
                yield "upper", _("Skriv den øvre grænse.")
            else:
                yield "upper", _("Vælg ”mellem”, eller lad feltet stå tomt.")


class StepForm(forms.Form):
    """The target of a year on the way."""

    year = year_field(gettext_lazy("År"))
    value = DanishDecimalField(
        label=gettext_lazy("Måltal"), error_messages={"required": gettext_lazy("Skriv et tal.")}
    )


INDICATOR: Final = Shape(
    IndicatorForm,
    {"targets": Shape(StepForm)},
    preset=frozenset({"comparison", "timing", "kind", "measures", "every"}),
)


def check_steps(indicator: Node) -> None:
    """Adds an error if targets of years lead nowhere; the forms must be checked already."""
    form, steps = indicator.form, indicator.lists["targets"]
    if not steps:
        return
    if form.cleaned_data.get("kind") == ValueKind.YES_NO:
        form.add_error("kind", _("Fjern måltallene undervejs, eller vælg tal."))
    elif form.cleaned_data.get("comparison") == Comparison.BETWEEN:
        form.add_error(
            "comparison", _("Fjern måltallene undervejs, eller vælg mindst eller højst.")
        )
    elif form.cleaned_data.get("by") is None:
        message = _("Måltal undervejs fører til et år. Vælg ”Inden et år”, og skriv året.")
        form.add_error("by", message)


def indicator_values(values: dict[str, Any]) -> dict[str, Any]:
    """The values of an `IndicatorRow` from what is typed."""
    fields = {name: value for name, value in values.items() if name != "timing"}
    fields["yearly"] = values["timing"] == YEARLY
    fields["every"] = 1 if values["every"] is None else values["every"]
    if values["kind"] == ValueKind.YES_NO:
        of_yes = {"target": Decimal(1), "comparison": Comparison.AT_LEAST.value}
        return fields | of_yes | {"measures": Measures.LEVEL.value}
    return fields
