"""Who gets what at the committee's pages, and at the sagspakke made for it."""

from actions.writing import drafts
from reports.committee.questions import ANSWER
from reports.models import Edition, Kind, Question
from tests.status.access import refused
from tests.support import factory
from tests.support.addresses import (
    catalogue,
    edition,
    midterm,
    published,
    published_midterm,
    round_,
)
from tests.support.cast import Cast
from tests.support.rows import COORDINATOR, OWN_SIGNERS, READERS, Kwargs, Rule, all_of

#: What is read of an edition's sagspakke.
CASE = ("case", "case_txt", "case_docx")
#: Who prepares the temamøde, and who reads the committee's questions: never the council.
SELECTORS = {"committee", "coordinator"}
QUESTION_READERS = READERS | {"committee"}


def asked(cast: Cast) -> Kwargs:
    """A question to the heads of the own goal's action."""
    latest = Edition.objects.latest_of(cast.catalogue.slug, cast.round.year, Kind.STATUS)
    report = (latest or factory.make_edition(cast.catalogue, cast.round.year)).report
    return round_(cast) | {"pk": factory.make_question(report, cast.own_goal.action).pk}


def refused_answer(cast: Cast) -> Kwargs:
    """An answer of the co-head's that could not be saved."""
    where = asked(cast)
    question = Question.objects.get(pk=where["pk"])
    by = factory.mandate(cast.co_head)
    reason = "En anden har skrevet."
    _row, kept = drafts.archive(ANSWER, question, "Det regnede.", by=by, reason=reason)
    return where | {"event": kept.pk}


RULES = [
    *(Rule(name, edition, get=all_of(COORDINATOR), given=published) for name in CASE),
    *(
        Rule(name, edition, get={}, post=all_of(COORDINATOR, 405), case="not published")
        for name in CASE
    ),
    Rule(
        "case",
        lambda cast: midterm(cast) | {"number": 1},
        get=all_of(COORDINATOR),
        given=published_midterm,
        case="of the midterm",
    ),
    Rule("case_template", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("latest_selection", catalogue, get=all_of(SELECTORS, 302)),
    Rule("selection", round_, get=all_of(SELECTORS), given=published),
    Rule("selection", round_, get={}, post=all_of(SELECTORS, 405), case="not published"),
    Rule("selection_action", edition, get=all_of(SELECTORS), given=published),
    Rule(
        "selection_action",
        lambda cast: round_(cast) | {"number": 99},
        get={},
        post=all_of(SELECTORS, 405),
        given=published,
        case="not there",
    ),
    *(
        Rule(name, edition, get=None, post=all_of({"committee"}, code), given=published)
        for name, code in (("ask", 422), ("point", 422), ("withdraw", 302))
    ),
    *(
        Rule(name, edition, get=all_of({"committee"}, 405), post={}, case="not published")
        for name in ("ask", "point", "withdraw")
    ),
    Rule("decide", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422), given=published),
    Rule("decide", round_, get={}, post={}, case="not published"),
    Rule("question", asked, get=all_of(QUESTION_READERS), post=all_of(OWN_SIGNERS, 422)),
    Rule(
        "autosave_answer",
        asked,
        get=all_of(QUESTION_READERS, 405),
        post=all_of(OWN_SIGNERS),
    ),
    Rule(
        "question",
        lambda cast: asked(cast) | {"year": cast.round.year - 1},
        get={},
        post={},
        case="of another year",
    ),
    Rule(
        "compare_answer",
        refused_answer,
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 422),
        case="with a refused text",
    ),
    Rule(
        "compare_answer",
        lambda cast: refused_answer(cast) | {"event": refused(cast).pk},
        get={},
        post={},
        case="of another text",
    ),
]
