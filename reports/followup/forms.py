"""The forms of a follow-up: which goals it is on, and what a head answers on one."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import GoalStatus
from actions.models.status import HARD_LIMIT
from actions.tools.fields import DayField, LongTextField
from actions.tools.text import one_line
from actions.writing.forms import WritingForm
from reports.followup.verbs import Answers
from reports.models import FollowUpAnswer
from reports.models.followup import ANSWER_LABELS

#: Characters that fit the addendum's page. More is allowed, with advice to the writer.
SOFT_LIMIT: Final = 500
#: The most words of a goal's text in the list to choose from.
WORDS_OF_GOAL: Final = 20

ANSWER_HELP: Final = {
    "reached": gettext_lazy("Hvad er sket siden status, og hvor står målet nu?"),
    "changed": gettext_lazy("Forudsætninger, planer eller årsager, der er andre end før."),
    "next_step": gettext_lazy("Hvad gør I nu, og hvornår?"),
}


class FollowUpForm(forms.Form):
    """The goals that are asked about, and the last day for the answers."""

    statuses = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Mål"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vælg mindst ét mål.")},
    )
    due = DayField(
        label=gettext_lazy("Frist"),
        help_text=gettext_lazy("Sidste dag, cheferne kan skrive. Derefter lukker opfølgningen."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        statuses: list[GoalStatus],
        chosen: Collection[int],
        today: date,
    ) -> None:
        super().__init__(data, initial={"statuses": list(chosen)})
        self.today = today
        field = self.fields["statuses"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(row.pk, _label(row)) for row in statuses]

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due <= self.today:
            raise ValidationError(_("Fristen skal ligge efter i dag."))
        return due


def _label(status: GoalStatus) -> str:
    short = Truncator(one_line(status.goal.text)).words(WORDS_OF_GOAL)
    number = f"{status.goal.action.number}.{status.goal.number}"
    return f"{number} {short} – {status.get_light_display()}"


class FollowUpAnswerForm(WritingForm[Answers]):
    """The three fields of one goal; saved with gaps too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FollowUpAnswer.TEXTS:
            self.fields[name] = LongTextField(
                label=ANSWER_LABELS[name],
                help_text=ANSWER_HELP[name],
                required=False,
                soft=SOFT_LIMIT,
                hard=HARD_LIMIT,
                rows=5,
            )

    @classmethod
    def of(cls, answer: FollowUpAnswer) -> "FollowUpAnswerForm":
        """The unbound form, filled with what is saved."""
        return cls(initial=answer.texts | {"revision": answer.revision})

    def content(self) -> Answers:
        return {name: self.typed(name) for name in FollowUpAnswer.TEXTS}
