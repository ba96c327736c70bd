"""What was decided and concluded in a catalogue's period, as the midterm tells of it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from actions.danish import format_date
from actions.models import Catalogue
from reports.content import DecisionContent
from reports.models import SelectedAction


def decisions_of(chosen: Iterable[SelectedAction], catalogue: Catalogue) -> list[DecisionContent]:
    """Each decision, and each temamøde that has a conclusion, in order of date.

    `chosen` are the actions of the decisions that hold, one decision after the other, each with
    its `conclusion`, None before there is one.
    """
    found = []
    for _selection, group in groupby(chosen, key=lambda row: row.selection):
        rows = list(group)
        found.append(_decided(rows, catalogue.steering_committee))
        if concluded := [row for row in rows if getattr(row, "conclusion", None)]:
            found.append(_concluded(concluded))
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


def _concluded(rows: Sequence[SelectedAction]) -> DecisionContent:
    return DecisionContent(
        date=rows[0].selection.theme_meeting_on.isoformat(),
        title=_("Temamødets konklusioner"),
        text="\n\n".join(_about(row.action.number, getattr(row, "conclusion", "")) for row in rows),
        actions=[row.action.number for row in rows],
    )


def _about(number: int, text: str) -> str:
    return _("Handling %(number)d: %(text)s") % {"number": number, "text": text}
