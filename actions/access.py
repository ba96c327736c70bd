"""Who may do what: every rule about people is in this file.

A view names its roles with `allow`; what belongs to somebody is fetched through the functions
below, which give the object or 404. What somebody may not see answers as what does not exist.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, Final, cast

from django.db import connection
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from actions.models import (
    Action,
    Catalogue,
    Comment,
    Delegation,
    GoalStatus,
    Responsibility,
    Role,
    Round,
    Signature,
    User,
)
from actions.models.history import RETURN
from actions.models.people import InForceQuerySet
from actions.models.status import SHOWN_TO_OTHERS, GoalStatusQuerySet

#: Who reads the catalogue and the statuses that are submitted.
READERS = (
    Role.HEAD,
    Role.DEPUTY,
    Role.COORDINATOR,
    Role.PROJECT_GROUP,
    Role.STRATEGIC_FORUM,
)
WRITERS = (Role.HEAD, Role.DEPUTY)
#: Who comments on every status they read; a goal's own writers comment on theirs besides.
COMMENTERS = (Role.COORDINATOR, Role.PROJECT_GROUP, Role.STRATEGIC_FORUM)


# Asked on every request, and so written out: to put it together costs six times what it takes to
# answer. What is in force is said as in `InForceQuerySet`.
MANDATE: Final = """
    SELECT role, administration_id, '', FALSE FROM actions_rolegrant WHERE user_id = %(user)s
    UNION ALL
    SELECT 'head', position_id, actions_position.name, TRUE FROM actions_appointment
    JOIN actions_position ON actions_position.id = position_id
    WHERE user_id = %(user)s AND starts <= %(today)s AND (ends IS NULL OR ends >= %(today)s)
    UNION ALL
    SELECT 'deputy', position_id, actions_position.name, may_submit FROM actions_delegation
    JOIN actions_position ON actions_position.id = position_id
    WHERE deputy_id = %(user)s AND starts <= %(today)s AND (ends IS NULL OR ends >= %(today)s)
"""


@dataclass(frozen=True)
class Mandate:
    """What a user may do today: roles, and the positions they write and submit for.

    `positions` maps the id of each position to its name, own posts and delegated ones alike;
    `held` are the own ones. `administrations` are those a member of the project group speaks for.
    """

    user: User
    roles: frozenset[Role] = frozenset()
    positions: Mapping[int, str] | None = None
    submits_for: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    administrations: frozenset[int] = frozenset()

    @property
    def position_ids(self) -> frozenset[int]:
        return frozenset(self.positions or {})

    @property
    def is_coordinator(self) -> bool:
        return Role.COORDINATOR in self.roles

    def submits_for_of(self, position_ids: Iterable[int]) -> dict[int, str]:
        """Those of the positions that are the user's to submit and sign for, with their names."""
        mine = self.positions or {}
        return {pk: mine[pk] for pk in position_ids if pk in self.submits_for}

    def name_of(self, position_ids: Iterable[int]) -> str:
        """The names of those of the positions that are the user's, as words for the history."""
        mine = self.positions or {}
        return ", ".join(mine[pk] for pk in position_ids if pk in mine)


def mandate_of(user: User, today: date) -> Mandate:
    """The mandate of a user on a day, in one query."""
    roles, own, lent = set(), dict[int, str](), dict[int, str]()
    submits, administrations = set(), set()
    for role, number, name, submits_too in _mandate_rows(user, today):
        roles.add(Role(role))
        if role == Role.HEAD:
            own[number] = name
        elif role == Role.DEPUTY:
            lent[number] = name
        elif role == Role.PROJECT_GROUP and number:
            administrations.add(number)
        if submits_too:
            submits.add(number)
    if user.is_superuser:
        roles.add(Role.ADMINISTRATOR)
    return Mandate(
        user=user,
        roles=frozenset(roles),
        positions=lent | own,
        submits_for=frozenset(submits),
        held=frozenset(own),
        administrations=frozenset(administrations),
    )


def _mandate_rows(user: User, today: date) -> list[tuple[str, int, str, bool]]:
    """Role, id of the position (of the administration for a grant), its name, may submit for it."""
    with connection.cursor() as cursor:
        cursor.execute(MANDATE, {"user": user.pk, "today": today})
        return list(cursor.fetchall())


def mandate_for(request: HttpRequest) -> Mandate:
    """The mandate of the request's user, asked of the database once a request."""
    known = getattr(request, "_mandate", None)
    if known is None:
        known = mandate_of(cast(User, request.user), timezone.localdate())
        request._mandate = known  # type: ignore[attr-defined]
    return cast(Mandate, known)


type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def allow[**P](
    *roles: Role,
) -> Callable[[Callable[Concatenate[HttpRequest, Mandate, P], HttpResponseBase]], View[P]]:
    """Declares who may use a view and hands it their mandate; everybody else gets 404.

    Outermost decorator of a view, so that a wrong method tells an outsider nothing either.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, Mandate, P], HttpResponseBase],
    ) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            mandate = mandate_for(request)
            if mandate.roles.isdisjoint(roles):
                raise Http404
            return view(request, mandate, *args, **kwargs)

        guarded.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]
        return cast(View[P], guarded)

    return decorate


def get_catalogue(slug: str) -> Catalogue:
    return _or_404(Catalogue.objects.filter(slug=slug))


def get_action(slug: str, number: int) -> Action:
    rows = Action.objects.filter(catalogue__slug=slug, number=number)
    return _or_404(rows.with_kin())


def get_round(slug: str, year: int) -> Round:
    rows = Round.objects.filter(catalogue__slug=slug, year=year)
    return _or_404(rows.select_related("catalogue"))


def get_readable_status(mandate: Mandate, slug: str, year: int, goal: int) -> GoalStatus:
    return _or_404(_one_status(visible_statuses(mandate), slug, year, goal))


def get_writable_status(mandate: Mandate, slug: str, year: int, goal: int) -> GoalStatus:
    return _or_404(_one_status(writable_statuses(mandate), slug, year, goal))


def get_any_status(slug: str, year: int, goal: int) -> GoalStatus:
    """Only for views that `allow` the coordinator alone."""
    return _or_404(_one_status(GoalStatus.objects.all(), slug, year, goal))


def get_commentable_status(mandate: Mandate, slug: str, year: int, goal: int) -> GoalStatus:
    rows = visible_statuses(mandate)
    if mandate.roles.isdisjoint(COMMENTERS):
        rows = writable_statuses(mandate)
    return _or_404(_one_status(rows, slug, year, goal))


def get_signable_status(mandate: Mandate, slug: str, year: int, goal: int) -> GoalStatus:
    """A status that one of somebody's positions signs; whether it can be now, the verb tells."""
    rows = GoalStatus.objects.of_positions(mandate.submits_for)
    return _or_404(_one_status(rows, slug, year, goal))


def get_thread(status: GoalStatus, pk: int) -> Comment:
    """The first comment of a thread on a status that was fetched through this file."""
    return _or_404(status.comments.filter(pk=pk, parent=None))


def get_resolvable_thread(mandate: Mandate, status: GoalStatus, pk: int) -> Comment:
    thread = get_thread(status, pk)
    if not may_resolve(mandate, thread, _positions_of(status)):
        raise Http404
    return thread


def get_own_delegation(mandate: Mandate, pk: int) -> Delegation:
    return _or_404(own_delegations(mandate).filter(pk=pk))


def own_delegations(mandate: Mandate) -> InForceQuerySet[Delegation]:
    """The delegations of the posts the user holds; not those they have been lent themselves."""
    rows = Delegation.objects.filter(position__in=list(mandate.held))
    return rows.select_related("position", "deputy").order_by("position__name", "starts", "pk")


def visible_statuses(mandate: Mandate) -> GoalStatusQuerySet:
    """The statuses whose text somebody may read.

    The coordinator: all. Heads and deputies: their own, drafts included. The project group: drafts
    of its own administration. All readers: what is submitted or approved.
    """
    if mandate.is_coordinator:
        return GoalStatus.objects.all()
    own = _responsible(position__in=list(mandate.position_ids))
    same_administration = _responsible(position__administration__in=list(mandate.administrations))
    return GoalStatus.objects.filter(Q(state__in=SHOWN_TO_OTHERS) | Q(own) | Q(same_administration))


def writable_statuses(mandate: Mandate) -> GoalStatusQuerySet:
    """The statuses somebody writes: those of the actions their positions answer for."""
    return GoalStatus.objects.of_positions(mandate.position_ids)


def may_read(mandate: Mandate, status: GoalStatus) -> bool:
    """Whether somebody could open the page of a status."""
    if mandate.roles.isdisjoint(READERS):
        return False
    return visible_statuses(mandate).filter(pk=status.pk).exists()


def reads_drafts(mandate: Mandate, status: GoalStatus) -> bool:
    """Whether somebody reads the versions of a status that were never handed in."""
    if mandate.is_coordinator:
        return True
    own = Q(position__in=list(mandate.position_ids))
    near = Q(position__administration__in=list(mandate.administrations))
    return Responsibility.objects.filter(own | near, action=status.goal.action_id).exists()


def reads_refused(mandate: Mandate, responsible: Iterable[int]) -> bool:
    """Whether somebody reads the texts that were kept beside a status: its writers, VUF."""
    return mandate.is_coordinator or not mandate.position_ids.isdisjoint(responsible)


def may_comment(mandate: Mandate, responsible: Iterable[int]) -> bool:
    """Whether somebody comments on a status they read, of these responsible positions."""
    own = not mandate.position_ids.isdisjoint(responsible)
    return own or not mandate.roles.isdisjoint(COMMENTERS)


def may_resolve(mandate: Mandate, thread: Comment, responsible: Iterable[int]) -> bool:
    """Whether somebody closes a thread, or opens it again: who began it, the writers, VUF."""
    if not may_comment(mandate, responsible):
        return False
    own = not mandate.position_ids.isdisjoint(responsible)
    return own or mandate.is_coordinator or thread.author_id == mandate.user.pk


def lacks_signature(**position: Any) -> Exists:
    """Whether a handed-in status lacks the signature of a responsible position that meets the
    condition: `position__in=…`, or of any without one.
    """
    signed = Signature.objects.of_present_text().filter(
        status=OuterRef(OuterRef("pk")), position=OuterRef("position")
    )
    return _responsible(~Exists(signed), **position)


def may_submit(mandate: Mandate, responsible: Iterable[int]) -> bool:
    """Whether one of the responsible positions is theirs to submit for."""
    return not mandate.submits_for.isdisjoint(responsible)


def _responsible(*conditions: Any, **condition: Any) -> Exists:
    rows = Responsibility.objects.filter(*conditions, action=OuterRef("goal__action"), **condition)
    return Exists(rows)


def _positions_of(status: GoalStatus) -> list[int]:
    rows = Responsibility.objects.filter(action=status.goal.action_id)
    return list(rows.values_list("position", flat=True))


def _one_status(rows: GoalStatusQuerySet, slug: str, year: int, goal: int) -> QuerySet[GoalStatus]:
    """The status with the round, the goal and, where it has come back, the latest return."""
    # goal__pk: a number that no column can hold is then no error of the database, but 404.
    found = rows.filter(round__catalogue__slug=slug, round__year=year, goal__pk=goal)
    return (
        found.annotate(sent_back=FilteredRelation("events", condition=Q(events__verb=RETURN)))
        .select_related("round__catalogue", "goal__action", "sent_back")  # type: ignore[misc]
        .order_by("-sent_back__pk")
    )


def _or_404[Row: Any](rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Http404
    return found
