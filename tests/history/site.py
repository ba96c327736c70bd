"""The log of everything."""

from tests.addresses import none
from tests.history.access import RULES
from tests.history.situations import SITUATIONS
from tests.rows import Route, Site, counted

SITE = Site([Route("log", "Log", counted("administrator", at=none))], RULES, SITUATIONS)
