"""Export: the same content back, to a terminal or a file, and a re-import that changes nothing."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from actions.catalogue.exporter import rows_of
from actions.catalogue.file import CatalogueRows, read_bytes, read_file, to_text
from actions.catalogue.importer import import_rows, plan_import
from actions.management.commands.export_catalogue import Command
from actions.models import Catalogue
from tests.support.catalogues import OTHER_MUNICIPALITY, REAL, SMALL, catalogues, changed
from tests.support.factory import make_catalogue

pytestmark = pytest.mark.django_db

READERS: dict[str, Callable[[str], Any]] = {"yaml": yaml.safe_load, "json": json.loads}


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_catalogue", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def small() -> Catalogue:
    return import_rows(read_bytes(SMALL.encode())).catalogue


@pytest.mark.parametrize("language", READERS)
@pytest.mark.parametrize("path", [OTHER_MUNICIPALITY, REAL], ids=lambda path: path.stem)
def test_what_was_imported_comes_back_equal(path: Path, language: str) -> None:
    call_command("import_catalogue", str(path), stdout=io.StringIO())
    slug = read_file(path).slug
    text = run(slug, "--format", language)
    assert READERS[language](text) == yaml.safe_load(path.read_text(encoding="utf-8"))
    assert plan_import(read_bytes(text.encode())).is_empty


def test_yaml_is_what_comes_without_a_format(small: Catalogue) -> None:
    assert run("plan-22") == run("plan-22", "--format", "yaml")


def test_keys_stand_in_the_order_of_the_documentation(small: Catalogue) -> None:
    exported = yaml.safe_load(run("plan-22"))
    assert list(exported) == list(yaml.safe_load(SMALL))
    assert list(exported["actions"][0]) == list(yaml.safe_load(SMALL)["actions"][0])


def test_numbers_are_as_short_as_they_can_be(small: Catalogue) -> None:
    text = run("plan-22")
    assert "target: 120, " in text
    assert "target: 4.5, " in text
    assert "baseline: 31}" in text


def test_a_catalogue_without_actions_is_exported_too() -> None:
    make_catalogue("tomt")
    assert yaml.safe_load(run("tomt"))["actions"] == []


def test_a_text_comes_back_to_the_last_line_feed() -> None:
    vision = "Et.\n\n  To: \t”ja”\nTre. \n\n"
    rows = read_bytes(changed(("Vi holder sammen.", json.dumps(vision))).encode())
    import_rows(rows)
    for language, reader in READERS.items():
        assert reader(run("plan-22", "--format", language))["vision"] == vision


def test_the_queries_do_not_grow_with_the_catalogue(small: Catalogue) -> None:
    import_rows(read_file(REAL))
    counts = []
    for slug in ("plan-22", "handlingskatalog-24"):
        with CaptureQueriesContext(connection) as queries:
            rows_of(slug)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_the_file_is_written_whole(small: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "ud.yaml"
    file.write_text("gammelt", encoding="utf-8")
    assert run("plan-22", "--output", str(file)) == ""
    assert file.read_text(encoding="utf-8") == run("plan-22")
    assert [one.name for one in tmp_path.iterdir()] == ["ud.yaml"]


def test_a_file_that_is_replaced_keeps_its_mode(small: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "ud.yaml"
    file.touch(0o640)
    file.chmod(0o640)
    run("plan-22", "--output", str(file))
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed(small: Catalogue, tmp_path: Path) -> None:
    target, link = tmp_path / "mål.yaml", tmp_path / "link.yaml"
    target.touch()
    link.symlink_to(target)
    run("plan-22", "--output", str(link))
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == run("plan-22")


def test_a_device_is_written_to_and_not_replaced(small: Catalogue) -> None:
    run("plan-22", "--output", "/dev/null")
    assert Path("/dev/null").is_char_device()


def test_a_write_that_fails_leaves_the_old_file_alone(
    small: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ud.yaml"
    file.write_text("gammelt", encoding="utf-8")

    def full(_path: Path, _target: Path) -> None:
        raise OSError(28, "disken er fuld")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CommandError, match="disken er fuld"):
        run("plan-22", "--output", str(file))
    assert file.read_text(encoding="utf-8") == "gammelt"
    assert [one.name for one in tmp_path.iterdir()] == ["ud.yaml"]


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("ingen/ud.yaml", "mappen findes ikke"),
        (".", "det er en mappe"),
        ("a\0b", "kan ikke skrives"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(
    small: Catalogue, tmp_path: Path, output: str, expected: str
) -> None:
    with pytest.raises(CommandError, match=expected):
        run("plan-22", "--output", f"{tmp_path}/{output}")


def test_an_unknown_slug_ends_with_what_there_is(
    small: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        Command().run_from_argv(["manage.py", "export_catalogue", "andet", "--skip-checks"])
    assert caught.value.code == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "CommandError: Der er intet handlingskatalog med kortnavnet ”andet”. Der findes: plan-22\n"
    )


@pytest.mark.slow
@given(catalogues(slug="enhver"))
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_catalogue_comes_back_from_the_database(rows: CatalogueRows) -> None:
    with transaction.atomic():
        import_rows(rows)
        stored = rows_of("enhver")
        assert stored == rows
        assert read_bytes(to_text(stored, "yaml").encode()) == rows
        assert read_bytes(to_text(stored, "json").encode()) == rows
        transaction.set_rollback(True)
