"""Forms with lines that somebody adds, removes and moves by buttons; no script is needed.

A button sends `press`: "tilfoej", or "op-2", "ned-2", "fjern-2" with a line's place from 0. The
form comes back with the lines rearranged and all that was typed, and the focus is on the line that
was moved; only saving checks it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

type Line = dict[str, Any]

PREFIX: Final = "linje"
PRESS: Final = "ryk"
MOST_LINES: Final = 40


class RevisedForm(forms.Form):
    """A form of a text that somebody else may save meanwhile; `revision` is what it began with."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def refuse(self, refusal: Exception, revision: int) -> None:
        """Says why nothing was saved; what is sent again is meant for the `revision` shown now."""
        self.add_error(None, str(refusal))
        self.data = dict(self.data.items()) | {"revision": revision}


class LineFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """Lines of which the empty ones are left out: none of them counts as an initial one."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()


class RowsForm(RevisedForm):
    """A form and its `lines`."""

    line_form: ClassVar[type[forms.Form]]

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        lines: Sequence[Mapping[str, Any]],
        line_kwargs: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        press, focus = data.get(PRESS, "") if data is not None else "", None
        if data is not None and press:
            names = list(self.line_form.base_fields)
            lines, focus = rearranged(typed_lines(data, names), str(press))
            initial, data = data.dict(), None
        super().__init__(data, initial=dict(initial or {}))
        factory = forms.formset_factory(
            self.line_form,
            formset=LineFormSet,
            extra=0,
            max_num=MOST_LINES,
            absolute_max=MOST_LINES,
        )
        # What is typed is no change of what was proposed: each line stands for itself.
        proposed = list(lines) if data is None else None
        self.lines = factory(
            data, initial=proposed, prefix=PREFIX, form_kwargs=dict(line_kwargs or {})
        )
        if focus is not None:
            self.lines[focus].visible_fields()[0].field.widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        if not self.lines.is_valid():
            self.add_error(None, _("Der er noget at rette i linjerne herunder."))
            for fault in self.lines.non_form_errors():
                self.add_error(None, str(fault))
        return super().clean() or {}

    @property
    def filled(self) -> list[Line]:
        """After `is_valid()`: the lines that are filled in, in the order of the page."""
        return [line.cleaned_data for line in self.lines if line.has_changed()]


def typed_lines(data: QueryDict, names: Sequence[str]) -> list[Line]:
    """The lines as they were typed, unchecked."""
    total = str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))[:6]
    count = min(int(total), MOST_LINES) if total.isascii() and total.isdigit() else 0
    return [{name: data.get(f"{PREFIX}-{n}-{name}", "") for name in names} for n in range(count)]


def rearranged(lines: Sequence[Line], press: str) -> tuple[list[Line], int | None]:
    """The lines after a button was pressed, and the place of the one to go on with; a button that
    is unknown moves nothing.
    """
    found = list(lines)
    verb, _dash, place = press.partition("-")
    if verb == "tilfoej" and len(found) < MOST_LINES:
        return [*found, {}], len(found)
    here = int(place) if place in map(str, range(len(found))) else None
    if here is None:
        return found, None
    line = found.pop(here)
    if verb == "fjern":
        return found, min(here, len(found) - 1) if found else None
    there = min(max(here + {"op": -1, "ned": 1}.get(verb, 0), 0), len(found))
    found.insert(there, line)
    return found, there
