"""The pages of a goal's status."""

from actions.status.verbs import keep_refused
from tests.status.access import RULES
from tests.status.situations import SITUATIONS
from tests.support import factory
from tests.support.addresses import none, own_status, round_
from tests.support.rows import REFUSED, Kwargs, Picture, Route, Site, counted, part
from tests.support.world import World

ITEM = "Status"
HEAD = "erhvervs-og-turistchefen"


def done(world: World) -> Kwargs:
    return round_(world) | {"goal": world.done.pk}


def refused(world: World) -> Kwargs:
    event = keep_refused(
        status=factory.status_of(world.round, world.own_goal),
        by=factory.mandate(world.people["head"]),
        entry=factory.entry(progress=f"Den tekst, der ikke blev gemt ved {world.size}."),
        reason="Nogen har ændret teksten.",
    )
    return own_status(world) | {"event": event.pk}


SITE = Site(
    [
        Route(
            "own_goals",
            "Mine mål",
            counted("head", at=none),
            (Picture("forside-chef", HEAD, {}, on_phone=True),),
        ),
        Route(
            "status",
            ITEM,
            counted("head", "coordinator", at=own_status)
            + counted("head", "coordinator", "strategic_forum", at=done),
            (Picture("status", HEAD, None, on_phone=True),),
        ),
        part("approve", "a button on the status page"),
        Route("unlock", ITEM, counted("coordinator", at=done)),
        Route("correct", ITEM, counted("coordinator", at=done)),
        part("lock_again", "a button on the status page"),
        Route(
            "return_to_head",
            ITEM,
            counted("coordinator", at=done),
            most=REFUSED,
            code=409,
            posts=True,
        ),
        part("autosave", "a part of the status page"),
        part("opened", "the form's own word that it is open"),
        Route("preview", ITEM, counted("head", at=own_status)),
        part("typed", "parts of the status page"),
        Route("compare", ITEM, counted("head", at=refused)),
        Route("history", ITEM, counted("head", at=own_status)),
        Route("version", ITEM, counted("head", at=refused)),
    ],
    RULES,
    SITUATIONS,
)
