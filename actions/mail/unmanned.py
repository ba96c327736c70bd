"""The posts of a round that nobody can write for: vacant, or held by closed accounts only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Appointment, Delegation, Position, Round


@dataclass(frozen=True)
class Unmanned:
    """A post without a person who can log in, with the number of goals that wait for it."""

    position: str
    goals: int

    def __str__(self) -> str:
        goals = ngettext("%(count)d mål", "%(count)d mål", self.goals) % {"count": self.goals}
        return f"{self.position} ({goals})"


def unmanned(round_: Round, today: date) -> list[Unmanned]:
    """The posts by name. One query."""
    held = Appointment.objects.in_force(today).filter(user__is_active=True)
    lent = Delegation.objects.in_force(today).filter(deputy__is_active=True)
    waiting = round_.statuses.waiting_for_head().order_by()
    rows = (
        Position.objects.filter(responsibilities__action__goals__statuses__in=waiting)
        .exclude(Exists(held.filter(position=OuterRef("pk"))))
        .exclude(Exists(lent.filter(position=OuterRef("pk"))))
        .order_by("name", "responsibilities__action__goals__statuses")
        .values_list("pk", "name", "responsibilities__action__goals__statuses")
        .distinct()
    )
    goals: dict[tuple[int, str], int] = {}
    for pk, name, _status in rows:
        goals[pk, name] = goals.get((pk, name), 0) + 1
    return [Unmanned(name, count) for (_pk, name), count in goals.items()]


def unmanned_words(posts: Iterable[Unmanned]) -> str:
    """In one sentence, "" for none."""
    names = ", ".join(map(str, posts))
    return _("Uden en person, der kan logge ind: %(posts)s.") % {"posts": names} if names else ""
