"""A report's draft and editions, in the house and in public."""

from tests.editions.access import RULES
from tests.editions.places import newest, publication
from tests.editions.situations import SITUATIONS
from tests.support.addresses import catalogue, final, midterm, none, round_
from tests.support.rows import ANONYMOUS, NO_ITEM, Picture, Route, Site, counted, part

ITEM = "Rapporter"
PDF, WORD = "a PDF", "a Word document"
DEMO = {"slug": "handlingskatalog-24", "year": 2026}
AT_ROUND, AT_NEWEST = (counted("coordinator", at=at) for at in (round_, newest))
BY_COMMITTEE, BY_ANYBODY = (counted(who, at=newest) for who in ("committee", ANONYMOUS))

SITE = Site(
    [
        Route("reports", ITEM, counted("coordinator", "committee", at=catalogue)),
        Route(
            "draft",
            ITEM,
            AT_ROUND + counted("coordinator", at=midterm) + counted("coordinator", at=final),
            (Picture("rapport", "vuf", DEMO, on_phone=True),),
        ),
        part("draft_pdf", PDF, AT_ROUND),
        part("draft_docx", WORD),
        part("draft_progress", "a line on the draft's page", AT_ROUND),
        Route("publish", ITEM, AT_ROUND),
        Route("publication", ITEM, counted("coordinator", at=publication)),
        Route("edition", ITEM, BY_COMMITTEE),
        part("edition_pdf", PDF, BY_COMMITTEE),
        part("edition_docx", WORD),
        Route("make_public", ITEM, AT_NEWEST),
        Route("withdraw_public", ITEM, AT_NEWEST),
        Route("public_reports", NO_ITEM, counted(ANONYMOUS, at=none)),
        Route("public_edition", NO_ITEM, BY_ANYBODY),
        part("public_pdf", PDF, BY_ANYBODY),
    ],
    RULES,
    SITUATIONS,
    keeps_on_get={"draft_pdf": "the wish for a draft that is not rendered yet"},
)
