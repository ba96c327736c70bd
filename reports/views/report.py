"""The statusredegørelse: draft, publishing and published editions, as pages and as PDF."""

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
from reports.models import Edition
from reports.pdf import PdfError
from reports.word import DOCX, render_docx


@allow(*EDITION_READERS)
@require_safe
def reports(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """The published editions; the coordinator's drafts besides."""
    catalogue = get_catalogue(slug)
    editions = Edition.objects.without_pdf().of_catalogue(catalogue).newest_first()
    drafts = catalogue.rounds.order_by("-year") if mandate.is_coordinator else []
    context = {
        "catalogue": catalogue,
        "editions": editions.select_related("report__catalogue").defer("pdf", "content"),
        "drafts": drafts,
        "crumbs": _crumbs(catalogue, ""),
    }
    return render(request, "reports/reports.html", context)


@allow(Role.COORDINATOR)
@require_safe
def draft(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year)
    context = {
        "catalogue": catalogue,
        "content": content,
        "edition": None,
        "pdf_url": reverse("draft_pdf", args=[slug, year]),
        "docx_url": reverse("draft_docx", args=[slug, year]),
        "publish_url": reverse("publish", args=[slug, year]),
        "crumbs": _crumbs(catalogue, _("%(title)s (kladde)") % {"title": content["title"]}),
    }
    return render(request, "reports/report.html", context)


@allow(Role.COORDINATOR)
@require_safe
def draft_pdf(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year)
    try:
        pdf = workflow.draft_pdf(catalogue, content)
    except PdfError as error:
        messages.error(request, str(error))
        return redirect("draft", slug, year)
    return _pdf_response(pdf, f"{slug}-statusredegoerelse-{year}-kladde.pdf")


@allow(Role.COORDINATOR)
@require_safe
def draft_docx(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    content = get_draft(get_catalogue(slug), year)
    name = f"{slug}-statusredegoerelse-{year}-kladde.docx"
    return _docx_response(render_docx(content, edition=None), name)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Shows what is missing, and publishes all the same where the coordinator says so."""
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year)
    form = PublishForm(posted(request))
    if form.is_valid():
        try:
            edition = workflow.publish(
                catalogue=catalogue, year=year, by=mandate, **form.cleaned_data
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
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    found = get_edition(slug, year, number)
    catalogue = found.report.catalogue
    context = {
        "catalogue": catalogue,
        "content": found.content,
        "edition": found,
        "pdf_url": reverse("edition_pdf", args=[slug, year, number]),
        "docx_url": reverse("edition_docx", args=[slug, year, number]),
        "crumbs": _crumbs(catalogue, str(found)),
    }
    return render(request, "reports/report.html", context)


@allow(*EDITION_READERS)
@require_safe
def edition_pdf(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    found = get_edition(slug, year, number)
    name = f"{slug}-statusredegoerelse-{year}-udgave-{number}.pdf"
    return _pdf_response(bytes(found.pdf), name)


@allow(*EDITION_READERS)
@require_safe
def edition_docx(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    found = get_edition(slug, year, number)
    mark = workflow.mark_for(found.number, found.published_at, found.content)
    name = f"{slug}-statusredegoerelse-{year}-udgave-{number}.docx"
    return _docx_response(render_docx(found.content, edition=mark), name)


def _docx_response(document: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(document, content_type=DOCX, headers=headers)


def _pdf_response(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _publish_context(
    catalogue: Catalogue, content: ReportContent, form: PublishForm
) -> dict[str, object]:
    year = content["year"]
    earlier = Edition.objects.without_pdf().of_catalogue(catalogue).filter(report__year=year)
    title = _("Udgiv %(title)s") % {"title": content["title"]}
    return {
        "catalogue": catalogue,
        "content": content,
        "form": form,
        "read": workflow.content_hash(content),
        "title": title,
        "earlier": earlier.newest_first().select_related("report").first(),
        "draft_url": reverse("draft", args=[catalogue.slug, year]),
        "crumbs": _crumbs(catalogue, title),
    }


def _crumbs(catalogue: Catalogue, title: str) -> list[tuple[str, str]]:
    reports_url = reverse("reports", args=[catalogue.slug]) if title else ""
    crumbs = [(catalogue.title, ""), (_("Rapporter"), reports_url)]
    return [*crumbs, (title, "")] if title else crumbs
