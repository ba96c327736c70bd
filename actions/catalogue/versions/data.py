"""The rows of a catalogue as JSON, and back: the shape in which a version keeps them."""

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Final, get_args, get_type_hints

#: What a row holds for messages and for the import alone, and who works with it today.
PASSING: Final = frozenset({"line", "decision", "decided_on", "supplier"})
#: The types of a row's fields, worked out once for each kind of row.
hints_of: Final = cache(get_type_hints)


def as_data(value: Any) -> Any:
    """A row as JSON: what has its default is left out, so that a new field changes no old row."""
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: as_data(part)
            for field, part in pairs
            if field.name not in PASSING and not _is_default(field, part)
        }
    if isinstance(value, tuple):
        return [as_data(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def _is_default(field: "Field[Any]", value: Any) -> bool:
    return field.default is not MISSING and field.default == value


def from_data(kind: Any, data: Any) -> Any:
    """The inverse of `as_data`; `kind` is the type that the row's field has."""
    if isinstance(kind, UnionType):
        [kind] = [one for one in get_args(kind) if one is not type(None)]
    if data is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        hints = hints_of(kind)
        return kind(**{name: from_data(hints[name], part) for name, part in data.items()})
    if getattr(kind, "__origin__", None) is tuple:
        return tuple(from_data(get_args(kind)[0], part) for part in data)
    if kind is Decimal:
        return Decimal(data)
    return date.fromisoformat(data) if kind is date else data
