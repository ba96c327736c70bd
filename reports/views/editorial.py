"""Where the written parts of a report are written: the coordinator's, and the heads' own."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import saves
from actions.access import WRITERS, Mandate, allow
from actions.forms.merge import MergeForm
from actions.models import Event, Role
from actions.tools.answers import posted
from actions.writing.refusals import Refused
from reports import editorial_page
from reports.access import get_passage, get_report
from reports.editorial import differences, keep_refused, save, why_closed
from reports.forms import PassageForm
from reports.models import Part, Passage

#: Who writes something for a report; what it is, `get_passage` tells.
AUTHORS = (*WRITERS, Role.COORDINATOR)


@dataclass(frozen=True)
class Kept:
    """What became of a posted form: the passage as it is stored now, and where nothing was saved
    why (`refusal`), and the version that the text is kept as (`refused`).
    """

    passage: Passage
    refusal: str = ""
    refused: Event | None = None


@allow(Role.COORDINATOR)
@require_safe
def editorial(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str
) -> HttpResponse:
    """Everything the coordinator writes for a report, and how far it is."""
    found = get_report(slug, year, report)
    context = {
        "catalogue": found.catalogue,
        "page": editorial_page.editorial_page(found),
        "crumbs": [
            (found.catalogue.title, found.catalogue.get_absolute_url()),
            (_("%(report)s (kladde)") % {"report": found}, found.draft_url),
            (_("Tekster"), ""),
        ],
    }
    return render(request, "reports/editorial.html", context)


@allow(*AUTHORS)
@require_http_methods(["GET", "HEAD", "POST"])
def passage(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str
) -> HttpResponse:
    found = get_passage(mandate, slug, year, report, key)
    if request.method != "POST":
        closed = why_closed(found)
        form = None if closed else PassageForm.of(found)
        context = _context(found, mandate, form) | {"closed": closed}
        return render(request, "reports/passage.html", context)
    form = PassageForm(request.POST, passage=found)
    kept = _keep(form, found, mandate)
    if kept.refusal or form.errors:
        return _again(request, mandate, kept)
    messages.success(request, _("Teksten er gemt."), extra_tags=_copy_of(kept.passage, mandate))
    return redirect("own_goals" if found.part == Part.HEAD else found.report.editorial_url)


@allow(*AUTHORS)
@require_POST
def autosave(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str
) -> HttpResponse:
    """Keeps what is written while somebody writes: the contract of `actions.views.status`."""
    found = get_passage(mandate, slug, year, report, key)
    kept = _keep(PassageForm(request.POST, passage=found), found, mandate)
    context = _context(kept.passage, mandate) | {"kept": kept}
    code = 409 if kept.refusal else 200
    response = render(request, "reports/passage.html#saved", context, status=code)
    response.headers["X-Revision"] = str(kept.passage.revision)
    return response


@allow(*AUTHORS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, report: str, key: str, event: int
) -> HttpResponse:
    """A refused text beside the stored one; the writer chooses or merges, field by field."""
    found = get_passage(mandate, slug, year, report, key)
    refused = found.events.filter(pk=event).exclude(content={}).first() if found.pk else None
    if refused is None:
        raise Http404
    typed = refused.content["texts"]
    differing = differences(found.texts, typed)
    form = MergeForm(posted(request), differences=differing, initial={"revision": found.revision})
    if form.is_valid():
        texts, revision = form.merged_texts(found.texts, typed), form.cleaned_data["revision"]
        try:
            save(passage=found, by=mandate, texts=texts, revision=revision)
        except Refused as refusal:
            keep_refused(passage=found, by=mandate, texts=texts, reason=str(refusal))
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Teksten er gemt med det, du valgte."))
            return redirect(found)
    context = _context(found, mandate, form) | {
        "refused": refused,
        "closed": why_closed(found),
        "crumbs": [*_crumbs(found, found.get_absolute_url()), (_("To tekster"), "")],
    }
    code = 422 if form.is_bound else 200
    return render(request, "reports/compare_passage.html", context, status=code)


def _keep(form: PassageForm, found: Passage, by: Mandate) -> Kept:
    """Saves what was typed, faulty or not; what may not be saved is kept beside."""
    form.is_valid()
    texts, revision = form.texts(), form.cleaned_data.get("revision", -1)
    names = saves.parse(form.data.get("saves", ""))
    try:
        return Kept(save(passage=found, by=by, texts=texts, revision=revision, names=names))
    except Refused as refusal:
        reason = str(refusal)
        refused = keep_refused(passage=found, by=by, texts=texts, reason=reason)
        return Kept(_fresh(found), refusal=reason, refused=refused)


def _copy_of(stored: Passage, mandate: Mandate) -> str:
    return saves.copy_that_is_saved(stored.copy_key(mandate.user.pk), stored.saves)


def _fresh(found: Passage) -> Passage:
    """The passage as it is stored now; a text that was kept has made its row."""
    return Passage.objects.select_related("report__catalogue", "action__catalogue").get(
        report__catalogue=found.report.catalogue,
        report__kind=found.report.kind,
        report__year=found.report.year,
        part=found.part,
        action=found.action,
    )


def _again(request: HttpRequest, mandate: Mandate, kept: Kept) -> HttpResponse:
    """The page with all that was typed, ready to be sent again on top of what is stored now."""
    data = request.POST.copy()
    data["revision"] = str(kept.passage.revision)
    form = PassageForm(data, passage=kept.passage)
    form.is_valid()
    if not kept.refusal:
        messages.info(request, _("Teksten er gemt, men der er noget at rette."))
    context = _context(kept.passage, mandate, form) | {
        "refusal": kept.refusal,
        "refused": kept.refused,
        "refused_url": kept.refused and kept.passage.url("compare_passage", kept.refused.pk),
        "closed": why_closed(kept.passage),
    }
    code = 409 if kept.refusal else 422
    return render(request, "reports/passage.html", context, status=code)


def _context(
    found: Passage, mandate: Mandate, form: PassageForm | MergeForm | None = None
) -> dict[str, Any]:
    return {
        "catalogue": found.report.catalogue,
        "passage": found,
        "autosave_url": found.url("autosave_passage"),
        "copy_key": found.copy_key(mandate.user.pk),
        "form": form,
        "fields": [form[name] for name in found.names] if isinstance(form, PassageForm) else [],
        "is_head": found.part == Part.HEAD,
        "goals": editorial_page.goals_beside(found) if found.action else [],
        "head": editorial_page.head_recommendation(found),
        "crumbs": _crumbs(found, ""),
    }


def _crumbs(found: Passage, url: str) -> list[tuple[str, str]]:
    report = found.report
    crumbs = [(report.catalogue.title, report.catalogue.get_absolute_url())]
    if found.part != Part.HEAD:
        crumbs.append((_("Tekster til %(report)s") % {"report": report}, report.editorial_url))
    return [*crumbs, (found.subject, url)]
