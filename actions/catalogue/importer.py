"""Typed rows → a plan, or one write of the whole plan. All or nothing, and twice is once.

    plan_import(rows) -> Plan      what `import_rows` would do; writes nothing
    import_rows(rows) -> Plan      what it has done

Both raise CatalogueFileError where the file fits no catalogue of this database: a position that
is known under another spelling, or something left out that heads have written on. Where somebody
imports (`by`), the history gets a row with every change, and a target that has been reported on
changes only with the decision that changed it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import IntegrityError, models, transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.catalogue.exporter import whole_catalogues
from actions.catalogue.file import CatalogueFileError, CatalogueRows, Fault
from actions.catalogue.plan import Change, ChangeKind, FieldChange, Plan, make_plan
from actions.catalogue.plan_words import describe
from actions.history import announce
from actions.history.record import record
from actions.models import (
    Action,
    Catalogue,
    Event,
    Goal,
    GoalStatus,
    Indicator,
    Initiative,
    InitiativeRelation,
    Measurement,
    Milestone,
    Partner,
    Partnership,
    Position,
    Responsibility,
    RoundState,
    State,
    TargetRevision,
)
from actions.models.history import Announces, HistoryVerb, Scope
from actions.rounds.verbs import add_missing_statuses
from actions.tools.text import quoted, spelling_key
from actions.writing.refusals import Refused

CATALOGUE_CHANGED: Final = HistoryVerb(
    "edit_catalogue", gettext_lazy("Kataloget ændret"), announces=Announces.ALWAYS
)

ATTEMPTS: Final = 3
#: Parents before children: created in this order, removed in the opposite one.
MODELS: Final[tuple[type[models.Model], ...]] = (
    Action,
    Responsibility,
    Partnership,
    Goal,
    Indicator,
    Initiative,
    Milestone,
    InitiativeRelation,
)
#: What is unique where it stands, so that rows which change places wait aside.
UNIQUE: Final[dict[type[models.Model], str]] = {
    Action: "number",
    Goal: "number",
    Indicator: "name",
    Initiative: "title",
}
#: Above any number an action or a goal can have.
ASIDE: Final = 10_000


@transaction.atomic
def plan_import(rows: CatalogueRows) -> Plan:
    """Writes nothing; CatalogueFileError where the import would be refused."""
    return _plan(rows)


class Undecided(CatalogueFileError, Refused):
    """Targets that have been reported on would change without a decision; their ids."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        rows = list(indicators)
        self.indicators = {row.pk for row in rows}
        message = _("der er givet status på måltallet; skriv den beslutning, der ændrer det")
        super().__init__(Fault(0, 0, _place_of_indicator(row), message) for row in rows)


def import_rows(rows: CatalogueRows, *, by: Mandate | None = None) -> Plan:
    """Brings the database to what the rows say, in one transaction under the catalogue's lock.

    CatalogueFileError where it is refused; nothing is written then.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _import(rows, by)
        except (models.ProtectedError, models.RestrictedError) as error:
            message = _("noget, som andet i databasen bygger på, kan ikke fjernes")
            raise CatalogueFileError([Fault(0, 0, "", message)]) from error
        except IntegrityError:
            # Another import made the same rows in between; the next attempt finds them.
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
    _write(plan)
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


def require_decisions(plan: Plan) -> None:
    """Undecided where a target that has been reported on changes without a decision."""
    if undecided := [row for row in reported_targets(plan) if not plan.decisions[row.pk]]:
        raise Undecided(undecided)


def reported_targets(plan: Plan) -> list[Indicator]:
    """The indicators whose targets change though heads have reported on them."""
    changed = [
        change.row.pk
        for change in plan.of(ChangeKind.CHANGED)
        if isinstance(change.row, Indicator) and _change_of_target(change)
    ]
    touched = GoalStatus.objects.filter(goal=OuterRef("goal")).exclude(state=State.NOT_STARTED)
    figures = Measurement.objects.filter(indicator=OuterRef("pk"))
    rows = Indicator.objects.filter(Exists(touched) | Exists(figures), pk__in=changed)
    return list(rows.select_related("goal__action").order_by("goal__action__number", "order"))


def _change_of_target(change: Change) -> FieldChange | None:
    return next((changed for changed in change.fields if changed.name == "target"), None)


def _plan(rows: CatalogueRows) -> Plan:
    # The lock first and alone: what is read after it is what stands until the commit.
    locked = Catalogue.objects.select_for_update().filter(slug=rows.slug).first()
    old = whole_catalogues().get(pk=locked.pk) if locked else None
    if faults := [*_other_spellings(rows)]:
        raise CatalogueFileError(faults)
    plan = make_plan(old, rows)
    if faults := [*_years_left_out(locked, rows), *_losses(plan)]:
        raise CatalogueFileError(faults)
    return plan


def _other_spellings(rows: CatalogueRows) -> Iterator[Fault]:
    """Who holds a post may write on its goals, so a post never comes a second time by accident.

    A partner is a name and nothing more: each catalogue spells it in its own way.
    """
    known: dict[str, set[str]] = {}
    for name in Position.objects.values_list("name", flat=True):
        known.setdefault(spelling_key(name), set()).add(name)
    for action in rows.actions:
        for one in action.responsible:
            spellings = known.get(spelling_key(one.position), {one.position})
            if one.position not in spellings:
                message = _("{name} findes i databasen som {known}; brug samme stavemåde").format(
                    name=quoted(one.position), known=quoted(min(spellings))
                )
                yield Fault(
                    one.line, 0, _("handling {number}").format(number=action.number), message
                )


def _years_left_out(catalogue: Catalogue | None, rows: CatalogueRows) -> Iterator[Fault]:
    """A period that leaves out a round would put its reports out of reach."""
    rounds = catalogue.rounds.order_by("year") if catalogue else ()
    for round_ in rounds:
        was_in = catalogue is not None and round_.year in catalogue.years
        if was_in and not rows.period_from <= round_.year <= rows.period_to:
            message = _("kan ikke ændres: der er en statusrunde i {year}").format(year=round_.year)
            yield Fault(0, 0, "period", message)


def _losses(plan: Plan) -> Iterator[Fault]:
    """One fault for each goal or indicator that would take the work of a head with it."""
    goals = Goal.objects.filter(
        Q(pk__in=_keys(plan.rows(ChangeKind.REMOVED, Goal)))
        | Q(action__in=_keys(plan.rows(ChangeKind.REMOVED, Action)))
    )
    indicators = Indicator.objects.filter(
        Q(pk__in=_keys(plan.rows(ChangeKind.REMOVED, Indicator))) | Q(goal__in=goals)
    )
    for status in _locked_statuses(goals):
        if message := _why_status_stays(status):
            yield Fault(0, 0, _place_of(status.goal), message)
    indicators = indicators.select_related("goal__action")
    for indicator in indicators.prefetch_related("measurements", "target_revisions"):
        if message := _why_indicator_stays(indicator):
            yield Fault(0, 0, _place_of_indicator(indicator), message)


def _keys(rows: Sequence[models.Model]) -> list[int]:
    return [row.pk for row in rows]


def _locked_statuses(goals: models.QuerySet[Goal]) -> models.QuerySet[GoalStatus]:
    """Locked, so that no head writes on a goal while it is being removed."""
    return (
        GoalStatus.objects.select_for_update(of=("self",))
        .filter(goal__in=goals)
        .select_related("round", "goal__action")
        .annotate(
            has_history=Exists(Event.objects.filter(status=OuterRef("pk"))),
            has_figures=Exists(Measurement.objects.filter(status=OuterRef("pk"))),
        )
        .order_by("pk")
    )


def _why_status_stays(status: Any) -> str:
    """Empty for a status that nobody has touched in a round that is not closed."""
    year = status.round.year
    if status.state != State.NOT_STARTED or status.has_history or status.has_figures:
        return _("kan ikke fjernes: der er skrevet status på målet i runden {year}").format(
            year=year
        )
    if status.round.state(timezone.localdate()) is RoundState.CLOSED:
        return _("kan ikke fjernes: målet indgår i den lukkede runde {year}").format(year=year)
    return ""


def _why_indicator_stays(indicator: Indicator) -> str:
    years = [measurement.year for measurement in indicator.measurements.all()]
    if years:
        return _("kan ikke fjernes: der er målinger for {years}").format(
            years=", ".join(map(str, years))
        )
    if indicator.target_revisions.all():
        return _("kan ikke fjernes: måltallet har tidligere justeringer, som skal bevares")
    return ""


def _place_of(goal: Goal) -> str:
    return f"{_('handling')} {goal.action.number} › {_('mål')} {goal.number}"


def _place_of_indicator(indicator: Indicator) -> str:
    return f"{_place_of(indicator.goal)} › {_('måltal')} ”{indicator.name}”"


def _write(plan: Plan) -> None:
    _remove(plan)
    _save_names(Position, plan.rows(ChangeKind.CREATED, Position))
    _save_names(Partner, plan.rows(ChangeKind.CREATED, Partner))
    for catalogue in plan.rows(ChangeKind.CREATED, Catalogue):
        catalogue.save()
    _put_moving_aside(plan)
    for model in MODELS:
        model._default_manager.bulk_create(plan.rows(ChangeKind.CREATED, model))
    for change in plan.of(ChangeKind.CHANGED):
        change.row.save(update_fields=[changed.name for changed in change.fields])
    if plan.rows(ChangeKind.CREATED, Goal):
        add_missing_statuses(plan.catalogue)
    for revision in _revisions(plan):
        TargetRevision.objects.append(**revision)


def _remove(plan: Plan) -> None:
    actions = _keys(plan.rows(ChangeKind.REMOVED, Action))
    goals = _keys(plan.rows(ChangeKind.REMOVED, Goal))
    # `_losses` has looked at each of them: nobody has written here.
    GoalStatus.objects.filter(Q(goal__in=goals) | Q(goal__action__in=actions)).delete()
    for model in reversed(MODELS):
        if keys := _keys(plan.rows(ChangeKind.REMOVED, model)):
            model._default_manager.filter(pk__in=keys).delete()


def _save_names[Named: (Position, Partner)](model: type[Named], rows: list[Named]) -> None:
    """In the order of the names, so that two imports never wait for each other.

    A name that another import has made meanwhile is taken from there.
    """
    names = sorted(row.name for row in rows)
    model._default_manager.bulk_create([model(name=name) for name in names], ignore_conflicts=True)
    keys = dict(model._default_manager.filter(name__in=names).values_list("name", "pk"))
    for row in rows:
        row.pk = keys[row.name]
        row._state.adding = False


def _put_moving_aside(plan: Plan) -> None:
    """Numbers and names are unique at every moment, so two rows cannot swap theirs directly."""
    for model, name in UNIQUE.items():
        moving = [
            change.row.pk
            for change in plan.of(ChangeKind.CHANGED)
            if isinstance(change.row, model) and any(f.name == name for f in change.fields)
        ]
        aside: Any = (
            F(name) + ASIDE if name == "number" else Concat(Value("\x01"), Cast("pk", CharField()))
        )
        model._default_manager.filter(pk__in=moving).update(**{name: aside})


def _revisions(plan: Plan) -> list[dict[str, Any]]:
    """The values of one for each changed target; none where somebody was asked and said nothing."""
    return [
        {
            "indicator": change.row,
            "old_target": changed.old,
            "new_target": changed.new,
            "decision": _("Ændret ved import af katalogfilen") if decision is None else decision,
            "decided_at": timezone.now(),
            "decided_by": plan.author,
        }
        for change in plan.of(ChangeKind.CHANGED)
        if isinstance(change.row, Indicator) and (changed := _change_of_target(change))
        if (decision := plan.decisions[change.row.pk]) != ""
    ]
