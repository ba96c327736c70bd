"""The statusredegørelse: draft, publishing and published editions, as pages and as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Catalogue, Role
from actions.views import posted
from actions.workflow import IllegalTransition
from reports import progress, tasks, workflow
from reports.access import (
    EDITION_READERS,
    get_draft,
    get_edition,
    get_edition_pdf,
    get_rendering,
    typed_before,
)
from reports.content import ReportContent
from reports.forms import PublishForm
from reports.models import Edition
from reports.views import crumbs, pdf_response


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
        "crumbs": crumbs(catalogue, ""),
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
        "publish_url": reverse("publish", args=[slug, year]),
        "progress": progress.of_draft(get_rendering(catalogue, year), content),
        "crumbs": crumbs(catalogue, _("%(title)s (kladde)") % {"title": content["title"]}),
    }
    return render(request, "reports/report.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Shows what is missing, and publishes all the same where the coordinator says so.

    What was typed to a publication that failed is there again.
    """
    catalogue = get_catalogue(slug)
    content = get_draft(catalogue, year)
    form = PublishForm(
        posted(request), initial={"changes": typed_before(catalogue, request.GET.get("igen", ""))}
    )
    if form.is_valid():
        try:
            report = workflow.report_of(catalogue, content)
            wish = tasks.ask_to_publish(report, by=mandate, **form.cleaned_data)
        except IllegalTransition as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("publication", slug, year, wish.pk)
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
        "crumbs": crumbs(catalogue, str(found)),
    }
    return render(request, "reports/report.html", context)


@allow(*EDITION_READERS)
@require_safe
def edition_pdf(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    name = f"{slug}-statusredegoerelse-{year}-udgave-{number}.pdf"
    return pdf_response(get_edition_pdf(slug, year, number), name)


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
        "crumbs": crumbs(catalogue, title),
    }
