"""History and editions only grow: the database refuses anything else, and what is done behind its
back shows (K6). A drill does more: TAMPERINGS=1000.
"""

import os
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import DatabaseError

from actions.catalogue.versions.store import add_version
from actions.history.record import record
from actions.models import CatalogueVersion, Event, Measurement, TargetRevision
from actions.models.chain.guards import take_guards, unguarded
from actions.models.chain.links import ChainBroken, ChainHead, Link, chain_up
from actions.status.moves import SAVED, SUBMITTED
from reports.editions.verbs import fault_in
from reports.models import Edition
from tests.support import factory
from tests.support.cast import Cast
from tests.support.tampering import APPEND_ONLY, guards_off

pytestmark = pytest.mark.django_db

TAMPERINGS = int(os.environ.get("TAMPERINGS", "50"))
ROWS = 12


@pytest.fixture
def written(cast: Cast) -> Cast:
    """A cast with a history of twelve rows, four targets, four figures, three editions."""
    for number in range(ROWS):
        record(
            SAVED if number % 2 else SUBMITTED,
            actor=cast.head,
            position="Planchefen",
            round_=cast.round if number % 3 else None,
            about=(),
            status=factory.status_of(cast.round) if number % 4 else None,
            moved=("draft", "draft"),
            comment="Æble 😀" * (number % 2),
            content={"light": "on_track", "texts": {"progress": f"Trin {number}"}, "figures": []},
        )
    indicator = factory.make_indicator(cast.own_goal)
    for number in range(4):
        who = cast.coordinator if number % 2 else None
        factory.change_target(indicator, Decimal("12345678901234.5678") * number, decided_by=who)
    for number in range(4):
        factory.measure(
            factory.status_of(cast.round),
            indicator,
            Decimal("12345678901.5678") * number if number % 2 else None,
            comment="Æble 😀" * number,
        )
    for number in range(1, 4):
        factory.hand_in(factory.status_of(cast.round), progress=f"Udgave {number}")
        pdf = f"%PDF- {number}".encode()
        factory.make_edition(cast.catalogue, cast.round.year, number=number, pdf=pdf)
    for number in range(3):
        cast.catalogue.title = f"Plan {number}"
        cast.catalogue.save()
        add_version(cast.catalogue, decisions={"handlingskataloget": f"Punkt {number}"})
    connection.check_constraints()  # PostgreSQL truncates no table that still has some to check
    return cast


def check_all() -> None:
    Edition.objects.select_related("report__catalogue").check_chain(fault_in)
    Event.objects.check_chain()
    TargetRevision.objects.check_chain()
    Measurement.objects.check_chain()
    CatalogueVersion.objects.check_chain()


def is_broken() -> bool:
    try:
        check_all()
    except ChainBroken:
        return True
    return False


# The chain.


def test_every_row_follows_the_one_before(written: Cast) -> None:
    assert list(Event.objects.order_by("pk").values_list("pk", flat=True)) == [*range(1, ROWS + 1)]
    assert len({*Event.objects.values_list("chain_hash", flat=True)}) == ROWS
    check_all()


def test_a_refused_verb_leaves_no_gap(written: Cast) -> None:
    with transaction.atomic():
        record(SAVED, actor=written.head, about=())
        transaction.set_rollback(True)
    record(SAVED, actor=written.head, about=())
    assert Event.objects.latest("pk").pk == ROWS + 1
    check_all()


def test_a_row_that_goes_past_the_chain_is_refused_or_found(written: Cast) -> None:
    values: dict[str, Any] = {"at": "2026-01-01T12:00Z", "verb": "save", "actor_name": "Ingen"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(**values)
    Event.objects.create(pk=ROWS + 1, **values)
    with pytest.raises(ChainBroken, match=f"actions_event, række {ROWS + 1}"):
        check_all()


def test_rows_from_before_the_chain_are_chained_as_they_stand(written: Cast) -> None:
    before = rows()
    with guards_off():
        for model in APPEND_ONLY:
            model._base_manager.update(chain_hash="")
        ChainHead.objects.all().delete()
        for model in APPEND_ONLY:
            chain_up(model, ChainHead.objects, model.HASHED_APART)
    assert rows() == before
    check_all()


class Tampering:
    """One change of the tables at random, as raw SQL."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.model: type[Link] = self.random.choice(APPEND_ONLY)
        self.table = self.model._meta.db_table
        self.ids = list(self.model._base_manager.order_by("pk").values_list("pk", flat=True))
        self.done = ""

    def run(self) -> None:
        self.random.choice(
            [self.change, self.change, self.change, self.delete, self.swap, self.renumber]
        )()

    def change(self) -> None:
        field = self.random.choice(self.model._meta.concrete_fields)
        row, table = self.random.choice(self.ids), self.table
        before = self._sql(f'SELECT "{field.column}" FROM "{table}" WHERE id = %s', row)[0][0]
        after = self._other(field, before)
        cast = "::jsonb" if connection.vendor == "postgresql" and _is_json(field) else ""
        self._sql(f'UPDATE "{table}" SET "{field.column}" = %s{cast} WHERE id = %s', after, row)
        self.done = f"{table} {row}: {field.column} {before!r} -> {after!r}"

    def _other(self, field: Any, before: Any) -> Any:
        if _is_json(field):
            others = ['{"light": "achieved"}', "[]", "{}", '""', "null", "[1]"]
            return self.random.choice([each for each in others if each != before])
        if isinstance(field, models.BinaryField):
            return b"%PDF- forged"
        if isinstance(field, models.DateTimeField):
            return "2025-01-01 00:00:00.000001+00:00"
        if isinstance(before, int | float | Decimal) or field.get_internal_type() in {
            "BigIntegerField"
        }:
            return before + 1000
        if before is None:
            return 1
        return f"{self.random.choice(' x')}{before}"[: field.max_length or None]

    def delete(self) -> None:
        row = self.random.choice(self.ids)
        self._sql(f'DELETE FROM "{self.table}" WHERE id = %s', row)
        self.done = f"{self.table} {row} deleted"

    def swap(self) -> None:
        """Two rows change places."""
        one, other = self.random.sample(self.ids, 2)
        for old, new in ((one, -1), (other, one), (-1, other)):
            self._sql(f'UPDATE "{self.table}" SET id = %s WHERE id = %s', new, old)
        self.done = f"{self.table} {one} <-> {other}"

    def renumber(self) -> None:
        """A row is moved to the end."""
        row = self.random.choice(self.ids)
        self._sql(f'UPDATE "{self.table}" SET id = %s WHERE id = %s', max(self.ids) + 7, row)
        self.done = f"{self.table} {row} moved last"

    def _sql(self, statement: str, *values: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)


def test_any_one_change_deletion_or_move_is_found(written: Cast) -> None:
    missed = []
    with guards_off():
        for seed in range(TAMPERINGS):
            tampering = Tampering(seed)
            with transaction.atomic():
                tampering.run()
                if not is_broken():
                    missed.append(tampering.done)
                transaction.set_rollback(True)
    assert missed == []
    check_all()


@pytest.mark.parametrize("last", [Event, TargetRevision, CatalogueVersion, Measurement, Edition])
def test_the_end_of_a_chain_cannot_be_cut_off_unseen(written: Cast, last: type[Link]) -> None:
    with guards_off():
        last._base_manager.latest("pk").delete()
    with pytest.raises(ChainBroken, match="kædens ende passer ikke"):
        check_all()


def test_a_chain_that_has_lost_its_end_is_found(written: Cast) -> None:
    ChainHead.objects.filter(table="actions_event").delete()
    with pytest.raises(ChainBroken, match="actions_event"):
        check_all()


def test_verify_stops_at_the_first_place_and_says_it_in_danish(written: Cast) -> None:
    with guards_off():
        Event.objects.filter(pk=5).update(comment="Noget andet")
        Event.objects.filter(pk=9).delete()
    with pytest.raises(CommandError, match="actions_event, række 5: rækken er ændret") as refusal:
        call_command("verify")
    assert refusal.value.returncode == 1


# The database's guard.

ATTACKS = [
    "UPDATE {table} SET chain_hash = 'x' WHERE id = 1",
    "UPDATE {table} SET id = 999 WHERE id = 1",
    "DELETE FROM {table} WHERE id = 1",
    "DELETE FROM {table}",
]
ATTACKS_ON_POSTGRESQL = [
    "TRUNCATE {table} CASCADE",  # without it, those who refer to the table refuse
    "INSERT INTO {table} SELECT * FROM {table} WHERE id = 1 "
    "ON CONFLICT (id) DO UPDATE SET chain_hash = 'x'",
    "WITH gone AS (DELETE FROM {table} RETURNING id) SELECT count(*) FROM gone",
    "MERGE INTO {table} USING (SELECT 1 AS one) AS s ON id = s.one WHEN MATCHED THEN DELETE",
]
ATTACKS_ON_SQLITE = [
    "REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1",
    "UPDATE OR REPLACE {table} SET id = 2 WHERE id = 1",
]


def rows() -> list[Any]:
    return [list(model._base_manager.order_by("pk").values_list()) for model in APPEND_ONLY]


@pytest.mark.parametrize("table", [model._meta.db_table for model in APPEND_ONLY])
def test_no_update_delete_or_truncate_succeeds(written: Cast, table: str) -> None:
    before = rows()
    on_postgresql = connection.vendor == "postgresql"
    for attack in [*ATTACKS, *(ATTACKS_ON_POSTGRESQL if on_postgresql else ATTACKS_ON_SQLITE)]:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(attack.format(table=table))
    if not on_postgresql:  # a new row's other key may replace an old row too
        replace = "REPLACE INTO reports_edition SELECT 99, {} FROM reports_edition WHERE id = 1"
        names = [field.column for field in Edition._meta.concrete_fields if field.name != "id"]
        order = ", ".join(f'"{name}"' for name in names)
        into = replace.format(order).replace(
            "reports_edition S", f"reports_edition (id, {order}) S"
        )
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(into)
    assert rows() == before
    check_all()


def granted() -> str:
    """What docs/operation.md has an operator run."""
    text = (settings.BASE_DIR / "docs" / "operation.md").read_text()
    return "".join(re.findall(r"```sql\n(.*?)```", text, re.DOTALL))


@pytest.fixture
def application() -> Iterator[None]:
    """The role that docs/operation.md grants the application, and nothing more."""
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE handlingskatalog_app")
        cursor.execute(granted())
        cursor.execute("SET ROLE handlingskatalog_app")
        yield
        cursor.execute("RESET ROLE")


def test_the_application_s_role_cannot_take_the_guard_away(
    written: Cast, application: None
) -> None:
    record(SAVED, actor=written.head, about=())
    check_all()
    for attack in (
        *ATTACKS,
        *ATTACKS_ON_POSTGRESQL,
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "DROP TRIGGER actions_event_no_change ON {table}",
        "DROP TABLE {table}",
        "ALTER TABLE {table} RENAME TO gone",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(attack.format(table="actions_event"))
    check_all()


def test_all_tables_are_guarded_after_all_migrations(db: None) -> None:
    assert unguarded(connection, *APPEND_ONLY) == []


def test_verify_tells_that_a_guard_is_gone(written: Cast) -> None:
    for statement in take_guards(connection.vendor, Edition)[:1]:
        connection.cursor().execute(statement)
    with pytest.raises(
        CommandError, match="reports_edition: databasens værn mod ændringer mangler"
    ):
        call_command("verify")
