"""Triggers that guard append-only tables: no row is changed, deleted or replaced (K6).

Migrations make them with `AppendOnly`. On SQLite a migration that rebuilds a table drops them:
repeat the operation there. `unguarded` lists the tables that lack theirs; `verify` and a test use
it.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

FUNCTION: Final = "handlingskatalog_append_only"
CREATE_FUNCTION: Final = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def guards(vendor: str, model: type[models.Model]) -> dict[str, str]:
    """Trigger name → the statement that creates it."""
    table = model._meta.db_table
    if vendor == "postgresql":
        return {
            f"{table}_{name}": (
                f'CREATE TRIGGER "{table}_{name}" BEFORE {what} ON "{table}" '
                f"FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
            )
            for name, what, each in (
                ("no_change", "UPDATE OR DELETE", "ROW"),
                ("no_truncate", "TRUNCATE", "STATEMENT"),
            )
        }
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return {
        f"{table}_no_{what.lower()}": (
            f'CREATE TRIGGER "{table}_no_{what.lower()}" BEFORE {what} ON "{table}" {when}{refuse}'
        )
        for what, when in (
            ("UPDATE", ""),
            ("DELETE", ""),
            # INSERT OR REPLACE deletes the rows in its way without firing a trigger.
            ("INSERT", f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {_same_row(model)}) '),
        )
    }


def _same_row(model: type[models.Model]) -> str:
    column_of = {field.name: field.column for field in model._meta.concrete_fields}
    keys = [["id"]] + [
        [column_of[name] for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")" for key in keys
    )


def put_guards(vendor: str, model: type[models.Model]) -> list[str]:
    function = [CREATE_FUNCTION] if vendor == "postgresql" else []
    return [*function, *guards(vendor, model).values()]


def take_guards(vendor: str, model: type[models.Model]) -> list[str]:
    on = f' ON "{model._meta.db_table}"' if vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{name}"{on}' for name in guards(vendor, model)]


def unguarded(connection: BaseDatabaseWrapper, *tables: type[models.Model]) -> list[str]:
    """The tables that lack a trigger, or have one that is disabled."""
    statement = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        there = {name for (name,) in cursor.fetchall()}
    return [
        model._meta.db_table
        for model in tables
        if not guards(connection.vendor, model).keys() <= there
    ]


class AppendOnly(Operation):
    """Migration operation: guards the tables of these models from here on."""

    reversible = True

    def __init__(self, *names: str) -> None:
        self.names = names

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, list(self.names), {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models' state does not change."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for model in self._models(app_label, to_state):
            _run(schema_editor, take_guards(schema_editor.connection.vendor, model))
            _run(schema_editor, put_guards(schema_editor.connection.vendor, model))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for model in self._models(app_label, from_state):
            _run(schema_editor, take_guards(schema_editor.connection.vendor, model))

    def describe(self) -> str:
        return f"Let no row of {', '.join(self.names)} be changed or deleted"

    def _models(self, app_label: str, state: Any) -> Iterable[type[models.Model]]:
        return [state.apps.get_model(app_label, name) for name in self.names]


def _run(schema_editor: Any, statements: Iterable[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)
