"""What Kommunalbestyrelsen's page shows: the latest reports and the latest temamøde."""

from dataclasses import dataclass

from actions.models import Catalogue
from reports.content import upgrade
from reports.content.shape import ReportContent
from reports.meeting.page import MeetingPage, programme_page
from reports.models import Edition, Kind, Selection


@dataclass(frozen=True)
class Published:
    edition: Edition
    content: ReportContent


@dataclass(frozen=True)
class CouncilPage:
    """The latest edition of each kind, the yearly one last, and the latest decided temamøde."""

    published: list[Published]
    meeting: MeetingPage | None

    @property
    def meeting_first(self) -> bool:
        """Whether the temamøde is news: no report of a later year is published."""
        years = [row.edition.report.year for row in self.published]
        return self.meeting is not None and self.meeting.report.year >= max(years, default=0)


def council_page(catalogue: Catalogue) -> CouncilPage:
    """Six queries, however much there is."""
    latest = [_latest(catalogue, kind) for kind in (Kind.FINAL, Kind.MIDTERM, Kind.STATUS)]
    decisions = Selection.objects.filter(report__catalogue=catalogue, report__kind=Kind.STATUS)
    decided = decisions.for_meeting().that_holds()
    meeting = programme_page(decided) if decided else None
    published = [Published(edition, upgrade.read(edition)) for edition in latest if edition]
    return CouncilPage(published, meeting)


def _latest(catalogue: Catalogue, kind: Kind) -> Edition | None:
    rows = Edition.objects.of_catalogue(catalogue).filter(report__kind=kind).defer("pdf", "html")
    return rows.select_related("report__catalogue").newest_first().first()
