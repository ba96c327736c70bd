"""The pages of the temamøde, and the council's."""

from actions.writing import drafts
from reports.meeting.page import get_meeting
from reports.meeting.verbs import ConclusionText
from tests.meeting.access import RULES
from tests.meeting.situations import SITUATIONS
from tests.support import factory
from tests.support.addresses import catalogue, edition, round_
from tests.support.rows import REFUSED, Kwargs, Picture, Route, Site, counted, part
from tests.support.world import World

ITEM = "Rapporter"
DEMO = {"slug": "handlingskatalog-24"}
MEETING = DEMO | {"year": 2025}


def refused(world: World) -> Kwargs:
    """A conclusion that could not be saved, on the first chosen action."""
    page = get_meeting(world.catalogue.slug, world.round.year)
    text, by = (
        ConclusionText(page.report, page.chosen[0]),
        factory.mandate(world.people["coordinator"]),
    )
    _row, kept = drafts.archive(text, text.row, "Vi vil vide mere.", by=by, reason="For sent.")
    return round_(world) | {"number": page.chosen[0].number, "event": kept.pk}


SITE = Site(
    [
        Route(
            "theme_meeting",
            ITEM,
            counted("coordinator", at=round_),
            (Picture("temamoede", "vuf", MEETING, on_phone=True),),
        ),
        Route(
            "presentation",
            ITEM,
            counted("committee", at=round_),
            (Picture("praesentation", "vuf", MEETING),),
        ),
        part("handouts", "a PDF", counted("committee", at=round_)),
        part("handout", "a PDF", counted("committee", at=edition)),
        part("handout_progress", "a line on the temamøde's page", counted("committee", at=edition)),
        Route("programme", ITEM, counted("coordinator", at=round_)),
        Route("conclusion", ITEM, counted("coordinator", at=edition)),
        part("autosave_conclusion", "a part of the conclusion's page"),
        Route("compare_conclusion", ITEM, counted("coordinator", at=refused), most=REFUSED),
        Route(
            "council",
            "Overblik",
            counted("coordinator", at=catalogue),
            (Picture("overblik", "kommunalbestyrelsen", DEMO, on_phone=True),),
        ),
    ],
    RULES,
    SITUATIONS,
    keeps_on_get={
        "handout": "the wish for a handout that is not rendered yet",
        "handouts": "the wish for handouts that are not rendered yet",
    },
)
