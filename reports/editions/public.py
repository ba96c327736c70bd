"""Making a published edition public, and withdrawing it: VUF's own act, each with its history row.

Publishing never makes anything public by itself, and the edition's row stays as it is.
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
    """Lets everybody read the edition; Refused where they can already."""
    found = _locked(edition, by)
    if found and found.holds:
        raise Refused(_("%(edition)s er allerede offentlig.") % {"edition": edition})
    made = found or PublicEdition(edition=edition)
    made.made_public_at, made.made_public_by_name = timezone.now(), str(by.user)
    made.withdrawn_at, made.withdrawn_by_name, made.why_withdrawn = None, "", ""
    made.save()
    record(MADE_PUBLIC, actor=by.user, subject=str(edition))
    return made


@transaction.atomic
def withdraw(*, edition: Edition, by: Mandate, reason: str) -> PublicEdition:
    """Takes the edition off the public pages; Refused where it is not on them."""
    found = _locked(edition, by)
    if found is None or not found.holds:
        raise Refused(_("%(edition)s er ikke offentlig.") % {"edition": edition})
    found.withdrawn_at, found.withdrawn_by_name = timezone.now(), str(by.user)
    found.why_withdrawn = reason
    found.save()
    record(PUBLICITY_WITHDRAWN, actor=by.user, subject=str(edition), comment=reason)
    return found


def _locked(edition: Edition, by: Mandate) -> PublicEdition | None:
    """What holds of the edition, with its report locked: the first time there is no row to lock."""
    if not may_make_public(by):
        raise NotAllowed(_("Du har ikke ret til at ændre, hvad der er offentligt."))
    Report.objects.select_for_update(no_key=True).get(pk=edition.report_id)
    return PublicEdition.objects.filter(edition=edition).first()
