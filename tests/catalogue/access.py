"""Who gets what at the pages of the catalogue."""

from tests.support.addresses import action, catalogue, first_goal, none
from tests.support.rows import COORDINATOR, READERS, Rule, all_of

RULES = [
    Rule("catalogue", catalogue, get=all_of(READERS)),
    Rule("catalogues", none, get=all_of(READERS)),
    Rule("new_catalogue", none, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("import_catalogue", none, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("catalogue_template", none, get=all_of(COORDINATOR)),
    Rule("catalogue_workbook", catalogue, get=all_of(READERS)),
    Rule("catalogue_history", catalogue, get=all_of(READERS)),
    Rule("edit_catalogue", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("catalogue_fields", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("carry_over", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule(
        "withdraw_catalogue",
        catalogue,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 302),
    ),
    Rule("new_action", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 409)),
    Rule("edit_action", action, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 409)),
    Rule("remove_action", action, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 409)),
    Rule("stop_action", action, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("split_action", action, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("merge_action", action, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("stop_goal", first_goal, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule(
        "stop_goal",
        lambda cast: action(cast) | {"goal": 99},
        get={},
        case="not there",
    ),
    *(
        Rule(
            name,
            lambda cast: catalogue(cast) | {"number": 99},
            get={},
            post=all_of(COORDINATOR, code) if code else {},
            case="not there",
        )
        for name, code in (
            ("edit_action", 409),
            ("remove_action", 0),
            ("stop_action", 0),
            ("split_action", 0),
            ("merge_action", 0),
        )
    ),
    Rule(
        "catalogue",
        lambda cast: {"slug": "findes-ikke"},
        get={},
        post=all_of(READERS, 405),
        case="not there",
    ),
    Rule("action", lambda cast: catalogue(cast) | {"number": 1}, get=all_of(READERS)),
    Rule(
        "action",
        lambda cast: catalogue(cast) | {"number": 99},
        get={},
        post=all_of(READERS, 405),
        case="not there",
    ),
]
