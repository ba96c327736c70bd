"""The forms for asking, answering, pointing and deciding."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models.status import HARD_LIMIT
from actions.tools.fields import DayField, LongTextField
from actions.tools.revised import RevisedForm
from actions.writing.forms import DraftForm
from reports.committee.criteria import Row
from reports.committee.page import CommitteePage
from reports.committee.questions import DAYS_TO_ANSWER
from reports.committee.selection import Decision, faults_in
from reports.models import Selection


class AskForm(forms.Form):
    """A question to the heads of an action; proposes a day to answer by."""

    text = LongTextField(label=gettext_lazy("Dit spørgsmål"), hard=HARD_LIMIT)
    due = DayField(
        label=gettext_lazy("Svar senest"),
        help_text=gettext_lazy("De ansvarlige chefer får mail med fristen."),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        due = timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)
        super().__init__(data, initial={"due": due})


class PointForm(forms.Form):
    """Why a member wants an action on the temamøde."""

    reason = LongTextField(
        label=gettext_lazy("Hvorfor skal handlingen på temamødet?"), hard=HARD_LIMIT
    )


class AnswerForm(DraftForm):
    """A head's answer."""

    text = LongTextField(
        label=gettext_lazy("Dit svar"),
        help_text=gettext_lazy("Står ved handlingen og læses af udvalget og alle, der læser med."),
        hard=HARD_LIMIT,
        rows=8,
    )


class DecideForm(RevisedForm):
    """The committee's decision: a tick and a reason for each action.

    `reports.committee.selection.faults_in` holds the rules.
    """

    decided_on = DayField(label=gettext_lazy("Udvalgets møde"))
    theme_meeting_on = DayField(label=gettext_lazy("Temamødet"))
    decision = LongTextField(
        label=gettext_lazy("Beslutningens tekst"),
        help_text=gettext_lazy("Som den står i referatet."),
        hard=HARD_LIMIT,
    )

    def __init__(self, data: QueryDict | None = None, *, page: CommitteePage) -> None:
        self.page, latest = page, page.selection
        super().__init__(data, initial=_initial(latest))
        for row in self._rows:
            self.fields[f"choose-{row.number}"] = forms.BooleanField(
                label=f"{row.number}. {row.content['title']}",
                initial=row.chosen is not None,
                required=False,
            )
            self.fields[f"reason-{row.number}"] = LongTextField(
                label=_("Begrundelse for handling %(number)d") % {"number": row.number},
                initial=row.chosen.reason if row.chosen else "",
                hard=HARD_LIMIT,
                rows=2,
                required=False,
            )
        if latest is not None:
            self.fields["why_changed"] = LongTextField(
                label=_("Hvorfor er beslutningen ændret?"), hard=HARD_LIMIT, required=False
            )

    @property
    def _rows(self) -> list[Row]:
        """The actions that can be chosen, and those that are: a stopped one can only be dropped."""
        return [row for row in self.page.rows if row.chosen or not row.is_stopped]

    @property
    def number(self) -> int:
        """The number of the decision in force, 0 for none."""
        return self.page.selection.number if self.page.selection else 0

    @property
    def choices(self) -> Iterator[tuple[Row, BoundField, BoundField]]:
        """Each action with its tick and its reason."""
        for row in self._rows:
            yield row, self[f"choose-{row.number}"], self[f"reason-{row.number}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("revision") == self.number:
            for fault in faults_in(self.decided(), self.page.edition, self.page.selection):
                if fault.field not in self.errors:
                    self.add_error(fault.field or None, fault.message)
        return data

    def decided(self) -> Decision:
        """What is typed. An unreadable day becomes one that contradicts no other."""
        data = self.cleaned_data
        return Decision(
            decided_on=data.get("decided_on", date.min),
            decision=data.get("decision", ""),
            theme_meeting_on=data.get("theme_meeting_on", date.max),
            reasons={
                row.number: data.get(f"reason-{row.number}", "")
                for row in self.page.rows
                if data[f"choose-{row.number}"]
            },
            why_changed=data.get("why_changed", ""),
        )


def _initial(latest: Selection | None) -> dict[str, Any]:
    if latest is None:
        return {"revision": 0}
    return {
        "revision": latest.number,
        "decided_on": latest.decided_on,
        "theme_meeting_on": latest.theme_meeting_on,
        "decision": latest.decision,
    }
