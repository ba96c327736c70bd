"""The next catalogue from the midterm: what its recommendations let go on is ticked."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.models import Role
from actions.views.carry_over import begin_next
from actions.views.catalogue_edit import rows_or_404
from reports.access import get_report
from reports.editorial_page import editorial_page
from reports.models import Kind, Recommendation

GOES_ON: Final = (Recommendation.CONTINUE, Recommendation.ADJUST)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def next_catalogue(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    report = get_report(slug, year, Kind.MIDTERM.word)
    recommended = editorial_page(report).recommended
    words = dict(Recommendation.choices)
    notes = {
        number: str(words.get(choice) or _("Ingen anbefaling"))
        for number, choice in recommended.items()
    }
    goes_on = [number for number, choice in recommended.items() if choice in GOES_ON]
    return begin_next(request, mandate, rows_or_404(slug), notes, goes_on)
