"""How people's pages look in situations that the table of access does not make."""

from tests.addresses import none
from tests.browser import states
from tests.browser.states import ADMINISTRATOR, HEAD, VUF
from tests.cast import Cast
from tests.rows import Kwargs, Situation


def _position(cast: Cast) -> Kwargs:
    return {"pk": cast.position.pk}


SITUATIONS = [
    Situation("delegations", none, HEAD | {"co_head"}, "long names", states.deputies),
    Situation("positions", none, VUF, "long names", states.crowd),
    Situation("position", _position, VUF, "vacant", states.vacant),
    Situation(
        "position",
        _position,
        VUF,
        "too long",
        code=422,
        typed=lambda cast: {"administration": "x" * 201},
    ),
    Situation("users", none, ADMINISTRATOR, "long names", states.crowd),
]
