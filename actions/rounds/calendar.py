"""A round's days as a calendar file (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from icalendar import Calendar, Component, Event

from actions.models import Round
from actions.tools.text import one_line

#: The characters of a text: a calendar shows it on one line.
LONGEST: Final = 300


def calendar_of(round_: Round, *, url: str, now: datetime) -> str:
    """The opening, the due day and the last day as events without a time of day.

    If the days have moved, a calendar that reads the file again moves its events: each keeps its
    UID, and DTSTAMP says which is newer.
    """
    calendar = _component(
        Calendar(),
        version="2.0",
        prodid="-//Handlingskatalog//Statusrunder//DA",
        calscale="GREGORIAN",
        method="PUBLISH",
    )
    calendar.subcomponents.extend(_events(round_, url, now))
    return str(calendar.to_ical(sorted=False), "utf-8")


def _events(round_: Round, url: str, now: datetime) -> Iterator[Event]:
    days = (
        ("aabner", round_.opens, _("%(round)s åbner")),
        ("frist", round_.due, _("Frist for %(round)s")),
        ("lukker", round_.closes, _("%(round)s lukker")),
    )
    for name, day, words in days:
        yield _component(
            Event(),
            uid=f"{name}-{round_.year}-{round_.catalogue.slug}@handlingskatalog",
            dtstamp=now.astimezone(UTC),
            dtstart=day,
            dtend=day + timedelta(days=1),
            summary=one_line(_capital(words % {"round": str(round_).lower()}), LONGEST),
            description=one_line(round_.catalogue.title, LONGEST),
            url=url,
            transp="TRANSPARENT",
        )


def _component[Part: Component](component: Part, **properties: str | date) -> Part:
    for name, value in properties.items():
        component.add(name, value)
    return component


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
