"""Who gets what at the pages of a goal's status."""

from collections.abc import Callable

from actions.history.record import record
from actions.models import Event
from actions.models.history import VERBS
from actions.status.entry import content_of
from actions.status.verbs import keep_refused
from tests.support import factory
from tests.support.addresses import in_state, none, own_status
from tests.support.cast import Cast
from tests.support.rows import (
    COORDINATOR,
    DRAFT_READERS,
    OWN_WRITERS,
    READERS,
    WRITERS,
    Kwargs,
    Rule,
    all_of,
)


def refused(cast: Cast) -> Event:
    """A text of the co-head's that could not be saved."""
    return keep_refused(
        status=factory.status_of(cast.round, cast.own_goal),
        by=factory.mandate(cast.co_head),
        entry=factory.entry(),
        reason="Nogen har ændret teksten.",
    )


def own_version(verb: str) -> Callable[[Cast], Kwargs]:
    """A version of the own goal's status that this verb made."""

    def kwargs(cast: Cast) -> Kwargs:
        made = record(
            VERBS[verb],
            actor=cast.head,
            round_=cast.round,
            status=factory.status_of(cast.round, cast.own_goal),
            content=content_of(factory.entry()),
        )
        return own_status(cast) | {"event": made.pk}

    return kwargs


RULES = [
    Rule("own_goals", none, get=all_of(WRITERS)),
    Rule(
        "status",
        own_status,
        get=all_of(DRAFT_READERS),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("draft"),
        case="in draft",
    ),
    Rule(
        "status",
        own_status,
        get=all_of(DRAFT_READERS),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("returned"),
        case="returned",
    ),
    Rule(
        "status",
        own_status,
        get=all_of(READERS),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("submitted"),
        case="submitted",
    ),
    Rule(
        "status",
        own_status,
        get=all_of(READERS),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("approved"),
        case="approved",
    ),
    Rule(
        "status",
        lambda cast: own_status(cast) | {"slug": factory.make_catalogue("andet").slug},
        get={},
        post={},
        given=in_state("approved"),
        case="under a catalogue it is not in",
    ),
    Rule(
        "status",
        lambda cast: own_status(cast) | {"goal": 999_999},
        get={},
        post={},
        case="of a goal that does not exist",
    ),
    Rule(
        "approve", own_status, get=None, post=all_of(COORDINATOR, 302), given=in_state("submitted")
    ),
    Rule(
        "approve",
        lambda cast: own_status(cast) | {"goal": 999_999},
        get=all_of(COORDINATOR, 405),
        post={},
        case="of a goal that does not exist",
    ),
    Rule("unlock", own_status, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule(
        "unlock",
        lambda cast: own_status(cast) | {"goal": 999_999},
        get={},
        post={},
        case="of a goal that does not exist",
    ),
    Rule("correct", own_status, get=all_of(COORDINATOR, 302), post=all_of(COORDINATOR, 302)),
    Rule(
        "correct",
        own_status,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        given=in_state("submitted"),
        case="handed in",
    ),
    Rule(
        "correct",
        lambda cast: own_status(cast) | {"goal": 999_999},
        get={},
        post={},
        case="of a goal that does not exist",
    ),
    Rule("lock_again", own_status, get=None, post=all_of(COORDINATOR, 302)),
    Rule(
        "return_to_head",
        own_status,
        get=None,
        post=all_of(COORDINATOR, 409),
        given=in_state("submitted"),
    ),
    Rule(
        "autosave",
        own_status,
        get=all_of(WRITERS, 405),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("submitted"),
    ),
    Rule("opened", own_status, get=all_of(WRITERS, 405), post=all_of(OWN_WRITERS, 204)),
    Rule("preview", own_status, get=all_of(OWN_WRITERS), post=all_of(WRITERS, 405)),
    Rule("typed", own_status, get=all_of(WRITERS, 405), post=all_of(OWN_WRITERS)),
    Rule(
        "compare",
        lambda cast: own_status(cast) | {"event": refused(cast).pk},
        get=all_of(OWN_WRITERS),
        post=all_of(OWN_WRITERS, 422),
        case="with a refused text",
    ),
    Rule(
        "compare",
        lambda cast: own_status(cast) | {"event": 999_999},
        get={},
        post={},
        case="that does not exist",
    ),
    Rule(
        "history",
        own_status,
        get=all_of(DRAFT_READERS),
        post=all_of(READERS, 405),
        given=in_state("draft"),
        case="in draft",
    ),
    Rule(
        "history",
        own_status,
        get=all_of(READERS),
        given=in_state("submitted"),
        case="submitted",
    ),
    Rule(
        "version",
        own_version("submit"),
        get=all_of(READERS),
        given=in_state("submitted"),
        case="handed in",
    ),
    Rule(
        "version",
        own_version("save"),
        get=all_of(DRAFT_READERS),
        post=all_of(READERS, 405),
        given=in_state("submitted"),
        case="a draft",
    ),
    Rule(
        "version",
        own_version("refuse"),
        get=all_of(OWN_WRITERS | COORDINATOR),
        post=all_of(READERS, 405),
        given=in_state("submitted"),
        case="refused",
    ),
    Rule(
        "version",
        lambda cast: own_version("submit")(cast) | {"goal": cast.other_goal.pk},
        get={},
        post=all_of(READERS, 405),
        given=in_state("submitted"),
        case="of another goal",
    ),
]
