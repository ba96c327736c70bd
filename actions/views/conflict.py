"""Two texts of the same status: the stored one, and one that was refused and kept."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions import contexts, workflow
from actions.access import WRITERS, Mandate, allow, get_writable_status
from actions.forms.merge import MergeForm
from actions.history import entry_from
from actions.merging import differences
from actions.tools.answers import posted
from actions.workflow import Verb
from actions.writing.refusals import Refused


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int, event: int
) -> HttpResponse:
    """Shows both and lets the writer choose or merge, field by field; the choice is a draft."""
    found = get_writable_status(mandate, slug, year, goal)
    refused = found.events.filter(pk=event).exclude(content={}).first()
    if refused is None:
        raise Http404
    page = contexts.goal_page(found, mandate, timezone.localdate())
    typed = entry_from(refused.content)
    differing = differences(page.entry, typed, [row.indicator for row in page.indicators])
    form = MergeForm(posted(request), differences=differing, initial={"revision": found.revision})
    if form.is_valid():
        entry = form.merged(page.entry, typed)
        revision = form.cleaned_data["revision"]
        try:
            workflow.save_draft(status=found, by=mandate, entry=entry, revision=revision)
        except Refused as refusal:
            workflow.keep_refused(status=found, by=mandate, entry=entry, reason=str(refusal))
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kladden er gemt med det, du valgte."))
            return redirect(found)
    context = {
        "catalogue": found.round.catalogue,
        "round": found.round,
        "action": found.goal.action,
        "status": found,
        "refused": refused,
        "form": form,
        "may_save": Verb.SAVE in page.moves,
        "crumbs": [
            (str(found.round), found.round.get_absolute_url()),
            (str(found.goal.action), found.get_absolute_url()),
            (_("To tekster"), ""),
        ],
    }
    code = 422 if form.is_bound else 200
    return render(request, "actions/compare.html", context, status=code)
