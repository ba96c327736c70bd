"""A round's days as a calendar file (RFC 5545), for whatever calendar somebody uses."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from actions.letters import one_line
from actions.models import Round

#: The octets of a line, its end not counted.
LINE_LENGTH: Final = 75


def calendar_of(round_: Round, *, url: str, now: datetime) -> str:
    """The opening, the due day and the last day as events without a time of day.

    Read again after the days have moved, the file moves the events: each keeps its UID.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Handlingskatalog//Statusrunder//DA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for event in _events(round_, url, now) for line in event),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _events(round_: Round, url: str, now: datetime) -> Iterator[list[str]]:
    days = (
        ("aabner", round_.opens, _("%(round)s åbner")),
        ("frist", round_.due, _("Frist for %(round)s")),
        ("lukker", round_.closes, _("%(round)s lukker")),
    )
    for name, day, words in days:
        yield [
            "BEGIN:VEVENT",
            f"UID:{name}-{round_.year}-{round_.catalogue.slug}@handlingskatalog",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{_day(day)}",
            f"DTEND;VALUE=DATE:{_day(day + timedelta(days=1))}",
            f"SUMMARY:{_escaped(_capital(words % {'round': str(round_).lower()}))}",
            f"DESCRIPTION:{_escaped(round_.catalogue.title)}",
            f"URL:{url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _escaped(text: str) -> str:
    """A TEXT value: the marks of the format, and no control character or line break."""
    text = one_line(text, 300)
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never broken inside a letter; the next begins with a space."""
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > LINE_LENGTH:
            parts.append(" ")
            length = 1
        parts[-1] += letter
        length += size
    return "\r\n".join(parts)
