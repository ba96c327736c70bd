"""The form with which the coordinator publishes."""

from django import forms
from django.utils.translation import gettext_lazy

from actions.entry import HARD_LIMIT
from actions.forms.fields import LongTextField


class PublishForm(forms.Form):
    """What a correction changes; a first edition has nothing to say here.

    `read` is the hash of the content that the page has shown.
    """

    read = forms.CharField(widget=forms.HiddenInput, required=False)
    changes = LongTextField(
        label=gettext_lazy("Hvad er ændret siden sidste udgave?"),
        help_text=gettext_lazy("Står forrest i den nye udgave. Den gamle kan stadig læses."),
        hard=HARD_LIMIT,
        required=False,
    )
