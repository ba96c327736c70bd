"""How a follow-up looks in situations that the table of access does not make."""

from datetime import timedelta

from django.utils import timezone

from reports.models import FollowUpAnswer
from tests.support import states
from tests.support.cast import Cast
from tests.support.followups import followed_up, make_follow_up, own_answer
from tests.support.rows import Situation
from tests.support.states import BOTH, HEAD, VUF


def answered(cast: Cast) -> None:
    """Answered at length, and closed."""
    day = timezone.localdate() - timedelta(days=1)
    make_follow_up(cast, due=day)
    text = states.LONG_TEXT
    FollowUpAnswer.objects.update(
        reached=text,
        changed=text,
        next_step=text,
        revision=1,
        saved_at=timezone.now(),
        author_name=states.LONG_WORD,
        author_position=states.LONG_WORD,
    )


SITUATIONS = [
    Situation("follow_up", followed_up, BOTH, "answered", answered),
    Situation("follow_up_answer", own_answer, HEAD, "closed", answered),
    Situation("undo_follow_up", followed_up, VUF, "written on", answered),
    Situation(
        "follow_up_answer",
        own_answer,
        HEAD,
        "too long",
        code=422,
        typed=lambda cast: {"revision": "0", "reached": states.LONG_TEXT * 4},
    ),
    Situation(
        "follow_up_answer",
        own_answer,
        HEAD,
        "changed",
        answered,
        409,
        lambda cast: {"revision": "0", "reached": states.LONG_TEXT},
    ),
]
