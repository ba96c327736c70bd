"""Who gets what at the pages of the mail."""

from tests.support.addresses import catalogue, none, round_
from tests.support.rows import COORDINATOR, Rule, all_of

RULES = [
    Rule("remind", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule(
        "remind",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post={},
        case="not there",
    ),
    Rule("mail_log", none, get=all_of(COORDINATOR)),
]
