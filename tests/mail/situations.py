"""How the mail's pages look in situations that the table of access does not make."""

from tests.addresses import none, round_
from tests.browser import states
from tests.browser.states import VUF
from tests.rows import Situation

SITUATIONS = [
    Situation("remind", round_, VUF, "some reminded", states.reminded),
    Situation("remind", round_, VUF, "none lacks", states.all_approved),
    Situation("remind", round_, VUF, "closed", states.closed),
    Situation("mail_log", none, VUF, "long", states.long_post),
    Situation("mail_log", none, VUF, "second page", states.long_post, query="?side=2"),
]
