"""The forms for publishing an edition and for withdrawing it from the public."""

from django import forms
from django.utils.translation import gettext_lazy

from actions.models.status import HARD_LIMIT
from actions.tools.fields import LongTextField


class PublishForm(forms.Form):
    """The reason for a correction, and the confirmation of gaps; the verb says if they are needed.

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
        """Clears the tick, since the report has changed since it was confirmed."""
        self.data = {name: value for name, value in self.data.items() if name != "confirmed"}


class WithdrawForm(forms.Form):
    reason = LongTextField(
        label=gettext_lazy("Hvorfor trækkes udgaven tilbage?"),
        help_text=gettext_lazy("Begrundelsen gemmes i loggen. Offentligheden ser den ikke."),
        hard=HARD_LIMIT,
    )
