"""The pages for everybody: what VUF has made public, read without a login.

They are the same for every reader, so that proxies may cache them: no session, cookie, user or
request reaches the template. What is not public answers 404, uncached.
"""

from collections.abc import Callable
from typing import Any, Concatenate, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, etag, require_safe

from reports.access import get_public_edition, get_public_pdf, public_pdf_hash
from reports.content import upgrade
from reports.documents.responses import by_report, pdf_response
from reports.models import Edition, Kind

#: Seconds a proxy may serve its copy; a withdrawn edition may live on that long.
MAX_AGE: Final = 300

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_everybody[**P](view: View[P]) -> View[P]:
    """Declares a page that needs no login and that any cache may keep."""
    return login_not_required(require_safe(cache_control(public=True, max_age=MAX_AGE)(view)))


def page(template: str, context: dict[str, Any]) -> HttpResponse:
    """A page rendered without the request, so that it can hold nothing about its reader."""
    return HttpResponse(render_to_string(template, context))


@for_everybody
@conditional_page
def public_reports(request: HttpRequest) -> HttpResponse:
    """Everything that is public, catalogue by catalogue, the latest first."""
    rows = Edition.objects.public().in_list().select_related("report__catalogue")
    rows = rows.order_by(
        "-report__catalogue__period_from",
        "report__catalogue_id",
        "-report__year",
        "report__kind",
        "-number",
    )
    return page("reports/public/reports.html", {"reports": by_report(rows)})


@for_everybody
@conditional_page
def public_edition(
    request: HttpRequest, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    """A public edition as it was frozen, with a link to the newest public one."""
    edition = get_public_edition(slug, year, kind, number)
    newer = edition.report.editions.public().in_list().filter(number__gt=edition.number)
    content = upgrade.read(edition)
    context = {
        "edition": edition,
        "content": content,
        "newest": newer.select_related("report__catalogue").order_by("number").last(),
        "municipality": content["municipality"],
    }
    return page("reports/public/edition.html", context)


def _pdf_tag(request: HttpRequest, **place: Any) -> str | None:
    """The PDF's own hash, so that a cached copy is confirmed without reading the file."""
    pdf_hash = public_pdf_hash(**place)
    return pdf_hash and f'"{pdf_hash}"'


@for_everybody
@etag(_pdf_tag)
def public_edition_pdf(
    request: HttpRequest, slug: str, year: int, kind: Kind, number: int
) -> HttpResponse:
    name = f"{slug}-{kind.word}-{year}-udgave-{number}.pdf"
    return pdf_response(get_public_pdf(slug, year, kind, number), name)
