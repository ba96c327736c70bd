"""Making a published edition public, and withdrawing it.

Publishing alone makes nothing public, and the edition's own row never changes.
"""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.history.record import record
from actions.models.history import HistoryVerb
from actions.writing.refusals import NotAllowed, Refused
from reports.access import may_make_public
from reports.models import Edition, PublicEdition, Report

MADE_PUBLIC: Final = HistoryVerb("make_public", gettext_lazy("Rapport offentliggjort"))
PUBLICITY_WITHDRAWN: Final = HistoryVerb(
    "withdraw_public", gettext_lazy("Rapport trukket tilbage fra offentligheden")
)


@transaction.atomic
def make_public(*, edition: Edition, by: Mandate) -> PublicEdition:
    """Lets everybody read the edition. Raises Refused if it is public already."""
    publicity = _locked(edition, by)
    if publicity and publicity.holds:
        raise Refused(_("%(edition)s er allerede offentlig.") % {"edition": edition})
    publicity = publicity or PublicEdition(edition=edition)
    publicity.made_public_at, publicity.made_public_by_name = timezone.now(), str(by.user)
    publicity.withdrawn_at, publicity.withdrawn_by_name, publicity.why_withdrawn = None, "", ""
    publicity.save()
    record(MADE_PUBLIC, actor=by.user, subject=str(edition))
    return publicity


@transaction.atomic
def withdraw(*, edition: Edition, by: Mandate, reason: str) -> PublicEdition:
    """Takes the edition off the public pages. Raises Refused if it is not on them."""
    publicity = _locked(edition, by)
    if publicity is None or not publicity.holds:
        raise Refused(_("%(edition)s er ikke offentlig.") % {"edition": edition})
    publicity.withdrawn_at, publicity.withdrawn_by_name = timezone.now(), str(by.user)
    publicity.why_withdrawn = reason
    publicity.save()
    record(PUBLICITY_WITHDRAWN, actor=by.user, subject=str(edition), comment=reason)
    return publicity


def _locked(edition: Edition, by: Mandate) -> PublicEdition | None:
    """The edition's publicity, if any, with its report locked: the row may not exist yet.

    Raises NotAllowed if `by` is not the coordinator.
    """
    if not may_make_public(by):
        raise NotAllowed(_("Du har ikke ret til at ændre, hvad der er offentligt."))
    Report.objects.select_for_update(no_key=True).get(pk=edition.report_id)
    return PublicEdition.objects.filter(edition=edition).first()
