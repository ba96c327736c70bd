"""Imports a catalogue from typed rows: all of it or nothing, and a second time changes nothing.

    plan_import(rows) -> Plan      the changes that `import_rows` would make; writes nothing
    import_rows(rows) -> Plan      makes them, and returns them

If somebody imports (`by`), the history gets a row with every change, and a target that has been
reported on changes only with the decision that changed it.

Both raise CatalogueFileError if the file does not fit this database: it spells a position in
another way, or leaves out something that heads have written on.
"""

from collections.abc import Iterable
from typing import Final

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.catalogue.checks import losses, other_spellings, place_of_indicator, years_left_out
from actions.catalogue.exporter import whole_catalogues
from actions.catalogue.file import CatalogueFileError, CatalogueRows, Fault
from actions.catalogue.plan import ChangeKind, Plan
from actions.catalogue.plan_words import describe
from actions.catalogue.planner import make_plan
from actions.catalogue.versions.store import add_version
from actions.catalogue.writer import write_plan
from actions.history import announce
from actions.history.record import record
from actions.models import Catalogue, GoalStatus, Indicator, Measurement, State
from actions.models.history import Announces, HistoryVerb, Scope
from actions.writing.refusals import Refused

CATALOGUE_CHANGED: Final = HistoryVerb(
    "edit_catalogue", gettext_lazy("Kataloget ændret"), announces=Announces.ALWAYS
)

ATTEMPTS: Final = 3


@transaction.atomic
def plan_import(rows: CatalogueRows) -> Plan:
    """Writes nothing. Raises CatalogueFileError if the import would be refused."""
    return _plan(rows)


class Undecided(CatalogueFileError, Refused):
    """Targets that have been reported on would change without a decision.

    `indicators` are their ids.
    """

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        rows = list(indicators)
        self.indicators = {row.pk for row in rows}
        message = _("der er givet status på måltallet; skriv den beslutning, der ændrer det")
        super().__init__(Fault(0, 0, place_of_indicator(row), message) for row in rows)


def import_rows(rows: CatalogueRows, *, by: Mandate | None = None) -> Plan:
    """Makes the database say what the rows say, in one transaction under the catalogue's lock.

    Raises CatalogueFileError if the import is refused; then nothing is written.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _import(rows, by)
        except (models.ProtectedError, models.RestrictedError) as error:
            message = _("noget, som andet i databasen bygger på, kan ikke fjernes")
            raise CatalogueFileError([Fault(0, 0, "", message)]) from error
        except IntegrityError:
            # Another import made the same rows meanwhile; the next attempt finds them.
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _import(rows: CatalogueRows, by: Mandate | None) -> Plan:
    plan = _plan(rows)
    if plan.is_empty:
        return plan
    if by:
        require_decisions(plan)
    plan.author = by.user if by else None
    write_plan(plan)
    add_version(plan.catalogue, by=by, decisions=_decisions(plan))
    scope = Scope(plan.catalogue.pk, plan.catalogue.period_from)
    if by is None:  # a command has nobody to name in the history
        announce.announce(*scope)
        return plan
    record(
        CATALOGUE_CHANGED,
        actor=by.user,
        subject=plan.catalogue.title,
        about=[scope],
        content={"slug": plan.catalogue.slug, "changes": list(describe(plan, in_words=True))},
    )
    return plan


def _decisions(plan: Plan) -> dict[str, str]:
    """The decisions that changed targets, by the target's place."""
    changed = [
        (change.place, plan.decisions[change.row.pk])
        for change in plan.of(ChangeKind.CHANGED)
        if isinstance(change.row, Indicator) and change.of_field("target")
    ]
    return {place: decision for place, decision in changed if decision}


def require_decisions(plan: Plan) -> None:
    """Raises Undecided if a target that has been reported on changes without a decision."""
    if undecided := [row for row in reported_targets(plan) if not plan.decisions[row.pk]]:
        raise Undecided(undecided)


def reported_targets(plan: Plan) -> list[Indicator]:
    """The indicators whose targets change though heads have reported on them."""
    changed = [
        change.row.pk
        for change in plan.of(ChangeKind.CHANGED)
        if isinstance(change.row, Indicator) and change.of_field("target")
    ]
    touched = GoalStatus.objects.filter(goal=OuterRef("goal")).exclude(state=State.NOT_STARTED)
    figures = Measurement.objects.filter(indicator=OuterRef("pk"))
    rows = Indicator.objects.filter(Exists(touched) | Exists(figures), pk__in=changed)
    return list(rows.select_related("goal__action").order_by("goal__action__number", "order"))


def _plan(rows: CatalogueRows) -> Plan:
    # The lock is taken first and alone, so that what is read after it stands until the commit.
    locked = Catalogue.objects.select_for_update().filter(slug=rows.slug).first()
    old = whole_catalogues().get(pk=locked.pk) if locked else None
    if faults := [*other_spellings(rows)]:
        raise CatalogueFileError(faults)
    plan = make_plan(old, rows)
    if faults := [*years_left_out(locked, rows), *losses(plan)]:
        raise CatalogueFileError(faults)
    return plan
