"""The temamøde's handouts as PDF, and how far their rendering is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from actions.access import Mandate, allow
from reports.access import EDITION_READERS
from reports.meeting.handout import get_handout, handout_content, handout_paper
from reports.meeting.page import get_meeting
from reports.models.job import ALL
from reports.rendering.views import pdf_or_wait, progress_of


@allow(*EDITION_READERS)
@require_safe
def handouts(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """All handouts in one."""
    return _handout(slug, year, ALL)


@allow(*EDITION_READERS)
@require_safe
def handout(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """The handout of a chosen action."""
    if number == ALL:
        raise Http404
    return _handout(slug, year, number)


def _handout(slug: str, year: int, number: int) -> HttpResponse:
    page = get_meeting(slug, year)
    wish = get_handout(page, number)
    name = f"{slug}-temamoede-{year}" + (f"-handling-{number}" if number else "")
    return pdf_or_wait(wish, handout_paper(handout_content(page, number)), f"{name}.pdf")


@allow(*EDITION_READERS)
@require_safe
def handout_progress(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    return progress_of(request, get_handout(get_meeting(slug, year), number))
