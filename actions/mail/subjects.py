"""What a mail's subject says."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from actions.danish import format_date, listed
from actions.mail.round_news import subject_of
from actions.models import GoalStatus, Notice, Occasion, Round, State
from actions.models.mail import OF_ROUND
from actions.tools.text import one_line


def mail_subject(
    mostly: Sequence[Notice],
    asked: Sequence[GoalStatus],
    of_status: Sequence[Notice],
    of_action: Sequence[Notice],
    today: date,
) -> str:
    """What the mail is mostly about: the rounds it asks for, by deadline, or its news; never in
    words that a user typed.
    """
    first = mostly[0]
    if first.occasion in OF_ROUND:
        return subject_of(first)
    if not first.asks:
        return _("Handlingskatalog: %(what)s") % {"what": _news_words(of_status, of_action)}
    round_ = first.round
    assert round_ is not None
    late = today > round_.due
    words = _("fristen var %(due)s") if late else _("frist %(due)s")
    if is_sent_back(first, asked, today):
        words = _("sendt tilbage til rettelse")
    due = words % {"due": format_date(round_.due)}
    subject = {
        Occasion.ROUND_OPENED: _("%(round)s er åben: %(due)s"),
        Occasion.REMINDER: _("Påmindelse: %(round)s, %(due)s"),
    }.get(Occasion(first.occasion), _("%(round)s: %(due)s"))
    rounds = {row.round for row in mostly if row.round}
    return subject % {"round": _rounds_words(rounds), "due": due}


def _rounds_words(rounds: Collection[Round]) -> str:
    """ "Statusrunde 2028"; with how many catalogues, if the rounds are of several."""
    years = listed(sorted({row.year for row in rounds}))
    words = {"years": years, "count": len({row.catalogue_id for row in rounds})}
    if words["count"] == 1:
        return _("Statusrunde %(years)s") % words
    return _("Statusrunde %(years)s i %(count)d handlingskataloger") % words


def _news_words(of_status: Sequence[Notice], of_action: Sequence[Notice]) -> str:
    goals = {row.status_id: row.status for row in of_status}
    actions = {row.action_id for row in of_action}
    if goals and actions:
        return _("nyt om mål og handlinger")
    if len(actions) == 1:
        return _("nyt om handling %(number)d") % action_words(of_action[0])
    if actions:
        return _("nyt om %(count)d handlinger") % {"count": len(actions)}
    if len(goals) > 1:
        return _("nyt om %(count)d mål") % {"count": len(goals)}
    status = next(iter(goals.values()))
    assert status is not None
    return _("nyt om mål %(number)s") % {"number": goal_number(status)}


def is_sent_back(notice: Notice, statuses: Sequence[GoalStatus], today: date) -> bool:
    """Whether a round's mail after its due day is of goals that were sent back, and nothing else:
    their heads are not late.
    """
    assert notice.round is not None
    late = today > notice.round.due
    return late and bool(statuses) and all(row.state == State.RETURNED for row in statuses)


def action_words(notice: Notice) -> dict[str, Any]:
    assert notice.action is not None
    return {"number": notice.action.number, "title": one_line(notice.action.title)}


def goal_number(status: GoalStatus) -> str:
    return f"{status.goal.action.number}.{status.goal.number}"
