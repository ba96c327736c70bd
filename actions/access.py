"""Who may do what: every rule about people is in this file.

A view names its roles with `allow` and fetches by the functions below: the object, or 404 as if it
did not exist. Verbs ask again, by `may_*`, except about rounds, the catalogue, posts and reminders:
only pages of the coordinator and the administrator lead there, and their role alone decides.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from actions.models import (
    Action,
    Catalogue,
    Comment,
    Delegation,
    GoalStatus,
    Indicator,
    Position,
    Responsibility,
    Role,
    Round,
    User,
)
from actions.models.people import InForceQuerySet, mandate_rows
from actions.models.status import SHOWN_TO_OTHERS, GoalStatusQuerySet

#: Who reads the catalogue and the statuses that are submitted.
READERS = (Role.HEAD, Role.DEPUTY, Role.COORDINATOR, Role.PROJECT_GROUP, Role.STRATEGIC_FORUM)
WRITERS = (Role.HEAD, Role.DEPUTY)
#: Who comments on every status they read; a goal's own writers comment on it too.
COMMENTERS = (Role.COORDINATOR, Role.PROJECT_GROUP, Role.STRATEGIC_FORUM)


@dataclass(frozen=True)
class Mandate:
    """What a user may do today: roles, and the positions they write and submit for.

    `positions` maps the id of each position to its name, own posts and delegated ones alike;
    `held` are the own ones, `administrations` those that they speak for in the project group, and
    `supplies` the indicators whose values they deliver.
    """

    user: User
    roles: frozenset[Role] = frozenset()
    positions: Mapping[int, str] | None = None
    submits_for: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    administrations: frozenset[int] = frozenset()
    supplies: frozenset[int] = frozenset()

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
    rows = mandate_rows(user, today)

    def places(role: Role) -> dict[int, str]:
        return {row.place: row.name for row in rows if row.role == role and row.place}

    held = places(Role.HEAD)
    superuser = {Role.ADMINISTRATOR} if user.is_superuser else set[Role]()
    return Mandate(
        user=user,
        roles=frozenset(Role(row.role) for row in rows) | superuser,
        positions=places(Role.DEPUTY) | held,
        submits_for=frozenset(row.place for row in rows if row.may_submit and row.place),
        held=frozenset(held),
        administrations=frozenset(places(Role.PROJECT_GROUP)),
        supplies=frozenset(places(Role.SUPPLIER)),
    )


def mandate_for(request: HttpRequest) -> Mandate:
    """The mandate of the request's user: one query a request, however often it is asked for."""
    mandate = getattr(request, "_mandate", None)
    if mandate is None:
        mandate = mandate_of(cast(User, request.user), timezone.localdate())
        request._mandate = mandate  # type: ignore[attr-defined]
    return cast(Mandate, mandate)


type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def allow[**P](
    *roles: Role,
) -> Callable[[Callable[Concatenate[HttpRequest, Mandate, P], HttpResponseBase]], View[P]]:
    """Declares who may use a view, and hands it their mandate. Raises Http404 for all others.

    The outermost decorator of a view, so that a wrong method tells an outsider nothing either.
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
    return _or_404(Action.objects.filter(catalogue__slug=slug, number=number).with_kin())


def get_indicator(mandate: Mandate, slug: str, pk: int) -> Indicator:
    """A reader opens any, a supplier their own."""
    rows = Indicator.objects.filter(goal__action__catalogue__slug=slug)
    if mandate.roles.isdisjoint(READERS):
        rows = rows.filter(pk__in=mandate.supplies)
    return _or_404(rows.filter(pk=pk).select_related("goal__action__catalogue"))


def get_round(slug: str, year: int) -> Round:
    rows = Round.objects.filter(catalogue__slug=slug, year=year)
    return _or_404(rows.select_related("catalogue"))


def get_readable_status(mandate: Mandate, slug: str, year: int, goal: int) -> GoalStatus:
    return _status(visible_statuses(mandate).with_earlier(), slug, year, goal)


def get_writable_status(mandate: Mandate, slug: str, year: int, goal: int) -> GoalStatus:
    return _status(writable_statuses(mandate), slug, year, goal)


def get_any_status(slug: str, year: int, goal: int) -> GoalStatus:
    """Only for views that `allow` the coordinator alone."""
    return _status(GoalStatus.objects.all(), slug, year, goal)


def get_commentable_status(mandate: Mandate, slug: str, year: int, goal: int) -> GoalStatus:
    to_all = not mandate.roles.isdisjoint(COMMENTERS)
    rows = visible_statuses(mandate) if to_all else writable_statuses(mandate)
    return _status(rows, slug, year, goal)


def get_signable_status(mandate: Mandate, slug: str, year: int, goal: int) -> GoalStatus:
    """A status that one of somebody's positions signs; the verb checks whether it can now."""
    return _status(GoalStatus.objects.of_positions(mandate.submits_for), slug, year, goal)


def get_thread(status: GoalStatus, pk: int) -> Comment:
    """The first comment of a thread; `status` was fetched through this file."""
    return _or_404(status.comments.filter(pk=pk, parent=None))


def get_resolvable_thread(mandate: Mandate, status: GoalStatus, pk: int) -> Comment:
    thread = get_thread(status, pk)
    if not may_resolve(mandate, thread, status.responsible_positions()):
        raise Http404
    return thread


def get_own_delegation(mandate: Mandate, pk: int) -> Delegation:
    return _or_404(own_delegations(mandate).filter(pk=pk))


def own_delegations(mandate: Mandate) -> InForceQuerySet[Delegation]:
    """The delegations of the posts that the user holds, not those lent to the user."""
    rows = Delegation.objects.filter(position__in=list(mandate.held))
    return rows.select_related("position", "deputy").order_by("position__name", "starts", "pk")


def visible_statuses(mandate: Mandate) -> GoalStatusQuerySet:
    """The statuses whose text somebody may read, if they are readers at all.

    The coordinator: all. Heads and deputies: their own, drafts included. The project group: drafts
    of its own administration. Everybody: what is submitted or approved.
    """
    if mandate.is_coordinator:
        return GoalStatus.objects.all()
    own = _responsible(position__in=list(mandate.position_ids))
    same_administration = _responsible(position__administration__in=list(mandate.administrations))
    return GoalStatus.objects.filter(Q(state__in=SHOWN_TO_OTHERS) | Q(own) | Q(same_administration))


def writable_statuses(mandate: Mandate) -> GoalStatusQuerySet:
    """The statuses somebody writes: those of the actions that their positions answer for."""
    return GoalStatus.objects.of_positions(mandate.position_ids)


def readable_statuses(mandate: Mandate) -> GoalStatusQuerySet:
    """The statuses whose page somebody can open: the visible ones, for those who are readers."""
    if mandate.roles.isdisjoint(READERS):
        return GoalStatus.objects.none()
    return visible_statuses(mandate)


def may_read(mandate: Mandate, status: GoalStatus) -> bool:
    return readable_statuses(mandate).filter(pk=status.pk).exists()


def reads_drafts(mandate: Mandate, status: GoalStatus) -> bool:
    """Whether somebody reads the versions of a status that were never handed in."""
    if mandate.is_coordinator:
        return True
    own = Q(position__in=list(mandate.position_ids))
    near = Q(position__administration__in=list(mandate.administrations))
    return Responsibility.objects.filter(own | near, action=status.goal.action_id).exists()


def reads_refused(mandate: Mandate, responsible: Iterable[int]) -> bool:
    """Whether somebody reads the archived texts of a status: its writers and the coordinator."""
    return mandate.is_coordinator or may_write(mandate, responsible)


def may_write(mandate: Mandate, responsible: Iterable[int]) -> bool:
    """Whether somebody writes for one of the responsible positions."""
    return not mandate.position_ids.isdisjoint(responsible)


def may_submit(mandate: Mandate, responsible: Iterable[int]) -> bool:
    """Whether somebody submits and signs for one of the responsible positions."""
    return not mandate.submits_for.isdisjoint(responsible)


def may_tell_figures(mandate: Mandate, indicator: int, responsible: Iterable[int]) -> bool:
    """Whether somebody tells an indicator's values at any time: who submits, or delivers them."""
    own = indicator in mandate.supplies or may_submit(mandate, responsible)
    return own or mandate.is_coordinator


def may_review(mandate: Mandate, responsible: Iterable[int]) -> bool:
    """Whether somebody approves a status or sends it back, whoever is responsible."""
    return mandate.is_coordinator


def may_comment(mandate: Mandate, responsible: Iterable[int]) -> bool:
    """Whether somebody comments on a status they read."""
    return may_write(mandate, responsible) or not mandate.roles.isdisjoint(COMMENTERS)


def may_resolve(mandate: Mandate, thread: Comment, responsible: Iterable[int]) -> bool:
    """Whether somebody closes or reopens a thread: its author, the writers, the coordinator."""
    is_author = may_comment(mandate, responsible) and thread.author_id == mandate.user.pk
    return is_author or may_write(mandate, responsible) or mandate.is_coordinator


def may_delegate(mandate: Mandate, position: Position) -> bool:
    """Whether somebody chooses the deputies of a post: who holds it, not who is lent it."""
    return position.pk in mandate.held


def may_save_user(mandate: Mandate, user: User, roles: Collection[str]) -> bool:
    """Whether an administrator may give a user these roles: they cannot lock themselves out."""
    stays = user.is_superuser or (user.is_active and Role.ADMINISTRATOR in roles)
    return stays or user.pk != mandate.user.pk


def _responsible(**position: Any) -> Exists:
    return Exists(Responsibility.objects.filter(action=OuterRef("goal__action"), **position))


def _status(rows: GoalStatusQuerySet, slug: str, year: int, goal: int) -> GoalStatus:
    # `goal__pk`, not `goal`: a number too large for the column gives no row, not an error.
    status = rows.filter(round__catalogue__slug=slug, round__year=year, goal__pk=goal)
    return _or_404(status.with_kin())


def _or_404[Row: Any](rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row
