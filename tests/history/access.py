"""Who gets what at the log."""

from tests.support.addresses import none
from tests.support.rows import ADMINISTRATOR, Rule, all_of

RULES = [
    Rule("log", none, get=all_of(ADMINISTRATOR)),
]
