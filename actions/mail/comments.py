"""The words with which a status was sent back, for mails."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from actions.models import Event, GoalStatus
from actions.models.status import RETURN, GoalStatusQuerySet
from actions.tools.text import one_line


def with_comment(rows: GoalStatusQuerySet) -> GoalStatusQuerySet:
    """Annotates the comment of the latest return, as `sent_back_with`."""
    returns = Event.objects.filter(status=OuterRef("pk"), verb=RETURN).order_by("-pk")
    return rows.annotate(sent_back_with=Subquery(returns.values("comment")[:1]))


def quoted_comment(status: GoalStatus) -> str:
    """The comment in guillemets, one line; "" if nobody asked for it `with_comment`."""
    comment = one_line(getattr(status, "sent_back_with", "") or "")
    return _("»%(comment)s«") % {"comment": comment} if comment else ""
