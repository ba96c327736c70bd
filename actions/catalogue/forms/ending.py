"""The form that stops an action or a goal."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy

from actions.tools.fields import DayField, LongTextField

#: The most characters of a decision.
LONGEST_DECISION: Final = 2000


class StopForm(forms.Form):
    day = DayField(
        label=gettext_lazy("Standset fra"),
        help_text=gettext_lazy("Beslutningens dag, eller en senere, hvis den først gælder da."),
    )
    decision = LongTextField(
        label=gettext_lazy("Beslutning"),
        hard=LONGEST_DECISION,
        rows=3,
        help_text=gettext_lazy("Fx Kommunalbestyrelsen den 25. september 2025, punkt 7."),
    )
