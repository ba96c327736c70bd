"""Typed rows → a workbook that reads back as the same rows; no rows → the empty template."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from actions.catalogue.file.rows import YES_NO, CatalogueRows
from actions.catalogue.file.text.writing import to_data
from actions.catalogue.file.workbook.sheets import (
    CATALOGUE,
    CATALOGUE_FIELDS,
    COMPARISONS,
    FIELD,
    GUIDE,
    MEASURES,
    SHEETS,
    VALUE,
    VALUE_KINDS,
    YES,
    Holds,
    Sheet,
)
from actions.tools import workbook

#: The lines of a sheet that offer a column's choices.
LINES_WITH_CHOICES: Final = 1000


def to_workbook(rows: CatalogueRows | None) -> bytes:
    """The whole catalogue as .xlsx; None gives the template."""
    data = to_data(rows) if rows else {}
    book = workbook.new(rows.title if rows else _("Skabelon til handlingskatalog"))
    first = book.active
    assert isinstance(first, Worksheet)
    _guide(first)
    _catalogue(_new_sheet(book, str(CATALOGUE)), data)
    for sheet in SHEETS:
        _fill(_new_sheet(book, str(sheet.title)), sheet, LINES_OF[sheet.name](data))
    return workbook.to_bytes(book)


def _new_sheet(book: Workbook, title: str) -> Worksheet:
    made = book.create_sheet(title)
    assert isinstance(made, Worksheet)
    return made


def _guide(sheet: Worksheet) -> None:
    sheet.title = str(GUIDE)
    workbook.head(sheet, [(_("Ark"), 22), (_("Kolonne"), 30), (_("Hvad der skal stå"), 70)])
    every_field = _("Én linje for hvert felt. Midtvejsår, KLE-emne og sagsnummer kan stå tomme.")
    lines = [
        (
            str(CATALOGUE),
            _("alle"),
            every_field,
        ),
        *(line for described in SHEETS for line in _guide_lines(described)),
    ]
    for number, line in enumerate(lines, 2):
        for column, words in enumerate(line, 1):
            workbook.put(workbook.cell(sheet, number, column), words)


def _guide_lines(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    if sheet.hint:
        yield str(sheet.title), "", str(sheet.hint)
    for column in sheet.columns:
        words = [str(column.holds.value), str(column.hint)]
        words += [] if column.required else [_("kan stå tom")]
        yield str(sheet.title), str(column.heading), "; ".join(filter(None, words))


def _catalogue(sheet: Worksheet, data: dict[str, Any]) -> None:
    workbook.head(sheet, [(FIELD.heading, FIELD.width), (VALUE.heading, VALUE.width)])
    for number, (path, words, _holds) in enumerate(CATALOGUE_FIELDS, 2):
        value: Any = data
        for key in path:
            value = value.get(key, {}) if value else None
        workbook.put(workbook.cell(sheet, number, 1), str(words))
        workbook.put(workbook.cell(sheet, number, 2), value or None if value != 0 else 0)


def _fill(sheet: Worksheet, described: Sheet, lines: Iterable[dict[str, Any]]) -> None:
    workbook.head(sheet, [(column.heading, column.width) for column in described.columns])
    for number, line in enumerate(lines, 2):
        for place, column in enumerate(described.columns, 1):
            value = _value(column.holds, line.get(column.key))
            workbook.put(workbook.cell(sheet, number, place), value)
    for place, column in enumerate(described.columns, 1):
        if choices := CHOICES.get(column.holds):
            _offer(sheet, place, [str(choice) for choice in choices])


CODE_WORDS: Final = {
    Holds.COMPARISON: COMPARISONS,
    Holds.MEASURES: MEASURES,
    Holds.KIND: VALUE_KINDS,
}
CHOICES: Final = {
    **{holds: tuple(words.values()) for holds, words in CODE_WORDS.items()},
    Holds.YES: (YES,),
}


def _offer(sheet: Worksheet, column: int, words: list[str]) -> None:
    """Adds a list of choices to the cells of a column."""
    offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    first = workbook.cell(sheet, 2, column).coordinate
    last = f"{first.rstrip('0123456789')}{LINES_WITH_CHOICES}"
    offered.add(f"{first}:{last}")
    sheet.add_data_validation(offered)


def _value(holds: Holds, value: Any) -> workbook.Value:
    if value and (words := CODE_WORDS.get(holds)):
        return str(words[value])
    if holds is Holds.NUMBERS and value:
        return ", ".join(map(str, value))
    if holds is Holds.ORIGINS and value:
        return ", ".join(f"{one['catalogue']}/{one['action']}" for one in value)
    if holds is Holds.YES:
        return str(YES) if value else None
    if isinstance(value, Decimal):
        return float(value)  # Exact for a number's 15 digits.
    return value  # type: ignore[no-any-return]  # Plain data: str, int or None.


def _actions(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for action in data.get("actions", []):
        stopped = {f"stopped_{key}": text for key, text in action.get("stopped", {}).items()}
        yield {**action, **stopped, "begins": action.get("from")}


def _of_actions(name: str) -> Any:
    def lines(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for action in _actions(data):
            for line in action.get(name, []):
                yield {"action": action["number"], **line}

    return lines


def _goals(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for action in _actions(data):
        for number, goal in enumerate(action["goals"], 1):
            yield {"action": action["number"], "goal": number, **goal}


def _indicators(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for goal in _goals(data):
        for indicator in goal.get("indicators", []):
            yield {"action": goal["action"], "goal": goal["goal"], **indicator, **_ends(indicator)}


def _ends(indicator: dict[str, Any]) -> dict[str, Any]:
    """The target as two cells, and the year of the last of several."""
    if indicator.get("kind") == YES_NO:
        return {"target": None}
    if targets := indicator.get("targets"):
        return {"by": targets[-1]["year"], "target": targets[-1]["value"]}
    if indicator["comparison"] == "between":
        low, high = indicator["target"]
        return {"target": low, "upper": high}
    return {}


def _targets(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in _indicators(data):
        for target in one.get("targets", [])[:-1]:
            yield {
                "action": one["action"],
                "goal": one["goal"],
                "indicator": one["name"],
                **target,
            }


def _milestones(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in _of_actions("initiatives")(data):
        for milestone in one.get("milestones", []):
            yield {"action": one["action"], "initiative": one["title"], **milestone}


def _related(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in _of_actions("initiatives")(data):
        for related in one.get("related", []):
            yield {
                "action": one["action"],
                "initiative": one["title"],
                "to_action": related["action"],
                "to_initiative": related["initiative"],
            }


#: The lines of each sheet, in the order of the catalogue.
LINES_OF: Final[dict[str, Any]] = {
    "actions": _actions,
    "responsible": _of_actions("responsible"),
    "partners": _of_actions("partners"),
    "goals": _goals,
    "indicators": _indicators,
    "targets": _targets,
    "money": _of_actions("money"),
    "initiatives": _of_actions("initiatives"),
    "milestones": _milestones,
    "related": _related,
}
