"""The main navigation: where somebody can go, by role."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from actions.access import READERS, WRITERS, Mandate, mandate_for
from actions.danish import format_date
from actions.models import Role
from handlingskatalog import demo
from handlingskatalog.accounts import seconds_left
from reports.access import EDITION_READERS, SELECTORS
from reports.editorial_page import awaited_of
from reports.meeting import expected_of
from reports.questions import address_of, waiting_for

#: The item that a page belongs to, by the name of its address.
SECTION_OF = {
    "own_goals": "own_goals",
    "catalogue": "actions",
    "action": "actions",
    "catalogues": "actions",
    "new_catalogue": "actions",
    "import_catalogue": "actions",
    "edit_catalogue": "actions",
    "catalogue_fields": "actions",
    "new_action": "actions",
    "edit_action": "actions",
    "remove_action": "actions",
    "carry_over": "actions",
    "rounds": "rounds",
    "open_round": "rounds",
    "round": "rounds",
    "round_list": "rounds",
    "round_dates": "rounds",
    "close_round": "rounds",
    "reopen_round": "rounds",
    "status": "rounds",
    "preview": "rounds",
    "return_to_head": "rounds",
    "compare": "rounds",
    "remind": "rounds",
    "mail_log": "mail",
    "comment": "rounds",
    "answer_comment": "rounds",
    "history": "rounds",
    "version": "rounds",
    "delegations": "delegations",
    "end_delegation": "delegations",
    "reports": "reports",
    "draft": "reports",
    "publish": "reports",
    "publication": "reports",
    "edition": "reports",
    "case": "reports",
    "case_template": "reports",
    "theme_meeting": "reports",
    "programme": "reports",
    "conclusion": "reports",
    "presentation": "reports",
    "make_public": "reports",
    "withdraw_public": "reports",
    "council": "council",
    "editorial": "reports",
    "next_catalogue": "reports",
    "passage": "reports",
    "compare_passage": "reports",
    "selection": "selection",
    "selection_action": "selection",
    "ask": "selection",
    "point": "selection",
    "decide": "selection",
    "question": "reports",
    "positions": "positions",
    "position": "positions",
    "rename_position": "positions",
    "appoint": "positions",
    "end_appointment": "positions",
    "users": "users",
    "create_user": "users",
    "user": "users",
    "log": "log",
}


@dataclass(frozen=True)
class Task:
    """Something to write, with how far it is."""

    label: str
    url: str
    state: str


@dataclass(frozen=True)
class Work:
    """What is asked of a head for one occasion, in words, and for which actions."""

    title: str
    text: str
    tasks: list[Task]


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The items of the menu and the words for the user's roles; nothing for who is logged out."""
    if not request.user.is_authenticated:
        return {"navigation": [], "user_roles": []}
    mandate = mandate_for(request)
    match = request.resolver_match
    slug = match.kwargs.get("slug", "") if match else ""
    section = SECTION_OF.get(match.url_name or "", "") if match else ""
    items = [Item(label, url, key == section) for key, label, url in _items(mandate, slug)]
    return {
        "navigation": items,
        "user_roles": _role_words(mandate),
        "session_seconds": seconds_left(request),
    }


def other_work(request: HttpRequest) -> dict[str, Any]:
    """What a head has to write besides the goals: a place on "Mine mål" that others fill."""
    match = request.resolver_match
    if match is None or match.url_name != "own_goals" or not request.user.is_authenticated:
        return {}
    mandate = mandate_for(request)
    work = (_questions(mandate), _midterm(mandate), _meeting(mandate))
    return {"other_work": [each for each in work if each.tasks]}


def _questions(mandate: Mandate) -> Work:
    return Work(
        _("Spørgsmål til dig"),
        _("Udvalget har spurgt, før det vælger handlinger til temamødet."),
        [
            Task(
                f"{row.action}: {Truncator(row.text).words(20)}",
                address_of(row),
                _("Svar senest %(due)s") % {"due": format_date(row.due)},
            )
            for row in waiting_for(mandate)
        ],
    )


def _midterm(mandate: Mandate) -> Work:
    return Work(
        _("Din anbefaling til midtvejsevalueringen"),
        _("Skal handlingen fortsætte, justeres eller afsluttes, og hvorfor?"),
        [
            Task(row.subject, row.get_absolute_url(), row.get_choice_display() or _("Mangler"))
            for row in awaited_of(mandate)
        ],
    )


def _meeting(mandate: Mandate) -> Work:
    return Work(
        _("Temamødet"),
        _("Handlingen er valgt til temamødet: vær klar til at fortælle om den ud fra handouten."),
        [
            Task(
                str(row.action), row.get_absolute_url(), format_date(row.selection.theme_meeting_on)
            )
            for row in expected_of(mandate)
        ],
    )


def demo_logins(request: HttpRequest) -> dict[str, Any]:
    """What the login page shows while DEBUG is on: who one can try to be."""
    match = request.resolver_match
    if not settings.DEBUG or match is None or match.url_name != "account_login":
        return {}
    return {"demo_logins": demo.logins(), "demo_password": demo.PASSWORD}


def _items(mandate: Mandate, slug: str) -> list[tuple[str, str, str]]:
    def within(section: str, name: str, rest: str = "") -> str:
        """The page of the catalogue we are in; else the short address, which finds the current."""
        if slug:
            return reverse(name, args=[slug])
        return reverse("in_current_catalogue", args=[section, rest])

    rows = [
        ((Role.COUNCIL,), "council", _("Overblik"), within("kommunalbestyrelsen", "council")),
        (WRITERS, "own_goals", _("Mine mål"), reverse("own_goals")),
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
    """A head is called by the post, everybody else by the role."""
    posts = list((mandate.positions or {}).values())
    roles = [str(role.label) for role in Role if role in mandate.roles and role not in WRITERS]
    return posts + roles
