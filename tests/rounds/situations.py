"""How the rounds look in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import catalogue, round_
from tests.support.rows import Situation
from tests.support.states import BOTH, VUF, empty

SITUATIONS = [
    Situation("rounds", empty, BOTH, "none"),
    Situation("open_round", empty, VUF, "empty"),
    Situation(
        "open_round",
        catalogue,
        VUF,
        "dates in disorder",
        code=422,
        typed=states.dates_in_disorder,
    ),
    Situation("round", round_, BOTH, "every state", states.mixed),
    Situation("round", round_, VUF, "only what is missing", states.mixed, query="?vis=mangler"),
    Situation("round", round_, VUF, "nothing to approve", query="?vis=til-godkendelse"),
    Situation(
        "round",
        round_,
        VUF,
        "texts over length",
        states.in_full("submitted"),
        query="?vis=lange-tekster",
    ),
    Situation("round", round_, BOTH, "closed", states.closed),
    Situation("round", round_, BOTH, "planned", states.planned),
    Situation("round", round_, VUF, "overdue", states.overdue),
    Situation("round", round_, VUF, "long words", states.long_names),
    Situation("close_round", round_, VUF, "all done", states.all_approved),
    Situation("close_round", round_, VUF, "every state", states.mixed),
    Situation("reopen_round", round_, VUF, "closed", states.closed),
    Situation("round", round_, VUF, "unsigned", states.mixed_shared),
]
