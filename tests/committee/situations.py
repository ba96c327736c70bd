"""How the committee's pages look in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import edition, round_
from tests.support.cast import Cast
from tests.support.rows import Kwargs, Situation, nothing
from tests.support.states import COMMITTEE, HEAD, SELECTORS, VUF


def _answered(cast: Cast) -> Kwargs:
    states.committee_in_full(cast)
    answered = cast.own_goal.action.questions.exclude(answer="")
    return round_(cast) | {"pk": answered[0].pk}


SITUATIONS = [
    *(
        Situation("selection", round_, SELECTORS, case, states.committee_in_full, query=query)
        for case, query in (
            ("in full", ""),
            ("compared", "?sorter=peget&handling=1&handling=2"),
            ("too few to compare", "?handling=1"),
        )
    ),
    Situation("selection_action", edition, SELECTORS, "in full", states.committee_in_full),
    *(
        Situation(
            name, edition, COMMITTEE, "too long", states.committee_in_full, 422, states.too_long
        )
        for name in ("ask", "point")
    ),
    *(
        Situation("decide", round_, VUF, "in full", states.committee_in_full, code, typed)
        for code, typed in ((200, None), (409, states.typed_decision), (422, states.too_long))
    ),
    *(
        Situation("question", _answered, people, "answered", nothing, code, typed)
        for people, code, typed in (
            (HEAD | COMMITTEE, 200, None),
            (HEAD, 409, lambda cast: {"revision": "0", "text": states.LONG_TEXT}),
        )
    ),
]
