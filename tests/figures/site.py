"""The pages of the figures."""

from tests.figures.access import RULES, indicator
from tests.figures.situations import SITUATIONS
from tests.support.addresses import catalogue, none
from tests.support.rows import Route, Site, counted, part

ACTIONS = "Handlinger"

SITE = Site(
    [
        Route("indicator", ACTIONS, counted("head", "coordinator", at=indicator)),
        Route("paste_figures", ACTIONS, counted("head", "coordinator", at=indicator)),
        Route("supplied", "Måltal, du leverer", counted("supplier", at=none)),
        Route("supplier", ACTIONS, counted("coordinator", at=indicator)),
        part("end_supplier", "a button on the supplier's page"),
        Route("import_figures", ACTIONS, counted("coordinator", at=catalogue)),
        part("figures_workbook", "a workbook", counted("head", "coordinator", at=catalogue)),
        part("figures_text", "a text", counted("head", "coordinator", at=catalogue)),
    ],
    RULES,
    SITUATIONS,
)
