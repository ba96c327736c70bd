"""A text that is drafted before it is given to others."""

from django.db import models


class Drafted(models.Model):
    """What is being written is a draft, for its writers alone, until they give it.

    `revision` grows by one with every write, of a draft or of what is given: it is what a form
    began with. `drafted_at` is None where there is no draft.
    """

    draft = models.TextField(blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    drafted_by_name = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    # The names of the saves that the draft holds, the last one first: see `actions.saves`.
    saves = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def given(self) -> str:
        """What others read, "" before there is anything."""
        raise NotImplementedError

    @property
    def written(self) -> str:
        """What its writers go on with."""
        return self.given if self.drafted_at is None else self.draft
