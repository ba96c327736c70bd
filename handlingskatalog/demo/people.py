"""The demo's users: one for each post that is responsible for an action, and one for each role."""

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify

from actions.access import Mandate, mandate_of
from actions.danish import sort_key
from actions.models import (
    Administration,
    Appointment,
    Catalogue,
    Position,
    Role,
    RoleGrant,
    User,
)
from handlingskatalog.demo.examples import SLUG

PASSWORD: Final = "proev-handlingskatalog"

#: (user name, name, role) of everybody without a post.
ROLES: Final = (
    ("vuf", "Vækst- og Udviklingsforvaltningen", Role.COORDINATOR),
    ("projektgruppe", "Projektgruppen", Role.PROJECT_GROUP),
    ("strategisk-chefforum", "Strategisk Chefforum", Role.STRATEGIC_FORUM),
    ("oekonomiudvalget", "Økonomiudvalget", Role.COMMITTEE),
    ("kommunalbestyrelsen", "Kommunalbestyrelsen", Role.COUNCIL),
    ("administrator", "Systemadministrator", Role.ADMINISTRATOR),
)
#: The one administration that the catalogue itself names.
STABEN: Final = "Staben"


def user_name(name: str) -> str:
    """The slug of a post's or role's name, with Danish letters spelled out."""
    spelled = name.lower()
    for letter, spelling in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        spelled = spelled.replace(letter, spelling)
    return slugify(spelled)


def logins() -> list[tuple[str, str]]:
    """(user name, name) of each demo user, heads first; empty before the demo is loaded."""
    heads = Position.objects.filter(responsibilities__action__catalogue__slug=SLUG).distinct()
    names = sorted((post.name for post in heads), key=sort_key)
    rows = [(user_name(name), name) for name in names]
    rows += [(name, who) for name, who, _role in ROLES]
    known = set(User.objects.values_list("username", flat=True))
    return [row for row in rows if row[0] in known]


def demo_logins(request: HttpRequest) -> dict[str, Any]:
    """Context processor: lists the demo's logins on the login page. Does nothing without DEBUG."""
    match = request.resolver_match
    if not settings.DEBUG or match is None or match.url_name != "account_login":
        return {}
    return {"demo_logins": logins(), "demo_password": PASSWORD}


def coordinator() -> Mandate:
    return mandate_of(User.objects.get(username="vuf"), timezone.localdate())


def make_people(catalogue: Catalogue) -> None:
    """Makes the users who are missing; those who exist keep the posts and roles they have."""
    staben, _made = Administration.objects.get_or_create(name=STABEN)
    for post in Position.objects.filter(responsibilities__action__catalogue=catalogue).distinct():
        user, _made = _user(user_name(post.name), post.name)
        if not post.appointments.exists():
            _fill(post, user, date(catalogue.period_from, 1, 1), staben)
    for name, who, role in ROLES:
        user, made = _user(name, who)
        if made:
            place = staben if role is Role.PROJECT_GROUP else None
            RoleGrant.objects.create(user=user, role=role, administration=place)


def _fill(post: Position, user: User, first_day: date, staben: Administration) -> None:
    Appointment.objects.create(position=post, user=user, starts=first_day)
    if STABEN in post.name and post.administration is None:
        post.administration = staben
        post.save()


def _user(name: str, who: str) -> tuple[User, bool]:
    user, made = User.objects.get_or_create(
        username=name, defaults={"first_name": who, "email": f"{name}@example.org"}
    )
    if made:
        user.set_password(PASSWORD)
        user.save()
    return user, made
