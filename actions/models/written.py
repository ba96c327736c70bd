"""A row that several people may write on at once."""

from django.db import models


class Written(models.Model):
    """`revision` is the optimistic-lock counter, +1 on every write; a form carries the one it was
    made from. `saves` are the ids of the saves in the text, the last one first: see
    `actions.writing.saves`.
    """

    revision = models.PositiveIntegerField(default=0)
    saves = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True
