"""Import: what a file changes in the database, what it may not, all or nothing."""

# ruff: noqa: E501 - the tables have one case on a line
import io
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.catalogue.exporter import rows_of
from actions.catalogue.file import CatalogueFileError, CatalogueRows, read_bytes, read_file
from actions.catalogue.importer import import_rows, plan_import
from actions.catalogue.plan import ChangeKind, Plan
from actions.catalogue.plan_words import describe
from actions.catalogue.planner import make_plan
from actions.catalogue.writer import write_plan
from actions.management.commands.import_catalogue import Command
from actions.models import (
    Action,
    Administration,
    Catalogue,
    Event,
    Goal,
    GoalStatus,
    Indicator,
    Initiative,
    Measurement,
    Partner,
    Position,
    State,
    TargetRevision,
)
from actions.status.entry import Entry, Figure, content_of
from tests.support.catalogues import OTHER_MUNICIPALITY, REAL, SMALL, catalogues, changed, without
from tests.support.factory import hand_in, make_past_round, make_round, status_of

pytestmark = pytest.mark.django_db


def rows_from(*changes: tuple[str, str]) -> CatalogueRows:
    return read_bytes(changed(*changes).encode())


def rows_without(*lines: str) -> CatalogueRows:
    return read_bytes(without(*lines).encode())


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the actions app, keys included."""
    models = apps.get_app_config("actions").get_models()
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in models
    }


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_catalogue", *arguments, stdout=out)
    return out.getvalue()


def save(folder: Path, text: str) -> str:
    file = folder / "katalog.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.fixture
def small() -> Catalogue:
    return import_rows(rows_from()).catalogue


def goal(number: int = 1, action: int = 1) -> Goal:
    return Goal.objects.get(action__number=action, number=number)


# The first import.


def test_a_new_catalogue_is_stored_as_its_rows(small: Catalogue) -> None:
    assert rows_of("plan-22") == rows_from()
    assert (small.municipality, small.selection_max) == ("Nørreå Kommune", 2)
    assert [str(action) for action in small.actions.all()] == ["1. En å", "2. Stier"]
    indicator = Indicator.objects.get(name="Overløb")
    assert (indicator.target, indicator.by_year, indicator.yearly) == (Decimal("4.5"), 2025, False)
    assert TargetRevision.objects.count() == 0


def test_a_position_of_two_actions_is_one_row(small: Catalogue) -> None:
    assert Position.objects.get(name="Vejchefen").responsibilities.count() == 2


@pytest.mark.parametrize("path", [OTHER_MUNICIPALITY, REAL], ids=lambda path: path.stem)
def test_a_whole_file_is_stored_as_its_rows(path: Path) -> None:
    rows = read_file(path)
    import_rows(rows)
    assert rows_of(rows.slug) == rows
    assert plan_import(rows).is_empty


def test_two_catalogues_live_side_by_side_with_the_positions_they_share(small: Catalogue) -> None:
    import_rows(read_file(OTHER_MUNICIPALITY))
    assert Position.objects.filter(name="Vejchefen").count() == 1
    assert rows_of("plan-22") == rows_from()


def test_a_large_import_takes_few_queries() -> None:
    rows = read_file(REAL)
    with CaptureQueriesContext(connection) as queries:
        import_rows(rows)
    assert len(queries) < 60


# The same file twice.


def test_the_same_file_twice_changes_nothing(small: Catalogue, tmp_path: Path) -> None:
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        said = run(save(tmp_path, SMALL))
    assert "Ingen ændringer" in said
    assert everything() == before
    written = ("INSERT", "UPDATE", "DELETE")
    assert not [query for query in queries if query["sql"].upper().startswith(written)]


def test_a_status_and_its_history_survive_the_same_file(small: Catalogue) -> None:
    round_ = make_round(small)
    hand_in(status_of(round_), State.APPROVED)
    before = everything()
    import_rows(rows_from())
    assert everything() == before


# A changed file.


def test_a_changed_text_updates_only_its_row(small: Catalogue) -> None:
    before = everything()
    plan = import_rows(rows_from(("title: Stier", "title: Stier og broer")))
    assert [change.place for change in plan.changes] == ["handling 2"]
    after = everything()
    assert after["Action"][1].pop("title") == "Stier og broer"
    before["Action"][1].pop("title")
    *earlier, version = after.pop("CatalogueVersion")
    assert earlier == before.pop("CatalogueVersion")
    assert version["rows"]["actions"][1]["title"] == "Stier og broer"
    del before["ChainHead"], after["ChainHead"]
    assert after == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Plan 22", "title: Plan 2022"),
        ("Vi holder sammen.", "Vi holder ud."),
        ("to: 2025", "to: 2026"),
        ("council: Råd", "council: Byråd"),
        ("max: 2", "max: 1"),
        ("title: En å", "title: To åer"),
        ("title: En å", "title: En å\n    summary: Kort."),
        (", note: Alle stier.", ""),
        ("{name: Åens Venner}", "{name: Åens Venner, contribution: Viden.}"),
        ("partners: []", "partners: [{name: Åens Venner}]"),
        ("- {position: Vejchefen}", "- {position: Planchefen}"),
        ("Vandet er rent.", "Vandet er klart."),
        ("unit: gange", "unit: gange om året"),
        ("target: 4.5", "target: 5"),
        ("baseline: 31", "baseline: 30.25"),
        (", baseline: 31", ""),
        (", by: 2025", ""),
        ("by: 2025", "frequency: yearly"),
        ("at_most", "at_least"),
        ("name: Overløb", "name: Udløb"),
        ("title: Kloakker", "title: Skilte kloakker"),
        ("year: 2023", "year: 2024"),
        ("Første bro", "Første badebro"),
        ("{text: Første bro, year: 2023}", ""),
        ("year: 2023}", "year: 2023}, {text: To, year: 2024}"),
        ("[{action: 1, initiative: Badebroer}]", "[]"),
        ("initiatives: []", "initiatives: [{title: Bro, related: [{action: 1, initiative: Kloakker}]}]"),
    ],
)  # fmt: skip
def test_any_change_arrives_and_goes_back(small: Catalogue, old: str, new: str) -> None:
    rows = rows_from((old, new))
    assert not plan_import(rows).is_empty
    import_rows(rows)
    assert rows_of("plan-22") == rows
    assert plan_import(rows).is_empty
    if "target" not in old and "Overløb" not in old:
        import_rows(rows_from())
        assert rows_of("plan-22") == rows_from()


def test_a_changed_target_keeps_the_old_one(small: Catalogue) -> None:
    import_rows(rows_from(("target: 4.5", "target: 3")))
    revision = TargetRevision.objects.get()
    assert (revision.old_target, revision.new_target) == (Decimal("4.5"), Decimal(3))
    assert revision.decision == "Ændret ved import af katalogfilen"
    assert revision.indicator.name == "Overløb"


def test_another_spelling_of_the_same_number_is_no_change(small: Catalogue) -> None:
    assert plan_import(rows_from(("target: 4.5", "target: 4.50"))).is_empty


def test_the_order_of_a_list_is_kept(small: Catalogue) -> None:
    rows = rows_from(
        (
            "- {name: Åens Venner}",
            "- {name: Ny}\n      - {name: Åens Venner}\n      - {name: Ande}",
        ),
        ("- {position: Vejchefen}", "- {position: Ålchefen}\n      - {position: Vejchefen}"),
    )
    import_rows(rows)
    assert rows_of("plan-22") == rows


def test_indicators_and_initiatives_may_swap_places(small: Catalogue) -> None:
    keys = {model: set(model.objects.values_list("pk")) for model in (Indicator, Initiative)}
    indicators = re.findall(r".*comparison.*\n", SMALL)
    initiatives = re.findall(r"      - title: .*\n.*\n", SMALL)
    rows = rows_from(
        ("".join(indicators), "".join(reversed(indicators))),
        ("".join(initiatives), "".join(reversed(initiatives))),
    )
    import_rows(rows)
    assert rows_of("plan-22") == rows
    assert keys == {model: set(model.objects.values_list("pk")) for model in keys}


def test_what_belongs_to_nobody_stays(small: Catalogue) -> None:
    import_rows(rows_from(("{name: Åens Venner}", "{name: Andre}")))
    assert Partner.objects.filter(name="Åens Venner").exists()


def test_an_action_is_known_by_its_number(small: Catalogue) -> None:
    keys = list(Action.objects.values_list("pk", "number"))
    import_rows(rows_from(("title: Stier", "title: Noget helt andet")))
    assert list(Action.objects.values_list("pk", "number")) == keys


def test_an_initiative_is_known_by_its_title(small: Catalogue) -> None:
    key = Initiative.objects.get(title="Kloakker").pk
    import_rows(
        rows_from(
            ("      - title: Badebroer\n", "      - title: Først\n      - title: Badebroer\n")
        )
    )
    assert Initiative.objects.get(title="Kloakker").pk == key


def test_fields_that_the_file_does_not_know_are_left_alone(small: Catalogue) -> None:
    position = Position.objects.get()
    position.administration = Administration.objects.create(name="Teknik")
    position.save()
    import_rows(rows_from((", note: Alle stier.", "")))
    position.refresh_from_db()
    assert str(position.administration) == "Teknik"


# Goals.

TWO_GOALS = (
    "- text: Man kan cykle trygt.",
    "- text: Man kan cykle trygt.\n      - text: Man kan gå.",
)
SWAPPED = (
    "- text: Man kan cykle trygt.",
    "- text: Man kan gå.\n      - text: Man kan cykle trygt.",
)
THREE = ("- text: Man kan cykle trygt.", "- text: Ny.\n      - text: Man kan cykle trygt.\n      - text: Man kan gå.")  # fmt: skip


def test_a_goal_with_a_new_text_is_known_by_its_number(small: Catalogue) -> None:
    key = goal().pk
    import_rows(rows_from(("Vandet er rent.", "Vandet er klart.")))
    assert (goal().pk, goal().text) == (key, "Vandet er klart.")


def test_goals_that_swap_places_take_their_statuses_along() -> None:
    catalogue = import_rows(rows_from(TWO_GOALS)).catalogue
    first = goal(1, action=2)
    hand_in(status_of(make_round(catalogue), first), progress="Om at cykle.")
    import_rows(rows_from(SWAPPED))
    assert rows_of("plan-22") == rows_from(SWAPPED)
    assert goal(2, action=2).pk == first.pk
    assert GoalStatus.objects.get(progress="Om at cykle.").goal.text == "Man kan cykle trygt."


def test_a_goal_put_in_before_another_moves_it_down() -> None:
    catalogue = import_rows(rows_from(TWO_GOALS)).catalogue
    keys = [goal(number, action=2).pk for number in (1, 2)]
    hand_in(status_of(make_round(catalogue), goal(1, action=2)))
    import_rows(rows_from(THREE))
    assert [goal(number, action=2).pk for number in (2, 3)] == keys
    assert plan_import(rows_from(THREE)).is_empty


def test_a_new_goal_gets_a_status_in_rounds_that_are_not_closed(small: Catalogue) -> None:
    open_round, past = make_round(small), make_past_round(small, 2023)
    import_rows(rows_from(TWO_GOALS))
    new = goal(2, action=2)
    assert status_of(open_round, new).state == State.NOT_STARTED
    assert not past.statuses.filter(goal=new).exists()


def test_without_a_new_goal_no_status_is_made(small: Catalogue) -> None:
    round_ = make_round(small)
    GoalStatus.objects.all().delete()
    import_rows(rows_from(("title: Stier", "title: Veje")))
    assert not round_.statuses.exists()


# What heads have written is never lost.


def refusals(rows: CatalogueRows) -> list[str]:
    before = everything()
    with pytest.raises(CatalogueFileError) as planned:
        plan_import(rows)
    with pytest.raises(CatalogueFileError) as caught, transaction.atomic():
        import_rows(rows)
    assert caught.value.faults == planned.value.faults
    assert everything() == before
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("state", [state for state in State if state != State.NOT_STARTED])
def test_a_goal_with_a_status_is_not_removed(state: State) -> None:
    catalogue = import_rows(rows_from(TWO_GOALS)).catalogue
    hand_in(status_of(make_round(catalogue, year=2024), goal(2, action=2)), state)
    assert refusals(rows_from(("title: En å", "title: To åer"))) == [
        "handling 2 › mål 2: kan ikke fjernes: der er skrevet status på målet i runden 2024"
    ]


def test_a_goal_that_nobody_has_touched_may_go() -> None:
    catalogue = import_rows(rows_from(TWO_GOALS)).catalogue
    make_round(catalogue)
    import_rows(rows_from())
    assert rows_of("plan-22") == rows_from()
    assert GoalStatus.objects.count() == 2


def test_a_goal_of_a_closed_round_is_not_removed() -> None:
    catalogue = import_rows(rows_from(TWO_GOALS)).catalogue
    make_past_round(catalogue, 2023)
    assert refusals(rows_from()) == [
        "handling 2 › mål 2: kan ikke fjernes: målet indgår i den lukkede runde 2023"
    ]


def test_an_indicator_with_a_measurement_is_not_removed(small: Catalogue) -> None:
    status = status_of(make_round(small))
    for year in (2023, 2024):
        Measurement.objects.append(
            indicator=Indicator.objects.get(name="Overløb"), status=status, year=year, value=5
        )
    assert refusals(rows_without("name: Overløb")) == [
        "handling 1 › mål 1 › måltal ”Overløb”: kan ikke fjernes: der er målinger for 2023, 2024"
    ]


def test_an_indicator_with_a_figure_in_a_draft_is_not_removed(small: Catalogue) -> None:
    indicator = Indicator.objects.get(name="Overløb")
    status = next(row for row in make_round(small).statuses.all() if row.goal == indicator.goal)
    status.figures = content_of(Entry(figures=(Figure(indicator.pk, Decimal(5)),)))["figures"]
    status.save()
    assert refusals(rows_without("name: Overløb")) == [
        "handling 1 › mål 1 › måltal ”Overløb”: kan ikke fjernes: der er skrevet et tal i en kladde"
    ]


def test_an_indicator_with_revisions_is_not_removed(small: Catalogue) -> None:
    import_rows(rows_from(("target: 4.5", "target: 3")))
    (refusal,) = refusals(rows_without("name: Overløb"))
    assert refusal.endswith("måltallet har tidligere justeringer, som skal bevares")


def test_an_indicator_without_figures_may_go(small: Catalogue) -> None:
    make_round(small)
    import_rows(rows_without("name: Overløb"))
    assert rows_of("plan-22") == rows_without("name: Overløb")


def without_action_2(*changes: tuple[str, str]) -> CatalogueRows:
    text = SMALL[: SMALL.index("  - number: 2")]
    return read_bytes(changed(("max: 2", "max: 1"), *changes, text=text).encode())


def test_an_action_with_a_status_is_not_removed_and_every_place_is_told() -> None:
    catalogue = import_rows(rows_from(TWO_GOALS)).catalogue
    round_ = make_round(catalogue, year=2024)
    for number in (1, 2):
        hand_in(status_of(round_, goal(number, action=2)), State.DRAFT)
    assert [refusal.partition(":")[0] for refusal in refusals(without_action_2())] == [
        "handling 2 › mål 1",
        "handling 2 › mål 2",
    ]


def test_an_action_that_nobody_has_touched_may_go() -> None:
    catalogue = import_rows(rows_from(TWO_GOALS)).catalogue
    make_round(catalogue)
    plan = import_rows(without_action_2())
    assert [change.place for change in plan.of(ChangeKind.REMOVED)] == ["handling 2"]
    assert rows_of("plan-22") == without_action_2()
    assert GoalStatus.objects.count() == 1


def test_a_status_with_history_is_not_removed(small: Catalogue) -> None:
    import_rows(rows_from(TWO_GOALS))
    status = status_of(make_round(small), goal(2, action=2))
    Event.objects.append(at="2024-01-01T12:00Z", verb="save", actor_name="En chef", status=status)
    (refusal,) = refusals(rows_from())
    assert refusal.startswith("handling 2 › mål 2: kan ikke fjernes")


# Names.


def test_a_position_that_the_database_spells_otherwise_is_told_with_its_line(
    small: Catalogue,
) -> None:
    text = SMALL.replace("Vejchefen", "vej-chefen")
    assert refusals(read_bytes(text.encode())) == [
        "linje 15: handling 1: ”vej-chefen” findes i databasen som ”Vejchefen”; brug samme stavemåde",
        "linje 31: handling 2: ”vej-chefen” findes i databasen som ”Vejchefen”; brug samme stavemåde",
    ]


def test_a_partner_can_be_spelled_anew_and_otherwise_in_another_catalogue(small: Catalogue) -> None:
    corrected = rows_from(("Åens Venner", "Åens venner"))
    import_rows(replace(corrected, slug="plan-26"))
    assert rows_of("plan-26") == replace(corrected, slug="plan-26")
    assert rows_of("plan-22") == rows_from()
    import_rows(corrected)
    assert rows_of("plan-22") == corrected


# Dry run and messages.


def test_a_dry_run_tells_the_changes_and_writes_nothing(small: Catalogue, tmp_path: Path) -> None:
    text = changed(
        ("title: Stier", "title: Stier og broer"),
        ("target: 4.5", "target: 1200.5"),
        ("      - title: Kloakker\n", "      - title: Kloakker\n        description: Skilt.\n"),
        ("{name: Åens Venner}", "{name: Bådklubben}"),
    )
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        said = run(save(tmp_path, text), "--dry-run")
    assert said.splitlines() == [
        "Prøvekørsel af Plan 22",
        "+ partner ”Bådklubben”",
        "+ handling 1 › samarbejdspartner ”Bådklubben”",
        "- handling 1 › samarbejdspartner ”Åens Venner”",
        "~ handling 1 › mål 1 › måltal ”Overløb”",
        "    target: 4,5 → 1.200,5",
        "~ handling 1 › indsats ”Kloakker”",
        "    description: (tom) → ”Skilt.”",
        "~ handling 2 ”Stier og broer”",
        "    title: ”Stier” → ”Stier og broer”",
        "oprettet: 2, ændret: 3, fjernet: 1, uændret: 10",
        "Intet er skrevet.",
    ]
    assert everything() == before
    written = ("INSERT", "UPDATE", "DELETE")
    assert not [query for query in queries if query["sql"].upper().startswith(written)]


def test_a_dry_run_of_a_new_catalogue_makes_none(tmp_path: Path) -> None:
    assert "+ handling 1 ”En å”" in run(save(tmp_path, SMALL), "--dry-run")
    assert not any(everything().values())


def test_a_dry_run_of_the_same_says_so(small: Catalogue, tmp_path: Path) -> None:
    assert run(save(tmp_path, SMALL), "--dry-run").splitlines() == [
        "Prøvekørsel af Plan 22",
        "Ingen ændringer",
    ]


def test_two_long_texts_are_shown_where_they_part(small: Catalogue) -> None:
    start = "Den samme begyndelse, som er meget længere end der er plads til på en linje, "
    import_rows(rows_from(("Vi holder sammen.", f"{start}og en gammel slutning.")))
    lines = list(
        describe(plan_import(rows_from(("Vi holder sammen.", f"{start}og en ny slutning."))))
    )
    assert (
        lines[1]
        == "    vision: ”…n linje, og en gammel slutning.” → ”…n linje, og en ny slutning.”"
    )


def test_what_is_turned_off_or_taken_away_has_words(small: Catalogue) -> None:
    plan = plan_import(rows_from((", by: 2025, baseline: 31", ""), (", frequency: yearly", "")))
    assert [line.strip() for line in describe(plan) if line.startswith(" ")] == [
        "frequency: yearly: ja → nej",
        "by: 2025 → (intet)",
        "baseline: 31 → (intet)",
    ]


def test_the_command_says_what_it_has_done(tmp_path: Path) -> None:
    said = run(save(tmp_path, SMALL))
    assert said == "Plan 22 er indlæst: oprettet: 16, ændret: 0, fjernet: 0, uændret: 0\n"


def test_the_command_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SMALL.encode())))
    run("-")
    assert Catalogue.objects.get().slug == "plan-22"


# Refusal from the command line.


def exit_of(command: Callable[[], object]) -> int:
    with pytest.raises(SystemExit) as caught:
        command()
    assert isinstance(caught.value.code, int)
    return caught.value.code


@pytest.fixture
def manage(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Callable[[], object]]:
    """The command as `manage.py` runs it: errors become an exit code."""
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    return lambda *arguments: (
        lambda: Command().run_from_argv(
            ["manage.py", "import_catalogue", *arguments, "--skip-checks"]
        )
    )


def test_every_fault_stands_on_a_line_of_standard_error(
    manage: Callable[..., Callable[[], object]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changed(("slug: plan-22", "slug: Plan"), ("at_most", "most"), ("number: 2", "number: 1"))
    file = save(tmp_path, text)
    for arguments in ([file], [file, "--dry-run"]):
        assert exit_of(manage(*arguments)) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.splitlines()[0].endswith("er ikke indlæst, og intet er skrevet. Fejl: 3")
        assert [line.partition(":")[0] for line in err.splitlines()[1:]] == [
            "linje 2",
            "linje 22",
            "linje 28",
        ]
    assert not any(everything().values())


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[" * 9999, b"a: &a [*a]", b"a: 'b"])
def test_what_is_no_catalogue_ends_without_a_traceback(
    manage: Callable[..., Callable[[], object]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
) -> None:
    file = tmp_path / "fil.yaml"
    file.write_bytes(content)
    assert exit_of(manage(str(file))) == 1
    err = capsys.readouterr().err
    assert "intet er skrevet" in err
    assert "Traceback" not in err


def test_a_missing_file_ends_with_one_line(
    manage: Callable[..., Callable[[], object]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_of(manage("/ingen/steder.yaml")) == 1
    assert "filen findes ikke" in capsys.readouterr().err


def test_a_refused_removal_ends_with_its_place(
    manage: Callable[..., Callable[[], object]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = import_rows(rows_from(TWO_GOALS)).catalogue
    hand_in(status_of(make_round(catalogue), goal(2, action=2)))
    assert exit_of(manage(save(tmp_path, SMALL))) == 1
    assert "handling 2 › mål 2: kan ikke fjernes" in capsys.readouterr().err


def test_very_many_faults_are_cut_with_their_number(tmp_path: Path) -> None:
    text = SMALL + "".join(f"  - number: {number}\n" for number in range(3, 103))
    with pytest.raises(CommandError) as caught:
        run(save(tmp_path, text))
    lines = str(caught.value).splitlines()
    assert len(lines) == 202
    assert lines[-1] == "… og 300 flere"


def test_a_database_that_fails_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(_plan: object) -> None:
        raise IntegrityError("tabellen er væk")

    monkeypatch.setattr("actions.catalogue.importer.write_plan", fails)
    with pytest.raises(CommandError, match="Databasen afviste importen, og intet er skrevet"):
        run(save(tmp_path, SMALL))


# All or nothing, one at a time.


def test_a_write_that_fails_half_way_leaves_nothing(
    small: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()

    def fails(_plan: object) -> list[object]:
        raise RuntimeError("half-way")

    monkeypatch.setattr("actions.catalogue.writer._revisions", fails)
    with pytest.raises(RuntimeError, match="half-way"):
        import_rows(rows_from(TWO_GOALS, ("title: Stier", "title: Veje")))
    assert everything() == before


def test_an_import_that_another_one_has_overtaken_tries_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    overtaken = [IntegrityError("actions_catalogue.slug"), IntegrityError("actions_partner.name")]

    def planned(old: Catalogue | None, rows: CatalogueRows) -> Plan:
        if overtaken:
            raise overtaken.pop()
        return make_plan(old, rows)

    monkeypatch.setattr("actions.catalogue.importer.make_plan", planned)
    import_rows(rows_from())
    assert rows_of("plan-22") == rows_from()


def import_together(versions: list[CatalogueRows]) -> list[Exception]:
    """Each version in a thread of its own, all at once; what went wrong."""
    barrier, failures = Barrier(len(versions)), list[Exception]()

    def one(rows: CatalogueRows) -> None:
        try:
            barrier.wait()
            import_rows(rows)
        except (CatalogueFileError, DatabaseError) as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=one, args=[rows]) for rows in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one import begin at a time")
@pytest.mark.parametrize("exists", [False, True], ids=["new", "known"])
def test_imports_at_the_same_moment_leave_one_whole_catalogue(exists: bool) -> None:
    if exists:
        import_rows(rows_from())
    versions = [rows_from(TWO_GOALS), rows_from(SWAPPED), rows_from(THREE), rows_from()]
    assert import_together(versions) == []
    assert rows_of("plan-22") in versions


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one import begin at a time")
def test_an_import_waits_until_the_other_has_written(monkeypatch: pytest.MonkeyPatch) -> None:
    import_rows(rows_from())
    versions = [
        rows_from(("title: Stier", "title: Veje")),
        rows_from(("Man kan cykle trygt.", "Man kan gå trygt.")),
    ]
    both_have_planned = Barrier(2)

    def write(plan: Plan) -> None:
        # Under the lock the second one never comes here in time.
        with suppress(BrokenBarrierError):
            both_have_planned.wait(timeout=1)
        write_plan(plan)

    monkeypatch.setattr("actions.catalogue.importer.write_plan", write)
    assert import_together(versions) == []
    assert rows_of("plan-22") in versions


# Any catalogue.

rolled_back = settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.slow
@given(catalogues(slug="enhver"), st.data())
@rolled_back
def test_any_catalogue_can_become_any_other(first: CatalogueRows, data: st.DataObject) -> None:
    second = data.draw(catalogues(slug="enhver"))
    with transaction.atomic():
        import_rows(first)
        assert rows_of("enhver") == first
        assert plan_import(first).is_empty
        Indicator.objects.update(target=0)  # No revisions, which would keep what is to go.
        try:
            import_rows(second)
        except CatalogueFileError as error:
            assert "findes i databasen som" in str(error)  # Names of the first, spelled otherwise.
        else:
            assert rows_of("enhver") == second
            assert plan_import(second).is_empty
        transaction.set_rollback(True)


def test_a_period_that_leaves_out_a_round_is_refused(small: Catalogue) -> None:
    make_past_round(small, small.period_to + 1)
    narrowed = replace(rows_from(), period_to=small.period_to - 1)
    with pytest.raises(CatalogueFileError, match=f"der er en statusrunde i {small.period_to + 1}"):
        import_rows(narrowed)
    small.refresh_from_db()
    assert small.period_to == narrowed.period_to + 1
