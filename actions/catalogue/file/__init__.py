"""The catalogue file: a file → typed rows or all its faults, and typed rows → a file.

A file is text (YAML or JSON) or a workbook (.xlsx, see `workbook.sheets`). `schema.json` defines
the format, and docs/catalogue-file.md says it in words. Nothing here touches the database; see
`actions.catalogue.importer` and `actions.catalogue.exporter`.

    read_file(path) -> CatalogueRows         raises CatalogueFileError with every fault
    read_bytes(content) -> CatalogueRows     raises CatalogueFileError with every fault
    to_text(rows, "yaml" | "json") -> str    reads back as the same rows
    to_workbook(rows | None) -> bytes        likewise; None gives the empty template
"""

from pathlib import Path

from actions.catalogue.file.checking import check
from actions.catalogue.file.faults import CatalogueFileError, Fault
from actions.catalogue.file.rows import (
    ActionRow,
    CatalogueRows,
    GoalRow,
    IndicatorRow,
    InitiativeRow,
    MilestoneRow,
    MoneyRow,
    OriginRow,
    PartnerRow,
    RelatedRow,
    ResponsibleRow,
    TargetRow,
    rows_from,
)
from actions.catalogue.file.source import check_size, decode, read
from actions.catalogue.file.text.parsing import parse
from actions.catalogue.file.text.writing import to_text
from actions.catalogue.file.workbook.joining import document_of
from actions.catalogue.file.workbook.writing import to_workbook
from actions.tools.workbook import is_workbook

__all__ = [
    "ActionRow",
    "CatalogueFileError",
    "CatalogueRows",
    "Fault",
    "GoalRow",
    "IndicatorRow",
    "InitiativeRow",
    "MilestoneRow",
    "MoneyRow",
    "OriginRow",
    "PartnerRow",
    "RelatedRow",
    "ResponsibleRow",
    "TargetRow",
    "read_bytes",
    "read_file",
    "to_text",
    "to_workbook",
]


def read_file(path: Path | str) -> CatalogueRows:
    """The rows of a file; `-` is standard input. Raises CatalogueFileError if it has a fault."""
    return read_bytes(read(path))


def read_bytes(content: bytes) -> CatalogueRows:
    """The rows of a YAML or JSON text in UTF-8, or of a workbook.

    Raises CatalogueFileError, with every fault, if there is one.
    """
    check_size(content)
    document = document_of(content) if is_workbook(content) else parse(decode(content))
    if faults := check(document):
        raise CatalogueFileError(faults)
    return rows_from(document)
