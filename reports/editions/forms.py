"""The forms with which a report is written and published."""

from django import forms
from django.utils.translation import gettext_lazy

from actions.models.status import HARD_LIMIT
from actions.tools.fields import LongTextField


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
