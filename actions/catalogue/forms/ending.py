"""The form that stops an action or a goal."""

from django import forms
from django.utils.translation import gettext_lazy

from actions.catalogue.forms.fields import decision_field, from_day_field


class StopForm(forms.Form):
    day = from_day_field(gettext_lazy("Standset fra"))
    decision = decision_field()
