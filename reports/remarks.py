"""What the committee and the council said of an action, on top of a head's form and on its page.

It takes one query: the status page may ask the database no more often, see `actions.extensions`.
"""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.danish import format_date
from actions.extensions import Remark
from actions.models import Action
from actions.models.catalogue import ActionQuerySet
from reports.models import Conclusion, Question, SelectedAction, Selection


class What(StrEnum):
    """In the order in which it stands on the page."""

    CHOSEN = "1"
    ASKED = "2"
    CONCLUDED = "3"


class Found(NamedTuple):
    """A row of any kind, with its report's year, catalogue and committee (`body`); `day` is when,
    `text` what, `more` and `who` what belongs to it.
    """

    what: str
    pk: int
    year: int
    slug: str
    body: str
    day: date
    meeting: date
    text: str
    more: str
    who: str


def remarks_about(action: Action, year: int) -> list[Remark]:
    """What was decided, asked and concluded about an action last time, for the form of `year`; of
    an action that was carried over also what was said of it in the catalogue before.
    """
    rows = _found(Action.objects.filter(pk=action.pk).with_forebears(), year__lt=year)
    last: dict[str, int] = {}
    for row in rows:
        last[row.what] = max(row.year, last.get(row.what, 0))
    return [_remark(row) for row in sorted(rows) if row.year == last[row.what]]


def all_remarks_about(action: Action) -> list[Remark]:
    """Everything that was decided, asked and concluded about an action, the latest year first."""
    rows = sorted(_found(Action.objects.filter(pk=action.pk)))
    return [_remark(row) for row in sorted(rows, key=lambda row: row.year, reverse=True)]


def _found(actions: ActionQuerySet, **of_report: int) -> list[Found]:
    """All about some actions, from reports of which `of_report` holds."""
    on_report = {f"report__{name}": value for name, value in of_report.items()}
    on_selection = {f"selection__{name}": value for name, value in on_report.items()}
    chosen = SelectedAction.objects.that_hold().filter(action__in=actions, **on_selection)
    asked = Question.objects.filter(action__in=actions, **on_report)
    concluded = Conclusion.objects.filter(action__in=actions, **on_report).exclude(text="")
    latest = Selection.objects.filter(report=OuterRef("report")).order_by("-number")
    held = Subquery(latest.values("theme_meeting_on")[:1])
    nothing = Value("", CharField())
    found = _values(
        chosen,
        What.CHOSEN,
        "selection__report__",
        ("selection__decided_on", "selection__theme_meeting_on"),
        ("reason", "selection__decision", nothing),
    ).union(
        _values(
            asked.annotate(day=TruncDate("asked_at")),
            What.ASKED,
            "report__",
            ("day", "due"),
            ("text", "answer", "answered_position"),
        ),
        _values(
            concluded.annotate(held=held).exclude(held=None),
            What.CONCLUDED,
            "report__",
            ("held", "held"),
            ("text", nothing, nothing),
        ),
        all=True,
    )
    return [
        Found(*row) for row in found.order_by()
    ]  # Else the first model's own, which no union has.


def _values(
    rows: QuerySet[Any], what: What, report: str, days: tuple[str, str], words: tuple[Any, ...]
) -> QuerySet[Any, Any]:
    catalogue = f"{report}catalogue__"
    return rows.order_by().values_list(
        Value(what.value, CharField()),
        "pk",
        f"{report}year",
        f"{catalogue}slug",
        f"{catalogue}steering_committee",
        *days,
        *words,
    )


def _remark(row: Found) -> Remark:
    words = row._asdict() | {"day": format_date(row.day), "meeting": format_date(row.meeting)}
    meeting = reverse("theme_meeting", args=[row.slug, row.year])
    if row.what == What.CHOSEN:
        heading = _("%(body)s valgte handlingen til temamødet %(meeting)s")
        text = _("Begrundelse: %(text)s\n\nBeslutning: %(more)s")
        return Remark(heading % words, text % words, meeting)
    if row.what == What.CONCLUDED:
        return Remark(_("Temamødet %(meeting)s konkluderede") % words, row.text, meeting)
    heading = _("%(body)s spurgte %(day)s") % words
    url = reverse("question", args=[row.slug, row.year, row.pk])
    if not row.more:
        return Remark(heading, _("%(text)s\n\nDer er ikke svaret endnu.") % words, url)
    return Remark(heading, _("%(text)s\n\nSvar fra %(who)s: %(more)s") % words, url)
