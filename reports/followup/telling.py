"""Who is told of a follow-up: when it is made, a week before it is due, and on the day."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.danish import format_date
from actions.mail import notices
from actions.mail.notices import News
from actions.models import Occasion, User
from reports.models import FollowUp, FollowUpAnswer

#: How long before the last day those who lack an answer are reminded.
BEFORE_DUE: Final = timedelta(days=7)


def tell_made(follow_up: FollowUp, answers: Iterable[FollowUpAnswer], by: Mandate) -> None:
    words = _("%(body)s beder om en kort opfølgning på status. Svar senest %(due)s.") % {
        "body": follow_up.round.catalogue.coordinator,
        "due": format_date(follow_up.due),
    }
    _tell(follow_up, answers, words, "made", by.user)


def note_follow_ups(today: date) -> None:
    """Reminds those who lack an answer; see `actions.mail.notices.also_due`."""
    rows = FollowUp.objects.filter(closed_on=None, due__gte=today, due__lte=today + BEFORE_DUE)
    for follow_up in rows.select_related("round__catalogue").order_by("pk"):
        if follow_up.made_on > follow_up.due - BEFORE_DUE and follow_up.due != today:
            continue
        answers = follow_up.answers.select_related("status__goal__action__catalogue")
        lacking = [row for row in answers if not row.is_whole]
        if today == follow_up.due:
            words = _("Opfølgningen på status skal være skrevet i dag.")
        else:
            words = _("Opfølgningen på status mangler. Svar senest %(due)s.") % {
                "due": format_date(follow_up.due)
            }
        what = "today" if today == follow_up.due else "soon"
        _tell(follow_up, lacking, words, what)


def untell_all(follow_up: FollowUp) -> None:
    """Drops what no mail has told yet."""
    notices.untell(Occasion.FOLLOW_UP, f"{follow_up.pk}:")


def untell_if_whole(answer: FollowUpAnswer) -> None:
    """Drops what no mail has told yet of the action, if all its goals have an answer."""
    action = answer.status.goal.action_id
    rows = answer.follow_up.answers.filter(status__goal__action=action)
    if all(row.is_whole for row in rows):
        notices.untell(Occasion.FOLLOW_UP, f"{answer.follow_up_id}:{action}:")


def _tell(
    follow_up: FollowUp,
    answers: Iterable[FollowUpAnswer],
    words: str,
    what: str,
    by: User | None = None,
) -> None:
    """To the heads of each action, once an action."""
    actions = {row.status.goal.action_id: row.status.goal.action for row in answers}
    for action in actions.values():
        to: Collection[int] = notices.heads_of_action(action.pk)
        news = News(
            occasion=Occasion.FOLLOW_UP,
            action=action,
            sentence=words,
            path=follow_up.get_absolute_url(),
            key=f"{follow_up.pk}:{action.pk}:{what}:{follow_up.due:%Y%m%d}",
        )
        notices.tell(news, to=to, by=by)
