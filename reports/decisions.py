"""What was decided and concluded in a catalogue's period, as the midterm tells of it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from actions.danish import format_date
from actions.models import Catalogue
from reports.content import DecisionContent
from reports.models import Conclusion, SelectedAction


def decisions_of(
    chosen: Iterable[SelectedAction], conclusions: Iterable[Conclusion], catalogue: Catalogue
) -> list[DecisionContent]:
    """Each decision, and each temamøde that has a conclusion, in order of date.

    `chosen` are the actions of the decisions that hold, one decision after the other.
    """
    written: dict[int, list[Conclusion]] = {}
    for row in conclusions:
        written.setdefault(row.report_id, []).append(row)
    found = []
    for selection, rows in groupby(chosen, key=lambda row: row.selection):
        found.append(_decided(list(rows), catalogue.steering_committee))
        if texts := written.get(selection.report_id):
            found.append(_concluded(selection.theme_meeting_on.isoformat(), texts))
    return sorted(found, key=lambda row: row["date"])


def _decided(rows: Sequence[SelectedAction], body: str) -> DecisionContent:
    selection = rows[0].selection
    words = {"body": body, "day": format_date(selection.theme_meeting_on)}
    reasons = [_about(row.action.number, row.reason) for row in rows]
    return DecisionContent(
        date=selection.decided_on.isoformat(),
        title=_("%(body)s valgte handlinger til temamødet %(day)s") % words,
        text="\n\n".join([selection.decision, *reasons]),
        actions=[row.action.number for row in rows],
    )


def _concluded(day: str, rows: Sequence[Conclusion]) -> DecisionContent:
    return DecisionContent(
        date=day,
        title=_("Temamødets konklusioner"),
        text="\n\n".join(_about(row.action.number, row.text) for row in rows),
        actions=[row.action.number for row in rows],
    )


def _about(number: int, text: str) -> str:
    return _("Handling %(number)d: %(text)s") % {"number": number, "text": text}
