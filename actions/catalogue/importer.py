"""Imports a catalogue from typed rows: all of it or nothing, and a second time changes nothing.

    plan_import(rows) -> Plan      the changes that `import_rows` would make; writes nothing
    import_rows(rows) -> Plan      makes them, and returns them

If somebody imports (`by`), the history gets a row with every change. A target that has been
reported on then changes only with the decision that changed it, and a goal's text only with a word
on whether it means something new. A command that says nothing corrects texts.

Both raise CatalogueFileError if the file does not fit this database: it spells a position in
another way, or leaves out something that heads have written on.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.catalogue.checks import (
    losses,
    misfits,
    moved_origins,
    other_spellings,
    place_of_indicator,
    years_left_out,
)
from actions.catalogue.exporter import whole_catalogues
from actions.catalogue.file import CatalogueFileError, CatalogueRows, Fault
from actions.catalogue.plan import ChangedText, Decided, Plan
from actions.catalogue.plan_words import describe
from actions.catalogue.planner import make_plan
from actions.catalogue.versions.meanings import NewMeaning
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
    """Targets that have been reported on would change without a decision, or goals' texts without
    a word on whether they mean something new.

    `indicators` and `goals` are their ids.
    """

    def __init__(self, indicators: Iterable[Indicator], goals: Iterable[ChangedText]) -> None:
        rows, texts = list(indicators), list(goals)
        self.indicators = {row.pk for row in rows}
        self.goals = {text.goal.pk for text in texts}
        decide = _("der er givet status på måltallet; skriv den beslutning, der ændrer det")
        say = _("der er givet status på målet; sig, om teksten er rettet eller betyder noget nyt")
        super().__init__(
            [
                *(Fault(0, 0, place_of_indicator(row), decide) for row in rows),
                *(Fault(0, 0, text.place, say) for text in texts),
            ]
        )


def import_rows(
    rows: CatalogueRows,
    *,
    by: Mandate | None = None,
    decided: Mapping[str, Decided] | None = None,
) -> Plan:
    """Makes the database say what the rows say, in one transaction under the catalogue's lock.

    `decided`: what decided a change that is more than one row's, by its place in words.
    Raises CatalogueFileError if the import is refused; then nothing is written.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _import(rows, by, decided or {})
        except (models.ProtectedError, models.RestrictedError) as error:
            message = _("noget, som andet i databasen bygger på, kan ikke fjernes")
            raise CatalogueFileError([Fault(0, 0, "", message)]) from error
        except IntegrityError:
            # Another import made the same rows meanwhile; the next attempt finds them.
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _import(rows: CatalogueRows, by: Mandate | None, decided: Mapping[str, Decided]) -> Plan:
    plan = _plan(rows)
    if plan.is_empty:
        return plan
    if by:
        require_decisions(plan)
    plan.others = decided
    decided_on = _day_decided(plan)
    plan.author = by.user if by else None
    write_plan(plan)
    add_version(
        plan.catalogue,
        by=by,
        decisions={place: row.decision or "" for place, row in plan.decided.items()},
        decided_on=decided_on,
        meanings=_new_meanings(plan),
    )
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


def _new_meanings(plan: Plan) -> list[NewMeaning]:
    return [
        NewMeaning(text.goal.pk, text.old, text.place)
        for text in plan.changed_texts
        if plan.meanings[text.goal.pk].decision
    ]


def _day_decided(plan: Plan) -> date | None:
    """The day of the decisions, None if none has one.

    Raises CatalogueFileError if it lies ahead, or if they have several: what is changed in one go
    is in force from one day.
    """
    days = {place: decided.on for place, decided in plan.decided.items() if decided.on}
    today = timezone.localdate()
    ahead = _("beslutningens dag er ikke kommet endnu; vælg en dag til og med i dag")
    if faults := [Fault(0, 0, place, ahead) for place, day in days.items() if day > today]:
        raise CatalogueFileError(faults)
    if len(set(days.values())) > 1:
        message = _("beslutningerne har hver sin dag; gem det for sig, der er besluttet hver dag")
        raise CatalogueFileError([Fault(0, 0, "", message)])
    return next(iter(days.values()), None)


def require_decisions(plan: Plan) -> None:
    """Raises Undecided if what has been reported on is measured by something else without a
    decision, or a goal's text changes without a word on its meaning.
    """
    targets = [row for row in reported_targets(plan) if not plan.decisions[row.pk].decision]
    texts = [row for row in reported_texts(plan) if plan.meanings[row.goal.pk].decision is None]
    if targets or texts:
        raise Undecided(targets, texts)


def reported_texts(plan: Plan) -> list[ChangedText]:
    """The goals whose texts change though heads have reported on them."""
    texts = plan.changed_texts
    touched = GoalStatus.objects.filter(goal__in=[text.goal.pk for text in texts])
    reported = set(touched.exclude(state=State.NOT_STARTED).values_list("goal", flat=True))
    return [text for text in texts if text.goal.pk in reported] if texts else []


def reported_targets(plan: Plan) -> list[Indicator]:
    """The indicators that are measured by something else though heads have reported on them."""
    changed = [change.indicator.pk for change in plan.changed_measures]
    touched = GoalStatus.objects.filter(goal=OuterRef("goal")).exclude(state=State.NOT_STARTED)
    figures = Measurement.objects.filter(indicator=OuterRef("pk"))
    rows = Indicator.objects.filter(Exists(touched) | Exists(figures), pk__in=changed)
    return list(rows.select_related("goal__action").order_by("goal__action__number", "order"))


def _plan(rows: CatalogueRows) -> Plan:
    # The lock is taken first and alone, so that what is read after it stands until the commit.
    locked = Catalogue.objects.select_for_update().filter(slug=rows.slug).first()
    old = whole_catalogues().get(pk=locked.pk) if locked else None
    if faults := [*other_spellings(rows), *moved_origins(old, rows)]:
        raise CatalogueFileError(faults)
    plan = make_plan(old, rows)
    if faults := [*years_left_out(locked, rows), *losses(plan), *misfits(plan, rows)]:
        raise CatalogueFileError(faults)
    return plan
