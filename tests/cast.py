"""The fixed cast: who is who in the tests of access, pages and moves."""

from dataclasses import dataclass
from datetime import date

from actions.models import Administration, Catalogue, Goal, Position, Role, RoleGrant, Round, User
from tests import factory


@dataclass(frozen=True)
class Cast:
    """A catalogue of two actions in an open round, and everybody around it.

    `head` and `co_head` share action 1, `other_head` has action 2. `writer` and `deputy` stand in
    for `head`; only the deputy may submit. `former_head` had the head's post before. `colleague`
    is in the project group for the head's administration, `group_member` for no one's.
    """

    catalogue: Catalogue
    round: Round
    own_goal: Goal
    other_goal: Goal
    position: Position
    head: User
    co_head: User
    other_head: User
    former_head: User
    writer: User
    deputy: User
    coordinator: User
    colleague: User
    group_member: User
    strategic_forum: User
    committee: User
    council: User
    administrator: User
    outsider: User

    @property
    def people(self) -> dict[str, User]:
        """Everybody by name, in the order of the permission table."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def assemble_cast() -> Cast:
    administration = Administration.objects.create(name="Teknik og Miljø")
    head, co_head, other_head, former_head, writer, deputy = (
        factory.make_user(name)
        for name in ("head", "co-head", "other-head", "former-head", "writer", "deputy")
    )
    position = factory.make_position("Planchefen", holder=head, administration=administration)
    factory.appoint(position, former_head, starts=date(2020, 1, 1), ends=date(2023, 12, 31))
    factory.delegate(position, writer)
    factory.delegate(position, deputy, may_submit=True)
    shared = factory.make_position("Kulturchefen", holder=co_head)
    catalogue = factory.make_catalogue()
    own = factory.make_action(catalogue, responsible=[position, shared])
    other = factory.make_action(
        catalogue, responsible=[factory.make_position("HR-chefen", holder=other_head)]
    )
    colleague = factory.make_user("colleague")
    RoleGrant.objects.create(user=colleague, role=Role.PROJECT_GROUP, administration=administration)
    return Cast(
        catalogue=catalogue,
        round=factory.make_round(catalogue),
        own_goal=own.goals.get(),
        other_goal=other.goals.get(),
        position=position,
        head=head,
        co_head=co_head,
        other_head=other_head,
        former_head=former_head,
        writer=writer,
        deputy=deputy,
        coordinator=factory.make_user("coordinator", roles=[Role.COORDINATOR]),
        colleague=colleague,
        group_member=factory.make_user("group-member", roles=[Role.PROJECT_GROUP]),
        strategic_forum=factory.make_user("forum", roles=[Role.STRATEGIC_FORUM]),
        committee=factory.make_user("committee", roles=[Role.COMMITTEE]),
        council=factory.make_user("council", roles=[Role.COUNCIL]),
        administrator=factory.make_user("administrator", roles=[Role.ADMINISTRATOR]),
        outsider=factory.make_user("outsider"),
    )
