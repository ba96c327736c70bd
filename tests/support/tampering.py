"""Behind the back of the application: the guards of append-only tables off, raw SQL on.

Only tests do this. On PostgreSQL it takes a superuser, on SQLite whoever can write the file.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush as flush_command
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from actions.models import CatalogueVersion, Event, Measurement, TargetRevision
from actions.models.chain.guards import put_guards, take_guards
from reports.models import Edition

APPEND_ONLY = (Event, TargetRevision, CatalogueVersion, Measurement, Edition)


@contextmanager
def guards_off() -> Iterator[None]:
    """Inside, rows of append-only tables can be changed, deleted and truncated."""
    _execute(_off())
    yield
    _execute(_on())


def _off() -> list[str]:
    if connection.vendor == "postgresql":
        return ["SET session_replication_role = replica"]
    return [each for model in APPEND_ONLY for each in take_guards(connection.vendor, model)]


def _on() -> list[str]:
    if connection.vendor == "postgresql":
        return ["SET session_replication_role = DEFAULT"]
    return [each for model in APPEND_ONLY for each in put_guards(connection.vendor, model)]


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def let_tests_flush() -> None:
    """Lets Django empty the tables between tests that commit, as nobody else can.

    The rows about models and permissions, which nothing here reads, are not written anew: that
    would take five times as long as to empty the tables.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unguarded(self: Any, sql_list: Iterable[str]) -> None:
        flush(self, [*_off(), *sql_list, *_on()])

    BaseDatabaseOperations.execute_sql_flush = flush_unguarded  # type: ignore[method-assign]
    flush_command.emit_post_migrate_signal = lambda *args, **kwargs: None  # type: ignore[attr-defined]
