"""Who gets what at the pages of what is written for a report."""

from reports.models import Part
from reports.texts import verbs
from tests.support import factory
from tests.support.addresses import catalogue, of_report, passage, published_midterm, round_
from tests.support.cast import Cast
from tests.support.rows import COORDINATOR, OWN_SIGNERS, WRITERS, Kwargs, Rule, all_of


def refused_passage(cast: Cast) -> Kwargs:
    """A recommendation of the co-head's that could not be saved."""
    action = cast.own_goal.action
    kept = verbs.keep_refused(
        passage=factory.make_passage(cast.catalogue, Part.HEAD, action),
        by=factory.mandate(cast.co_head),
        texts={"choice": "adjust", "reason": "Målet er for lavt."},
        reason="Nogen har ændret teksten.",
    )
    return passage("chefer-1")(cast) | {"event": kept.pk}


RULES = [
    Rule("next_catalogue", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule(
        "next_catalogue",
        lambda cast: catalogue(cast) | {"year": cast.round.year - 1},
        get={},
        post={},
        case="no midterm",
    ),
    Rule("editorial", of_report("midtvejsevaluering"), get=all_of(COORDINATOR)),
    Rule(
        "editorial",
        of_report("statusredegoerelse"),
        get=all_of(COORDINATOR),
        case="of the yearly report",
    ),
    Rule(
        "editorial",
        of_report("andet"),
        get={},
        post=all_of(COORDINATOR, 405),
        case="of no report",
    ),
    Rule(
        "passage",
        passage("redaktion"),
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        case="of the report",
    ),
    Rule(
        "passage",
        passage("handling-1"),
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        case="of an action",
    ),
    Rule(
        "passage",
        passage("chefer-1"),
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 422),
        case="of the heads",
    ),
    Rule(
        "passage",
        passage("chefer-1"),
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 409),
        given=published_midterm,
        case="of the heads when published",
    ),
    Rule(
        "passage",
        lambda cast: passage("chefer-1")(cast) | {"report": "statusredegoerelse"},
        get={},
        post={},
        case="of the heads in the yearly report",
    ),
    Rule("passage", passage("handling-99"), get={}, post={}, case="of no action"),
    Rule(
        "autosave_passage",
        passage("redaktion"),
        get=all_of(WRITERS | COORDINATOR, 405),
        post=all_of(COORDINATOR),
    ),
    Rule(
        "compare_passage",
        refused_passage,
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 422),
        case="with a refused text",
    ),
    Rule(
        "compare_passage",
        lambda cast: refused_passage(cast) | {"key": "redaktion"},
        get={},
        post={},
        case="of another place",
    ),
]
