"""VUF stops an action or a goal, or takes the stop back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.catalogue import editor
from actions.catalogue.changing import ending as verbs
from actions.catalogue.checks import Ending
from actions.catalogue.file import CatalogueRows
from actions.catalogue.forms.ending import StopForm
from actions.catalogue.views.edit import edit_crumbs, rows_or_404, tell_reach
from actions.models import Goal, Role
from actions.tools.answers import code_of, posted, tell_and_redirect
from actions.writing.refusals import Conflict, Refused

#: What the button sends that takes a stop back.
UNDO = "undo"


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(
    request: HttpRequest, mandate: Mandate, slug: str, number: int, goal: int | None = None
) -> HttpResponse:
    """Asks from which day and by which decision; or offers to take the stop back."""
    rows, row = rows_or_404(slug), verbs.find(slug, number, goal)
    if row is None:
        raise Http404
    undoes = request.POST.get("do") == UNDO
    form = StopForm(None if undoes else posted(request))
    asked: dict[str, Any] = {"slug": slug, "number": number, "goal": goal, "by": mandate}
    asked["seal"] = request.POST.get("seal", "")
    code, error = code_of(form), ""
    try:
        if undoes:
            verbs.undo_stop(**asked)
            words = _("Standsningen er fortrudt.")
            return tell_and_redirect(request, words, "action", slug, number)
        if form.is_valid():
            verbs.stop(**asked, **form.cleaned_data)
            words = _("Målet er standset.") if goal else _("Handlingen er standset.")
            answer = tell_and_redirect(request, words, "action", slug, number)
            tell_reach(request, slug)
            return answer
    except Conflict as refusal:
        error, code = str(refusal), 409
    except Refused as refusal:
        code = 422
        if undoes:
            error = str(refusal)
        else:
            form.add_error("day", str(refusal))
    context = _page(rows, row, StopForm() if undoes else form) | {"error": error}
    return render(request, "catalogue/stop.html", context, status=code)


def _page(rows: CatalogueRows, row: Ending, form: StopForm) -> dict[str, Any]:
    whole, is_goal = (row.action, True) if isinstance(row, Goal) else (row, False)
    is_stopped = bool(row.stopped_on or whole.stopped_on)
    return {
        "rows": rows,
        "catalogue": whole.catalogue,
        "row": row,
        "whole": whole,
        "is_goal": is_goal,
        "form": form,
        "seal": editor.seal_of(rows, whole.number),
        "is_stopped": is_stopped,
        "for_good": verbs.why_stopped_for_good(row) if is_stopped else "",
        "back_url": reverse("action", args=[rows.slug, whole.number]),
        "crumbs": edit_crumbs(rows, (_("Stands målet") if is_goal else _("Stands handlingen"), "")),
    }
