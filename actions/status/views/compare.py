"""Two texts of the same status: the stored one, and one that was refused and archived."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import WRITERS, Mandate, allow, get_writable_status
from actions.status.text import STATUS
from actions.writing.autosave import choose


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int, event: int
) -> HttpResponse:
    """Shows both and lets the writer choose or merge, field by field; the choice is a draft."""
    found = get_writable_status(mandate, slug, year, goal)
    done = _("Kladden er gemt med det, du valgte.")
    choice = choose(request, STATUS, found, mandate, event, done)
    if isinstance(choice, HttpResponse):
        return choice
    context = choice | {
        "catalogue": found.round.catalogue,
        "round": found.round,
        "action": found.goal.action,
        "status": found,
        "crumbs": [
            (str(found.round), found.round.get_absolute_url()),
            (str(found.goal.action), found.get_absolute_url()),
            (_("To tekster"), ""),
        ],
    }
    return render(request, "status/compare.html", context, status=choice["code"])
