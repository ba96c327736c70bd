"""How written texts look in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import of_report, passage
from tests.support.rows import Situation
from tests.support.states import HEAD, VUF

SITUATIONS = [
    Situation("editorial", of_report("midtvejsevaluering"), VUF, "in full", states.evaluated),
    Situation("editorial", of_report("statusredegoerelse"), VUF, "with lines", states.evaluated),
    Situation("passage", passage("handling-1"), VUF, "in full", states.evaluated),
    Situation("passage", passage("chefer-1"), HEAD, "written", states.evaluated),
    Situation("passage", passage("chefer-1"), HEAD, "planned", states.planned),
    Situation(
        "passage",
        passage("redaktion"),
        VUF,
        "too long",
        code=422,
        typed=lambda cast: {"revision": "0", "foreword": states.LONG_TEXT * 4},
    ),
    Situation(
        "passage",
        passage("chefer-1"),
        HEAD,
        "changed",
        states.evaluated,
        409,
        lambda cast: {"revision": "0", "choice": "close", "reason": states.LONG_TEXT},
    ),
]
