"""The forms of the catalogue: they read what is typed; what it must be, the catalogue file's rules
say, so that page and file never differ.
"""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.catalogue.file import (
    ActionRow,
    CatalogueRows,
    GoalRow,
    IndicatorRow,
    InitiativeRow,
    MilestoneRow,
    PartnerRow,
    RelatedRow,
    ResponsibleRow,
)
from actions.danish import format_number
from actions.models import Comparison
from actions.tools.fields import DanishDecimalField, LongTextField
from actions.tools.lines import Branch, Node, Shape
from actions.tools.text import Path

#: More than any text of a catalogue may have; how much that is, the rules say.
HARD: Final = 10_000
#: What a row that came from nowhere says of itself.
NEW: Final = 0
YEARLY: Final = "yearly"
BY: Final = "by"


def _line(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, **kwargs)


def _text(label: Any, rows: int = 4, **kwargs: Any) -> LongTextField:
    return LongTextField(label=label, hard=HARD, rows=rows, required=False, **kwargs)


def _year(label: Any, **kwargs: Any) -> forms.IntegerField:
    messages = {
        "required": gettext_lazy("Skriv et årstal."),
        "invalid": gettext_lazy("Skriv et årstal, fx 2027."),
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6})
    return forms.IntegerField(label=label, widget=widget, error_messages=messages, **kwargs)


def _known() -> forms.IntegerField:
    """The row of the database that a row of the form came from."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class ActionForm(forms.Form):
    title = _line(gettext_lazy("Titel"))
    summary = _text(gettext_lazy("Kort fortalt"), 3)
    purpose = _text(gettext_lazy("Formål"), 6)


class ResponsibleForm(forms.Form):
    position = _line(gettext_lazy("Stilling"), widget=forms.TextInput(attrs={"list": "positions"}))
    note = _text(gettext_lazy("Bemærkning"), 2)


class PartnerForm(forms.Form):
    name = _line(gettext_lazy("Navn"), widget=forms.TextInput(attrs={"list": "partners"}))
    contribution = _text(gettext_lazy("Bidrag"), 2)


class GoalForm(forms.Form):
    known = _known()
    text = _text(gettext_lazy("Målets tekst"), 3)


class IndicatorForm(forms.Form):
    known = _known()
    name = _line(gettext_lazy("Navn"))
    comparison = forms.ChoiceField(
        label=gettext_lazy("Mindst eller højst"),
        choices=Comparison.choices,
        initial=Comparison.AT_LEAST,
    )
    target = DanishDecimalField(
        label=gettext_lazy("Måltal"), error_messages={"required": gettext_lazy("Skriv et tal.")}
    )
    unit = _line(gettext_lazy("Enhed"))
    timing = forms.ChoiceField(
        label=gettext_lazy("Hvornår"),
        choices=[
            ("", gettext_lazy("Uden årstal")),
            (YEARLY, gettext_lazy("Hvert år")),
            (BY, gettext_lazy("Inden et år")),
        ],
        required=False,
    )
    by = _year(gettext_lazy("Inden år"), required=False)
    baseline = DanishDecimalField(label=gettext_lazy("Udgangspunkt"), required=False)
    decision = _text(
        gettext_lazy("Beslutning, der ændrer måltallet"),
        2,
        help_text=gettext_lazy("Fx Økonomiudvalget den 4. marts 2026, punkt 5."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "by" in cleaned and (cleaned.get("timing") == BY) != bool(cleaned["by"]):
            if cleaned["by"]:
                self.add_error("by", _("Vælg ”Inden et år”, eller lad årstallet stå tomt."))
            else:
                self.add_error("by", _("Skriv et årstal."))
        return cleaned


class InitiativeForm(forms.Form):
    known = _known()
    title = _line(gettext_lazy("Titel"))
    description = _text(gettext_lazy("Beskrivelse"), 4)


class MilestoneForm(forms.Form):
    year = _year(gettext_lazy("År"))
    text = _text(gettext_lazy("Milepæl"), 2)


class RelatedForm(forms.Form):
    target = _line(gettext_lazy("Hænger sammen med"), widget=forms.Select)


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


class CatalogueForm(forms.Form):
    """The catalogue's own fields; the short name is only chosen for a new one."""

    title = _line(gettext_lazy("Titel"))
    slug = _line(
        gettext_lazy("Kortnavn"),
        help_text=gettext_lazy("Står i adresserne: små bogstaver a-z, tal og bindestreg."),
    )
    municipality = _line(gettext_lazy("Kommune"))
    strategy = _line(gettext_lazy("Strategi"))
    vision = _text(gettext_lazy("Vision"), 3)
    period_from = _year(gettext_lazy("Perioden begynder"))
    period_to = _year(gettext_lazy("Perioden slutter"))
    midterm_year = _year(gettext_lazy("Midtvejsevalueringens år"))
    overall_responsible = _line(gettext_lazy("Overordnet ansvarlig"))
    coordinator = _line(gettext_lazy("Koordinerende forvaltning"))
    steering_committee = _line(gettext_lazy("Styrende udvalg"))
    council = _line(gettext_lazy("Øverste politiske organ"))
    selection_min = forms.IntegerField(label=gettext_lazy("Handlinger til temamøde, mindst"))
    selection_max = forms.IntegerField(label=gettext_lazy("Handlinger til temamøde, højst"))

    def __init__(self, data: QueryDict | None, *, rows: CatalogueRows | None) -> None:
        initial = {name: getattr(rows, name) for name in self.base_fields} if rows else {}
        super().__init__(data, initial=initial)
        self.known_slug = rows.slug if rows else ""
        if rows:
            del self.fields["slug"]

    def rows(self) -> CatalogueRows:
        """The fields of a valid form, without actions."""
        fields: dict[str, Any] = {"slug": self.known_slug, "actions": ()} | self.cleaned_data
        return CatalogueRows(**fields)

    def refuse(self, path: Path, words: str) -> None:
        name = "_".join(map(str, path))
        name = BODIES.get(name, name)
        self.add_error(name if name in self.fields else None, sentence(words))


class NextCatalogueForm(CatalogueForm):
    """The next catalogue: which actions go on, and its own fields, most of them as before."""

    actions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Handlinger, der videreføres"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst én handling.")},
    )

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
            (one.number, f"{one.number}. {one.title}{_note(notes, one.number)}")
            for one in source.actions
        ]
        for name in self.KEPT:
            self.initial[name] = getattr(source, name)
        years = source.period_to - source.period_from
        begins = source.period_to + 1
        self.initial["period_from"] = begins
        self.initial["period_to"] = begins + years
        self.initial["midterm_year"] = begins + source.midterm_year - source.period_from
        self.initial["actions"] = list(chosen)

    #: What the next catalogue most likely has in common with the one before.
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

    def rows(self) -> CatalogueRows:
        fields = {name: value for name, value in self.cleaned_data.items() if name != "actions"}
        return CatalogueRows(**fields, actions=())


def _note(notes: Mapping[int, str], number: int) -> str:
    return f" – {notes[number]}" if number in notes else ""


BODIES: Final = {
    f"bodies_{name}": name
    for name in ("overall_responsible", "coordinator", "steering_committee", "council")
}


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


# --- an action to and from what is typed ---------------------------------------------------------


def branch_of(action: ActionRow) -> Branch:
    """An action as the form shows it before anybody types."""
    return Branch(
        {"title": action.title, "summary": action.summary, "purpose": action.purpose},
        {
            "responsible": [
                Branch({"position": one.position, "note": one.note}) for one in action.responsible
            ],
            "partners": [
                Branch({"name": one.name, "contribution": one.contribution})
                for one in action.partners
            ],
            "goals": [
                Branch(
                    {"known": _key(goal.known), "text": goal.text},
                    {"indicators": list(map(_indicator_branch, goal.indicators))},
                )
                for goal in action.goals
            ],
            "initiatives": list(map(_initiative_branch, action.initiatives)),
        },
    )


def _key(known: int | None) -> str:
    return "" if known is None else str(known)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else format_number(value).replace("\N{MINUS SIGN}", "-")


def _indicator_branch(row: IndicatorRow) -> Branch:
    return Branch(
        {
            "known": _key(row.known),
            "name": row.name,
            "comparison": row.comparison,
            "target": _figure(row.target),
            "unit": row.unit,
            "timing": YEARLY if row.yearly else BY if row.by else "",
            "by": _key(row.by),
            "baseline": _figure(row.baseline),
            "decision": "",
        }
    )


def _initiative_branch(row: InitiativeRow) -> Branch:
    return Branch(
        {"known": _key(row.known), "title": row.title, "description": row.description},
        {
            "milestones": [
                Branch({"year": str(one.year), "text": one.text}) for one in row.milestones
            ],
            "related": [
                Branch({"target": f"{one.action}|{one.initiative}"}) for one in row.related
            ],
        },
    )


def action_from(node: Node, number: int, known: int | None) -> ActionRow:
    """The row of a form whose nodes are all valid."""
    values = node.form.cleaned_data
    return ActionRow(
        number=number,
        known=known,
        **values,
        responsible=tuple(ResponsibleRow(**one) for one in _cleaned(node, "responsible")),
        partners=tuple(PartnerRow(**one) for one in _cleaned(node, "partners")),
        goals=tuple(
            GoalRow(
                text=goal.form.cleaned_data["text"],
                known=goal.form.cleaned_data["known"] or NEW,
                indicators=tuple(map(_indicator_row, _cleaned(goal, "indicators"))),
            )
            for goal in node.lists["goals"]
        ),
        initiatives=tuple(
            InitiativeRow(
                **one.form.cleaned_data,
                milestones=tuple(MilestoneRow(**step) for step in _cleaned(one, "milestones")),
                related=tuple(_related(row["target"]) for row in _cleaned(one, "related")),
            )
            for one in node.lists["initiatives"]
        ),
    )


def _cleaned(node: Node, name: str) -> Iterable[dict[str, Any]]:
    return (row.form.cleaned_data for row in node.lists[name])


def _indicator_row(values: dict[str, Any]) -> IndicatorRow:
    fields = {name: value for name, value in values.items() if name != "timing"}
    return IndicatorRow(**fields, yearly=values["timing"] == YEARLY)


def _related(key: str) -> RelatedRow:
    number, _bar, title = key.partition("|")
    whole = number.isascii() and number.isdigit() and len(number) < 4
    return RelatedRow(int(number) if whole else 0, title)


#: The field of the form where a value of the document goes by another name.
FIELD_OF: Final = {"frequency": "timing", "action": "target", "initiative": "target"}
NEEDED: Final = {
    "responsible": gettext_lazy("Handlingen skal have mindst én ansvarlig stilling."),
    "goals": gettext_lazy("Handlingen skal have mindst ét mål."),
}


def refuse(node: Node, path: Path, place: str, words: str) -> None:
    """Puts a fault where it belongs: `path` is within the action, () for one elsewhere."""
    row, name = node.at(path)
    name = FIELD_OF.get(name, name)
    if name in row.form.fields:
        row.form.add_error(name, sentence(words))
    elif name in NEEDED and len(path) == 1:
        node.form.add_error(None, str(NEEDED[name]))
    else:
        node.form.add_error(None, sentence(f"{place}: {words}" if place else words))
