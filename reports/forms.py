"""The form with which the coordinator publishes."""

from django import forms
from django.utils.translation import gettext_lazy

from actions.entry import HARD_LIMIT
from actions.forms.fields import LongTextField


class PublishForm(forms.Form):
    """Why a correction is made, and that gaps are known; whether either is needed, the verb says.

    `seen` is the mark of the proof that the page has shown.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
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
