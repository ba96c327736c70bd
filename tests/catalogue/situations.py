"""How the catalogue's pages look in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import action, catalogue, none
from tests.support.rows import Situation
from tests.support.states import BOTH, HEAD, VUF, empty

SITUATIONS = [
    Situation("catalogue", empty, BOTH, "empty"),
    Situation("catalogue", catalogue, HEAD, "every light and state", states.mixed),
    Situation("catalogue", catalogue, HEAD, "long words", states.long_names),
    Situation("action", action, HEAD, "with figures", states.in_full("approved")),
    Situation("action", action, HEAD, "long words", states.long_names),
    Situation("edit_catalogue", empty, VUF, "empty"),
    Situation("edit_action", action, VUF, "with figures", states.in_full("approved")),
    Situation("edit_action", action, VUF, "long words", states.long_names),
    Situation(
        "edit_action", action, VUF, "preview", states.with_figures, 200, states.action_changed
    ),
    Situation(
        "edit_action",
        action,
        VUF,
        "a decision",
        states.in_full("approved"),
        422,
        states.target_changed,
    ),
    Situation(
        "import_catalogue", none, VUF, "to look at", code=422, typed=states.catalogue_brought
    ),
]
