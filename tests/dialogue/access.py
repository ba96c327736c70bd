"""Who gets what at the buttons of the dialogue about a status."""

from tests.support import factory
from tests.support.addresses import in_state, own_status
from tests.support.cast import Cast
from tests.support.rows import (
    DRAFT_READERS,
    OWN_SIGNERS,
    OWN_WRITERS,
    READERS,
    WRITERS,
    Kwargs,
    Rule,
    all_of,
)

#: Who comments on what is handed in: not the heads of other goals.
TALKERS = READERS - {"other_head"}


def own_thread(cast: Cast) -> Kwargs:
    """A comment by somebody who is neither writer nor coordinator."""
    status = factory.status_of(cast.round, cast.own_goal)
    return own_status(cast) | {"thread": factory.comment(status, cast.colleague).pk}


RULES = [
    Rule(
        "sign",
        own_status,
        get=all_of(WRITERS, 405),
        post=all_of(OWN_SIGNERS, 302),
        given=in_state("submitted"),
    ),
    Rule(
        "sign",
        lambda cast: own_status(cast) | {"goal": 999_999},
        get=all_of(WRITERS, 405),
        post={},
        case="of a goal that does not exist",
    ),
    Rule(
        "comment",
        own_status,
        get=all_of(READERS, 405),
        post=all_of(DRAFT_READERS, 422),
        given=in_state("draft"),
        case="in draft",
    ),
    Rule(
        "comment",
        own_status,
        get=all_of(READERS, 405),
        post=all_of(TALKERS, 422),
        given=in_state("submitted"),
        case="submitted",
    ),
    Rule(
        "answer_comment",
        own_thread,
        get=all_of(READERS, 405),
        post=all_of(DRAFT_READERS, 422),
        given=in_state("draft"),
        case="in draft",
    ),
    Rule(
        "answer_comment",
        own_thread,
        get=all_of(READERS, 405),
        post=all_of(TALKERS, 422),
        given=in_state("submitted"),
        case="submitted",
    ),
    Rule(
        "answer_comment",
        lambda cast: own_thread(cast) | {"goal": cast.other_goal.pk},
        get=all_of(READERS, 405),
        post={},
        given=in_state("submitted"),
        case="of another goal",
    ),
    Rule(
        "resolve_comment",
        own_thread,
        get=all_of(READERS, 405),
        post=all_of(OWN_WRITERS | {"coordinator", "colleague"}, 302),
        given=in_state("submitted"),
    ),
    Rule(
        "reopen_comment",
        own_thread,
        get=all_of(READERS, 405),
        post=all_of(OWN_WRITERS | {"coordinator", "colleague"}, 302),
        given=in_state("submitted"),
    ),
]
