"""How the catalogue's pages look in situations that the table of access does not make."""

from actions.catalogue.versions.store import add_version
from actions.models import Action
from tests.support import factory, states
from tests.support.addresses import action, catalogue, first_goal, none
from tests.support.cast import Cast
from tests.support.rows import Situation
from tests.support.states import BOTH, HEAD, VUF, empty


def versions_made(cast: Cast) -> None:
    add_version(cast.catalogue)
    Action.objects.filter(catalogue=cast.catalogue, number=1).update(title="Et nyt navn")
    by = factory.mandate(cast.people["coordinator"])
    add_version(cast.catalogue, by=by, decisions={"handling 1": "Kommunalbestyrelsen, punkt 7"})


def stopped(cast: Cast) -> None:
    """The action is stopped, in the midst of a round in which a head has begun."""
    status = factory.hand_in(factory.status_of(cast.round, cast.own_goal), "draft")
    row = status.goal.action
    row.stopped_on, row.stopped_by = cast.round.due, states.LONG_TEXT
    row.save()


def one_goal_stopped(cast: Cast) -> None:
    goal = cast.own_goal
    goal.stopped_on, goal.stopped_by = cast.round.due, "Kommunalbestyrelsen, punkt 7"
    goal.save()


SITUATIONS = [
    Situation("stop_action", action, VUF, "stopped", stopped),
    Situation("stop_goal", first_goal, VUF, "action stopped", stopped),
    Situation("catalogue", catalogue, HEAD, "stopped", stopped),
    Situation("action", action, BOTH, "stopped", stopped),
    Situation("action", action, BOTH, "a goal stopped", one_goal_stopped),
    Situation("catalogue", empty, BOTH, "empty"),
    Situation("catalogue", catalogue, HEAD, "every light and state", states.mixed),
    Situation("catalogue", catalogue, HEAD, "long words", states.long_names),
    Situation("action", action, HEAD, "with figures", states.in_full("approved")),
    Situation("action", action, HEAD, "long words", states.long_names),
    Situation("catalogue_history", catalogue, HEAD, "two versions", versions_made),
    Situation("withdraw_catalogue", empty, VUF, "empty"),
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
