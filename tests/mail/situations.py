"""How the mail's pages look in situations that the table of access does not make."""

from tests.support import states
from tests.support.addresses import none, round_
from tests.support.rows import Situation
from tests.support.states import VUF

SITUATIONS = [
    Situation("remind", round_, VUF, "some reminded", states.reminded),
    Situation("remind", round_, VUF, "none lacks", states.all_approved),
    Situation("remind", round_, VUF, "closed", states.closed),
    Situation("mail_log", none, VUF, "long", states.long_post),
    Situation("mail_log", none, VUF, "second page", states.long_post, query="?side=2"),
]
