"""How the temamøde and its sagspakke look in full."""

from tests.support import states
from tests.support.addresses import catalogue, edition, round_
from tests.support.rows import Situation
from tests.support.states import COUNCIL, VUF

SITUATIONS = [
    *(
        Situation(name, kwargs, VUF | {"council"}, "in full", states.meeting_in_full)
        for name, kwargs in (("theme_meeting", round_), ("presentation", round_))
    ),
    *(
        Situation(name, kwargs, VUF, "in full", states.meeting_in_full, code, typed)
        for name, kwargs, code, typed in (
            ("programme", round_, 200, None),
            ("programme", round_, 409, states.typed_programme),
            ("conclusion", edition, 200, None),
            ("conclusion", edition, 409, lambda cast: {"text": states.LONG_TEXT}),
            ("case", edition, 200, None),
            ("case_template", catalogue, 200, None),
            ("case_template", catalogue, 422, states.typed_section("{titlen}")),
            ("case_template", catalogue, 409, states.typed_section("{titel}")),
        )
    ),
    Situation("council", catalogue, COUNCIL, "with a meeting", states.decided),
]
