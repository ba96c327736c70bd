"""Append-only tables: rows are added at the end of a chain, and never changed."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from actions.chain import CHUNK, link_hash


class ChainBroken(Exception):
    """A row is not what was written, or not where; the message says which, in Danish."""


class ChainHead(models.Model):
    """Where a table's chain ends: the last row's id and hash.

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
        """Adds a row at the chain's end, and holds the chain until the transaction ends."""
        heads = ChainHead.objects.select_for_update()
        head, _made = heads.get_or_create(table=self.model._meta.db_table)
        row = self.model(id=head.last + 1, **values)
        row.chain_hash = link_hash(head.hash, row, row.HASHED_APART)
        row.save(force_insert=True)
        head.last, head.hash = row.id, row.chain_hash
        head.save(force_update=True)
        return row

    def check_chain(self, faults: Callable[[Row], str] | None = None) -> int:
        """Recomputes the chain from the table's first row, and counts the rows.

        Raises ChainBroken at the first that is wrong; `faults` may find more in a row ("" for
        none).
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
    """A row of a chain. Its id is its place in it: no database hands them out.

    The database itself refuses to change or delete one: `actions.append_only`.
    """

    id = models.BigIntegerField(primary_key=True)
    chain_hash = models.CharField(max_length=64)

    #: Columns that another column holds the hash of.
    HASHED_APART: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """Where to look for it, in words."""
        return f"{self._meta.db_table}, række {self.pk}"
