"""What the pages of the written parts show: what there is to write, and what stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from actions.access import Mandate, get_catalogue
from actions.models import Action, GoalStatus, Responsibility, Round
from actions.models.status import SHOWN_TO_OTHERS
from reports.content.assemble import check_year
from reports.content.shape import NoSuchReport
from reports.models import KIND_WORDS, Edition, Kind, Part, Passage, Report


def get_report(slug: str, year: int, word: str) -> Report:
    """A report, made or not (then without an id), or 404 where there can be none."""
    kinds = {name: kind for kind, name in KIND_WORDS.items()}
    if word not in kinds:
        raise Http404
    catalogue = get_catalogue(slug)
    try:
        check_year(catalogue, year, kinds[word])
    except NoSuchReport as error:
        raise Http404 from error
    wanted = Report(catalogue=catalogue, kind=kinds[word], year=year)
    found = Report.objects.filter(catalogue=catalogue, kind=wanted.kind, year=year).first()
    if found is not None:
        found.catalogue = catalogue
    return found or wanted


@dataclass(frozen=True)
class EditorialRow:
    """An action with what is to be written on it, and in the midterm what its heads have."""

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
    def recommended(self) -> dict[int, str]:
        """What should become of each action, by its number: VUF's word, else its heads'; ""."""
        return {
            row.passage.action.number: row.passage.choice or (row.head.choice if row.head else "")
            for row in self.rows
            if row.passage.action
        }

    @property
    def written(self) -> int:
        return sum(bool(row.passage.choice or row.passage.line) for row in self.rows)


@dataclass
class GoalBeside:
    """A goal with its handed-in statuses, the oldest first."""

    text: str
    number: int
    statuses: list[GoalStatus] = field(default_factory=list)

    @property
    def latest(self) -> GoalStatus:
        return self.statuses[-1]


def editorial_page(report: Report) -> EditorialPage:
    """What the coordinator writes for a report, with what is there."""
    rows = report.passages.all() if report.pk else Passage.objects.none()
    known = {(row.part, row.action_id): row for row in rows}
    part = Part.on_actions(Kind(report.kind))

    def passage(part: Part, action: Action | None) -> Passage:
        found = known.get((part, action.pk if action else None)) or Passage(part=part)
        found.report, found.action = report, action
        return found

    return EditorialPage(
        report=report,
        texts=passage(Part.TEXTS, None),
        rows=[
            EditorialRow(passage(part, action), known.get((Part.HEAD, action.pk)))
            for action in report.catalogue.actions.order_by("number")
        ],
    )


def goals_beside(passage: Passage) -> list[GoalBeside]:
    """What is handed in of an action until the report's year, goal by goal."""
    rows = GoalStatus.objects.filter(
        goal__action=passage.action,
        round__year__lte=passage.report.year,
        state__in=SHOWN_TO_OTHERS,
    )
    found: dict[int, GoalBeside] = {}
    for row in rows.select_related("goal", "round").order_by("goal__number", "round__year"):
        beside = found.setdefault(row.goal_id, GoalBeside(row.goal.text, row.goal.number))
        beside.statuses.append(row)
    return list(found.values())


def head_recommendation(passage: Passage) -> Passage | None:
    """What the responsible heads recommend, for the coordinator to read beside the own."""
    if passage.part != Part.FINAL or not passage.report.pk:
        return None
    rows = passage.report.passages.filter(part=Part.HEAD, action=passage.action)
    return rows.exclude(choice="", reason="").first()


def awaited_of(mandate: Mandate) -> list[Passage]:
    """The recommendations somebody gives for the midterms being prepared, written or not."""
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
    actions = Action.objects.filter(Exists(mine), Exists(prepared), ~Exists(published))
    found = list(actions.select_related("catalogue").order_by("catalogue", "number"))
    return list(_of_heads(found)) if found else []


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
            year=catalogue.midterm_year,
        )
        yield passage
