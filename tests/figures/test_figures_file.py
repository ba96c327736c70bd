"""Figures come in by a file and go out as one: all of it or nothing, every fault at once."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from actions.figures.told import Told, YearTold
from actions.figures.verbs import tell_figures
from actions.models import Event, Indicator, Measurement
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate

pytestmark = pytest.mark.django_db

HEADINGS = ["handling", "mål", "måltal", "år", "værdi", "kilde", "bemærkning"]
type Write = Callable[..., str]


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Besøg", unit="besøg")


@pytest.fixture
def share(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Andel", unit="%")


@pytest.fixture
def csv_file(tmp_path: Path) -> Write:
    def write(*lines: str, encoding: str = "utf-8", heading: str = ";".join(HEADINGS)) -> str:
        file = tmp_path / "tal.csv"
        file.write_bytes("\r\n".join([heading, *lines]).encode(encoding))
        return str(file)

    return write


@pytest.fixture
def xlsx_file(tmp_path: Path) -> Write:
    def write(*rows: list[Any], shown: str = "General") -> str:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in [HEADINGS, *rows]:
            sheet.append(row)
        for number in range(2, len(rows) + 2):
            sheet.cell(number, 5).number_format = shown
        file = tmp_path / "tal.xlsx"
        book.save(file)
        return str(file)

    return write


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def values() -> list[tuple[int, Decimal | None, str, str]]:
    rows = Measurement.objects.order_by("pk")
    return list(rows.values_list("year", "value", "source", "reason"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_text_is_read_as_spreadsheets_save_it(
    cast: Cast, indicator: Indicator, csv_file: Write, encoding: str
) -> None:
    file = csv_file(
        "1;1;Besøg;2024;1.047;Åbne registre;", "1;1;besøg;2025;-3,5;;", encoding=encoding
    )
    assert "2 tal er noteret" in run("import_figures", file)
    assert values() == [
        (2024, Decimal(1047), "Åbne registre", ""),
        (2025, Decimal("-3.5"), "", ""),
    ]


def test_a_workbook_is_read_as_it_is_shown(
    cast: Cast, indicator: Indicator, share: Indicator, xlsx_file: Write
) -> None:
    run("import_figures", xlsx_file([1, "1.1", "Besøg", 2024, 1047.5, "", ""]))
    run("import_figures", xlsx_file([1, 1, "Andel", 2024, 0.15, "", ""], shown="0 %"))
    assert [value for _year, value, *_rest in values()] == [Decimal("1047.5"), Decimal(15)]


def test_a_percent_cell_of_another_unit_is_refused(
    cast: Cast, indicator: Indicator, xlsx_file: Write
) -> None:
    with pytest.raises(CommandError, match="cellen er i procent, men måltallets enhed er ”besøg”"):
        run("import_figures", xlsx_file([1, 1, "Besøg", 2024, 0.15, "", ""], shown="0.0%"))


def test_every_fault_is_told_at_once_and_nothing_is_written(
    cast: Cast, indicator: Indicator, csv_file: Write
) -> None:
    tell_figures(by=mandate(cast.coordinator), rows=[YearTold(indicator, 2024, Told(Decimal(12)))])
    file = csv_file(
        "1;1;Besøg;2024;15;;",
        "1;1;Besog;2024;15;;",
        "1;1;Besøg;2099;15;;",
        "1;1;Besøg;2023;mange;;",
        "1;1;Besøg;2022;1;;",
        "1;1;Besøg;2022;2;;",
        "9;1;Besøg;2022;2;;",
        "1;1;Besøg;2021;;;",
    )
    with pytest.raises(CommandError) as refusal:
        run("import_figures", file)
    _heading, *faults = str(refusal.value).splitlines()
    assert faults == [
        "række 2, årsag: Der står »12\xa0besøg« for 2024. Skriv, hvorfor tallet er et andet nu.",
        "række 3, måltal: målet har intet måltal ”Besog” (mente du ”Besøg”?)",
        "række 4, år: Året 2099 er ikke slut. Skriv først tallet, når året er gået.",
        "række 5, værdi: Skriv et tal, fx 3,3 eller 1.000.",
        "række 7, år: måltallet og året står også i række 6",
        "række 8, mål: handling 9, mål 1 har ingen måltal",
        "række 9, værdi: skriv et tal, eller hvorfor det mangler",
    ]
    assert len(values()) == 1


def test_a_dry_run_shows_old_beside_new_and_writes_nothing(
    cast: Cast, indicator: Indicator, csv_file: Write
) -> None:
    run("import_figures", csv_file("1;1;Besøg;2024;12;;"))
    file = csv_file("1;1;Besøg;2024;15;;Talt igen.", "1;1;Besøg;2023;3;;")
    said = run("import_figures", file, "--dry-run")
    assert "1.1 Besøg, 2024: 12\xa0besøg → 15\xa0besøg" in said
    assert "1.1 Besøg, 2023: 3\xa0besøg" in said
    assert "Intet er skrevet." in said
    assert len(values()) == 1
    run("import_figures", file)
    assert [reason for *_rest, reason in values()] == ["", "Talt igen.", ""]


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("handling;mål;måltal;år", "kolonnen ”værdi” mangler"),
        (";".join([*HEADINGS, "farve"]), "kolonnen ”farve” kendes ikke; slet den"),
        (";".join([*HEADINGS, "år"]), "kolonnen ”år” står to gange"),
    ],
)
def test_other_columns_are_named(cast: Cast, csv_file: Write, heading: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run("import_figures", csv_file("1;1;Besøg;2024;12;;", heading=heading))


def test_of_several_catalogues_one_must_be_named(
    cast: Cast, indicator: Indicator, csv_file: Write
) -> None:
    factory.make_catalogue("et-andet")
    file = csv_file("1;1;Besøg;2024;12;;")
    with pytest.raises(CommandError, match="der er flere kataloger"):
        run("import_figures", file)
    assert "noteret" in run("import_figures", file, "--catalogue", cast.catalogue.slug)
    with pytest.raises(CommandError, match="intet handlingskatalog"):
        run("import_figures", file, "--catalogue", "findes-ikke")


@pytest.mark.parametrize("language", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again_without_a_change(
    cast: Cast, indicator: Indicator, tmp_path: Path, language: str
) -> None:
    by = mandate(cast.coordinator)
    first = Told(Decimal("-3.5"), source='=HYPERLINK("http://x")', comment='Et; to\n"tre"')
    tell_figures(by=by, rows=[YearTold(indicator, 2024, first)])
    second = Told(Decimal(1047), source="Registeret")
    tell_figures(by=by, rows=[YearTold(indicator, 2024, second, "Talt igen.")])
    tell_figures(by=by, rows=[YearTold(indicator, 2023, Told(None, "Tælles ikke."))])
    file = str(tmp_path / f"ud.{language}")
    run("export_figures", cast.catalogue.slug, "--format", language, "--output", file)
    assert run("import_figures", file) == "Ingen ændringer\n"
    assert len(values()) == 3


def test_an_export_has_every_revision_and_calculates_nothing(
    cast: Cast, indicator: Indicator, tmp_path: Path
) -> None:
    by = mandate(cast.coordinator)
    tell_figures(by=by, rows=[YearTold(indicator, 2024, Told(Decimal(3), source="=1+1"))])
    tell_figures(by=by, rows=[YearTold(indicator, 2024, Told(Decimal(4)), "Talt igen.")])
    text = run("export_figures", cast.catalogue.slug)
    first, second = (line.split(";") for line in text.splitlines()[1:])
    assert (first[6], first[8], first[11]) == ("3", "'=1+1", "nej")
    assert (second[6], second[10], second[11]) == ("4", "Talt igen.", "ja")
    file = tmp_path / "ud.xlsx"
    run("export_figures", cast.catalogue.slug, "--format", "xlsx", "--output", str(file))
    sheet = load_workbook(BytesIO(file.read_bytes())).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet[2]][8] == "s"


def test_a_command_names_nobody(cast: Cast, indicator: Indicator, csv_file: Write) -> None:
    before = Event.objects.count()
    run("import_figures", csv_file("1;1;Besøg;2024;12;;"))
    row = Measurement.objects.get()
    assert (row.by_name, row.position) == ("", cast.catalogue.coordinator)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "mangler"), (b"\0\1\2", "hverken et regneark"), (b"PK\x03\x04nej", "beskadiget")],
)
def test_what_is_no_table_is_refused(
    cast: Cast, tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "tal"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run("import_figures", str(file))
    with pytest.raises(CommandError, match="findes ikke"):
        run("import_figures", str(tmp_path / "ingen.csv"))
