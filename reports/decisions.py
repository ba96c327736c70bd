"""The decisions and temamøder that a midterm tells of: what was decided, and what each came to."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from actions.danish import format_date
from reports.content import DecisionContent
from reports.reading import DecidedData


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
    chosen = [row for row in rows if not row.concluded]
    meeting = [row for row in rows if row.concluded]
    words = {"body": body, "day": format_date(meeting[0].day)}
    title = _("%(body)s valgte handlinger til temamødet %(day)s") % words
    yield _content(title, chosen[0].text, chosen)
    concluded = sorted((row for row in meeting if row.text), key=lambda row: row.number)
    if concluded:
        texts = (_("Handling %(number)d: %(text)s") % row._asdict() for row in concluded)
        yield _content(_("Temamødet %(day)s konkluderede") % words, "\n\n".join(texts), concluded)


def _content(title: str, wording: str, rows: Sequence[DecidedData]) -> DecisionContent:
    numbers = sorted(row.number for row in rows)
    day = rows[0].day.isoformat()
    return DecisionContent(date=day, title=title, wording=wording, numbers=numbers)
