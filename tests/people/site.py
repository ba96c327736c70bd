"""The pages of posts, deputies and users."""

from actions.models import Appointment
from tests.people.access import RULES
from tests.people.situations import SITUATIONS
from tests.support.addresses import none
from tests.support.rows import Kwargs, Route, Site, counted
from tests.support.world import World

DEPUTIES, POSTS, USERS = "Stedfortrædere", "Stillinger", "Brugere"


def _held(world: World) -> Appointment:
    return world.position.appointments.order_by("starts")[0]


def position(world: World) -> Kwargs:
    return {"pk": world.position.pk}


def appointment(world: World) -> Kwargs:
    return {"pk": _held(world).pk}


def user(world: World) -> Kwargs:
    return {"pk": _held(world).user_id}


def delegation(world: World) -> Kwargs:
    return {"pk": world.position.delegations.latest("pk").pk}


ONLY, AT_POSITION, AT_APPOINTMENT, AT_USER = (
    counted("administrator", at=at) for at in (none, position, appointment, user)
)

SITE = Site(
    [
        Route("delegations", DEPUTIES, counted("head", at=none)),
        Route("end_delegation", DEPUTIES, counted("head", at=delegation)),
        Route("positions", POSTS, ONLY),
        Route("position", POSTS, AT_POSITION),
        Route("rename_position", POSTS, AT_POSITION),
        Route("merge_position", POSTS, AT_POSITION),
        Route("undo_merge", POSTS, AT_POSITION),
        Route("appoint", POSTS, AT_POSITION),
        Route("end_appointment", POSTS, AT_APPOINTMENT),
        Route("undo_appointment", POSTS, AT_APPOINTMENT),
        Route("users", USERS, ONLY),
        Route("create_user", USERS, ONLY),
        Route("user", USERS, AT_USER),
    ],
    RULES,
    SITUATIONS,
)
