"""Where a view puts a refusal: on the form that asked for it, or above the next page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from actions.writing.refusals import Refused


@contextmanager
def refusal_in(form: BaseForm, field: str | None = None) -> Iterator[None]:
    """A refusal becomes an error of the form, and the view goes on to show it."""
    try:
        yield
    except Refused as refusal:
        form.add_error(field, str(refusal))


@contextmanager
def refusal_told(request: HttpRequest) -> Iterator[None]:
    """A refusal becomes a message on the page that the view leads to."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal))
