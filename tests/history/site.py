"""The log of everything."""

from tests.history.access import RULES
from tests.history.situations import SITUATIONS
from tests.support.addresses import none
from tests.support.rows import Route, Site, counted

SITE = Site([Route("log", "Log", counted("administrator", at=none))], RULES, SITUATIONS)
