"""The reports: draft, publishing and published editions, as pages and as PDF."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Catalogue, Role
from actions.tools.answers import code_of, posted
from actions.writing.refusals import Conflict, Refused
from reports.access import EDITION_READERS, SELECTORS, get_edition, get_edition_pdf, typed_before
from reports.content import upgrade
from reports.documents import pdf
from reports.documents.responses import by_report, crumbs, docx_response, pdf_response
from reports.documents.word import render_docx
from reports.editions import tasks, verbs
from reports.editions.draft import draft_paper, get_draft, get_proof
from reports.editions.forms import PublishForm
from reports.models import Edition, Kind, Report, Selection
from reports.rendering import progress
from reports.rendering.papers import PaperWish
from reports.rendering.progress import get_rendering


@allow(*EDITION_READERS)
@require_safe
def reports(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """The published editions; the coordinator's drafts besides."""
    catalogue = get_catalogue(slug)
    editions = Edition.objects.in_list().of_catalogue(catalogue).newest_first()
    drafts = _drafts(catalogue) if mandate.is_coordinator else []
    context = {
        "catalogue": catalogue,
        "reports": by_report(editions.select_related("report__catalogue")),
        "drafts": drafts,
        "meeting_years": Selection.objects.years_of(catalogue),
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
    """The check before publishing; asks for the edition with what stands in the way confirmed.

    Refused: 422, or 409 where the report is another than the one that was checked. What was typed
    to a publication that failed is there again.
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
    """A published edition: what was frozen, and whether there is a newer one."""
    found = get_edition(slug, year, kind, number)
    catalogue = found.report.catalogue
    context = {
        "catalogue": catalogue,
        "edition": found,
        "content": upgrade.read(found),
        "sees_readers": mandate.is_coordinator,
        "newest": found.report.editions.in_list()
        .select_related("report__catalogue")
        .latest("number"),
        "selection_url": _selection_url(mandate, found),
        "may_write": mandate.is_coordinator,
        "crumbs": crumbs(catalogue, str(found)),
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
    found = get_edition(slug, year, kind, number)
    mark = pdf.mark_for(found.number, found.published_at, found.content_sha256)
    return docx_response(render_docx(upgrade.read(found), edition=mark), f"{found.file_name}.docx")


def _drafts(catalogue: Catalogue) -> list[Report]:
    """What can be looked at before it is published, the latest first; none of these is saved."""
    years = list(catalogue.rounds.order_by("-year").values_list("year", flat=True))
    kinds = [(year, Kind.STATUS) for year in years]
    if catalogue.midterm_year in years:
        kinds.insert(years.index(catalogue.midterm_year), (catalogue.midterm_year, Kind.MIDTERM))
    return [Report(catalogue=catalogue, kind=kind, year=year) for year, kind in kinds]


def _selection_url(mandate: Mandate, found: Edition) -> str:
    """Where the committee and VUF go on from a statusredegørelse; "" for everybody else."""
    report = found.report
    if report.kind != Kind.STATUS or mandate.roles.isdisjoint(SELECTORS):
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
