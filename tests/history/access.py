"""Who gets what at the log."""

from tests.addresses import none
from tests.rows import ADMINISTRATOR, Rule, all_of

RULES = [
    Rule("log", none, get=all_of(ADMINISTRATOR)),
]
