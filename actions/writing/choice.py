"""The view that every kind of text shares: the choice between a refused text and the stored one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.models.written import Written
from actions.tools.answers import code_of, posted
from actions.writing import drafts
from actions.writing.forms import MergeForm
from actions.writing.refusals import Refused
from actions.writing.texts import Text


def choose[Row: Written, Content](
    request: HttpRequest, text: Text[Row, Content], row: Row, by: Mandate, event: int, done: str
) -> HttpResponse | dict[str, Any]:
    """The choice between a refused text and what is stored, piece by piece.

    Returns the answer to a saved choice (with the message `done`), else the context of
    `components/compare.html`. A refused choice is archived too. Raises Http404 if the text has no
    such event to choose from.
    """
    refused = text.to_choose_from(row).filter(pk=event).first()
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
        "closed": _why_closed(text, row, by),
        "stored_by": getattr(row, "author_name", "") or _("ingen"),
        "back_url": text.page_url(row),
        "code": code_of(form),
    }


def _why_closed[Row: Written, Content](text: Text[Row, Content], row: Row, by: Mandate) -> str:
    """Why somebody may not write now, in Danish; "" if they may."""
    try:
        text.check_may(row, by)
        text.check_open(row)
    except Refused as refusal:
        return str(refusal)
    return ""
