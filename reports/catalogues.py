"""What the reports say on the pages where VUF changes a catalogue."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from actions.danish import listed
from actions.models import Catalogue, Round
from reports.models import Report


def reports_resting_on(catalogue: Catalogue) -> list[str]:
    """See `actions.catalogue.changing.withdrawing.resting`."""
    if not (reports := list(catalogue.reports.order_by("year", "kind"))):
        return []
    return [_("Der er begyndt på rapporter: %(reports)s.") % {"reports": listed(reports)}]


def published_of(rounds: Iterable[Round]) -> list[str]:
    """See `actions.catalogue.versions.reach.published`."""
    years = {row.catalogue_id: {other.year for other in rounds} for row in rounds}
    reports = Report.objects.filter(catalogue__in=years, editions__isnull=False)
    reports = reports.order_by("year", "kind").distinct()
    return [str(row) for row in reports if row.year in years[row.catalogue_id]]
