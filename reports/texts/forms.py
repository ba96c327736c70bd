"""The form of a passage."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.tools.fields import LongTextField
from actions.writing.forms import WritingForm
from reports.models import Part, Passage, Recommendation
from reports.texts.verbs import HARD_LIMITS, LABELS, SOFT_LIMITS, Texts

HELP = {
    "foreword": gettext_lazy("Står forrest og er kort: hvorfor rapporten, og til hvem?"),
    "summary": gettext_lazy(
        "Det, læseren skal vide, hvis kun dette bliver læst. Antal og ændringer står lige under."
    ),
    "conclusion": gettext_lazy(
        "Hvad viser de første år, og hvad bør der ske i resten af perioden?"
    ),
    "line": gettext_lazy("Én eller to sætninger, som står øverst i handlingens kapitel."),
    "reason": gettext_lazy("Hvorfor? Støt dig til forløbet og tallene."),
}
#: Lines of a field; 3 for those not named.
ROWS = {"foreword": 10, "summary": 7, "conclusion": 10, "reason": 6}


class PassageForm(WritingForm[Texts]):
    """The fields of one passage; saved with gaps too."""

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        self.passage = passage
        super().__init__(*args, **kwargs)
        for name in passage.names:
            self.fields[name] = _choice(passage) if name == "choice" else _text(name)

    @classmethod
    def of(cls, passage: Passage) -> "PassageForm":
        """The unbound form, filled with what is saved."""
        return cls(initial=passage.texts | {"revision": passage.revision}, passage=passage)

    def content(self) -> Texts:
        typed = {name: self.typed(name) for name in self.passage.names}
        if typed.get("choice") not in {None, *Recommendation.values}:
            typed["choice"] = ""
        return typed

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("choice") and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Skriv, hvorfor du anbefaler det."))
        if data.get("reason") and not data.get("choice") and "choice" not in self.errors:
            self.add_error("choice", _("Vælg en anbefaling."))
        return data


def _choice(passage: Passage) -> forms.ChoiceField:
    who = passage.report.catalogue.coordinator
    return forms.ChoiceField(
        label=_("Hvad anbefaler I?")
        if passage.part == Part.HEAD
        else _("Hvad anbefaler %s?") % who,
        choices=Recommendation,
        required=False,
        widget=forms.RadioSelect,
    )


def _text(name: str) -> LongTextField:
    return LongTextField(
        label=LABELS[name],
        help_text=HELP[name],
        required=False,
        soft=SOFT_LIMITS[name],
        hard=HARD_LIMITS[name],
        rows=ROWS.get(name, 3),
    )
