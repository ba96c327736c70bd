"""When an action begins and ends, where it comes from, and who delivers a figure: in a file."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from actions.access import Mandate
from actions.catalogue import editor
from actions.catalogue.changing.withdrawing import withdraw_catalogue
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import CatalogueFileError, read_bytes, to_text, to_workbook
from actions.catalogue.importer import import_rows
from actions.models import Action, Catalogue, FigureSupplier, Indicator, Role
from actions.models.versions import Descent
from tests.support import factory
from tests.support.catalogues import SMALL, changed

pytestmark = pytest.mark.django_db

SECOND = ("handlingskatalog/1", "handlingskatalog/2")
STOPPED = "title: Stier\n    stopped: {day: '2024-02-01', decision: Rådet}"
DAYS = "frequency: yearly}"


def bring(*changes: tuple[str, str], text: str = SMALL) -> None:
    import_rows(read_bytes(changed(SECOND, *changes, text=text).encode()))


def faults(*changes: tuple[str, str]) -> list[str]:
    with pytest.raises(CatalogueFileError) as caught:
        bring(*changes)
    return [fault.message for fault in caught.value.faults]


def test_a_file_stops_an_action_and_one_that_says_nothing_leaves_it() -> None:
    bring()
    bring(("title: Stier", STOPPED))
    action = Action.objects.get(number=2)
    assert (action.stopped_on, action.stopped_by) == (date(2024, 2, 1), "Rådet")
    bring()
    action.refresh_from_db()
    assert action.stopped_on == date(2024, 2, 1)
    assert "taget tilbage" not in to_text(rows_of("plan-22"), "yaml")
    assert faults(("title: Stier", STOPPED.replace("02-01", "03-01"))) == [
        "er standset før; fortryd det på handlingens side, eller ret stopped tilbage"
    ]


def test_a_stop_before_what_was_handed_in_is_refused() -> None:
    bring()
    action = Action.objects.get(number=2)
    round_ = factory.make_round(action.catalogue, year=2024)
    factory.hand_in(factory.status_of(round_, action.goals.get()))
    [message] = faults(("title: Stier", STOPPED))
    assert message.startswith("Der er indsendt status på mål 1 i statusrunde 2024.")
    action.refresh_from_db()
    assert action.stopped_on is None


def test_what_a_file_stops_is_asked_for_nothing_more() -> None:
    bring()
    catalogue = Action.objects.get(number=2).catalogue
    round_ = factory.make_round(catalogue, year=2024, due=timezone.localdate() + timedelta(3))
    assert round_.statuses.count() == 2
    bring(("title: Stier", STOPPED))
    assert round_.statuses.count() == 1


def test_an_action_begins_on_a_day_and_comes_from_others() -> None:
    bring()
    stier = SMALL[SMALL.index("  - number: 2") :]
    wanted = "title: Stier\n    from: '2024-01-15'\n    origin: [{catalogue: plan-22, action: 1}]"
    text = SMALL + stier.replace("number: 2", "number: 3").replace("title: Stier", wanted)
    import_rows(read_bytes(text.replace(*SECOND).encode()))
    action = Action.objects.get(number=3)
    assert action.starts_on == date(2024, 1, 15)
    assert [row.origin.number for row in Descent.objects.filter(action=action)] == [1]
    rows = rows_of("plan-22")
    assert import_rows(rows).is_empty
    assert read_bytes(to_workbook(rows)) == rows
    assert import_rows(read_bytes(to_text(rows, "yaml").encode())).is_empty


def test_an_action_comes_from_an_earlier_catalogue_that_is_here() -> None:
    origin = ("title: Stier", "title: Stier\n    origin: [{catalogue: plan-18, action: 2}]")
    assert faults(origin) == ["handling 2 i ”plan-18” findes ikke her; indlæs det katalog først"]
    bring(("slug: plan-22", "slug: plan-18"))
    bring(origin)
    action = Action.objects.get(catalogue__slug="plan-22", number=2)
    assert action.origin == Action.objects.get(catalogue__slug="plan-18", number=2)
    assert action.goals.get().origin == action.origin.goals.get()
    assert rows_of("plan-22").actions[1].origin[0].catalogue == "plan-18"
    moved = (origin[0], origin[1].replace("action: 2", "action: 1"))
    assert faults(moved) == ["hvad handlingen kommer fra, ligger fast; slet origin"]


def vuf() -> Mandate:
    return factory.mandate(factory.make_user("vuf-x", roles=[Role.COORDINATOR]))


def test_actions_that_come_from_others_can_change_numbers() -> None:
    bring(("slug: plan-22", "slug: plan-18"))
    bring(
        ("title: En å", "title: En å\n    origin: [{catalogue: plan-18, action: 1}]"),
        ("title: Stier", "title: Stier\n    origin: [{catalogue: plan-22, action: 1}]"),
    )
    seal = editor.seal_of(rows_of("plan-22"))
    editor.renumber(slug="plan-22", numbers={1: 2, 2: 1}, seal=seal, by=vuf())
    first, second = rows_of("plan-22").actions
    assert [one.action for one in first.origin] == [2]
    assert second.origin[0].catalogue == "plan-18"


def test_a_catalogue_with_such_actions_is_taken_back() -> None:
    bring(("title: Stier", "title: Stier\n    origin: [{catalogue: plan-22, action: 1}]"))
    withdraw_catalogue(catalogue=Catalogue.objects.get(slug="plan-22"), by=vuf())
    assert not Catalogue.objects.filter(slug="plan-22").exists()


def test_a_new_action_that_is_stopped_says_when_it_begins() -> None:
    bring()
    factory.make_round(Catalogue.objects.get(slug="plan-22"), year=2024)
    new = SMALL[SMALL.index("  - number: 2") :].replace("number: 2", "number: 3")
    text = SMALL + new.replace("title: Stier", STOPPED)
    with pytest.raises(CatalogueFileError, match="skriv også from"):
        import_rows(read_bytes(text.replace(*SECOND).encode()))


def test_a_file_names_the_post_that_delivers_a_figure() -> None:
    bring((DAYS, "frequency: yearly, supplier: Laboratoriet}"))
    indicator = Indicator.objects.get(name="Badedage")
    assert str(FigureSupplier.objects.get(indicator=indicator).position) == "Laboratoriet"
    assert rows_of("plan-22").actions[0].goals[0].indicators[0].supplier == "Laboratoriet"
    bring()
    assert str(FigureSupplier.objects.get().position) == "Laboratoriet"
    bring((DAYS, "frequency: yearly, supplier: Vejchefen}"))
    assert str(FigureSupplier.objects.get().position) == "Vejchefen"
    assert import_rows(rows_of("plan-22")).is_empty


def test_a_post_instead_of_a_person_delivers_a_figure() -> None:
    bring()
    indicator = Indicator.objects.get(name="Badedage")
    FigureSupplier.objects.create(indicator=indicator, user=factory.make_user("maaler"))
    assert "supplier" not in to_text(rows_of("plan-22"), "yaml")
    bring((DAYS, "frequency: yearly, supplier: Vejchefen}"))
    assert str(FigureSupplier.objects.get().position) == "Vejchefen"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("title: Stier", "title: Stier\n    from: '2024-02-30'"),
            "er ingen dag; skriv den som 2026-03-01",
        ),
        (
            ("title: Stier", STOPPED.replace("2024-02-01", "i går")),
            "er ingen dag; skriv den som 2026-03-01",
        ),
        (
            ("title: Stier", STOPPED + "\n    from: '2024-02-01'"),
            "skal være efter den dag, handlingen begynder",
        ),
        (
            ("title: Stier", STOPPED.replace("2024", "2034")),
            "Vælg en dag fra 2022 til 2026, mens kataloget gælder.",
        ),
        (
            ("title: Stier", "title: Stier\n    stopped: {day: '2024-02-01'}"),
            "decision mangler",
        ),
        (
            ("title: Stier", "title: Stier\n    origin: [{catalogue: plan-22, action: 2}]"),
            "en handling kan ikke komme fra sig selv",
        ),
        (
            ("title: Stier", "title: Stier\n    origin: [{catalogue: plan-22, action: 9}]"),
            "der er ingen handling 9 i filen",
        ),
        (
            (DAYS, "frequency: yearly, supplier: vejchefen}"),
            "”vejchefen” staves ”Vejchefen” andre steder",
        ),
    ],
)
def test_what_cannot_be_is_told(change: tuple[str, str], message: str) -> None:
    [said] = faults(change)
    assert said.startswith(message)
    assert not Action.objects.exists()
