"""The view that every kind of text shares: the autosave, and its #saved line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from actions.access import Mandate
from actions.models import Event
from actions.models.written import Written
from actions.writing import drafts
from actions.writing.drafts import Kept
from actions.writing.forms import WritingForm
from actions.writing.saves import copy_that_is_saved
from actions.writing.texts import Saved, Text

#: The line beside the button, with what a kind's own template may add.
LINE = "components/writing.html#saved"


@dataclass(frozen=True)
class Desk[Row: Written, Content]:
    """What `components/writing.html` shows: a text, and the outcome of its save."""

    text: Text[Row, Content]
    row: Row
    by: Mandate
    kept: Kept[Row] | None = None

    @property
    def autosave_url(self) -> str:
        return self.text.autosave_url(self.row)

    @property
    def copy_key(self) -> str:
        return self.text.copy_key(self.row, self.by)

    @property
    def saves(self) -> str:
        return " ".join(self.row.saves)

    @property
    def saved_copy(self) -> str:
        """The browser's copy that the row holds, for the message on the next page."""
        return copy_that_is_saved(self.copy_key, self.row.saves)

    @property
    def saved(self) -> Saved:
        return self.text.saved(self.row)

    @property
    def refusal(self) -> str:
        return self.kept.refusal if self.kept else ""

    @property
    def refused(self) -> Event | None:
        return self.kept.refused if self.kept else None

    @property
    def compare_url(self) -> str:
        """Where the writer chooses between both texts; "" if nothing was refused."""
        return self.text.compare_url(self.row, self.refused) if self.refused else ""


def keep_typed[Row: Written, Content](
    text: Text[Row, Content], row: Row, form: WritingForm[Content], by: Mandate
) -> Kept[Row]:
    """Saves what was typed, faulty or not; archives what is refused."""
    form.is_valid()
    return drafts.keep(text, row, form.content(), by=by, revision=form.began_with, names=form.names)


def answer_autosave[Row: Written, Content](
    text: Text[Row, Content],
    row: Row,
    form: WritingForm[Content],
    by: Mandate,
    *,
    template: str = LINE,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Saves what is typed, and answers with the #saved line and the row's revision in a header.

    200, or 409 if it was refused; `static/js/autosave.js` reads both. A kind that answers with
    more gives its own `template` and the `context` of what it adds.
    """
    kept = keep_typed(text, row, form, by)
    context = dict(context or {}) | {"desk": Desk(text, kept.row, by, kept)}
    # Rendered without the request: no context processor runs its queries.
    line = render_to_string(template, context)
    revision = str(kept.row.revision)
    # A page that was opened before the deploy of this release reads the second.
    headers = {"X-Revision": revision, "X-Version": revision}
    return HttpResponse(line, status=409 if kept.refusal else 200, headers=headers)
