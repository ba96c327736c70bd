"""What the committee and the council said about an action: on a head's form and the action's page.

One query, since the pages that show remarks have none to spare: see `actions.tools.together`.
"""

from collections.abc import Callable
from datetime import date
from itertools import chain
from operator import itemgetter

from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.danish import format_date
from actions.models import Action
from actions.models.catalogue import ActionQuerySet
from actions.status.slots import Remark
from actions.tools.together import Row, picked, read_together
from reports.models import Conclusion, Question, SelectedAction, Selection

#: Remarks of one kind, each with its report's year.
type Said = list[tuple[int, Remark]]


def remarks_about(action: Action, year: int) -> list[Remark]:
    """What was decided, asked and concluded about an action in the latest year before `year`.

    Includes what was said about it in the catalogues it was carried over from.
    """
    line = Action.objects.filter(pk=action.pk).with_forebears()
    return [remark for said in _said(line, year__lt=year) for remark in _of_latest_year(said)]


def all_remarks_about(action: Action) -> list[Remark]:
    """Everything decided, asked and concluded about an action, the latest year first."""
    said = chain.from_iterable(_said(Action.objects.filter(pk=action.pk)))
    return [remark for _year, remark in sorted(said, key=itemgetter(0), reverse=True)]


def _of_latest_year(said: Said) -> list[Remark]:
    latest = max((year for year, _remark in said), default=0)
    return [remark for year, remark in said if year == latest]


def _said(actions: ActionQuerySet, **of_report: int) -> tuple[Said, Said, Said]:
    """What was decided, asked and concluded about some actions, in the page's order.

    `of_report` are conditions on the report.
    """
    on_report = {f"report__{name}": value for name, value in of_report.items()}
    on_selection = {f"selection__{name}": value for name, value in on_report.items()}
    chosen = SelectedAction.objects.that_hold().filter(action__in=actions, **on_selection)
    asked = Question.objects.filter(action__in=actions, **on_report)
    concluded = Conclusion.objects.filter(action__in=actions, **on_report).exclude(text="")
    latest = Selection.objects.filter(report=OuterRef("report")).order_by("-number")
    held = Subquery(latest.values("theme_meeting_on")[:1])
    read = read_together(
        chosen=picked(
            chosen,
            *("id", "reason"),
            **_of_report("selection__report__"),
            meeting="selection__theme_meeting_on",
            decision="selection__decision",
        ),
        asked=picked(
            asked.annotate(day=TruncDate("asked_at")),
            *("id", "day", "text", "answer", "answered_position"),
            **_of_report("report__"),
        ),
        concluded=picked(
            concluded.annotate(meeting=held).exclude(meeting=None),
            *("id", "meeting", "text"),
            **_of_report("report__"),
        ),
    )
    return (
        _remarks(read["chosen"], _chosen),
        _remarks(read["asked"], _asked),
        _remarks(read["concluded"], _concluded),
    )


def _of_report(path: str) -> dict[str, str]:
    """The report's year and catalogue, and the name of its committee (`body`)."""
    catalogue = f"{path}catalogue__"
    return {
        "year": f"{path}year",
        "slug": f"{catalogue}slug",
        "body": f"{catalogue}steering_committee",
    }


def _remarks(rows: list[Row], remark: Callable[[Row], Remark]) -> Said:
    return [(row["year"], remark(row)) for row in sorted(rows, key=itemgetter("id"))]


def _chosen(row: Row) -> Remark:
    words = row | {"meeting": _day(row["meeting"])}
    heading = _("%(body)s valgte handlingen til temamødet %(meeting)s")
    text = _("Begrundelse: %(reason)s\n\nBeslutning: %(decision)s")
    return Remark(heading % words, text % words, _meeting_page(row))


def _asked(row: Row) -> Remark:
    heading = _("%(body)s spurgte %(day)s") % (row | {"day": _day(row["day"])})
    url = reverse("question", args=[row["slug"], row["year"], row["id"]])
    if not row["answer"]:
        return Remark(heading, _("%(text)s\n\nDer er ikke svaret endnu.") % row, url)
    text = _("%(text)s\n\nSvar fra %(answered_position)s: %(answer)s")
    return Remark(heading, text % row, url)


def _concluded(row: Row) -> Remark:
    heading = _("Temamødet %(meeting)s konkluderede") % {"meeting": _day(row["meeting"])}
    return Remark(heading, row["text"], _meeting_page(row))


def _meeting_page(row: Row) -> str:
    return reverse("theme_meeting", args=[row["slug"], row["year"]])


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso))
