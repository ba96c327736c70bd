"""Why a verb refuses: one family of exceptions, and where a view puts their words.

Every message is for the page, in Danish.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest


class Refused(Exception):
    """The verb is not possible as things stand; the message says why and what to do."""


class NotAllowed(Refused):
    """The person may not do this."""


class Conflict(Refused):
    """Somebody else has written since the form was made; `row` is what stands now, if anything."""

    def __init__(self, message: str, row: Any = None) -> None:
        super().__init__(message)
        self.row = row


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
