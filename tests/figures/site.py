"""The pages of the figures."""

from tests.figures.access import RULES, indicator
from tests.figures.situations import SITUATIONS
from tests.support.rows import Route, Site, counted

SITE = Site(
    [Route("indicator", "Handlinger", counted("head", "coordinator", at=indicator))],
    RULES,
    SITUATIONS,
)
