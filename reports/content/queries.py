"""Reads what a report is made of, in six queries whatever the size of the catalogue (S1).

The draft's page assembles its report too, and may use ten queries in all.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from actions.catalogue.versions.store import rows_in
from actions.models import (
    Catalogue,
    CatalogueVersion,
    Goal,
    GoalStatus,
    Initiative,
    Measurement,
    Milestone,
    Partnership,
    Responsibility,
    Round,
    Signature,
    TargetRevision,
)
from actions.models.goals import targets_of
from actions.models.status import SHOWN_TO_OTHERS
from actions.tools.together import Row, picked, read_together
from reports.content.as_it_stood import actions_as, catalogue_as, earlier_version, meanings_of
from reports.content.beginnings import add_origins, begun, descents_of
from reports.content.data import ActionData, GoalData, IndicatorData, ReportData
from reports.content.final.successors import goes_on_by_action, later_rows
from reports.content.given_later import (
    GivenLater,
    add_later_figures,
    asks_later,
    given_later,
    handed_in_later,
)
from reports.content.midterm.decisions import decided_of, decisions_before
from reports.models import Kind, Part, Passage


def read_report(catalogue: Catalogue, year: int, kind: Kind) -> ReportData:
    """Everything a report of the year can show. Drafts and returned texts are not read."""
    rounds, statuses, later = _rounds(catalogue, year)
    of_year = [row for row in rounds if row.year == year]
    version = earlier_version(catalogue, rounds, year)
    if version is None:
        actions = begun(_goals(catalogue), of_year, year, statuses)
        around = _read_around(actions, of_year, catalogue, year, kind, later)
        _add_around(actions, around)
        _add_unsigned(actions, around["unsigned"])
    else:
        then = rows_in(version)
        catalogue = catalogue_as(catalogue, then)
        actions = begun(actions_as(catalogue, then), of_year, year, statuses)
        _add_revisions(actions, version)
        _add_unsigned_then(actions, statuses, year)
        around = _around_then(list(actions), catalogue, year, kind)
    add_origins(actions, around["descents"])
    _add_figures(actions)
    add_later_figures(actions.values(), later)
    passages = {(row.part, row.action_id): row for row in _passages(catalogue, year, kind)}
    return ReportData(
        catalogue,
        year,
        rounds,
        statuses,
        list(actions.values()),
        passages,
        kind,
        meanings=meanings_of(catalogue, rounds[:-1], version, kind),
        decided=[decided_of(row) for row in around["decided"]],
        goes_on=goes_on_by_action(around["goes_on"]),
        has_next=bool(around["next"]),
        later=later,
    )


def _around_then(
    actions: list[int], catalogue: Catalogue, year: int, kind: Kind
) -> dict[str, list[Row]]:
    """What a report of an earlier version reads besides its rows."""
    return read_together(
        descents=descents_of(actions),
        decided=decisions_before(actions, year, kind),
        **later_rows(actions, kind, catalogue),
    )


def _rounds(
    catalogue: Catalogue, year: int
) -> tuple[list[Round], dict[tuple[int, int], GoalStatus], GivenLater]:
    """The rounds until the year, with what is handed in, in these or in a later catalogue's."""
    handed_in = Q(statuses__state__in=SHOWN_TO_OTHERS)
    latest = CatalogueVersion.objects.filter(catalogue=OuterRef("catalogue")).order_by("-pk")[:1]
    rows = (
        catalogue.rounds.filter(year__lte=year)
        .annotate(
            shown=FilteredRelation("statuses", condition=handed_in),
            latest_in_force=Subquery(latest.values("in_force")),
            latest_at=Subquery(latest.values("at")),
            asks_later=asks_later(),
        )
        .select_related("shown")  # type: ignore[misc]
        .order_by("year")
    )
    rounds: dict[int, Round] = {}
    statuses: dict[tuple[int, int], GoalStatus] = {}
    for row, status in _joined(rows, "shown"):
        rounds.setdefault(row.year, row)
        if status is not None:
            statuses[status.goal_id, row.year] = status
    later = given_later(rounds.values())
    return list(rounds.values()), statuses | handed_in_later(later), later


def _goals(catalogue: Catalogue) -> dict[int, ActionData]:
    """The actions by id, in the catalogue's order. The catalogue file requires a goal of each."""
    actions: dict[int, ActionData] = {}
    for goal, targets in targets_of(Goal.objects.filter(action__catalogue=catalogue)):
        action = actions.setdefault(goal.action_id, ActionData(goal.action))
        indicators = [IndicatorData(row.indicator, revisions=row.revisions) for row in targets]
        action.goals.append(GoalData(goal, indicators))
    return actions


def _by_indicator(actions: dict[int, ActionData]) -> dict[int, IndicatorData]:
    return {
        row.indicator.pk: row
        for action in actions.values()
        for goal in action.goals
        for row in goal.indicators
    }


def _add_figures(actions: dict[int, ActionData]) -> None:
    indicators = _by_indicator(actions)
    # By these indicators, not by catalogue: an import may add others between two queries.
    figures = Measurement.objects.filter(indicator__in=indicators)
    figures = figures.order_by("year", "indicator", "pk")
    for (key, _year), rows in groupby(figures, key=attrgetter("indicator_id", "year")):
        indicators[key].add_year(list(rows))


def _read_around(
    actions: Iterable[int],
    rounds: list[Round],
    catalogue: Catalogue,
    year: int,
    kind: Kind,
    later: GivenLater,
) -> dict[str, list[Row]]:
    """The rows around the actions' goals, in one query: responsible positions, partners,
    initiatives, milestones and missing signatures; for a midterm and a final report also the
    decisions so far, and for the latter what goes on.
    """
    ids = list(actions)
    return read_together(
        responsible=picked(
            Responsibility.objects.filter(action__in=ids),
            *("order", "note"),
            action="action_id",
            position="position__name",
        ),
        partners=picked(
            Partnership.objects.filter(action__in=ids),
            *("order", "contribution"),
            action="action_id",
            name="partner__name",
        ),
        initiatives=picked(
            Initiative.objects.filter(action__in=ids), *("id", "order", "title"), action="action_id"
        ),
        milestones=picked(
            Milestone.objects.filter(initiative__action__in=ids),
            *("id", "order", "text", "year"),
            initiative="initiative_id",
        ),
        unsigned=_unsigned(ids, rounds, later),
        descents=descents_of(ids),
        decided=decisions_before(ids, year, kind),
        **later_rows(ids, kind, catalogue),
    )


def _passages(catalogue: Catalogue, year: int, kind: Kind) -> QuerySet[Passage]:
    """The report's own, and in a final report what its midterm recommended."""
    own = Q(report__year=year, report__kind=kind)
    if kind is Kind.FINAL:
        own |= Q(report__kind=Kind.MIDTERM, part=Part.FINAL)
    return Passage.objects.filter(own, report__catalogue=catalogue)


def _add_revisions(actions: dict[int, ActionData], version: CatalogueVersion) -> None:
    """The changes of targets that the version holds."""
    indicators = _by_indicator(actions)
    made = TargetRevision.objects.filter(indicator__in=indicators, decided_at__lte=version.at)
    for revision in made.order_by("pk"):
        indicators[revision.indicator_id].revisions.append(revision)
    for row in indicators.values():
        # A decision may be older than the version and have been noted later: it is not in it.
        while row.revisions and row.revisions[-1].old_target == row.indicator.target:
            row.revisions.pop()


def _add_unsigned_then(
    actions: dict[int, ActionData], statuses: dict[tuple[int, int], GoalStatus], year: int
) -> None:
    """The posts of the version that have not signed the year's texts."""
    rows = {goal: status for (goal, of_year), status in statuses.items() if of_year == year}
    signatures = Signature.objects.of_present_text().filter(status__in=list(rows.values()))
    signed = set(signatures.values_list("status", "position"))
    for action in actions.values():
        for goal in action.goals:
            if status := rows.get(goal.goal.pk):
                goal.unsigned = [
                    name
                    for position, name in action.posts.items()
                    if (status.pk, position) not in signed
                ]


def _unsigned(actions: list[int], rounds: list[Round], later: GivenLater) -> QuerySet[Any, Any]:
    """The responsible positions that have not signed the present text of a goal's status."""
    of_year = [row.pk for (_goal, year), row in later.items() if year in {r.year for r in rounds}]
    responsible = "goal__action__responsibilities"
    signed = Signature.objects.of_present_text().filter(
        status=OuterRef("pk"), position=OuterRef("answers")
    )
    rows = (
        GoalStatus.objects.shown_to_others()
        .filter(Q(goal__action__in=actions, round__in=rounds) | Q(pk__in=of_year))
        .annotate(
            answers=F(f"{responsible}__position"),
            of_goal=Case(When(pk__in=of_year, then=F("goal__origin")), default=F("goal")),
        )
        .filter(~Exists(signed), answers__isnull=False)
    )
    return picked(
        rows,
        goal="of_goal",
        order=f"{responsible}__order",
        position=f"{responsible}__position__name",
    )


def _add_around(actions: dict[int, ActionData], around: dict[str, list[Row]]) -> None:
    for row in sorted(around["responsible"], key=itemgetter("order", "position")):
        actions[row["action"]].responsible.append(
            {"position": row["position"], "note": row["note"]}
        )
    for row in sorted(around["partners"], key=itemgetter("order", "name")):
        actions[row["action"]].partners.append(
            {"name": row["name"], "contribution": row["contribution"]}
        )
    steps: dict[int, list[str]] = {}
    for row in sorted(around["milestones"], key=itemgetter("order", "id")):
        steps.setdefault(row["initiative"], []).append(f"{row['year']}: {row['text']}")
    for row in sorted(around["initiatives"], key=itemgetter("order", "title")):
        actions[row["action"]].initiatives.append(
            {"title": row["title"], "milestones": steps.get(row["id"], [])}
        )


def _add_unsigned(actions: dict[int, ActionData], unsigned: list[Row]) -> None:
    goals = {goal.goal.pk: goal for action in actions.values() for goal in action.goals}
    for row in sorted(unsigned, key=itemgetter("order", "position")):
        goals[row["goal"]].unsigned.append(row["position"])


def _joined(rows: Iterable[Any], name: str) -> Iterator[tuple[Any, Any]]:
    """Each row with the row joined to it, or None."""
    for row in rows:
        yield row, getattr(row, name, None)  # Django sets no attribute if nothing was joined
