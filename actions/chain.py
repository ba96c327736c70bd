"""The chain of an append-only table: each row carries a hash over itself and the row before it.

So a row that is changed, taken away or moved shows: `LinkQuerySet.check_chain` finds it. The hash
is of canonical JSON, equal on both databases. A value that is its column's default is left out, so
that a column added later leaves the old rows' hashes as they are.
"""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Context, Decimal
from typing import Any, Final

from django.db import models

#: What no row hashes: the hash itself.
HASH: Final = "chain_hash"
#: What SQLite keeps of a decimal number.
DIGITS: Final = Context(prec=15)
#: Rows are read so many at a time: an edition holds a whole PDF.
CHUNK: Final = 50


def link_hash(before: str, row: models.Model, apart: frozenset[str] = frozenset()) -> str:
    """The hash of a row that follows the one with the hash `before`.

    `apart` names columns with a hash of their own in another column: a PDF is not read for this.
    """
    values = {
        field.attname: _plain(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in {HASH, *apart}
    }
    given = {name: value for name, (value, is_default) in values.items() if not is_default}
    text = json.dumps([before, row._meta.db_table, given], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(field: "models.Field[Any, Any]", value: Any) -> tuple[Any, bool]:
    """A column's value as JSON has it, and whether it is the column's default."""
    if isinstance(field, models.JSONField):
        default = field.get_default()
        return value, type(value) is type(default) and value == default
    kept = field.get_prep_value(value)
    if isinstance(kept, Decimal):
        kept = format(DIGITS.create_decimal(kept).normalize(), "f")
    if isinstance(kept, datetime):
        kept = kept.astimezone(UTC).isoformat(timespec="microseconds")
    return kept, kept == field.get_default() and type(kept) is type(field.get_default())


def chain_up(
    model: type[models.Model], heads: "models.Manager[Any]", apart: frozenset[str] = frozenset()
) -> None:
    """Chains the rows that a table held before it had a chain; for migrations."""
    last, before = 0, ""
    for row in model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
        last, before = row.pk, link_hash(before, row, apart)
        model._base_manager.filter(pk=row.pk).update(**{HASH: before})
    if last:
        heads.create(table=model._meta.db_table, last=last, hash=before)
