"""What Kommunalbestyrelsen's page shows: the latest reports, and the temamøde that is decided."""

from dataclasses import dataclass
from datetime import date

from actions.models import Catalogue
from reports.models import Edition, Kind, SelectedAction, Selection, ThemeMeeting


@dataclass(frozen=True)
class Chosen:
    """An action of the temamøde, called what it was called in the edition that was decided on."""

    number: int
    title: str
    reason: str


@dataclass(frozen=True)
class Meeting:
    """`programme` is None before VUF has written one."""

    selection: Selection
    programme: ThemeMeeting | None
    chosen: list[Chosen]

    @property
    def day(self) -> date:
        return self.selection.theme_meeting_on


@dataclass(frozen=True)
class CouncilPage:
    """The latest edition of each kind, the midterm first; and the latest temamøde."""

    editions: list[Edition]
    meeting: Meeting | None


def council_page(catalogue: Catalogue) -> CouncilPage:
    """Four queries, whatever there is of each."""
    latest = [_latest(catalogue, kind) for kind in (Kind.MIDTERM, Kind.STATUS)]
    return CouncilPage([each for each in latest if each], _meeting(catalogue))


def _latest(catalogue: Catalogue, kind: Kind) -> Edition | None:
    rows = Edition.objects.of_catalogue(catalogue).filter(report__kind=kind).defer("pdf", "html")
    return rows.select_related("report__catalogue").newest_first().first()


def _meeting(catalogue: Catalogue) -> Meeting | None:
    """Of the latest decided report the decision that holds: a changed one has the next number."""
    rows = Selection.objects.filter(report__catalogue=catalogue)
    rows = rows.select_related("report__catalogue", "report__theme_meeting", "edition")
    rows = rows.defer("edition__pdf", "edition__html")
    found = rows.order_by("-report__year", "-number").first()
    if found is None:
        return None
    chosen = [_as_published(found.edition, row) for row in found.actions.select_related("action")]
    return Meeting(found, getattr(found.report, "theme_meeting", None), chosen)


def _as_published(edition: Edition, row: SelectedAction) -> Chosen:
    titles = {each["number"]: each["title"] for each in edition.content["actions"]}
    number = row.action.number
    return Chosen(number, titles.get(number, row.action.title), row.reason)
