"""Where a view puts a refusal: on the form, or as a message on the next page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from actions.writing.refusals import Refused


@contextmanager
def refusal_in(form: BaseForm, field: str | None = None) -> Iterator[None]:
    """Turns a refusal into an error of the form; the view continues and shows it."""
    try:
        yield
    except Refused as refusal:
        form.add_error(field, str(refusal))


@contextmanager
def refusal_told(request: HttpRequest) -> Iterator[None]:
    """Turns a refusal into a message on the next page; the view continues."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal))
