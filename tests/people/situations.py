"""How people's pages look in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import none
from tests.support.cast import Cast
from tests.support.rows import Kwargs, Situation
from tests.support.states import ADMINISTRATOR, HEAD, VUF


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
