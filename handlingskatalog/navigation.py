"""The menu: its items for each role, and which of them is current."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

import actions.urls
import reports.urls
from actions.access import READERS, WRITERS, Mandate, mandate_for
from actions.models import Role
from handlingskatalog.accounts.sessions import seconds_left
from reports.access import EDITION_READERS, SELECTORS

#: The item that a page belongs to, by its route's name; each app's urls.py says it.
SECTION_OF: Final = {
    str(pattern.name): section
    for sections in (actions.urls.SECTIONS, reports.urls.SECTIONS)
    for section, patterns in sections.items()
    for pattern in patterns
}


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the menu's items and the user's roles in words; empty if logged out."""
    if not request.user.is_authenticated:
        return {"navigation": [], "user_roles": []}
    mandate = mandate_for(request)
    match = request.resolver_match
    slug = match.kwargs.get("slug", "") if match else ""
    section = SECTION_OF.get(match.url_name or "", "") if match else ""
    items = [Item(label, url, key == section) for key, label, url in items_of(mandate, slug)]
    return {
        "navigation": items,
        "user_roles": _role_words(mandate),
        "session_seconds": seconds_left(request),
    }


def items_of(mandate: Mandate, slug: str) -> list[tuple[str, str, str]]:
    """(section, label, address) of each item that the user's roles open."""

    def within(section: str, name: str, rest: str = "") -> str:
        """The page of the open catalogue; outside a catalogue, the short address that finds it."""
        if slug:
            return reverse(name, args=[slug])
        return reverse("in_current_catalogue", args=[section, rest])

    rows = [
        ((Role.COUNCIL,), "council", _("Overblik"), within("kommunalbestyrelsen", "council")),
        (WRITERS, "own_goals", _("Mine mål"), reverse("own_goals")),
        ((Role.SUPPLIER,), "supplied", _("Måltal, du leverer"), reverse("supplied")),
        ((Role.HEAD,), "delegations", _("Stedfortrædere"), reverse("delegations")),
        (READERS, "rounds", _("Status"), within("status", "rounds")),
        (READERS, "actions", _("Handlinger"), within("handlinger", "catalogue")),
        (EDITION_READERS, "reports", _("Rapporter"), within("rapporter", "reports")),
        (
            SELECTORS,
            "selection",
            _("Udvælgelse"),
            within("rapporter", "latest_selection", "udvaelgelse/"),
        ),
        (
            (Role.COORDINATOR, Role.ADMINISTRATOR),
            "positions",
            _("Stillinger"),
            reverse("positions"),
        ),
        ((Role.COORDINATOR,), "mail", _("Post"), reverse("mail_log")),
        ((Role.ADMINISTRATOR,), "users", _("Brugere"), reverse("users")),
        ((Role.ADMINISTRATOR,), "log", _("Log"), reverse("log")),
    ]
    return [
        (key, label, url) for roles, key, label, url in rows if not mandate.roles.isdisjoint(roles)
    ]


def _role_words(mandate: Mandate) -> list[str]:
    """A head is named by post, everybody else by role."""
    posts = list((mandate.positions or {}).values())
    roles = [str(role.label) for role in Role if role in mandate.roles and role not in WRITERS]
    return posts + roles
