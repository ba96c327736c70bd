"""The addendum to a published report: what the heads answered in a follow-up that is closed."""

from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import Final, TypedDict

from django.db.models import QuerySet
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.models import Catalogue, Round
from actions.tools.together import Row
from actions.writing.refusals import Refused
from reports.documents.pdf import LANGUAGE, html_to_pdf
from reports.models import Edition, FollowUp, Kind, Paper, Rendering, Report
from reports.rendering.papers import Made, PaperWish, key_of

ADDENDUM: Final = "reports/pdf/addendum.html"


class FollowedGoal(TypedDict):
    number: str
    text: str
    light: dict[str, str]
    answers: list[dict[str, str]]
    author: str


class FollowedAction(TypedDict):
    number: int
    title: str
    goals: list[FollowedGoal]


class AddendumContent(TypedDict):
    """All that an addendum shows, as plain data. Days are ISO dates."""

    title: str
    municipality: str
    catalogue_title: str
    edition: str
    edition_sha256: str
    year: int
    ended_on: str
    actions: list[FollowedAction]


def closed_follow_ups(catalogue: Catalogue, year: int | None = None) -> "QuerySet[FollowUp]":
    """The follow-ups of a catalogue, or of one year's round, that nobody writes on any more."""
    today = timezone.localdate()
    rows = FollowUp.objects.filter(round__catalogue=catalogue)
    rows = rows if year is None else rows.filter(round__year=year)
    closed = rows.exclude(closed_on=None, due__gte=today)
    return closed.select_related("round__catalogue").order_by("round__year", "number")


def follow_ups_in(catalogue: Catalogue, rows: Collection[Row]) -> list[FollowUp]:
    """Follow-ups to link to, from rows with `year` and `number`; in that order, and unsaved."""
    rounds = {row["year"]: Round(catalogue=catalogue, year=row["year"]) for row in rows}
    ordered = sorted(rows, key=itemgetter("year", "number"))
    return [FollowUp(round=rounds[row["year"]], number=row["number"]) for row in ordered]


def addenda_to(edition: Edition, closed: Iterable[FollowUp]) -> list[FollowUp]:
    """Those of the closed follow-ups that are of the edition's report."""
    report = edition.report
    if report.kind != Kind.STATUS:
        return []
    return [row for row in closed if row.round.year == report.year]


def edition_before(follow_up: FollowUp) -> Edition | None:
    """The edition that the addendum belongs to: the latest that was published when the follow-up
    ended, else the first one; None if the report is not published.
    """
    rows = Edition.objects.in_list().filter(
        report__catalogue=follow_up.round.catalogue_id,
        report__kind=Kind.STATUS,
        report__year=follow_up.round.year,
    )
    rows = rows.select_related("report__catalogue").order_by("number")
    then = [
        row for row in rows if timezone.localdate(row.published_at) <= follow_up.ended_on
    ] or list(rows[:1])
    return then[-1] if then else None


def addendum_content(follow_up: FollowUp, edition: Edition) -> AddendumContent:
    catalogue = follow_up.round.catalogue
    return {
        "title": _("Tillæg til %(report)s") % {"report": edition.title},
        "municipality": catalogue.municipality,
        "catalogue_title": catalogue.title,
        "edition": str(edition),
        "edition_sha256": edition.content_sha256,
        "year": follow_up.round.year,
        "ended_on": follow_up.ended_on.isoformat(),
        "actions": _actions(follow_up),
    }


def _actions(follow_up: FollowUp) -> list[FollowedAction]:
    actions: dict[int, FollowedAction] = {}
    for row in follow_up.answers.all():
        number, title = row.action_number, row.action_title
        place = actions.setdefault(number, {"number": number, "title": title, "goals": []})
        authors = dict.fromkeys(filter(None, (row.author_name, row.author_position)))
        place["goals"].append(
            {
                "number": row.goal_number,
                "text": row.goal_text,
                "light": {"code": row.light, "word": str(row.get_light_display())},
                "answers": [{"label": label, "text": text} for label, text in row.said],
                "author": ", ".join(authors),
            }
        )
    return list(actions.values())


def addendum_html(content: AddendumContent) -> str:
    with translation.override(LANGUAGE):
        return render_to_string(ADDENDUM, {"addendum": content})


def addendum_paper(content: AddendumContent) -> Made:
    return Made(key_of(ADDENDUM, content), lambda: html_to_pdf(addendum_html(content)))


def addendum_wish(follow_up: FollowUp) -> PaperWish:
    round_ = follow_up.round
    return PaperWish(round_.catalogue, round_.year, Kind.STATUS, Paper.ADDENDUM, follow_up.number)


def get_addendum(follow_up: FollowUp) -> AddendumContent:
    """What the addendum of a closed follow-up shows; 404 while it is open, or unpublished."""
    edition = edition_before(follow_up)
    if edition is None or follow_up.is_open(timezone.localdate()):
        raise Http404
    return addendum_content(follow_up, edition)


def make_addendum(row: Rendering) -> Made:
    """An addendum's PDF. Raises Refused if its follow-up is open, or its report not published."""
    follow_up = closed_follow_ups(row.report.catalogue, row.report.year)
    closed = follow_up.filter(number=row.number).first()
    edition = edition_before(closed) if closed else None
    if closed is None or edition is None:
        raise Refused(_("Opfølgningen er ikke lukket, eller rapporten er ikke udgivet."))
    return addendum_paper(addendum_content(closed, edition))


def wanted_addenda(report: Report) -> list[PaperWish]:
    """None is rendered ahead: an addendum changes no more, and is made when it is first read."""
    return []
