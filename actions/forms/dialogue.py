"""The forms with which others than the writer answer a status, and a head chooses deputies."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.dialogue_page import Thread
from actions.entry import HARD_LIMIT
from actions.forms.fields import LongTextField
from actions.forms.round import DayField
from actions.models import Comment, Position, User


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


class DelegationForm(forms.Form):
    """Who writes for a post of one's own, from when and until when."""

    position = forms.ModelChoiceField(
        label=gettext_lazy("For stillingen"),
        queryset=Position.objects.none(),
        empty_label=gettext_lazy("Vælg en stilling"),
    )
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("Hvem skal kunne skrive?"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Vælg en bruger"),
    )
    may_submit = forms.BooleanField(
        label=gettext_lazy("Må også indsende og tiltræde"),
        help_text=gettext_lazy("Uden dette kan stedfortræderen kun gemme kladder."),
        required=False,
    )
    starts = DayField(label=gettext_lazy("Fra og med"))
    ends = DayField(
        label=gettext_lazy("Til og med"),
        help_text=gettext_lazy("Lad feltet stå tomt, hvis det gælder indtil videre."),
        required=False,
    )

    def __init__(
        self, *args: Any, held: Iterable[int], head: User, today: date, **kwargs: Any
    ) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        posts = Position.objects.filter(pk__in=list(held))
        _choose_from(self.fields["position"], posts)
        _choose_from(self.fields["deputy"], User.objects.filter(is_active=True).exclude(pk=head.pk))
        if len(posts) == 1:
            self.fields["position"].initial = posts[0]

    def clean_starts(self) -> date:
        starts: date = self.cleaned_data["starts"]
        if starts < self.today:
            raise ValidationError(_("Første dag er gået. Vælg en dag fra i dag og frem."))
        return starts

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("Sidste dag ligger før den første. Vælg en senere dag."))
        return data


def _choose_from(field: forms.Field, rows: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
