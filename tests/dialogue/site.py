"""The dialogue about a status: what its buttons answer."""

from tests.dialogue.access import RULES
from tests.dialogue.situations import SITUATIONS
from tests.support import factory
from tests.support.addresses import round_
from tests.support.rows import REFUSED, Kwargs, Route, Site, counted, part
from tests.support.world import World

ITEM = "Status"


def commented(world: World) -> Kwargs:
    status = factory.status_of(world.round, world.done)
    thread = factory.comment(status, world.people["coordinator"])
    return round_(world) | {"goal": world.done.pk, "thread": thread.pk}


def done(world: World) -> Kwargs:
    return round_(world) | {"goal": world.done.pk}


SITE = Site(
    [
        part("sign", "a button on the status page"),
        Route("comment", ITEM, counted("coordinator", at=done), most=REFUSED, code=422, posts=True),
        Route(
            "answer_comment",
            ITEM,
            counted("coordinator", at=commented),
            most=REFUSED,
            code=422,
            posts=True,
        ),
        part("resolve_comment", "a button on the status page"),
        part("reopen_comment", "a button on the status page"),
    ],
    RULES,
    SITUATIONS,
)
