"""Numbers, dates and times as Danes write them, and numbers as people type them.

Pure functions, independent of the active language: page, chart, PDF and workbook all use them.
DOMAIN.md: `3.478`, `3,3 %`, `1,4 mio. kr.`, `den 25. november 2026`, `kl. 16.30`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"
#: What every database keeps exactly: SQLite stores decimals as floats, with 15 digits.
WHOLE_DIGITS: Final = 11
DECIMALS: Final = 4
MAGNITUDES: Final = ((Decimal(10**9), "mia."), (Decimal(10**6), "mio."))
#: A number of this many characters is shortened where it stands beside others.
LONG: Final = 10

MONTHS: Final = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)

# The last three letters in order, after every other letter.
AFTER_Z: Final = str.maketrans({"æ": "\uffffa", "ø": "\uffffb", "å": "\uffffc"})

# A group never begins with a zero: "0.125" is a decimal point and "1.000" a thousand.
DANISH = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+))(?:,([0-9]+))?")
DECIMAL_POINT = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?: [0-9]{3})+)\.([0-9]+)")
# Spaces that people paste from workbooks and reports.
SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
#: What is typed for minus: word processors turn a hyphen into an en dash.
MINUSES: Final = ("-", "\u2013", MINUS)
#: How people write a unit that a field shows by another sign.
SPELLINGS: Final = {"%": ("pct", "procent")}


def format_number(value: Decimal | int, *, least: int = 0) -> str:
    """`Decimal("3478.50")` as "3.478,5": grouped, never rounded.

    Trailing zeros are left out, but for those that make `least` decimals.
    """
    text = f"{abs(value):,f}"
    whole, _point, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    number = whole.replace(",", ".") + ("," + decimals if decimals else "")
    return MINUS + number if value < 0 else number


def short_number(
    value: Decimal,
    *,
    like: Decimal | None = None,
    least: int = 0,
    shown: Callable[[Decimal], str] = format_number,
) -> str:
    """In Danish, from a million on as "1,4 mio."; somewhere else has the full figure.

    It takes the magnitude of `like`, and has at least `least` decimals if it is shortened.
    """
    size = abs(value if like is None else like)
    for magnitude, word in MAGNITUDES:
        if size >= magnitude:
            shortened = (value / magnitude).quantize(Decimal("0.01"), ROUND_HALF_UP)
            return f"{format_number(shortened, least=least)}{NO_BREAK_SPACE}{word}"
    return shown(value)


def brief_numbers(values: Sequence[Decimal], *, decimals: int | None = None) -> list[str]:
    """Numbers side by side, with equally many decimals: those of the longest, or `decimals`.

    One of LONG characters is shortened: "1,63 mia.", "123.456,8".
    """
    places = max(map(_places, values), default=0) if decimals is None else decimals
    texts = [_brief(value, places) for value in values]
    shortened = [text for text in texts if text.endswith(".")]
    if any("," in text for text in shortened):
        most = max(len(text.split()[0].partition(",")[2]) for text in shortened)
        texts = [
            short_number(value, least=most) if text.endswith(".") else text
            for value, text in zip(values, texts, strict=True)
        ]
    return texts


def _places(value: Decimal) -> int:
    return len(plain_decimal(value).partition(".")[2])


def _brief(value: Decimal, places: int) -> str:
    for text in (format_number(value, least=places), format_number(value)):
        if len(text) < LONG:
            return text
    if abs(value) >= MAGNITUDES[-1][0]:
        return short_number(value)
    fewer = (
        format_number(value.quantize(Decimal(1).scaleb(-kept), ROUND_HALF_UP), least=kept)
        for kept in range(_places(value) - 1, -1, -1)
    )
    # What rounds up to a million is too long with any decimals.
    rounded = short_number(value, like=MAGNITUDES[-1][0])
    return next((text for text in fewer if len(text) < LONG), rounded)


def plain_decimal(value: Decimal) -> str:
    """Decimal text without trailing zeros, so that equal numbers give equal text: "3.3"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def listed(things: Iterable[object]) -> str:
    """At least one thing, in a sentence: "3, 4 og 5"."""
    *first, last = map(str, things)
    return f"{', '.join(first)} {_('og')} {last}" if first else last


def format_quantity(value: Decimal | int, unit: str) -> str:
    """A number with its unit, kept on one line: "3,3 %", "1.000 ha"."""
    return f"{format_number(value)}{NO_BREAK_SPACE}{unit}" if unit else format_number(value)


def without_hidden(text: str) -> str:
    """A typed text without the format characters that are pasted along and that nobody sees."""
    kept = (each for each in text if unicodedata.category(each) != "Cf")
    return SPACES.sub(" ", "".join(kept)).strip()


def parse_quantity(text: str, unit: str) -> Decimal:
    """A typed number that its unit may follow: "3,3 %", "3,3 pct.", "612 ton.".

    Raises ValueError as `parse_number` does.
    """
    typed = without_hidden(text)
    if unit:
        names = (re.escape(without_hidden(name)) for name in (unit, *SPELLINGS.get(unit, ())))
        typed = re.sub(rf"(?i)(?<=[0-9 ])(?:{'|'.join(names)})\.?$", "", typed).strip()
    return parse_number(typed)


def parse_number(text: str) -> Decimal:
    """A typed text as a number; the Danish reading comes first.

    "3,3" is 3.3, "1.000" is a thousand and "3.3", which cannot be Danish, is 3.3 too. Raises
    ValueError, in Danish and with what to write instead, if it is no number or too long.
    """
    typed = without_hidden(text)
    negative = typed.startswith(MINUSES)
    digits = typed[1:] if negative or typed.startswith("+") else typed
    match = DANISH.fullmatch(digits) or DECIMAL_POINT.fullmatch(digits)
    if match is None:
        raise ValueError(_("Skriv et tal, fx 3,3 eller 1.000."))
    whole = re.sub(r"[. ]", "", match[1]).lstrip("0")
    decimals = (match[2] or "").rstrip("0")
    if len(whole) > WHOLE_DIGITS:
        raise ValueError(_("Tallet er for stort: skriv højst 11 cifre før kommaet."))
    if len(decimals) > DECIMALS:
        raise ValueError(_("Skriv højst 4 cifre efter kommaet."))
    number = Decimal(f"{whole or '0'}.{decimals}" if decimals else whole or "0")
    return -number if negative and number else number


def format_date(day: date) -> str:
    """`den 25. november 2026`; of an aware moment its day in the project's time zone."""
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    return f"den {day.day}. {MONTHS[day.month - 1]} {day.year}"


def format_time(moment: datetime) -> str:
    """`kl. 16.30`; of an aware moment in the project's time zone."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"kl. {local:%H.%M}"


def sort_key(text: str) -> str:
    """Sorts names as a Danish index does: … z, æ, ø, å, without regard to capitals."""
    return text.lower().translate(AFTER_Z)
