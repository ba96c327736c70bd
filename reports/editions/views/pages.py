"""The reports: the list, the draft, publishing, and published editions in each format."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Catalogue, Role
from actions.tools.answers import code_of, posted
from actions.tools.together import picked, read_together
from actions.writing.refusals import Conflict, Refused
from reports.access import (
    EDITION_READERS,
    get_edition,
    get_edition_pdf,
    may_make_public,
    may_prepare_meeting,
    may_write_agenda,
    typed_before,
)
from reports.content import upgrade
from reports.documents import pdf
from reports.documents.responses import by_report, crumbs, docx_response, pdf_response
from reports.documents.word import render_docx
from reports.editions import tasks, verbs
from reports.editions.draft import draft_paper, get_draft, get_proof
from reports.editions.forms import PublishForm
from reports.editions.outdated import outdated_figures
from reports.followup.addendum import addenda_to, closed_follow_ups, follow_ups_in
from reports.models import Edition, Kind, Report, Selection
from reports.rendering import progress
from reports.rendering.papers import PaperWish
from reports.rendering.progress import get_rendering


@allow(*EDITION_READERS)
@require_safe
def reports(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """The published editions, and for the coordinator the drafts."""
    catalogue = get_catalogue(slug)
    editions = Edition.objects.in_list().of_catalogue(catalogue).newest_first()
    drafts = _drafts(catalogue) if mandate.is_coordinator else []
    published = by_report(editions.select_related("report__catalogue"))
    newest = [edition for edition, _older in published if mandate.is_coordinator]
    outdated = outdated_figures(catalogue, newest) if newest else {}
    beside = read_together(
        meetings=picked(Selection.objects.filter(report__catalogue=catalogue), year="report__year"),
        follow_ups=picked(closed_follow_ups(catalogue), "number", year="round__year"),
    )
    addenda = follow_ups_in(catalogue, beside["follow_ups"])
    context = {
        "catalogue": catalogue,
        "reports": [
            (newest, older, outdated.get(newest.pk, []), addenda_to(newest, addenda))
            for newest, older in published
        ],
        "drafts": drafts,
        "meeting_years": sorted({row["year"] for row in beside["meetings"]}, reverse=True),
        "others": Catalogue.objects.besides(catalogue),
        "crumbs": crumbs(catalogue, ""),
    }
    return render(request, "editions/reports.html", context)


@allow(Role.COORDINATOR)
@require_safe
def draft(request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind) -> HttpResponse:
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year, kind)
    report = Report(catalogue=catalogue, kind=kind, year=year)
    kept = get_rendering(PaperWish(catalogue, year, kind))
    context = {
        "catalogue": catalogue,
        "content": content,
        "report": report,
        "progress": progress.of_rendering(kept, draft_paper(content).key),
        "crumbs": crumbs(catalogue, _("%(title)s (kladde)") % {"title": content["title"]}),
    }
    return render(request, "editions/report.html", context)


@allow(Role.COORDINATOR)
@require_safe
def draft_docx(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind
) -> HttpResponse:
    content = get_draft(get_catalogue(slug), year, kind)
    name = f"{slug}-{kind.word}-{year}-kladde.docx"
    return docx_response(render_docx(content, edition=None), name)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind
) -> HttpResponse:
    """The check before publishing; a POST enqueues the publication.

    Refused: 422, or 409 if the report has changed since it was checked. `?igen=` fills in what was
    typed for a publication that failed.
    """
    catalogue, proof = get_proof(slug, year, kind)
    typed = typed_before(catalogue, request.GET.get("igen", ""))
    form, code = PublishForm(posted(request), initial={"changes": typed}), 422
    if form.is_valid():
        try:
            report = verbs.report_of(catalogue, proof.content)
            wish = tasks.ask_to_publish(report, by=mandate, **form.cleaned_data)
        except verbs.AlreadyPublished as done:
            messages.info(request, str(done))
            return redirect(done.edition)
        except Conflict as refusal:
            form.add_error(None, str(refusal))
            form.unconfirm()
            code = 409
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(report.url("publication", pk=wish.pk))
        _catalogue, proof = get_proof(slug, year, kind)
    context = _publish_context(catalogue, proof, form)
    return render(request, "editions/publish.html", context, status=code_of(form, code))


@allow(*EDITION_READERS)
@require_safe
def edition(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    """A published edition as it was frozen, with a link to the newest one."""
    published = get_edition(slug, year, kind, number)
    catalogue = published.report.catalogue
    context = {
        "catalogue": catalogue,
        "edition": published,
        "content": upgrade.read(published),
        "sees_readers": may_make_public(mandate),
        "addenda": addenda_to(published, closed_follow_ups(catalogue, year)),
        "newest": published.report.editions.in_list()
        .select_related("report__catalogue")
        .latest("number"),
        "selection_url": _selection_url(mandate, published),
        "may_write_agenda": may_write_agenda(mandate),
        "crumbs": crumbs(catalogue, str(published)),
    }
    return render(request, "editions/edition.html", context)


@allow(*EDITION_READERS)
@require_safe
def edition_pdf(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    name = f"{slug}-{kind.word}-{year}-udgave-{number}.pdf"
    return pdf_response(get_edition_pdf(slug, year, kind, number), name)


@allow(*EDITION_READERS)
@require_safe
def edition_docx(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    published = get_edition(slug, year, kind, number)
    mark = pdf.mark_for(published.number, published.published_at, published.content_sha256)
    document = render_docx(upgrade.read(published), edition=mark)
    return docx_response(document, f"{published.file_name}.docx")


def _drafts(catalogue: Catalogue) -> list[Report]:
    """The reports that have a draft, the latest first; unsaved rows."""
    years = list(catalogue.rounds.order_by("-year").values_list("year", flat=True))
    kinds = [(year, Kind.STATUS) for year in years]
    for year, kind in ((catalogue.midterm_year, Kind.MIDTERM), (catalogue.final_year, Kind.FINAL)):
        if year in years:
            kinds.insert(kinds.index((year, Kind.STATUS)), (year, kind))
    return [Report(catalogue=catalogue, kind=kind, year=year) for year, kind in kinds]


def _selection_url(mandate: Mandate, published: Edition) -> str:
    """Where the committee and VUF prepare the temamøde from this edition; "" for everybody else."""
    report = published.report
    if report.kind != Kind.STATUS or not may_prepare_meeting(mandate):
        return ""
    return reverse("selection", args=[report.catalogue.slug, report.year])


def _publish_context(
    catalogue: Catalogue, proof: verbs.Proof, form: PublishForm
) -> dict[str, object]:
    title = _("Tjek og udgiv %(title)s") % {"title": proof.content["title"]}
    kind, year = Kind(proof.content["kind"]), proof.content["year"]
    return {
        "catalogue": catalogue,
        "proof": proof,
        "form": form,
        "title": title,
        "draft_url": Report(catalogue=catalogue, kind=kind, year=year).draft_url,
        "crumbs": crumbs(catalogue, title),
    }
