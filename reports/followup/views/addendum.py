"""The addendum of a closed follow-up as PDF, and how far its rendering is."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from actions.access import Mandate, allow
from reports.access import EDITION_READERS
from reports.followup.addendum import addendum_paper, addendum_wish, get_addendum
from reports.followup.page import get_follow_up
from reports.rendering.views import pdf_or_wait, progress_of


@allow(*EDITION_READERS)
@require_safe
def addendum(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    follow_up = get_follow_up(slug, year, number)
    made = addendum_paper(get_addendum(follow_up))
    return pdf_or_wait(addendum_wish(follow_up), made, f"{slug}-tillaeg-{year}-{number}.pdf")


@allow(*EDITION_READERS)
@require_safe
def addendum_progress(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    return progress_of(request, addendum_wish(get_follow_up(slug, year, number)))
