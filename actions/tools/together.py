"""Reads several small tables in one query, each row under its own names.

A page may ask the database ten times. A page that needs a few words from each of five tables asks
for them together; a page that has queries to spare uses `prefetch_related` instead.
"""

from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import JSONObject

#: A row by the names asked for; a date is ISO text.
type Row = dict[str, Any]


def picked(rows: QuerySet[Any, Any], *names: str, **renamed: str) -> QuerySet[Any, Any]:
    """The rows with only these fields; `position="position__name"` follows a relation."""
    fields = {name: name for name in names} | renamed
    rows_alone: QuerySet[Any, Any] = rows.order_by().annotate(picked=JSONObject(**fields))
    return rows_alone


def read_together(**tables: QuerySet[Any, Any]) -> dict[str, list[Row]]:
    """The picked rows of each table, unordered. One query."""
    first, *others = [
        rows.values_list(Value(name, CharField()), "picked") for name, rows in tables.items()
    ]
    read: dict[str, list[Row]] = {name: [] for name in tables}
    for name, row in first.union(*others, all=True).order_by():  # Meta.ordering fails on a UNION
        read[name].append(row)
    return read
