"""The decisions and temamøder that a midterm names: what was decided, and what was concluded."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from actions.danish import format_date
from actions.tools.together import Row, picked
from reports.content.data import DecidedData
from reports.content.shape import DecisionContent
from reports.models import Conclusion, Kind, SelectedAction


def decisions_before(actions: list[int], year: int, kind: Kind) -> QuerySet[Any, Any]:
    """The decisions until a year's report; none for a statusredegørelse."""
    chosen = SelectedAction.objects.that_hold().filter(
        selection__report__year__lte=year, action__in=actions
    )
    return _chosen(chosen.none() if kind is Kind.STATUS else chosen)


def _chosen(chosen: QuerySet[SelectedAction]) -> QuerySet[Any, Any]:
    """Chosen actions with their decision and the temamøde's conclusion."""
    concluded = Conclusion.objects.filter(
        report=OuterRef("selection__report"), action=OuterRef("action")
    )
    return picked(
        chosen.annotate(
            conclusion=Coalesce(Subquery(concluded.values("text")[:1]), Value("", TextField()))
        ),
        *("reason", "conclusion"),
        selection="selection_id",
        number="action__number",
        decided_on="selection__decided_on",
        meeting_on="selection__theme_meeting_on",
        decision="selection__decision",
    )


def decided_of(row: Row) -> DecidedData:
    days = {name: date.fromisoformat(row[name]) for name in ("decided_on", "meeting_on")}
    return DecidedData(**(row | days))


def decision_contents(rows: Sequence[DecidedData], body: str) -> list[DecisionContent]:
    """Every decision, and every temamøde with a conclusion, by date. `body` is who decides."""
    by_number = sorted(rows, key=attrgetter("number"))
    contents = [
        content
        for selection in {row.selection for row in rows}
        for content in _contents([row for row in by_number if row.selection == selection], body)
    ]
    return sorted(contents, key=itemgetter("date", "title"))


def _contents(chosen: Sequence[DecidedData], body: str) -> Iterator[DecisionContent]:
    """One decision and its temamøde, from the rows of the actions it chose."""
    decided = chosen[0]
    words = {"body": body, "day": format_date(decided.meeting_on)}
    reasons = [_about(row.number, row.reason) for row in chosen if row.reason]
    yield DecisionContent(
        date=decided.decided_on.isoformat(),
        title=_("%(body)s valgte handlinger til temamødet %(day)s") % words,
        wording="\n\n".join([decided.decision, *reasons]),
        numbers=[row.number for row in chosen],
    )
    if concluded := [row for row in chosen if row.conclusion]:
        yield DecisionContent(
            date=decided.meeting_on.isoformat(),
            title=_("Temamødet %(day)s konkluderede") % words,
            wording="\n\n".join(_about(row.number, row.conclusion) for row in concluded),
            numbers=[row.number for row in concluded],
        )


def _about(number: int, text: str) -> str:
    return _("Handling %(number)d: %(text)s") % {"number": number, "text": text}
