"""Two texts of the same status: the stored one, and one that was refused and archived."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import WRITERS, Mandate, allow, get_writable_status
from actions.status.text import STATUS
from actions.writing.choice import choose


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int, event: int
) -> HttpResponse:
    """Lets the writer choose or merge, field by field; the choice is saved as a draft."""
    status = get_writable_status(mandate, slug, year, goal)
    done = _("Kladden er gemt med det, du valgte.")
    choice = choose(request, STATUS, status, mandate, event, done)
    if isinstance(choice, HttpResponse):
        return choice
    context = choice | {
        "catalogue": status.round.catalogue,
        "round": status.round,
        "action": status.goal.action,
        "status": status,
        "crumbs": [
            (str(status.round), status.round.get_absolute_url()),
            (str(status.goal.action), status.get_absolute_url()),
            (_("To tekster"), ""),
        ],
    }
    return render(request, "status/compare.html", context, status=choice["code"])
