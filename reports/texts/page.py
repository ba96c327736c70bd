"""What the pages of a report's written parts show: what to write, and what to read beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from actions.access import Mandate, get_catalogue
from actions.models import Action, GoalStatus, Responsibility, Round
from actions.models.status import SHOWN_TO_OTHERS
from reports.content.assemble import check_year
from reports.content.shape import NoSuchReport
from reports.models import KIND_WORDS, Edition, Kind, Part, Passage, Report


def get_report(slug: str, year: int, word: str) -> Report:
    """A report by its kind's word, or 404 if the year can have none. Unsaved if not yet made."""
    kinds = {name: kind for kind, name in KIND_WORDS.items()}
    if word not in kinds:
        raise Http404
    catalogue = get_catalogue(slug)
    try:
        check_year(catalogue, year, kinds[word])
    except NoSuchReport as error:
        raise Http404 from error
    where = {"catalogue": catalogue, "kind": kinds[word], "year": year}
    report = Report.objects.filter(**where).first() or Report(**where)
    report.catalogue = catalogue
    return report


@dataclass(frozen=True)
class EditorialRow:
    """An action's passage by the coordinator, and in the midterm the one by its heads."""

    passage: Passage
    head: Passage | None


@dataclass
class EditorialPage:
    report: Report
    texts: Passage
    rows: list[EditorialRow]

    @property
    def is_midterm(self) -> bool:
        return self.report.kind == Kind.MIDTERM

    @property
    def has_conclusion(self) -> bool:
        return "conclusion" in self.texts.names

    @property
    def recommended(self) -> dict[int, str]:
        """The recommendation for each action, by number: VUF's, else the heads', else ""."""
        return {
            row.passage.action.number: row.passage.choice or (row.head.choice if row.head else "")
            for row in self.rows
            if row.passage.action
        }

    @property
    def written(self) -> int:
        """How many actions the coordinator has written on."""
        return sum(bool(row.passage.choice or row.passage.line) for row in self.rows)


@dataclass
class GoalBeside:
    """A goal with its submitted statuses, the oldest first."""

    text: str
    number: int
    statuses: list[GoalStatus] = field(default_factory=list)

    @property
    def latest(self) -> GoalStatus:
        return self.statuses[-1]


def editorial_page(report: Report) -> EditorialPage:
    """Everything the coordinator writes for a report, written or not."""
    rows = report.passages.all() if report.pk else Passage.objects.none()
    known = {(row.part, row.action_id): row for row in rows}
    part = Part.on_actions(Kind(report.kind))

    def passage(part: Part, action: Action | None) -> Passage:
        row = known.get((part, action.pk if action else None)) or Passage(part=part)
        row.report, row.action = report, action
        return row

    return EditorialPage(
        report=report,
        texts=passage(Part.TEXTS, None),
        rows=[
            EditorialRow(passage(part, action), known.get((Part.HEAD, action.pk)))
            for action in report.catalogue.actions.order_by("number")
        ],
    )


def goals_beside(passage: Passage) -> list[GoalBeside]:
    """What is submitted on an action up to the report's year, goal by goal."""
    rows = GoalStatus.objects.filter(
        goal__action=passage.action,
        round__year__lte=passage.report.year,
        state__in=SHOWN_TO_OTHERS,
    )
    goals: dict[int, GoalBeside] = {}
    for row in rows.select_related("goal", "round").order_by("goal__number", "round__year"):
        goal = goals.setdefault(row.goal_id, GoalBeside(row.goal.text, row.goal.number))
        goal.statuses.append(row)
    return list(goals.values())


def head_recommendation(passage: Passage) -> Passage | None:
    """The heads' recommendation, if any, for the coordinator to read beside their own."""
    if passage.part != Part.FINAL or not passage.report.pk:
        return None
    rows = passage.report.passages.filter(part=Part.HEAD, action=passage.action)
    return rows.exclude(choice="", reason="").first()


def awaited_of(mandate: Mandate) -> list[Passage]:
    """The recommendations somebody is to give for the midterms in preparation, written or not."""
    mine = Responsibility.objects.filter(
        action=OuterRef("pk"), position__in=list(mandate.submits_for)
    )
    prepared = Round.objects.filter(
        catalogue=OuterRef("catalogue"),
        year=OuterRef("catalogue__midterm_year"),
        opens__lte=timezone.localdate(),
    )
    published = Edition.objects.filter(
        report__catalogue=OuterRef("catalogue"), report__kind=Kind.MIDTERM
    )
    stopped = Q(stopped_on__lte=timezone.localdate())
    actions = Action.objects.filter(Exists(mine), Exists(prepared), ~Exists(published), ~stopped)
    rows = list(actions.select_related("catalogue").order_by("catalogue", "number"))
    return list(_of_heads(rows)) if rows else []


def lacking_of(round_: Round) -> list[Passage]:
    """The recommendations of the heads that the midterm of a round's year lacks. A query, if it
    has one.
    """
    catalogue, midterm = round_.catalogue, Kind.MIDTERM
    if round_.year != catalogue.midterm_year:
        return []
    report = Report(catalogue=catalogue, kind=midterm, year=round_.year)
    given = Passage.objects.filter(part=Part.HEAD, action=OuterRef("pk")).exclude(choice="")
    published = Edition.objects.filter(report__catalogue=catalogue, report__kind=midterm)
    stopped = Q(stopped_on__lte=timezone.localdate())
    actions = catalogue.actions.filter(~Exists(given), ~Exists(published), ~stopped)
    return [
        Passage(part=Part.HEAD, report=report, action=action)
        for action in actions.order_by("number")
    ]


def _of_heads(actions: Iterable[Action]) -> Iterable[Passage]:
    rows = Passage.objects.filter(part=Part.HEAD, action__in=list(actions))
    known = {row.action_id: row for row in rows}
    for action in actions:
        catalogue = action.catalogue
        passage = known.get(action.pk) or Passage(part=Part.HEAD)
        passage.action = action
        passage.report = Report(
            pk=passage.report_id,
            catalogue=catalogue,
            kind=Kind.MIDTERM,
            year=catalogue.midterm_year or 0,  # `awaited_of` asks for those with a midterm
        )
        yield passage
