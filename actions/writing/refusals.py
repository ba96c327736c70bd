"""Why a verb refuses: one family of exceptions. Every message is for the page, in Danish."""

from typing import Any


class Refused(Exception):
    """The verb is not possible as things stand; the message says why and what to do."""


class NotAllowed(Refused):
    """The person may not do this."""


class Conflict(Refused):
    """Somebody else has written since the form was made; `row` is what stands now, if anything."""

    def __init__(self, message: str, row: Any = None) -> None:
        super().__init__(message)
        self.row = row
