"""The pages of a follow-up."""

from actions.writing import drafts
from reports.followup.verbs import FOLLOW_UP_TEXT
from reports.models import FollowUpAnswer
from tests.followup.access import RULES
from tests.followup.situations import SITUATIONS
from tests.support import factory
from tests.support.addresses import round_
from tests.support.followups import followed_up, own_answer
from tests.support.rows import REFUSED, Kwargs, Route, Site, counted, part
from tests.support.world import World

ITEM = "Rapporter"


def refused(world: World) -> Kwargs:
    """An answer of the head's that could not be saved."""
    place = own_answer(world)
    answer = FollowUpAnswer.objects.get(status__goal=world.own_goal)
    texts = {"reached": f"Vi er nået til {world.size}.", "changed": "", "next_step": ""}
    by = factory.mandate(world.people["head"])
    _row, kept = drafts.archive(FOLLOW_UP_TEXT, answer, texts, by=by, reason="For sent.")
    return place | {"event": kept.pk}


SITE = Site(
    [
        Route("new_follow_up", ITEM, counted("coordinator", at=round_)),
        Route("follow_up", ITEM, counted("head", "coordinator", at=followed_up)),
        Route("close_follow_up", ITEM, counted("coordinator", at=followed_up)),
        Route("undo_follow_up", ITEM, counted("coordinator", at=followed_up)),
        Route("follow_up_answer", ITEM, counted("head", at=own_answer)),
        part("addendum", "a PDF"),
        part("addendum_progress", "a line on the follow-up's page"),
        part("autosave_follow_up", "a part of the answer's page"),
        Route("compare_follow_up", ITEM, counted("head", at=refused), most=REFUSED),
    ],
    RULES,
    SITUATIONS,
    keeps_on_get={"addendum": "the wish for an addendum that is not rendered yet"},
)
