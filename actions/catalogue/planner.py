"""Makes a plan: compares the rows of a file with those of the database, and writes nothing."""

from collections.abc import Callable, Iterable, Sequence

from django.db import models
from django.utils.translation import gettext as _

from actions.catalogue.exporter import known_supplier
from actions.catalogue.file import ActionRow, CatalogueRows, GoalRow, IndicatorRow, InitiativeRow
from actions.catalogue.plan import FIELDS, Change, ChangeKind, Decided, FieldChange, Plan
from actions.catalogue.recognise import left_out, match_goals, recognise
from actions.danish import plain_decimal
from actions.models import (
    Action,
    Catalogue,
    FigureSupplier,
    Goal,
    Indicator,
    Initiative,
    InitiativeRelation,
    Milestone,
    Partner,
    Partnership,
    Position,
    Responsibility,
)
from actions.models.versions import Descent, DescentKind


def make_plan(old: Catalogue | None, rows: CatalogueRows) -> Plan:
    """`old` comes from `whole_catalogues`; it is None if the slug is new."""
    return _Planner(old, rows).plan


class _Planner:
    """Walks the rows of the file beside those of the database, and notes each difference."""

    def __init__(self, old: Catalogue | None, rows: CatalogueRows) -> None:
        self.positions = {position.name: position for position in Position.objects.all()}
        self.partners = {partner.name: partner for partner in Partner.objects.all()}
        self.initiatives: dict[tuple[int, str], Initiative] = {}
        self.actions: dict[int, Action] = {}
        wanted = Catalogue(
            slug=rows.slug, **{name: getattr(rows, name) for name in FIELDS[Catalogue]}
        )
        self.plan = Plan(old or wanted)
        self._keep(old, wanted, _("handlingskataloget"))
        self._actions(list(old.actions.all()) if old else [], rows.actions)
        for action in rows.actions:
            self._origins(rows.slug, action)
            for initiative in action.initiatives:
                self._relations(action, initiative)

    def _keep[Row: models.Model](self, old: Row | None, wanted: Row, place: str) -> Row:
        """Returns the row as it will stand: `old` with the values of `wanted`, or `wanted`."""
        if old is None:
            self._note(ChangeKind.CREATED, wanted, place)
            return wanted
        differences = tuple(
            FieldChange(name, getattr(old, name), getattr(wanted, name))
            for name in FIELDS[type(old)]
            if getattr(old, name) != getattr(wanted, name)
        )
        for difference in differences:
            setattr(old, difference.name, difference.new)
        if differences:
            self._note(ChangeKind.CHANGED, old, place, differences)
        else:
            self.plan.unchanged += 1
        return old

    def _note(
        self, kind: ChangeKind, row: models.Model, place: str, fields: tuple[FieldChange, ...] = ()
    ) -> None:
        self.plan.changes.append(Change(kind, row, place, fields))

    def _remove[Row: models.Model](
        self, rows: Iterable[Row], place_of: Callable[[Row], str]
    ) -> None:
        for row in rows:
            self._note(ChangeKind.REMOVED, row, place_of(row))

    def _actions(self, old: Sequence[Action], rows: Sequence[ActionRow]) -> None:
        numbers = [one.number for one in old]
        known_again = recognise(old, rows, numbers, [row.number for row in rows])
        for row, before in zip(rows, known_again, strict=True):
            wanted = Action(catalogue=self.plan.catalogue, number=row.number, title=row.title)
            _describe(wanted, row)
            _date(wanted, row, before)
            place = _place_of_action(row.number)
            action = self._keep(before, wanted, place)
            self.actions[row.number] = action
            self._responsible(action, before, row, place)
            self._partners(action, before, row, place)
            self._goals(action, before, row, place)
            self._initiatives(action, before, row, place)
        self._remove(left_out(old, known_again), lambda action: _place_of_action(action.number))

    def _responsible(
        self, action: Action, before: Action | None, row: ActionRow, place: str
    ) -> None:
        old = {one.position.name: one for one in before.responsibilities.all()} if before else {}
        for order, one in enumerate(row.responsible, 1):
            wanted = Responsibility(action=action, order=order, note=one.note)
            wanted.position = self._position(one.position)
            here = f"{place} › {_('ansvarlig')} ”{one.position}”"
            self._keep(old.pop(one.position, None), wanted, here)
        self._remove(old.values(), lambda gone: f"{place} › {_('ansvarlig')} ”{gone.position}”")

    def _partners(self, action: Action, before: Action | None, row: ActionRow, place: str) -> None:
        old = {one.partner.name: one for one in before.partnerships.all()} if before else {}
        for order, one in enumerate(row.partners, 1):
            wanted = Partnership(action=action, order=order, contribution=one.contribution)
            wanted.partner = self._partner(one.name)
            here = f"{place} › {_('samarbejdspartner')} ”{one.name}”"
            self._keep(old.pop(one.name, None), wanted, here)
        self._remove(
            old.values(), lambda gone: f"{place} › {_('samarbejdspartner')} ”{gone.partner}”"
        )

    def _position(self, name: str) -> Position:
        if name not in self.positions:
            self.positions[name] = Position(name=name)
            self._note(ChangeKind.CREATED, self.positions[name], f"{_('stilling')} ”{name}”")
        return self.positions[name]

    def _partner(self, name: str) -> Partner:
        if name not in self.partners:
            self.partners[name] = Partner(name=name)
            self._note(ChangeKind.CREATED, self.partners[name], f"{_('partner')} ”{name}”")
        return self.partners[name]

    def _goals(self, action: Action, before: Action | None, row: ActionRow, place: str) -> None:
        old = list(before.goals.all()) if before else []
        known_again = match_goals(old, row.goals)
        for number, (goal_row, known) in enumerate(zip(row.goals, known_again, strict=True), 1):
            here = _place_of_goal(place, number)
            wanted = Goal(action=action, number=number, text=goal_row.text)
            goal = self._keep(known, wanted, here)
            if known:
                self.plan.meanings[known.pk] = Decided(goal_row.decision, goal_row.decided_on)
            self._indicators(goal, list(known.indicators.all()) if known else [], goal_row, here)
        self._remove(left_out(old, known_again), lambda gone: _place_of_goal(place, gone.number))

    def _indicators(self, goal: Goal, old: Sequence[Indicator], row: GoalRow, place: str) -> None:
        names = [one.name for one in old]
        known_again = recognise(old, row.indicators, names, [one.name for one in row.indicators])
        pairs = zip(row.indicators, known_again, strict=True)
        for order, (indicator, known) in enumerate(pairs, 1):
            here = f"{place} › {_('måltal')} ”{indicator.name}”"
            wanted = wanted_indicator(goal, order, indicator)
            kept = self._keep(known, wanted, here)
            self._supplier(kept, known, indicator.supplier, here)
            if known:
                decided = Decided(indicator.decision, indicator.decided_on)
                self.plan.decisions[known.pk] = decided
        self._remove(
            left_out(old, known_again), lambda gone: f"{place} › {_('måltal')} ”{gone.name}”"
        )

    def _supplier(
        self, indicator: Indicator, known: Indicator | None, post: str, place: str
    ) -> None:
        """A file that names no post leaves the supplier as it is."""
        before = known_supplier(known) if known else None
        if not post or (before and str(before.position or "") == post):
            return
        wanted = FigureSupplier(indicator=indicator, position=self._position(post))
        if before:  # of an indicator, so a post instead of a person or another post
            self._note(ChangeKind.REMOVED, before, place)
        self._note(ChangeKind.CREATED, wanted, f"{place} › {_('leverandør')} ”{post}”")

    def _origins(self, slug: str, row: ActionRow) -> None:
        """Where a new action comes from; what stands in the catalogue keeps its origin."""
        action = self.actions[row.number]
        if action.pk:
            return
        own = [one.action for one in row.origin if one.catalogue == slug]
        kind = DescentKind.SPLIT if len(own) == 1 else DescentKind.MERGED
        for number in own:
            origin = self.actions[number]
            place = f"{_place_of_action(row.number)} › {_('fra handling')} {number}"
            self._note(ChangeKind.CREATED, Descent(action=action, origin=origin, kind=kind), place)
        for one in row.origin:
            if one.catalogue != slug:
                there = Action.objects.filter(catalogue__slug=one.catalogue, number=one.action)
                action.origin = there.first()

    def _initiatives(
        self, action: Action, before: Action | None, row: ActionRow, place: str
    ) -> None:
        old = list(before.initiatives.all()) if before else []
        titles = [one.title for one in old]
        known_again = recognise(
            old, row.initiatives, titles, [one.title for one in row.initiatives]
        )
        pairs = zip(row.initiatives, known_again, strict=True)
        for order, (one, known) in enumerate(pairs, 1):
            here = f"{place} › {_('indsats')} ”{one.title}”"
            wanted = Initiative(
                action=action, order=order, title=one.title, description=one.description
            )
            initiative = self._keep(known, wanted, here)
            self.initiatives[row.number, one.title] = initiative
            self._milestones(initiative, list(known.milestones.all()) if known else [], one, here)
        self._remove(
            left_out(old, known_again), lambda gone: f"{place} › {_('indsats')} ”{gone.title}”"
        )

    def _milestones(
        self, initiative: Initiative, old: list[Milestone], row: InitiativeRow, place: str
    ) -> None:
        """Matched by their order: nothing else identifies a milestone for good."""
        for order, one in enumerate(row.milestones, 1):
            known = old.pop(0) if old else None
            wanted = Milestone(initiative=initiative, order=order, text=one.text, year=one.year)
            self._keep(known, wanted, f"{place} › {_('milepæl')} {order}")
        self._remove(old, lambda gone: f"{place} › {_('milepæl')} {gone.order}")

    def _relations(self, action: ActionRow, row: InitiativeRow) -> None:
        initiative = self.initiatives[action.number, row.title]
        place = f"{_place_of_action(action.number)} › {_('indsats')} ”{row.title}”"
        saved = list(initiative.relations.all()) if initiative.pk else []
        old = {one.related_id: one for one in saved}
        for order, one in enumerate(row.related, 1):
            related = self.initiatives[one.action, one.initiative]
            wanted = InitiativeRelation(initiative=initiative, related=related, order=order)
            here = f"{place} › {_place_of_relation(one.action, one.initiative)}"
            self._keep(old.pop(related.pk, None) if related.pk else None, wanted, here)
        self._remove(
            old.values(),
            lambda gone: (
                f"{place} › {_place_of_relation(gone.related.action.number, gone.related.title)}"
            ),
        )


def wanted_indicator(goal: Goal, order: int, row: IndicatorRow) -> Indicator:
    return Indicator(
        goal=goal,
        order=order,
        name=row.name,
        unit=row.unit,
        target=row.target,
        comparison=row.comparison,
        yearly=row.yearly,
        by_year=row.by,
        baseline=row.baseline,
        baseline_year=row.baseline_year,
        measures=row.measures,
        kind=row.kind,
        upper=row.upper,
        targets=[{"year": one.year, "value": plain_decimal(one.value)} for one in row.targets],
        every=row.every,
        decimals=row.decimals,
        tolerance=row.tolerance,
    )


def _describe(action: Action, row: ActionRow) -> None:
    """Gives an action what the row says about it, besides its number and title."""
    for name in ("summary", "purpose", "code", "theme", "committee", "ambition"):
        setattr(action, name, getattr(row, name))
    action.sdg = list(row.sdg)
    action.money = [
        {
            "year": one.year,
            "kind": one.kind,
            "amount": plain_decimal(one.amount),
            "state": one.state,
            "decision": one.decided,
        }
        for one in row.money
    ]


def _date(action: Action, row: ActionRow, before: Action | None) -> None:
    """Gives an action its days; a file that says none leaves them as they are."""
    action.starts_on = row.starts_on or (before.starts_on if before else None)
    action.stopped_on, action.stopped_by = row.stopped_on, row.stopped_by
    if before and row.stopped_on is None:
        action.stopped_on, action.stopped_by = before.stopped_on, before.stopped_by


def _place_of_action(number: int) -> str:
    return f"{_('handling')} {number}"


def _place_of_goal(place: str, number: int) -> str:
    return f"{place} › {_('mål')} {number}"


def _place_of_relation(action: int, title: str) -> str:
    return _("henvisning til handling {number} ”{title}”").format(number=action, title=title)
