"""How the front door looks in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import none
from tests.support.rows import ANONYMOUS, Situation

SITUATIONS = [
    Situation("home", none, frozenset({"outsider"}), "no catalogue", states.no_catalogue),
    Situation(
        "account_login",
        none,
        frozenset({ANONYMOUS}),
        "wrong password",
        typed=lambda cast: {"login": "head", "password": "forkert"},
    ),
]
