"""What the committee and the council came to last time, on top of a head's form: in one query.

The status page may ask the database no more often than that: see `actions.extensions`.
"""

from collections.abc import Iterable
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
from reports.committee import decisions_that_hold
from reports.models import Conclusion, Question, Selection


class What(StrEnum):
    """In the order in which it stands on the page."""

    CHOSEN = "1"
    ASKED = "2"
    CONCLUDED = "3"


class Found(NamedTuple):
    """A row of any kind; `day` is when, `text` what, `more` and `who` what belongs to it."""

    what: str
    year: int
    pk: int
    day: date
    meeting: date
    text: str
    more: str
    who: str


def remarks_about(action: Action, year: int) -> list[Remark]:
    """What was decided, asked and concluded about an action last time, for the form of `year`."""
    rows = [Found(*row) for row in _rows(action, year)]
    last: dict[str, int] = {}
    for row in rows:
        last[row.what] = max(row.year, last.get(row.what, 0))
    return [
        _remark(row, action)
        for row in sorted(rows, key=lambda row: (row.what, row.pk))
        if row.year == last[row.what]
    ]


def _rows(action: Action, year: int) -> Iterable[Any]:
    chosen = decisions_that_hold().filter(action=action, selection__report__year__lt=year)
    asked = Question.objects.filter(action=action, report__year__lt=year)
    concluded = Conclusion.objects.filter(action=action, report__year__lt=year).exclude(text="")
    latest = Selection.objects.filter(report=OuterRef("report")).order_by("-number")
    held = Subquery(latest.values("theme_meeting_on")[:1])
    found = _values(
        chosen.order_by(),
        What.CHOSEN,
        "selection__report__year",
        ("selection__decided_on", "selection__theme_meeting_on"),
        ("reason", "selection__decision", Value("", CharField())),
    ).union(
        _values(
            asked.annotate(day=TruncDate("asked_at")).order_by(),
            What.ASKED,
            "report__year",
            ("day", "due"),
            ("text", "answer", "answered_position"),
        ),
        _values(
            concluded.annotate(held=held).exclude(held=None).order_by(),
            What.CONCLUDED,
            "report__year",
            ("held", "held"),
            ("text", Value("", CharField()), Value("", CharField())),
        ),
        all=True,
    )
    return found.order_by()  # Else the first model's own order, which no union has.


def _values(
    rows: QuerySet[Any], what: What, year: str, days: tuple[str, str], words: tuple[Any, ...]
) -> QuerySet[Any, Any]:
    return rows.values_list(Value(what.value, CharField()), year, "pk", *days, *words)


def _remark(row: Found, action: Action) -> Remark:
    words = row._asdict() | {
        "body": action.catalogue.steering_committee,
        "day": format_date(row.day),
        "meeting": format_date(row.meeting),
    }
    if row.what == What.CHOSEN:
        heading = _("%(body)s valgte handlingen til temamødet %(meeting)s")
        text = _("Begrundelse: %(text)s\n\nBeslutning: %(more)s")
        return Remark(heading % words, text % words)
    if row.what == What.CONCLUDED:
        url = reverse("theme_meeting", args=[action.catalogue.slug, row.year])
        return Remark(_("Temamødet %(meeting)s konkluderede") % words, row.text, url)
    heading = _("%(body)s spurgte %(day)s") % words
    url = reverse("question", args=[action.catalogue.slug, row.year, row.pk])
    if not row.more:
        return Remark(heading, _("%(text)s\n\nDer er ikke svaret endnu.") % words, url)
    return Remark(heading, _("%(text)s\n\nSvar fra %(who)s: %(more)s") % words, url)
