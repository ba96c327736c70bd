"""The forms for comments and answers on a status page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.dialogue.page import Thread
from actions.models import Comment
from actions.models.status import HARD_LIMIT
from actions.tools.fields import LongTextField


class SignForm(forms.Form):
    """The version of the text that was read: nobody signs what has changed meanwhile."""

    text_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CommentForm(forms.Form):
    """A comment, or the answer in a thread. A page holds several: each has ids of its own."""

    text = LongTextField(label=gettext_lazy("Kommentar"), hard=HARD_LIMIT, rows=3)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, thread: Comment | None = None
    ) -> None:
        self.thread = thread
        super().__init__(data, auto_id=f"svar-{thread.pk}-%s" if thread else "kommentar-%s")
        self.fields["text"].error_messages["required"] = _("Skriv en kommentar.")
        if thread is not None:
            self.fields["text"].label = _("Svar til %(name)s") % {"name": thread.author_name}


def dialogue_forms(threads: Iterable[Thread], typed: CommentForm | None = None) -> dict[str, Any]:
    """The forms of a status page's comments; `typed` is the one that was sent and refused."""
    answered = typed.thread.pk if typed and typed.thread else None
    return {
        "typed": typed,
        "comment_form": typed if typed and not typed.thread else CommentForm(),
        "threads": [
            (thread, typed if thread.first.pk == answered else CommentForm(thread=thread.first))
            for thread in threads
        ],
    }
