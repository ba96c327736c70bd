"""A text that is drafted before others may read it."""

from datetime import datetime

from django.db import models

from actions.models.history import Event
from actions.models.written import Written


class Drafted(Written):
    """What is being written is a draft, for its writers alone, until they give it.

    `revision` grows with every write, of the draft or of the given text. `drafted_at` is None while
    there is no draft. The history is in `events`: what was given, and what was refused or replaced
    and archived.
    """

    draft = models.TextField(blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    drafted_by_name = models.TextField(blank=True)
    events = models.ManyToManyField(Event, related_name="+")

    class Meta:
        abstract = True

    @property
    def given(self) -> str:
        """The text that others read, "" before it is given."""
        raise NotImplementedError

    @property
    def given_at(self) -> datetime | None:
        """When it was given; None before."""
        raise NotImplementedError

    @property
    def given_by(self) -> str:
        """The name of who gave it."""
        raise NotImplementedError

    @property
    def written(self) -> str:
        """The text that its writers continue: the draft if there is one."""
        return self.given if self.drafted_at is None else self.draft

    @property
    def author_name(self) -> str:
        """The name of who wrote `written`; "" if nobody did."""
        return self.given_by if self.drafted_at is None else self.drafted_by_name
