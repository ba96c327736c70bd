"""The pages of the mail."""

from tests.mail.access import RULES
from tests.mail.situations import SITUATIONS
from tests.support.addresses import none, round_
from tests.support.rows import Route, Site, counted

SITE = Site(
    [
        Route("remind", "Status", counted("coordinator", at=round_)),
        Route("mail_log", "Post", counted("coordinator", at=none)),
    ],
    RULES,
    SITUATIONS,
)
