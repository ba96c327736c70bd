"""How the log looks in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import none
from tests.support.rows import Situation
from tests.support.states import ADMINISTRATOR

SITUATIONS = [
    Situation("log", none, ADMINISTRATOR, "two pages", states.long_log),
    Situation("log", none, ADMINISTRATOR, "second page", states.long_log, query="?side=2"),
]
