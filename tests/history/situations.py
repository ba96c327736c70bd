"""How the log looks in situations that the table of access does not make."""

from tests.addresses import none
from tests.browser import states
from tests.browser.states import ADMINISTRATOR
from tests.rows import Situation

SITUATIONS = [
    Situation("log", none, ADMINISTRATOR, "two pages", states.long_log),
    Situation("log", none, ADMINISTRATOR, "second page", states.long_log, query="?side=2"),
]
