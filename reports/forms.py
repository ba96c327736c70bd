"""The forms with which a report is written and published."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.entry import HARD_LIMIT
from actions.forms.fields import LongTextField
from actions.writing.forms import WritingForm
from reports.editorial import HARD_LIMITS, LABELS, SOFT_LIMITS, Texts
from reports.models import Part, Passage, Recommendation

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
#: How tall the field of a text is; 3 lines where nothing is said.
ROWS = {"foreword": 10, "summary": 7, "conclusion": 10, "reason": 6}


class PublishForm(forms.Form):
    """Why a correction is made, and that gaps are known; whether either is needed, the verb says.

    `seal` is that of the proof that the page has shown.
    """

    seal = forms.CharField(widget=forms.HiddenInput, required=False)
    changes = LongTextField(
        label=gettext_lazy("Hvorfor er rapporten rettet?"),
        help_text=gettext_lazy(
            "Står forrest på den nye udgaves side, over listen med ændringerne. "
            "Den gamle udgave kan stadig læses."
        ),
        hard=HARD_LIMIT,
        required=False,
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("Udgiv med det, der mangler. Jeg har set listen."), required=False
    )

    def unconfirm(self) -> None:
        """Asks again: what was confirmed is not what stands now."""
        self.data = {name: value for name, value in self.data.items() if name != "confirmed"}


class WithdrawForm(forms.Form):
    reason = LongTextField(
        label=gettext_lazy("Hvorfor trækkes udgaven tilbage?"),
        help_text=gettext_lazy("Begrundelsen gemmes i loggen. Offentligheden ser den ikke."),
        hard=HARD_LIMIT,
    )


class PassageForm(WritingForm[Texts]):
    """The fields of one passage. Gaps are allowed while it is written."""

    def __init__(self, *args: Any, passage: Passage, **kwargs: Any) -> None:
        self.passage = passage
        super().__init__(*args, **kwargs)
        for name in passage.names:
            self.fields[name] = _choice(passage) if name == "choice" else _text(name)

    @classmethod
    def of(cls, passage: Passage) -> "PassageForm":
        """The form as it is met: filled with what is saved."""
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
