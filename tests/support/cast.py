"""The fixed cast: who is who in the tests of access, pages and moves."""

from dataclasses import dataclass, fields, replace
from datetime import date

from actions.catalogue.carry_over import carry_over
from actions.catalogue.exporter import rows_of
from actions.models import Administration, Catalogue, Goal, Position, Role, RoleGrant, Round, User
from tests.support import factory


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


USERNAMES = {
    "co_head": "co-head",
    "other_head": "other-head",
    "former_head": "former-head",
    "group_member": "group-member",
    "strategic_forum": "forum",
}
#: Who has a role by a row of its own, and which; the others have it by their posts, or none.
ROLES = {
    "coordinator": Role.COORDINATOR,
    "group_member": Role.PROJECT_GROUP,
    "strategic_forum": Role.STRATEGIC_FORUM,
    "committee": Role.COMMITTEE,
    "council": Role.COUNCIL,
    "administrator": Role.ADMINISTRATOR,
}


def assemble_cast() -> Cast:
    """Two thousand tests begin with it: what can be made at once is."""
    administration = Administration.objects.create(name="Teknik og Miljø")
    people = _make_people(administration)
    position = factory.make_position(
        "Planchefen", holder=people["head"], administration=administration
    )
    factory.appoint(
        position, people["former_head"], starts=date(2020, 1, 1), ends=date(2023, 12, 31)
    )
    factory.delegate(position, people["writer"])
    factory.delegate(position, people["deputy"], may_submit=True)
    shared = factory.make_position("Kulturchefen", holder=people["co_head"])
    catalogue = factory.make_catalogue()
    own = factory.make_action(catalogue, responsible=[position, shared])
    other = factory.make_action(
        catalogue,
        responsible=[factory.make_position("HR-chefen", holder=people["other_head"])],
    )
    return Cast(
        catalogue=catalogue,
        round=factory.make_round(catalogue),
        own_goal=own.goals.get(),
        other_goal=other.goals.get(),
        position=position,
        **people,
    )


def _make_people(administration: Administration) -> dict[str, User]:
    names = [field.name for field in fields(Cast) if field.type is User]
    people = {name: factory.new_user(USERNAMES.get(name, name)) for name in names}
    User.objects.bulk_create(people.values())
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(
                user=people["colleague"], role=Role.PROJECT_GROUP, administration=administration
            ),
            *(RoleGrant(user=people[name], role=role) for name, role in ROLES.items()),
        ]
    )
    return people


def next_catalogue(cast: Cast) -> Catalogue:
    """The catalogue after the cast's, with its first action carried over."""
    rows, begins = rows_of(cast.catalogue.slug), cast.catalogue.period_to + 1
    frame = replace(
        rows,
        slug="naeste",
        title="Det næste",
        period_from=begins,
        period_to=begins + 3,
        midterm_year=begins + 1,
    )
    by = factory.mandate(cast.coordinator)
    return carry_over(source=cast.catalogue.slug, numbers=[1], frame=frame, by=by).catalogue
