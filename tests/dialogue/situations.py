"""How an answer to a comment looks in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import own_status
from tests.support.rows import Situation

SITUATIONS = [
    Situation(
        "comment",
        own_status,
        frozenset({"colleague"}),
        "too long",
        states.talked_about("submitted"),
        422,
        lambda cast: {"text": states.LONG_TEXT * 4},
    ),
    Situation(
        "comment",
        own_status,
        frozenset({"colleague"}),
        "too late",
        states.closed,
        409,
        lambda cast: {"text": states.LONG_TEXT},
    ),
]
