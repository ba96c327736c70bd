"""The pages of the rounds."""

from tests.rounds.access import RULES
from tests.rounds.situations import SITUATIONS
from tests.support.addresses import catalogue, round_
from tests.support.rows import Picture, Route, Site, counted, part

ITEM = "Status"
DEMO = {"slug": "handlingskatalog-24", "year": 2026}
AT_ROUND = counted("coordinator", at=round_)

SITE = Site(
    [
        Route("rounds", ITEM, counted("coordinator", at=catalogue)),
        Route("open_round", ITEM, counted("coordinator", at=catalogue)),
        Route(
            "round",
            ITEM,
            counted("head", "coordinator", at=round_),
            (Picture("runde", "vuf", DEMO, on_phone=True),),
        ),
        part("round_list", "a workbook", AT_ROUND),
        Route("round_dates", ITEM, AT_ROUND),
        Route("round_year", ITEM, AT_ROUND),
        Route("close_round", ITEM, AT_ROUND),
        Route("reopen_round", ITEM, AT_ROUND),
        part("deadlines", "a calendar file"),
    ],
    RULES,
    SITUATIONS,
)
