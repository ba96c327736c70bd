"""Who delivers an indicator's values: a post or a person that the coordinator names."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.history.record import record
from actions.models import FigureSupplier, Indicator, Position, User
from actions.models.history import HistoryVerb
from actions.writing.refusals import NotAllowed, Refused

SUPPLIER_NAMED: Final = HistoryVerb("name_supplier", gettext_lazy("Måltalsleverandør valgt"))
SUPPLIER_ENDED: Final = HistoryVerb("end_supplier", gettext_lazy("Måltalsleverandør fjernet"))


@transaction.atomic
def name_supplier(
    *, indicator: Indicator, position: Position | None, user: User | None, by: Mandate
) -> FigureSupplier:
    """Raises NotAllowed if the coordinator does not ask, Refused if not exactly one is named or the
    indicator has another supplier already.
    """
    before = _locked(indicator, by)
    if (position is None) == (user is None):
        raise Refused(_("Vælg enten en stilling eller en person."))
    if before is not None:
        if (before.position, before.user) == (position, user):
            return before
        raise Refused(
            _("%(who)s leverer allerede måltallet. Fjern først den leverandør.") % {"who": before}
        )
    supplier = FigureSupplier.objects.create(indicator=indicator, position=position, user=user)
    _record(SUPPLIER_NAMED, supplier, by)
    return supplier


@transaction.atomic
def end_supplier(*, indicator: Indicator, by: Mandate) -> bool:
    """Takes the task back at once. False if there was no supplier.

    Raises NotAllowed if the coordinator does not ask.
    """
    supplier = _locked(indicator, by)
    if supplier is None:
        return False
    _record(SUPPLIER_ENDED, supplier, by)
    supplier.delete()
    return True


def _locked(indicator: Indicator, by: Mandate) -> FigureSupplier | None:
    """The supplier, with the indicator locked: one is named at a time."""
    if not by.is_coordinator:
        raise NotAllowed(_("Kun koordinatoren vælger, hvem der leverer et måltal."))
    Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
    rows = FigureSupplier.objects.filter(indicator=indicator)
    return rows.select_related("position", "user").first()


def _record(verb: HistoryVerb, supplier: FigureSupplier, by: Mandate) -> None:
    record(
        verb,
        actor=by.user,
        position=supplier.indicator.goal.action.catalogue.coordinator,
        subject=f"{supplier.indicator}: {supplier}",
    )
