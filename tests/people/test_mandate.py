"""The raw SQL of the mandate says "in force" as `InForceQuerySet` does, on every day around it."""

from datetime import date, timedelta

import pytest

from actions.access import mandate_of
from actions.models import Appointment, Delegation, Position, Role, User
from tests.support import factory

pytestmark = pytest.mark.django_db

STARTS, ENDS = date(2026, 3, 2), date(2026, 3, 6)
DAYS = [day + timedelta(days=step) for day in (STARTS, ENDS) for step in (-1, 0, 1)]
#: Until further notice, to the end, and one day alone.
PERIODS = [(STARTS, None), (STARTS, ENDS), (STARTS, STARTS), (ENDS, ENDS)]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("starts", "ends"), PERIODS)
def test_an_appointment_counts_on_the_days_it_is_in_force(
    starts: date, ends: date | None, day: date
) -> None:
    user, post = factory.make_user(), factory.make_position()
    factory.appoint(post, user, starts=starts, ends=ends)
    in_force = Appointment.objects.filter(user=user).in_force(day).exists()
    assert in_force == (starts <= day and (ends is None or day <= ends))
    mandate = mandate_of(user, day)
    posts = {post.pk} if in_force else set[int]()
    assert mandate.held == mandate.submits_for == mandate.position_ids == posts
    assert (Role.HEAD in mandate.roles) == in_force


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("starts", "ends"), PERIODS)
@pytest.mark.parametrize("may_submit", [False, True])
def test_a_delegation_counts_on_the_days_it_is_in_force(
    may_submit: bool, starts: date, ends: date | None, day: date
) -> None:
    user, post = factory.make_user(), factory.make_position()
    lend(post, user, starts, ends, may_submit=may_submit)
    in_force = Delegation.objects.filter(deputy=user).in_force(day).exists()
    assert in_force == (starts <= day and (ends is None or day <= ends))
    mandate = mandate_of(user, day)
    assert mandate.position_ids == ({post.pk} if in_force else set())
    assert mandate.submits_for == ({post.pk} if in_force and may_submit else set())
    assert not mandate.held
    assert (Role.DEPUTY in mandate.roles) == in_force


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_of_many_periods_those_count_that_the_queryset_finds(day: date) -> None:
    """Someone else's periods and posts lie between; a position may be both held and lent."""
    user, other = factory.make_user(), factory.make_user()
    for starts, ends in PERIODS:
        for holder, deputy in ((user, other), (other, user)):
            post = factory.make_position()
            factory.appoint(post, holder, starts=starts, ends=ends)
            lend(post, deputy, starts, ends)
    both = factory.make_position()
    factory.appoint(both, user, starts=STARTS, ends=STARTS)
    lend(both, user, ENDS, None)
    held = Position.objects.filter(
        appointments__in=Appointment.objects.filter(user=user).in_force(day)
    )
    lent = Position.objects.filter(
        delegations__in=Delegation.objects.filter(deputy=user).in_force(day)
    )
    mandate = mandate_of(user, day)
    assert mandate.held == {post.pk for post in held}
    assert mandate.positions == {post.pk: post.name for post in [*held, *lent]}


def lend(
    post: Position, deputy: User, starts: date, ends: date | None, *, may_submit: bool = False
) -> None:
    Delegation.objects.create(
        position=post, deputy=deputy, starts=starts, ends=ends, may_submit=may_submit
    )
