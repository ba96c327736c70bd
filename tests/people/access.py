"""Who gets what at the pages of posts, deputies and users."""

from tests.support.addresses import none
from tests.support.cast import Cast
from tests.support.rows import ADMINISTRATOR, HEADS, STAFFING, Kwargs, Rule, all_of


def appointment(cast: Cast) -> Kwargs:
    return {"pk": cast.position.appointments.filter(user=cast.head).get().pk}


def delegation(cast: Cast) -> Kwargs:
    return {"pk": cast.position.delegations.filter(deputy=cast.writer).get().pk}


RULES = [
    Rule(
        "delegations",
        none,
        get=all_of(HEADS),
        post=all_of(HEADS, 422),
    ),
    Rule("end_delegation", delegation, get=all_of({"head"}), post=all_of({"head"}, 302)),
    Rule("end_delegation", lambda cast: {"pk": 999_999}, get={}, post={}, case="not there"),
    Rule("positions", none, get=all_of(STAFFING)),
    Rule(
        "position",
        lambda cast: {"pk": cast.position.pk},
        get=all_of(STAFFING),
        post=all_of(STAFFING, 302),
    ),
    Rule("position", lambda cast: {"pk": 999_999}, get={}, post={}, case="not there"),
    Rule(
        "rename_position",
        lambda cast: {"pk": cast.position.pk},
        get=all_of(STAFFING),
        post=all_of(STAFFING, 422),
    ),
    Rule(
        "merge_position",
        lambda cast: {"pk": cast.position.pk},
        get=all_of(STAFFING),
        post=all_of(STAFFING, 422),
    ),
    Rule(
        "undo_merge",
        lambda cast: {"pk": cast.position.pk},
        get=all_of(STAFFING),
        post=all_of(STAFFING, 302),
    ),
    Rule("undo_merge", lambda cast: {"pk": 999_999}, get={}, post={}, case="not there"),
    Rule(
        "appoint",
        lambda cast: {"pk": cast.position.pk},
        get=all_of(STAFFING),
        post=all_of(STAFFING, 422),
    ),
    Rule(
        "end_appointment",
        appointment,
        get=all_of(STAFFING),
        post=all_of(STAFFING, 422),
    ),
    Rule("undo_appointment", appointment, get=all_of(STAFFING), post=all_of(STAFFING, 302)),
    Rule("undo_appointment", lambda cast: {"pk": 999_999}, get={}, post={}, case="not there"),
    Rule("users", none, get=all_of(ADMINISTRATOR)),
    Rule("create_user", none, get=all_of(ADMINISTRATOR), post=all_of(ADMINISTRATOR, 422)),
    Rule(
        "user",
        lambda cast: {"pk": cast.head.pk},
        get=all_of(ADMINISTRATOR),
        post=all_of(ADMINISTRATOR, 422),
    ),
    Rule("user", lambda cast: {"pk": 999_999}, get={}, post={}, case="not there"),
]
