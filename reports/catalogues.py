"""What the reports say on the pages where VUF changes a catalogue."""

from django.utils.translation import gettext as _

from actions.danish import listed
from actions.models import Catalogue


def reports_resting_on(catalogue: Catalogue) -> list[str]:
    """See `actions.catalogue.changing.withdrawing.resting`."""
    if not (reports := list(catalogue.reports.order_by("year", "kind"))):
        return []
    return [_("Der er begyndt på rapporter: %(reports)s.") % {"reports": listed(reports)}]
