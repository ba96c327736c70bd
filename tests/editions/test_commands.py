"""`compile_report`: the browser's PDF as a file, or a clear refusal and no file at all."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from actions.models import Catalogue
from reports.content.assemble import assemble
from reports.content.shape import ReportContent
from reports.documents.pdf import EditionMark, PdfError
from reports.editions import draft
from tests.support import factory
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db

SAID = pytest.CaptureFixture[str]


@pytest.fixture
def renderings(monkeypatch: pytest.MonkeyPatch) -> list[ReportContent]:
    """A stand-in for the rendering, and what it was asked to render."""
    asked: list[ReportContent] = []

    def render(content: ReportContent, *, edition: EditionMark | None) -> bytes:
        asked.append(content)
        return b"%PDF-1.7 stand-in"

    monkeypatch.setattr(draft, "render_pdf", render)
    return asked


def compile_report(catalogue: Catalogue, year: object, output: Path, kind: str = "status") -> None:
    call_command("compile_report", catalogue.slug, str(year), kind, output=output)


def assert_refused(
    catalogue: Catalogue, year: object, folder: Path, match: str, kind: str = "status"
) -> None:
    with pytest.raises(CommandError, match=match) as refusal:
        compile_report(catalogue, year, folder / "rapport.pdf", kind)
    assert refusal.value.returncode == 1
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_without_an_edition_the_file_is_a_draft_of_what_is_handed_in(
    tmp_path: Path, capsys: SAID, db: None
) -> None:
    catalogue = factory.make_catalogue()
    factory.make_action(catalogue, title="Stier til alle")
    round_ = factory.make_round(catalogue)
    factory.hand_in_all(round_, progress="Den første sti er åbnet.")
    output = tmp_path / "rapport på dansk.pdf"
    compile_report(catalogue, round_.year, output)
    text = " ".join(page.extract_text() for page in PdfReader(output).pages)
    for words in ("KLADDE", "Stier til alle", "Den første sti er åbnet.", "Prøve Kommune"):
        assert words in text
    assert str(output) in capsys.readouterr().out
    assert [file.name for file in tmp_path.iterdir()] == [output.name]


def test_the_file_of_a_published_report_is_the_latest_edition_byte_for_byte(
    cast: Cast, tmp_path: Path, renderings: list[ReportContent]
) -> None:
    year, output = cast.round.year, tmp_path / "rapport.pdf"
    factory.make_edition(cast.catalogue, year, pdf=b"%PDF- den gamle")
    factory.make_edition(cast.catalogue, year, number=2, pdf=b"%PDF- den nye \xff\x00")
    compile_report(cast.catalogue, year, output)
    assert output.read_bytes() == b"%PDF- den nye \xff\x00"
    assert renderings == []


def test_a_year_without_a_round_gives_a_report_that_says_so(
    cast: Cast, tmp_path: Path, renderings: list[ReportContent]
) -> None:
    compile_report(cast.catalogue, cast.round.year - 1, tmp_path / "rapport.pdf")
    assert renderings == [assemble(cast.catalogue, cast.round.year - 1)]
    assert renderings[0]["has_round"] is False


def test_an_unchanged_draft_is_not_rendered_again(
    cast: Cast, tmp_path: Path, renderings: list[ReportContent]
) -> None:
    for name in ("en.pdf", "to.pdf"):
        compile_report(cast.catalogue, cast.round.year, tmp_path / name)
    assert len(renderings) == 1
    assert (tmp_path / "en.pdf").read_bytes() == (tmp_path / "to.pdf").read_bytes()


def test_an_unknown_catalogue_is_refused_with_the_known_ones(cast: Cast, tmp_path: Path) -> None:
    unknown = Catalogue(slug="findes-ikke")
    assert_refused(unknown, 2026, tmp_path, "”findes-ikke”. Der findes: katalog")


def test_an_unknown_catalogue_is_refused_where_there_is_none_at_all(
    db: None, tmp_path: Path
) -> None:
    assert_refused(Catalogue(slug="findes-ikke"), 2026, tmp_path, "Der findes: ingen")


def test_an_unknown_kind_is_refused(cast: Cast, tmp_path: Path) -> None:
    match = "Ukendt rapport 'statusredegørelse': skriv status, midterm eller final"
    assert_refused(cast.catalogue, 2026, tmp_path, match, kind="statusredegørelse")


def test_the_midterm_is_made_of_its_own_year_alone(
    cast: Cast, tmp_path: Path, renderings: list[ReportContent]
) -> None:
    match = f"Midtvejsevalueringen hører til {cast.round.year}"
    assert_refused(cast.catalogue, cast.round.year - 1, tmp_path, match, kind="midterm")
    compile_report(cast.catalogue, cast.round.year, tmp_path / "midtvejs.pdf", "midterm")
    assert [content["title"] for content in renderings] == [f"Midtvejsevaluering {cast.round.year}"]


def test_the_final_report_is_made_of_the_year_after_the_period(
    cast: Cast, tmp_path: Path, renderings: list[ReportContent]
) -> None:
    year = cast.catalogue.period_to + 1
    match = f"Slutredegørelsen hører til {year}"
    assert_refused(cast.catalogue, year - 1, tmp_path, match, kind="final")
    compile_report(cast.catalogue, year, tmp_path / "slut.pdf", "final")
    assert [content["title"] for content in renderings] == [f"Slutredegørelse {year}"]
    assert renderings[0]["has_round"] is False


@pytest.mark.parametrize("year", ["i år", "2026,5", "-2026", "", "²"])
def test_a_year_that_is_no_year_is_refused(cast: Cast, tmp_path: Path, year: str) -> None:
    # "--" as a shell user would write it: argparse takes "-2026" for an option otherwise.
    with pytest.raises(CommandError, match="er ikke et år: skriv fx 2025"):
        call_command(
            "compile_report", "--output", tmp_path / "x.pdf", "--", "katalog", year, "status"
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("year", ["1999", "0", "99999999999999999999"])
def test_a_year_outside_the_period_is_refused(cast: Cast, tmp_path: Path, year: str) -> None:
    first, last = cast.catalogue.period_from, cast.catalogue.period_to
    match = f"{year} ligger uden for katalogets periode {first}–{last}"
    assert_refused(cast.catalogue, year, tmp_path, match)


def test_a_folder_that_does_not_exist_is_refused(
    cast: Cast, tmp_path: Path, renderings: list[ReportContent]
) -> None:
    with pytest.raises(CommandError, match="kan ikke skrives"):
        compile_report(cast.catalogue, cast.round.year, tmp_path / "mangler" / "rapport.pdf")


def test_a_folder_in_place_of_the_file_is_refused_and_nothing_is_left_behind(
    cast: Cast, tmp_path: Path, renderings: list[ReportContent]
) -> None:
    (tmp_path / "rapport.pdf").mkdir()
    with pytest.raises(CommandError, match="kan ikke skrives"):
        compile_report(cast.catalogue, cast.round.year, tmp_path / "rapport.pdf")
    assert [file.name for file in tmp_path.iterdir()] == ["rapport.pdf"]


def test_a_rendering_that_fails_leaves_the_old_file_as_it_was(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(content: ReportContent, *, edition: EditionMark | None) -> bytes:
        raise PdfError("PDF'en blev stoppet: den tog for lang tid.")

    monkeypatch.setattr(draft, "render_pdf", fail)
    output = tmp_path / "rapport.pdf"
    output.write_bytes(b"den gamle")
    with pytest.raises(CommandError, match="den tog for lang tid"):
        compile_report(cast.catalogue, cast.round.year, output)
    assert output.read_bytes() == b"den gamle"
    assert [file.name for file in tmp_path.iterdir()] == [output.name]
