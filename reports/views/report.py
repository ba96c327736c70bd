"""The reports: draft, publishing and published editions, as pages and as PDF."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Catalogue, Role
from actions.views import posted
from actions.workflow import IllegalTransition
from reports import workflow
from reports.access import EDITION_READERS, get_draft, get_edition
from reports.content import ReportContent
from reports.forms import PublishForm
from reports.models import Edition, Kind, Report
from reports.pdf import PdfError
from reports.word import DOCX, render_docx


@allow(*EDITION_READERS)
@require_safe
def reports(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """The published editions; the coordinator's drafts besides."""
    catalogue = get_catalogue(slug)
    editions = Edition.objects.without_pdf().of_catalogue(catalogue).newest_first()
    drafts = _drafts(catalogue) if mandate.is_coordinator else []
    context = {
        "catalogue": catalogue,
        "editions": editions.select_related("report__catalogue").defer("pdf", "content"),
        "drafts": drafts,
        "crumbs": _crumbs(catalogue, ""),
    }
    return render(request, "reports/reports.html", context)


@allow(Role.COORDINATOR)
@require_safe
def draft(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind = Kind.STATUS
) -> HttpResponse:
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year, kind)
    report = Report(catalogue=catalogue, kind=kind, year=year)
    context = {
        "catalogue": catalogue,
        "content": content,
        "edition": None,
        "pdf_url": report.url("draft_pdf"),
        "docx_url": report.url("draft_docx"),
        "publish_url": report.publish_url,
        "editorial_url": report.editorial_url,
        "crumbs": _crumbs(catalogue, _("%(title)s (kladde)") % {"title": content["title"]}),
    }
    return render(request, "reports/report.html", context)


@allow(Role.COORDINATOR)
@require_safe
def draft_pdf(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind = Kind.STATUS
) -> HttpResponse:
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year, kind)
    try:
        pdf = workflow.draft_pdf(catalogue, content)
    except PdfError as error:
        messages.error(request, str(error))
        return redirect(Report(catalogue=catalogue, kind=kind, year=year).draft_url)
    return _pdf_response(pdf, f"{slug}-{kind.word}-{year}-kladde.pdf")


@allow(Role.COORDINATOR)
@require_safe
def draft_docx(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind = Kind.STATUS
) -> HttpResponse:
    content = get_draft(get_catalogue(slug), year, kind)
    name = f"{slug}-{kind.word}-{year}-kladde.docx"
    return _docx_response(render_docx(content, edition=None), name)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, kind: Kind = Kind.STATUS
) -> HttpResponse:
    """Shows what is missing, and publishes all the same where the coordinator says so."""
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year, kind)
    form = PublishForm(posted(request))
    if form.is_valid():
        try:
            edition = workflow.publish(
                catalogue=catalogue, year=year, kind=kind, by=mandate, **form.cleaned_data
            )
        except (IllegalTransition, PdfError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(edition)s er udgivet.") % {"edition": edition})
            return redirect(edition)
    context = _publish_context(catalogue, content, form)
    return render(request, "reports/publish.html", context, status=422 if form.is_bound else 200)


@allow(*EDITION_READERS)
@require_safe
def edition(
    request: HttpRequest,
    mandate: Mandate,
    slug: str,
    year: int,
    number: int,
    kind: Kind = Kind.STATUS,
) -> HttpResponse:
    found = get_edition(slug, year, number, kind)
    catalogue = found.report.catalogue
    context = {
        "catalogue": catalogue,
        "content": found.content,
        "edition": found,
        "pdf_url": found.pdf_url,
        "docx_url": found.docx_url,
        "crumbs": _crumbs(catalogue, str(found)),
    }
    return render(request, "reports/report.html", context)


@allow(*EDITION_READERS)
@require_safe
def edition_pdf(
    request: HttpRequest,
    mandate: Mandate,
    slug: str,
    year: int,
    number: int,
    kind: Kind = Kind.STATUS,
) -> HttpResponse:
    found = get_edition(slug, year, number, kind)
    name = f"{slug}-{kind.word}-{year}-udgave-{number}.pdf"
    return _pdf_response(bytes(found.pdf), name)


@allow(*EDITION_READERS)
@require_safe
def edition_docx(
    request: HttpRequest,
    mandate: Mandate,
    slug: str,
    year: int,
    number: int,
    kind: Kind = Kind.STATUS,
) -> HttpResponse:
    found = get_edition(slug, year, number, kind)
    mark = workflow.mark_for(found.number, found.published_at, found.content)
    name = f"{slug}-{kind.word}-{year}-udgave-{number}.docx"
    return _docx_response(render_docx(found.content, edition=mark), name)


def _drafts(catalogue: Catalogue) -> list[Report]:
    """What can be looked at before it is published, the latest first; none of these is saved."""
    years = list(catalogue.rounds.order_by("-year").values_list("year", flat=True))
    kinds = [(year, Kind.STATUS) for year in years]
    if catalogue.midterm_year in years:
        kinds.insert(years.index(catalogue.midterm_year), (catalogue.midterm_year, Kind.MIDTERM))
    return [Report(catalogue=catalogue, kind=kind, year=year) for year, kind in kinds]


def _docx_response(document: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(document, content_type=DOCX, headers=headers)


def _pdf_response(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _publish_context(
    catalogue: Catalogue, content: ReportContent, form: PublishForm
) -> dict[str, object]:
    report = Report(catalogue=catalogue, kind=content["kind"], year=content["year"])
    earlier = Edition.objects.without_pdf().of_report(report)
    title = _("Udgiv %(title)s") % {"title": content["title"]}
    return {
        "catalogue": catalogue,
        "content": content,
        "form": form,
        "read": workflow.content_hash(content),
        "title": title,
        "earlier": earlier.newest_first().select_related("report").first(),
        "draft_url": report.draft_url,
        "crumbs": _crumbs(catalogue, title),
    }


def _crumbs(catalogue: Catalogue, title: str) -> list[tuple[str, str]]:
    reports_url = reverse("reports", args=[catalogue.slug]) if title else ""
    crumbs = [(catalogue.title, ""), (_("Rapporter"), reports_url)]
    return [*crumbs, (title, "")] if title else crumbs
