"""The views that every kind of text shares: the autosave, its #saved line, the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.models import Event
from actions.models.written import Written
from actions.tools.answers import posted
from actions.writing import drafts
from actions.writing import saves as writing_saves
from actions.writing.drafts import Kept
from actions.writing.forms import MergeForm, WritingForm
from actions.writing.refusals import Refused
from actions.writing.texts import Saved, Text

#: The line beside the button, with what a kind's own template may add.
LINE = "components/_writing.html#saved"


def why_closed[Row: Written, Content](text: Text[Row, Content], row: Row, by: Mandate) -> str:
    """Why somebody may not write now, in Danish; "" if they may."""
    try:
        text.admit(row, by)
    except Refused as refusal:
        return str(refusal)
    return ""


@dataclass(frozen=True)
class Desk[Row: Written, Content]:
    """What `components/_writing.html` shows: a text, and the outcome of its save."""

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
        return writing_saves.copy_that_is_saved(self.copy_key, self.row.saves)

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
    headers = {"X-Revision": str(kept.row.revision)}
    return HttpResponse(line, status=409 if kept.refusal else 200, headers=headers)


def choose[Row: Written, Content](
    request: HttpRequest, text: Text[Row, Content], row: Row, by: Mandate, event: int, done: str
) -> HttpResponse | dict[str, Any]:
    """The choice between a refused text and what is stored, piece by piece.

    Returns the answer to a saved choice (with the message `done`), else the context of
    `components/_compare.html`. A refused choice is archived too. Raises Http404 if the text has no
    such event.
    """
    refused = text.events(row).filter(pk=event).exclude(content={}).first()
    if refused is None:
        raise Http404
    differences = text.differences(row, refused.content)
    form = MergeForm(posted(request), differences=differences, initial={"revision": row.revision})
    if form.is_valid():
        content = text.merged(row, refused.content, form.sides(), form.own())
        revision = form.cleaned_data["revision"]
        kept = drafts.keep(text, row, content, by=by, revision=revision)
        if not kept.refusal:
            messages.success(request, done)
            return redirect(text.page_url(kept.row))
        form.add_error(None, kept.refusal)
    return {
        "refused": refused,
        "form": form,
        "closed": why_closed(text, row, by),
        "stored_by": getattr(row, "author_name", "") or _("ingen"),
        "back_url": text.page_url(row),
        "code": 422 if form.is_bound else 200,
    }
