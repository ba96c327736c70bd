"""What is wrong with a catalogue file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault, in Danish. `line` and `column` count from 1; 0 is the file as a whole.

    `place` is the way through the catalogue ("handling 3 › mål 1 › text"), empty if the text cannot
    be read that far. In a workbook `line` is a row of `sheet`, and `place` the column's heading.
    """

    line: int
    column: int
    place: str
    message: str
    sheet: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self._where(), self.place, self.message) if part)

    def _where(self) -> str:
        if self.sheet:
            return self._in_sheet()
        if not self.line:
            return ""
        if self.place:
            return _("linje {line}").format(line=self.line)
        return _("linje {line}, kolonne {column}").format(line=self.line, column=self.column)

    def _in_sheet(self) -> str:
        words = [_("arket {sheet}").format(sheet=self.sheet)]
        if self.line:
            words.append(_("række {row}").format(row=self.line))
        if self.column:
            words.append(_("kolonne {letter}").format(letter=get_column_letter(self.column)))
        return ", ".join(words)


class CatalogueFileError(Exception):
    """The file is refused. `faults` holds all its faults, at least one, in the file's order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults), key=lambda fault: (fault.sheet, fault)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def refused(message: str, line: int = 0, column: int = 0) -> CatalogueFileError:
    """The error for a file that cannot be read any further."""
    return CatalogueFileError([Fault(line, column, "", message)])
