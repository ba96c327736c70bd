"""The committee's pages, and the sagspakke that is made for it."""

from actions.writing import drafts
from reports.committee.questions import ANSWER
from reports.models import Question
from tests.committee.access import RULES
from tests.committee.situations import SITUATIONS
from tests.editions.places import newest
from tests.support import factory
from tests.support.addresses import catalogue, edition, round_
from tests.support.rows import REFUSED, Kwargs, Picture, Route, Site, counted, part
from tests.support.world import World

REPORTS, SELECTION = "Rapporter", "Udvælgelse"
MEMBER = "oekonomiudvalget"
DEMO = {"slug": "handlingskatalog-24", "year": 2025}


def asked(world: World) -> Kwargs:
    return round_(world) | {"pk": Question.objects.filter(action__number=1)[0].pk}


def refused_answer(world: World) -> Kwargs:
    """An answer that could not be saved, to the first question."""
    question = Question.objects.filter(action__number=1)[0]
    by = factory.mandate(world.people["head"])
    _row, kept = drafts.archive(ANSWER, question, "Det regnede.", by=by, reason="For sent.")
    return asked(world) | {"event": kept.pk}


AT_NEWEST = counted("coordinator", at=newest)

SITE = Site(
    [
        part("latest_selection", "leads on to the page of the latest report"),
        Route(
            "selection",
            SELECTION,
            counted("committee", "coordinator", at=round_),
            (
                Picture("udvaelgelse", MEMBER, DEMO, "#handlinger", on_phone=True),
                Picture("sammenlign", MEMBER, DEMO, "?handling=1&handling=5"),
            ),
        ),
        Route("selection_action", SELECTION, counted("committee", at=edition)),
        Route(
            "ask", SELECTION, counted("committee", at=edition), most=REFUSED, code=422, posts=True
        ),
        Route(
            "point", SELECTION, counted("committee", at=edition), most=REFUSED, code=422, posts=True
        ),
        part("withdraw", "a button on the action's page"),
        Route("decide", SELECTION, counted("coordinator", at=round_)),
        Route("question", REPORTS, counted("committee", "head", at=asked)),
        part("autosave_answer", "a part of the question's page"),
        Route("compare_answer", REPORTS, counted("head", at=refused_answer), most=REFUSED),
        Route("case", REPORTS, AT_NEWEST, (Picture("sagspakke", "vuf", DEMO | {"number": 1}),)),
        part("case_txt", "a text file", AT_NEWEST),
        part("case_docx", "a Word document", AT_NEWEST),
        Route("case_template", REPORTS, counted("coordinator", at=catalogue)),
    ],
    RULES,
    SITUATIONS,
)
