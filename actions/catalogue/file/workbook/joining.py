"""The tables of a workbook → one document, as if it had been read from a catalogue file.

A line names what it belongs to: by the action's number, the goal's number or the initiative's
title. Missing and unreadable cells are reported here, in the words of the workbook; the rest is
checked like a text file.
"""

from typing import Any, Final

from django.utils.translation import gettext as _

from actions.catalogue.file.format import FIRST, TARGET_OF_YES, format_of
from actions.catalogue.file.rows import YES_NO
from actions.catalogue.file.workbook.reading import (
    SheetDocument,
    SheetLine,
    Table,
    Unreadable,
    read_tables,
    value_of,
    values,
)
from actions.catalogue.file.workbook.sheets import (
    CATALOGUE,
    CATALOGUE_FIELDS,
    FIELD,
    LATER_FIELDS,
    OPTIONAL_FIELDS,
    SHEETS,
    VALUE,
    Holds,
    Sheet,
)
from actions.tools.text import Path, quoted

#: The lists that no action may leave empty.
NEEDED: Final = ("responsible", "goals")
BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}


def document_of(content: bytes) -> SheetDocument:
    """The document of a workbook, with its faults. Raises CatalogueFileError if it is none."""
    document = SheetDocument()
    wanted = {str(sheet.title): sheet.columns for sheet in SHEETS}
    later = frozenset(str(sheet.title) for sheet in SHEETS if sheet.later)
    tables = read_tables(content, {str(CATALOGUE): (FIELD, VALUE), **wanted}, document, later)
    return _Joiner(document, tables).document


class _Joiner:
    """Fills the document sheet by sheet; `homes` are the paths of what a line can belong to."""

    def __init__(self, document: SheetDocument, tables: dict[str, Table]) -> None:
        self.document, self.tables = document, tables
        self.data: dict[str, Any] = {"format": FIRST, "actions": []}
        self.homes: dict[tuple[Any, ...], Path] = {}
        document.data = self.data
        self._catalogue()
        self._actions()
        for name in ("responsible", "partners", "money"):
            self._belonging(BY_NAME[name])
        self._goals()
        self._belonging(BY_NAME["indicators"], "goal")
        self._belonging(BY_NAME["targets"], "goal", "indicator")
        self._meanings()
        self._belonging(BY_NAME["initiatives"])
        self._belonging(BY_NAME["milestones"], "initiative")
        self._belonging(BY_NAME["related"], "initiative")
        self._needed()
        self.data["format"] = format_of(self.data)

    def _catalogue(self) -> None:
        table = self.tables[str(CATALOGUE)]
        known = {str(words).casefold(): (path, holds) for path, words, holds in CATALOGUE_FIELDS}
        for line in table.lines:
            words = " ".join(str(getattr(line.cells.get("field"), "value", "")).split())
            path, holds = known.pop(words.casefold(), ((), Holds.LINE))
            if path:
                self._put(path, table, line, "value", holds)
            else:
                message = _("feltet {field} kendes ikke").format(field=quoted(words))
                self.document.refuse_at(table.mark(line, "field"), message)
        for path, name, _holds in CATALOGUE_FIELDS:
            if str(name).casefold() in known and path not in LATER_FIELDS:
                message = _("feltet {field} mangler").format(field=quoted(str(name)))
                self.document.refuse_at(table.mark(SheetLine(0, {})), message)
                self._set(path, None)
                self.document.unreadable.add(path)

    def _actions(self) -> None:
        table = self.tables[str(BY_NAME["actions"].title)]
        for line in table.lines:
            path: Path = ("actions", len(self.data["actions"]))
            self.data["actions"].append(
                {"responsible": [], "partners": [], "goals": [], "initiatives": []}
            )
            self.document.marks[path] = table.mark(line)
            for column, _cell in values(line, BY_NAME["actions"].columns):
                self._put((*path, column.key), table, line, column.key, column.holds)
            self._days(path)
            number = self.data["actions"][path[1]].get("number")
            self.homes.setdefault((number,), path)

    def _days(self, path: Path) -> None:
        """Makes the day and the decision of a stop one value; what lacks is told by the schema."""
        action = self._at(path)
        self.document.marks[*path, "from"] = self.document.marks[*path, "begins"]
        if "begins" in action:
            action["from"] = action.pop("begins")
        cells = {"day": "stopped_day", "decision": "stopped_decision"}
        stopped = {key: action.pop(cell) for key, cell in cells.items() if cell in action}
        if stopped:
            action["stopped"] = stopped
            for key, cell in cells.items():
                self.document.marks[*path, "stopped", key] = self.document.marks[*path, cell]
            self.document.marks[*path, "stopped"] = self.document.marks[*path, "stopped_day"]

    def _goals(self) -> None:
        """Adds the goals sorted by number; a line of the sheet Måltal names its goal by number."""
        sheet = BY_NAME["goals"]
        table = self.tables[str(sheet.title)]
        numbered = [(self._key(table, line, "action", "goal"), line) for line in table.lines]
        seen: dict[tuple[Any, ...], SheetLine] = {}
        for key, line in sorted(numbered, key=lambda pair: pair[0][1] or 0):
            if None not in key and key in seen:
                message = _("målet har samme nummer som i {where}")
                where = str(table.mark(seen[key]))
                self.document.refuse_at(table.mark(line, "goal"), message.format(where=where))
                continue
            seen[key] = line
            self._add(sheet, table, line, key[:1], key)

    def _belonging(self, sheet: Sheet, *within: str) -> None:
        table = self.tables[str(sheet.title)]
        for line in table.lines:
            home = self._key(table, line, "action", *within)
            self._add(sheet, table, line, home)

    def _key(self, table: Table, line: SheetLine, *keys: str) -> tuple[Any, ...]:
        """What a line belongs to; None for a cell that is empty or unreadable."""
        return tuple(self._read_key(table, line, key) for key in keys)

    def _read_key(self, table: Table, line: SheetLine, key: str) -> Any:
        cell = line.cells.get(key)
        try:
            if cell is None:
                raise Unreadable(_("værdien mangler"))
            return value_of(cell, Holds.LINE if key in {"initiative", "indicator"} else Holds.WHOLE)
        except Unreadable as error:
            self.document.refuse_at(table.mark(line, key), str(error))
            return None

    def _add(
        self,
        sheet: Sheet,
        table: Table,
        line: SheetLine,
        home: tuple[Any, ...],
        becomes: tuple[Any, ...] = (),
    ) -> None:
        if None in home:
            return
        if home not in self.homes:
            self._homeless(table, line, home)
            return
        entries = self._at(self.homes[home]).setdefault(sheet.name, [])
        path: Path = (*self.homes[home], sheet.name, len(entries))
        entries.append({})
        self.document.marks[path] = table.mark(line)
        for column, _cell in values(line, sheet.columns):
            if column.key not in {"action", "goal", "initiative", "indicator"}:
                self._put((*path, _in_file(column.key)), table, line, column.key, column.holds)
        if sheet.name == "initiatives":
            becomes = (home[0], entries[-1].get("title"))
        if sheet.name == "indicators":
            becomes = (*home, entries[-1].get("name"))
        if becomes:
            self.homes.setdefault(becomes, path)

    def _homeless(self, table: Table, line: SheetLine, home: tuple[Any, ...]) -> None:
        if (home[0],) not in self.homes:
            message = _("der er ingen handling {number} i arket Handlinger")
            self.document.refuse_at(table.mark(line, "action"), message.format(number=home[0]))
        elif len(home) > 2:
            message = _("der er intet måltal {name} i handling {number}, mål {goal} i arket Måltal")
            words = message.format(name=quoted(home[2]), number=home[0], goal=home[1])
            self.document.refuse_at(table.mark(line, "indicator"), words)
        elif isinstance(home[1], int):
            message = _("der er intet mål {goal} under handling {number} i arket Mål")
            words = message.format(goal=home[1], number=home[0])
            self.document.refuse_at(table.mark(line, "goal"), words)
        else:
            message = _("der er ingen indsats {title} under handling {number} i arket Indsatser")
            words = message.format(title=quoted(home[1]), number=home[0])
            self.document.refuse_at(table.mark(line, "initiative"), words)

    def _put(self, path: Path, table: Table, line: SheetLine, key: str, holds: Holds) -> None:
        """Sets the value of a cell. An empty cell is None if it is required, else left out."""
        self.document.marks[path] = table.mark(line, key)
        cell = line.cells.get(key)
        try:
            value = None if cell is None else value_of(cell, holds)
        except Unreadable as error:
            self._set(path, None)
            self.document.refuse(path, str(error))
            return
        if holds is Holds.YES:
            value = "yearly" if value else None
        if value is not None or _is_required(path):
            self._set(path, value)
        if path[-1] == "by" and value is not None and "frequency" in self._at(path[:-1]):
            self.document.refuse(path, _("vælg enten hvert år eller inden et år, ikke begge dele"))

    def _meanings(self) -> None:
        """Puts the cells of each indicator together as a file has them."""
        for path in [path for path in self.document.marks if path[-2:-1] == ("indicators",)]:
            indicator = self._at(path)
            if indicator.get("kind") == YES_NO:
                for name in ("unit", "comparison"):
                    if indicator.get(name, "") is None:
                        del indicator[name]
                if indicator.get("target") is None:
                    indicator["target"] = TARGET_OF_YES
            self._range(path, indicator)
            if "targets" in indicator:
                last = {"year": indicator.pop("by", None), "value": indicator.pop("target", None)}
                place: Path = (*path, "targets", len(indicator["targets"]))
                indicator["targets"].append(last)
                for key, cell in (("year", "by"), ("value", "target")):
                    self.document.marks[*place, key] = self.document.marks[*path, cell]

    def _range(self, path: Path, indicator: dict[str, Any]) -> None:
        """Makes the target and its upper end one value."""
        upper = indicator.pop("upper", None)
        is_range = indicator.get("comparison") == "between"
        if is_range and upper is not None:
            indicator["target"] = [indicator.get("target"), upper]
            self.document.marks[*path, "target", 0] = self.document.marks[*path, "target"]
            self.document.marks[*path, "target", 1] = self.document.marks[*path, "upper"]
        elif is_range:
            self.document.refuse((*path, "upper"), _("skriv det største tal"))
            self.document.unreadable.add((*path, "target"))
        elif upper is not None:
            message = _("skriv kun et tal her, hvis sammenligningen er mellem")
            self.document.refuse((*path, "upper"), message)

    def _needed(self) -> None:
        for index, action in enumerate(self.data["actions"]):
            for name in NEEDED:
                if not action[name]:
                    message = _("handlingen har ingen linje i arket {sheet}")
                    words = message.format(sheet=BY_NAME[name].title)
                    self.document.refuse(("actions", index, name), words)

    def _set(self, path: Path, value: Any) -> None:
        inner: Any = self.data
        for key in path[:-1]:
            inner = inner[key] if isinstance(key, int) else inner.setdefault(key, {})
        inner[path[-1]] = value

    def _at(self, path: Path) -> Any:
        value: Any = self.data
        for key in path:
            value = value[key]
        return value


def _in_file(key: str) -> str:
    """The column's name in the catalogue file."""
    return {"to_action": "action", "to_initiative": "initiative"}.get(key, key)


OPTIONAL: Final = frozenset(
    _in_file(column.key) for sheet in SHEETS for column in sheet.columns if not column.required
)


def _is_required(path: Path) -> bool:
    return path[-1] not in OPTIONAL and path not in OPTIONAL_FIELDS
