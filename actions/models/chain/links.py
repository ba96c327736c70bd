"""Append-only tables: rows are added to the end of a hash chain, and never changed."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from typing import Any, ClassVar, Final

from django.db import models, transaction
from django.utils.translation import gettext as _


class ChainBroken(Exception):
    """A row was changed, removed or moved; the message, in Danish, says which."""


class ChainHead(models.Model):
    """The end of a table's chain: the last row's id and hash.

    Whoever adds a row locks it first, so that there is one order. It is the last lock that a verb
    takes, but for those of rows it refers to: nobody may hold such a row with a key lock while
    they wait for the chain.
    """

    table = models.CharField(max_length=63, primary_key=True)
    last = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.table}: {self.last}"


class LinkQuerySet[Row: "Link"](models.QuerySet[Row]):
    """The rows of an append-only table; `append` is the only way to add one."""

    @transaction.atomic(savepoint=False)
    def append(self, **values: Any) -> Row:
        """Adds a row to the end of the chain; the chain stays locked until the transaction ends."""
        heads = ChainHead.objects.select_for_update()
        head, _made = heads.get_or_create(table=self.model._meta.db_table)
        row = self.model(id=head.last + 1, **values)
        row.chain_hash = link_hash(head.hash, row, row.HASHED_APART)
        row.save(force_insert=True)
        head.last, head.hash = row.id, row.chain_hash
        head.save(force_update=True)
        return row

    def check_chain(self, faults: Callable[[Row], str] | None = None) -> int:
        """Recomputes the chain from the table's first row, and returns the number of rows.

        `faults` is a further check of a row, "" if it is sound. Raises ChainBroken if a row is
        wrong.
        """
        count, last, before = 0, 0, ""
        for row in self.order_by("pk").iterator(chunk_size=CHUNK):
            if fault := faults(row) if faults else "":
                raise ChainBroken(f"{row.place}: {fault}")
            last, before = row.pk, link_hash(before, row, row.HASHED_APART)
            if row.chain_hash != before:
                raise ChainBroken(f"{row.place}: {_broken()}")
            count += 1
        self._check_end(last, before)
        return count

    def _check_end(self, last: int, before: str) -> None:
        table = self.model._meta.db_table
        head = ChainHead.objects.filter(table=table).first() or ChainHead(table=table)
        if (head.last, head.hash) != (last, before):
            raise ChainBroken(
                _("%(table)s, efter række %(last)d: kædens ende passer ikke. En række mangler.")
                % {"table": table, "last": last}
            )


def _broken() -> str:
    return _("rækken er ændret, eller en række før den er fjernet eller flyttet.")


class Link(models.Model):
    """A row of a chain. Its id is its place in the chain: the database assigns none.

    Triggers refuse to change or delete a row, see `actions.models.chain.guards`.
    """

    id = models.BigIntegerField(primary_key=True)
    chain_hash = models.CharField(max_length=64)

    #: Columns whose hash is in another column.
    HASHED_APART: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """Where to look for it, in words."""
        return f"{self._meta.db_table}, række {self.pk}"


#: The column of the hash, which is not hashed.
HASH: Final = "chain_hash"
#: The digits of a decimal that SQLite keeps.
DIGITS: Final = Context(prec=15)
#: Rows read at a time: an edition holds a whole PDF.
CHUNK: Final = 50


def link_hash(before: str, row: models.Model, apart: frozenset[str] = frozenset()) -> str:
    """The hash of a row that follows the one with the hash `before`.

    `apart` names columns whose hash is in another column, so that no PDF is read for this.
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
    """A column's value as JSON, and whether it is the column's default."""
    if isinstance(field, models.JSONField):
        default = field.get_default()
        return value, type(value) is type(default) and value == default
    kept = field.get_prep_value(value)
    if isinstance(kept, Decimal):
        kept = format(DIGITS.create_decimal(kept).normalize(), "f")
    if isinstance(kept, datetime):
        kept = kept.astimezone(UTC).isoformat(timespec="microseconds")
    elif isinstance(kept, date):
        kept = kept.isoformat()
    return kept, kept == field.get_default() and type(kept) is type(field.get_default())


def chain_up(
    model: type[models.Model], heads: "models.Manager[Any]", apart: frozenset[str] = frozenset()
) -> None:
    """Chains the rows of a table that had no chain before; for migrations."""
    last, before = 0, ""
    for row in model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
        last, before = row.pk, link_hash(before, row, apart)
        model._base_manager.filter(pk=row.pk).update(**{HASH: before})
    if last:
        heads.create(table=model._meta.db_table, last=last, hash=before)
