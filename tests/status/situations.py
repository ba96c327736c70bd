"""How a status looks in situations that the table of access does not make."""

from tests.support import factory, states
from tests.support.addresses import none, own_status
from tests.support.cast import Cast
from tests.support.rows import Kwargs, Situation
from tests.support.states import BOTH, HEAD, VUF


def _version(cast: Cast) -> Kwargs:
    events = factory.status_of(cast.round, cast.own_goal).events
    return own_status(cast) | {"event": events.filter(verb="submit")[0].pk}


SITUATIONS = [
    Situation("own_goals", none, frozenset({"other_head"}), "none", states.without_goals),
    Situation("own_goals", none, HEAD, "every state", states.mixed),
    Situation("own_goals", none, HEAD, "closed", states.closed),
    Situation("own_goals", none, HEAD, "planned", states.planned),
    Situation("own_goals", none, HEAD, "overdue", states.overdue),
    Situation("own_goals", none, HEAD, "all done", states.all_approved),
    Situation("own_goals", none, HEAD, "long words", states.long_names),
    Situation("status", own_status, HEAD, "not started"),
    Situation("status", own_status, HEAD, "with figures", states.with_figures),
    Situation("status", own_status, HEAD, "same as last year", states.same_as_last_year),
    Situation("preview", own_status, HEAD, "in full", states.in_full("draft")),
    Situation("status", own_status, HEAD, "returned in full", states.in_full("returned")),
    Situation("status", own_status, BOTH, "submitted in full", states.in_full("submitted")),
    Situation("status", own_status, BOTH, "closed", states.closed),
    Situation("status", own_status, HEAD, "planned", states.planned),
    Situation("status", own_status, HEAD, "wrong", states.with_figures, 422, states.typed_wrong),
    Situation(
        "status", own_status, HEAD, "incomplete", states.with_figures, 422, states.typed_too_little
    ),
    Situation(
        "status", own_status, HEAD, "changed", states.in_full("draft"), 409, states.typed_on_old
    ),
    Situation(
        "status", own_status, HEAD, "sent", states.in_full("submitted"), 409, states.typed_on_old
    ),
    Situation("status", own_status, HEAD, "too late", states.closed, 409, states.typed_on_old),
    Situation(
        "return_to_head",
        own_status,
        VUF,
        "already returned",
        states.in_full("returned"),
        409,
        lambda cast: {"revision": "0", "comment": states.LONG_TEXT},
    ),
    Situation(
        "status",
        own_status,
        BOTH | {"co_head", "colleague", "other_head"},
        "talked about",
        states.talked_about("submitted"),
    ),
    Situation("status", own_status, HEAD, "draft talked about", states.talked_about("draft")),
    Situation("own_goals", none, frozenset({"co_head"}), "to sign", states.mixed_shared),
    Situation("history", own_status, HEAD, "empty"),
    Situation("history", own_status, BOTH, "in full", states.written_often),
    Situation("history", own_status, HEAD, "second page", states.written_often, query="?side=2"),
    Situation("version", _version, HEAD, "in full", states.written_often),
    Situation("own_goals", none, HEAD, "asked", states.committee_in_full),
    Situation("own_goals", none, HEAD, "with a midterm", states.evaluated),
]
