"""A row that somebody writes on, while others may write on it too."""

from django.db import models


class Written(models.Model):
    """`revision` is the optimistic-lock counter, +1 on every write; a form carries the one it began
    with. `saves` are the ids of the saves that the text holds, the last one first: see
    `actions.writing.saves`.
    """

    revision = models.PositiveIntegerField(default=0)
    saves = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True
