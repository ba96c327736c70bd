"""The pages of the figures."""

from tests.figures.access import RULES, indicator
from tests.figures.situations import SITUATIONS
from tests.support.addresses import catalogue
from tests.support.rows import Route, Site, counted, part

SITE = Site(
    [
        Route("indicator", "Handlinger", counted("head", "coordinator", at=indicator)),
        Route("import_figures", "Handlinger", counted("coordinator", at=catalogue)),
        part("figures_workbook", "a workbook", counted("head", "coordinator", at=catalogue)),
        part("figures_text", "a text", counted("head", "coordinator", at=catalogue)),
    ],
    RULES,
    SITUATIONS,
)
