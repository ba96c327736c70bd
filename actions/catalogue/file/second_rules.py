"""The rules of what only the second format has; see `rules` for the others."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from actions.catalogue.file.format import FIRST, SECOND, second_keys
from actions.catalogue.file.record import Problem, Record
from actions.catalogue.file.rows import YES_NO

DAY_IN_FILE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: What says nothing about a yes or no.
OF_NUMBERS: Final = (
    "unit",
    "comparison",
    "targets",
    "baseline",
    "baseline_year",
    "measures",
    "decimals",
    "tolerance",
)


def format_is_second(catalogue: Record) -> Iterator[Problem]:
    if catalogue.text("format") != FIRST:
        return
    for path in second_keys(catalogue.values):
        message = _("kræver et nyere format; skriv format: {format} øverst i filen")
        yield path, message.format(format=SECOND)


def codes(catalogue: Record) -> Iterator[Problem]:
    """A code names one action of the catalogue."""
    first: dict[str, str] = {}
    for action in catalogue.all("actions"):
        if code := action.text("code"):
            if code in first:
                message = _("koden er brugt før ({where})").format(where=first[code])
                yield action.at("code"), message
            first.setdefault(code, action.where("code"))


def world_goals(catalogue: Record) -> Iterator[Problem]:
    for action in catalogue.all("actions"):
        numbers: Any = action.values.get("sdg")
        whole = [one for one in numbers if isinstance(one, int)] if _is_list(numbers) else []
        for number, times in Counter(whole).items():
            if times > 1:
                message = _("verdensmål {number} står to gange").format(number=number)
                yield action.at("sdg"), message


def days(catalogue: Record) -> Iterator[Problem]:
    """Every day is one of the calendar, and an action ends after it begins."""
    for action in catalogue.all("actions"):
        said = [(action, "from"), (action.one("stopped"), "day")]
        for record, name in said:
            if (text := record.text(name)) and _day(text) is None:
                yield record.at(name), _("er ingen dag; skriv den som 2026-03-01")
        begins, ends = (_day(record.text(name) or "") for record, name in said)
        if begins and ends and ends <= begins:
            yield action.one("stopped").at("day"), _("skal være efter den dag, handlingen begynder")


def origins(catalogue: Record) -> Iterator[Problem]:
    """An action comes from others, each named once; of this catalogue they must be in the file."""
    slug = catalogue.text("slug")
    numbers = {action.whole("number") for action in catalogue.all("actions")}
    for action in catalogue.all("actions"):
        seen = set[tuple[str | None, int | None]]()
        for origin in action.all("origin"):
            named = origin.text("catalogue"), origin.whole("action")
            if named in seen:
                yield origin.at("action"), _("er nævnt før")
            elif named == (slug, action.whole("number")):
                yield origin.at("action"), _("en handling kan ikke komme fra sig selv")
            elif named[0] == slug and named[1] is not None and named[1] not in numbers:
                message = _("der er ingen handling {number} i filen")
                yield origin.at("action"), message.format(number=named[1])
            seen.add(named)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY_IN_FILE.fullmatch(text) else None
    except ValueError:
        return None


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def meanings(catalogue: Record) -> Iterator[Problem]:
    """What the keys of an indicator say together."""
    ends = catalogue.one("period").whole("to")
    for indicator in catalogue.all("actions", "goals", "indicators"):
        if indicator.text("kind") == YES_NO:
            yield from _yes_or_no(indicator)
        yield from _range(indicator)
        yield from _steps(indicator)
        year = indicator.whole("baseline_year")
        if year is not None and ends is not None and year > ends:
            message = _("{year} er efter perioden slutter i {ends}")
            yield indicator.at("baseline_year"), message.format(year=year, ends=ends)
        if year is not None and "baseline" not in indicator.values:
            yield indicator.at("baseline_year"), _("skriv også udgangspunktet: baseline")


def _yes_or_no(indicator: Record) -> Iterator[Problem]:
    for name in OF_NUMBERS:
        if name in indicator.values:
            yield indicator.at(name), _("kan ikke bruges, når svaret er ja eller nej; slet det")


def _range(indicator: Record) -> Iterator[Problem]:
    ends = indicator.values.get("target")
    if indicator.text("comparison") != "between" or not isinstance(ends, list) or len(ends) != 2:
        return
    low, high = ends
    if all(isinstance(end, int | Decimal) for end in ends) and low >= high:
        message = _("skriv det mindste tal først, og to forskellige tal")
        yield indicator.at("target"), message


def _steps(indicator: Record) -> Iterator[Problem]:
    if "targets" not in indicator.values or indicator.text("kind") == YES_NO:
        return
    for name in ("target", "by", "frequency"):
        if name in indicator.values:
            message = _("kan ikke bruges sammen med targets; slet det ene")
            yield indicator.at(name), message
    if indicator.text("comparison") == "between":
        yield indicator.at("comparison"), _("between kan ikke bruges sammen med targets")
    before: int | None = None
    for step in indicator.all("targets"):
        year = step.whole("year")
        if year is not None and before is not None and year <= before:
            message = _("årene skal stige: {year} står efter {before}")
            yield step.at("year"), message.format(year=year, before=before)
        before = year if year is not None else before


SECOND_RULES: Final = (format_is_second, codes, world_goals, days, origins, meanings)
