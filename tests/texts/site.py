"""The pages of what is written for a report."""

from reports.models import Part, Passage
from reports.texts import verbs
from tests.support import factory
from tests.support.addresses import of_report, passage, round_
from tests.support.rows import REFUSED, WHOLE_CATALOGUE, Kwargs, Picture, Route, Site, counted, part
from tests.support.world import World
from tests.texts.access import RULES
from tests.texts.situations import SITUATIONS

ITEM = "Rapporter"
DEMO = {"slug": "handlingskatalog-24", "year": 2026}


def refused(world: World) -> Kwargs:
    """A recommendation of the head's that could not be saved."""
    kept = verbs.keep_refused(
        passage=Passage.objects.get(part=Part.HEAD, action__number=1),
        by=factory.mandate(world.people["head"]),
        texts={"choice": "adjust", "reason": f"Målet er for lavt ved {world.size}."},
        reason="Nogen har ændret teksten.",
    )
    return passage("chefer-1")(world) | {"event": kept.pk}


SITE = Site(
    [
        Route(
            "next_catalogue",
            ITEM,
            counted("coordinator", at=round_),
            (Picture("naeste-katalog", "vuf", DEMO),),
            most=WHOLE_CATALOGUE,
        ),
        Route(
            "editorial",
            ITEM,
            counted("coordinator", at=of_report("midtvejsevaluering"))
            + counted("coordinator", at=of_report("statusredegoerelse")),
        ),
        Route(
            "passage",
            ITEM,
            counted("coordinator", at=passage("redaktion"))
            + counted("coordinator", at=passage("handling-1"))
            + counted("head", at=passage("chefer-1")),
        ),
        part("autosave_passage", "a part of the passage's page"),
        Route("compare_passage", ITEM, counted("head", at=refused), most=REFUSED),
    ],
    RULES,
    SITUATIONS,
)
