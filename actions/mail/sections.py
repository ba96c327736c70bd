"""The sections of a mail, and those that ask for something besides statuses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.danish import format_date
from actions.mail.lacking import Wanted
from actions.models import Indicator, Notice, Occasion, Round
from actions.tools.text import one_line


@dataclass(frozen=True)
class Item:
    """A goal in a mail: what it is called, what there is to say of it, and its address."""

    label: str
    notes: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Section:
    title: str
    lead: str
    items: tuple[Item, ...]


def due_words(round_: Round, today: date) -> str:
    """When the round is due, as seen from a day."""
    days = (round_.due - today).days
    words: dict[str, Any] = {"due": format_date(round_.due), "days": days}
    if days > 1:
        return _("Fristen er %(due)s, om %(days)d dage.") % words
    if days == 1:
        return _("Fristen er i morgen, %(due)s.") % words
    if days == 0:
        return _("Fristen er i dag, %(due)s.") % words
    words["closes"] = format_date(round_.closes)
    return _("Fristen var %(due)s. Du kan stadig indsende, til runden lukker %(closes)s.") % words


def besides(
    figures: Iterable[tuple[Round, Sequence[Indicator]]],
    wanted: Iterable[tuple[Round, Sequence[Wanted]]],
    asking: Iterable[Notice],
    today: date,
    site: str,
) -> list[Section]:
    """What rounds ask for besides statuses; a reminder says whose it is."""
    by = {row.round_id: row.by_name for row in asking if row.occasion == Occasion.REMINDER}
    leads = {pk: _("En påmindelse fra %(who)s.") % {"who": one_line(by[pk])} for pk in by}
    return [
        *(
            _awaited(round_, rows, leads.get(round_.pk, ""), today, site)
            for round_, rows in figures
        ),
        *(
            _wanted(round_, list(rows), leads.get(round_.pk, ""), site)
            for round_, of_round in wanted
            for _title, rows in groupby(of_round, key=attrgetter("title"))
        ),
    ]


def _awaited(
    round_: Round, indicators: Sequence[Indicator], lead: str, today: date, site: str
) -> Section:
    """The values that the person delivers, and nobody has told."""
    title = _("Måltal, du leverer: %(round)s, %(catalogue)s") % {
        "round": round_,
        "catalogue": one_line(round_.catalogue.title),
    }
    words = ngettext(
        "Dette måltal mangler for %(year)d:",
        "Disse %(count)d måltal mangler for %(year)d:",
        len(indicators),
    ) % {"count": len(indicators), "year": round_.measured_year}
    items = tuple(
        Item(one_line(f"{row.goal.action}: {row}"), (), f"{site}{row.get_absolute_url()}#skriv")
        for row in indicators
    )
    return Section(title, f"{lead} {due_words(round_, today)} {words}".strip(), items)


def _wanted(round_: Round, rows: Sequence[Wanted], lead: str, site: str) -> Section:
    """The texts have no day of their own, so nobody is late with them."""
    title = f"{rows[0].title}: {one_line(round_.catalogue.title)}"
    items = tuple(Item(one_line(row.label), (), f"{site}{row.path}") for row in rows)
    return Section(title, f"{lead} {rows[0].text}".strip(), items)
