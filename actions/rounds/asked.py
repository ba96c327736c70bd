"""Which goals a round asks for: those in force on its due day."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from actions.models import Catalogue, Comment, Event, GoalStatus, Measurement, State
from actions.models.status import WHEN_STOPPED


def drop_unasked(catalogue: Catalogue) -> None:
    """Deletes the statuses of stopped goals that nobody has touched, in rounds that never closed.

    What somebody has written stays. The caller holds the catalogue's lock.
    """
    untouched = GoalStatus.objects.filter(
        WHEN_STOPPED,
        ~Exists(Event.objects.filter(status=OuterRef("pk"))),
        ~Exists(Measurement.objects.filter(status=OuterRef("pk"))),
        ~Exists(Comment.objects.filter(status=OuterRef("pk"))),
        round__in=catalogue.rounds.filter(
            closed_at__isnull=True, stands_on__isnull=True, closes__gte=timezone.localdate()
        ),
        state=State.NOT_STARTED,
        figures=[],
    )
    # Locked first, so that no head writes on one while it goes.
    keys = list(untouched.select_for_update(of=("self",)).values_list("pk", flat=True))
    GoalStatus.objects.filter(pk__in=keys, state=State.NOT_STARTED).delete()
