"""The catalogue's pages, and those where VUF edits it."""

from tests.catalogue.access import RULES
from tests.catalogue.situations import SITUATIONS
from tests.support.addresses import action, catalogue, first_goal, none
from tests.support.rows import WHOLE_CATALOGUE, Picture, Route, Site, counted, part

ITEM = "Handlinger"
BOTH = ("head", "coordinator")
DEMO = {"slug": "handlingskatalog-24"}
AT_CATALOGUE, AT_ACTION = (counted("coordinator", at=at) for at in (catalogue, action))

SITE = Site(
    [
        Route("catalogue", ITEM, counted(*BOTH, at=catalogue)),
        Route("catalogues", ITEM, counted("head", at=none)),
        Route("new_catalogue", ITEM, counted("coordinator", at=none)),
        Route("import_catalogue", ITEM, counted("coordinator", at=none)),
        part("catalogue_template", "a workbook"),
        part("catalogue_workbook", "a workbook", AT_CATALOGUE, WHOLE_CATALOGUE),
        Route("catalogue_history", ITEM, counted(*BOTH, at=catalogue)),
        Route("edit_catalogue", ITEM, AT_CATALOGUE, most=WHOLE_CATALOGUE),
        Route("catalogue_fields", ITEM, AT_CATALOGUE, most=WHOLE_CATALOGUE),
        Route("carry_over", ITEM, AT_CATALOGUE, most=WHOLE_CATALOGUE),
        Route("withdraw_catalogue", ITEM, AT_CATALOGUE),
        Route("new_action", ITEM, AT_CATALOGUE, most=WHOLE_CATALOGUE),
        Route(
            "edit_action",
            ITEM,
            AT_ACTION,
            (Picture("rediger-handling", "vuf", DEMO | {"number": 3}, on_phone=True),),
            most=WHOLE_CATALOGUE,
        ),
        Route("remove_action", ITEM, AT_ACTION, most=WHOLE_CATALOGUE),
        Route("stop_action", ITEM, AT_ACTION, most=WHOLE_CATALOGUE),
        Route("split_action", ITEM, AT_ACTION, most=WHOLE_CATALOGUE),
        Route("merge_action", ITEM, AT_ACTION, most=WHOLE_CATALOGUE),
        Route("stop_goal", ITEM, counted("coordinator", at=first_goal), most=WHOLE_CATALOGUE),
        Route(
            "action",
            ITEM,
            counted(*BOTH, at=action),
            (Picture("handling", "erhvervs-og-turistchefen", DEMO | {"number": 3}),),
        ),
    ],
    RULES,
    SITUATIONS,
)
