"""The decisions and temamøder that a midterm tells of: what was decided, and what each came to."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from actions.danish import format_date
from reports.content.shape import DecisionContent
from reports.reading import CONCLUDED, DECIDED, REASON, DecidedData


def decision_contents(rows: Sequence[DecidedData], body: str) -> list[DecisionContent]:
    """Each decision, and each temamøde that has come to something, in order of date; `body` is
    who decides.
    """
    found = [
        each
        for selection in {row.selection for row in rows}
        for each in _contents([row for row in rows if row.selection == selection], body)
    ]
    return sorted(found, key=lambda each: (each["date"], each["title"]))


def _contents(rows: Sequence[DecidedData], body: str) -> Iterator[DecisionContent]:
    """Of one decision."""
    chosen, reasons, concluded = (
        sorted((row for row in rows if row.kind == kind and row.text), key=lambda row: row.number)
        for kind in (DECIDED, REASON, CONCLUDED)
    )
    meeting = next(row.day for row in rows if row.kind == CONCLUDED)
    words = {"body": body, "day": format_date(meeting)}
    title = _("%(body)s valgte handlinger til temamødet %(day)s") % words
    yield _content(title, [chosen[0].text, *_about(reasons)], chosen)
    if concluded:
        yield _content(_("Temamødet %(day)s konkluderede") % words, _about(concluded), concluded)


def _about(rows: Sequence[DecidedData]) -> list[str]:
    return [_("Handling %(number)d: %(text)s") % row._asdict() for row in rows]


def _content(title: str, texts: list[str], rows: Sequence[DecidedData]) -> DecisionContent:
    numbers = [row.number for row in rows]
    day = rows[0].day.isoformat()
    return DecisionContent(date=day, title=title, wording="\n\n".join(texts), numbers=numbers)
