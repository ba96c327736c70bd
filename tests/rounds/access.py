"""Who gets what at the pages of the rounds."""

from tests.support.addresses import catalogue, round_
from tests.support.rows import COORDINATOR, READERS, Rule, all_of

RULES = [
    Rule("rounds", catalogue, get=all_of(READERS)),
    Rule(
        "open_round",
        catalogue,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
    ),
    Rule("round", round_, get=all_of(READERS)),
    Rule(
        "round",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post=all_of(READERS, 405),
        case="not there",
    ),
    Rule("round_list", round_, get=all_of(COORDINATOR)),
    Rule(
        "round_list",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post=all_of(COORDINATOR, 405),
        case="not there",
    ),
    Rule("round_dates", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("round_year", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("close_round", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 302)),
    Rule("reopen_round", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("deadlines", round_, get=all_of(READERS)),
    Rule(
        "deadlines",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post=all_of(READERS, 405),
        case="not there",
    ),
]
