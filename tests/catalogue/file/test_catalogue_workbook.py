"""The catalogue as a workbook: the same rows back, and plain words about every cell that is wrong."""

# ruff: noqa: E501 - the table has one case on a line
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from actions.catalogue.file import (
    CatalogueFileError,
    CatalogueRows,
    read_bytes,
    read_file,
    to_text,
    to_workbook,
)
from tests.support.catalogues import OTHER_MUNICIPALITY, REAL, SMALL, catalogues, changed


def small() -> Workbook:
    return load_workbook(io.BytesIO(to_workbook(read_bytes(SMALL.encode()))))


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def faults_of(content: bytes) -> list[str]:
    with pytest.raises(CatalogueFileError) as refusal:
        read_bytes(content)
    return [str(fault) for fault in refusal.value.faults]


@pytest.mark.parametrize("path", [OTHER_MUNICIPALITY, REAL], ids=lambda path: path.stem)
def test_a_catalogue_comes_back_from_its_workbook(path: Path) -> None:
    rows = read_file(path)
    assert read_bytes(to_workbook(rows)) == rows


@pytest.mark.slow
@settings(max_examples=40)
@given(catalogues())
def test_any_catalogue_comes_back_from_its_workbook(rows: CatalogueRows) -> None:
    assert read_bytes(to_workbook(rows)) == rows


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    text = changed(("title: Plan 22", 'title: "=HYPERLINK(1)"'))
    rows = read_bytes(text.encode())
    book = load_workbook(io.BytesIO(to_workbook(rows)))
    cell = book["Katalog"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert read_bytes(to_workbook(rows)).title == "=HYPERLINK(1)"


CELLS: dict[str, tuple[str, str, Any, str]] = {
    "an empty title": (
        "Handlinger",
        "B2",
        None,
        "arket Handlinger, række 2, kolonne B: Titel: værdien mangler",
    ),
    "a number that is words": (
        "Måltal",
        "F2",
        "mange",
        "arket Måltal, række 2, kolonne F: Måltal: Skriv et tal, fx 3,3 eller 1.000.",
    ),
    "a year that is a date": (
        "Milepæle",
        "C2",
        date(2027, 1, 1),
        "arket Milepæle, række 2, kolonne C: År: cellen er en dato; skriv kun tallet, fx 2027, og formatér som tal",
    ),
    "a text that is a date": (
        "Handlinger",
        "B2",
        date(2027, 1, 1),
        "arket Handlinger, række 2, kolonne B: Titel: cellen er en dato; formatér den som tekst",
    ),
    "a formula": (
        "Måltal",
        "F2",
        "=1+1",
        "arket Måltal, række 2, kolonne F: Måltal: cellen har en formel; skriv selve værdien",
    ),
    "neither least nor most": (
        "Måltal",
        "E2",
        "cirka",
        "arket Måltal, række 2, kolonne E: Mindst/højst: skriv mindst, højst eller mellem",
    ),
    "yearly and by a year": (
        "Måltal",
        "H2",
        2030,
        "arket Måltal, række 2, kolonne H: Inden år: vælg enten hvert år eller inden et år, ikke begge dele",
    ),
    "a goal that is not there": (
        "Måltal",
        "B2",
        7,
        "arket Måltal, række 2, kolonne B: Mål nr.: der er intet mål 7 under handling 1 i arket Mål",
    ),
    "an action that is not there": (
        "Mål",
        "A2",
        9,
        "arket Mål, række 2, kolonne A: Handling: der er ingen handling 9 i arket Handlinger",
    ),
    "an initiative that is not there": (
        "Milepæle",
        "B2",
        "Broer",
        "arket Milepæle, række 2, kolonne B: Indsats: der er ingen indsats ”Broer” under handling 1 i arket Indsatser",
    ),
    "a year long ago": (
        "Katalog",
        "B7",
        22,
        "arket Katalog, række 7, kolonne B: Perioden begynder (år): skal være mindst 1900",
    ),
    "a number twice": (
        "Handlinger",
        "A3",
        1,
        "arket Handlinger, række 3, kolonne A: Handling: nummeret er brugt før (arket Handlinger, række 2)",
    ),
    "another heading": (
        "Handlinger",
        "B1",
        "Navn",
        "arket Handlinger, række 1, kolonne B: kolonnen ”Navn” kendes ikke; slet den",
    ),
    "a note beside the table": (
        "Mål",
        "F2",
        "husk!",
        "arket Mål, række 2, kolonne F: cellen står uden for skabelonens kolonner",
    ),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_that_is_wrong_is_told_with_its_place(case: str) -> None:
    sheet, place, value, message = CELLS[case]
    book = small()
    book[sheet][place].value = value
    assert message in faults_of(saved(book))


def test_numbers_as_text_and_empty_lines_are_read() -> None:
    book = small()
    sheet = book["Måltal"]
    sheet["F2"].value = "1.200,5"
    sheet.insert_rows(2, 3)
    rows = read_bytes(saved(book))
    assert str(rows.actions[0].goals[0].indicators[0].target) == "1200.5"


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def merged() -> bytes:
    book = small()
    book["Mål"].merge_cells("B2:B3")
    return saved(book)


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: packed(**{"xl__workbook.xml": b"0" * 11_000_000}), "over 10 MB"),
    "a document renamed": (
        lambda: packed(**{"word__document.xml": b"<a/>"}),
        "filen er ikke et regneark (.xlsx)",
    ),
    "half a workbook": (lambda: to_workbook(None)[:9000], "beskadiget"),
    "nothing but its name": (lambda: packed(**{"xl__workbook.xml": b"<a/>"}), "beskadiget"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "gammelt format"),
    "another workbook": (lambda: saved(Workbook()), "følger ikke skabelonen"),
    "merged cells": (merged, "flettede celler (B2:B3)"),
    "more than 2 MB": (lambda: b"PK\x03\x04" + bytes(2 * 1024 * 1024), "større end 2 MB"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_such_workbook_is_refused_in_one_sentence(case: str) -> None:
    make, words = FILES[case]
    [fault] = faults_of(make())
    assert words in fault


@pytest.mark.django_db
def test_the_commands_write_and_read_the_workbook(tmp_path: Path) -> None:
    source, file = tmp_path / "plan.yaml", tmp_path / "plan.xlsx"
    source.write_text(SMALL)
    call_command("import_catalogue", str(source), stdout=io.StringIO())
    call_command("export_catalogue", "plan-22", "--format", "xlsx", "--output", str(file))
    out = io.StringIO()
    call_command("import_catalogue", str(file), "--dry-run", stdout=out)
    assert "Ingen ændringer" in out.getvalue()
    assert to_text(read_file(file), "yaml") == to_text(read_file(source), "yaml")
    with pytest.raises(CommandError, match="--output"):
        call_command("export_catalogue", "plan-22", "--format", "xlsx")
