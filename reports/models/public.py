"""Which editions everybody may read, without a login.

An edition never changes, so its publicity is a row of its own, made the first time. The row says
what holds now; earlier changes are in the history.
"""

from django.db import models

from reports.models.edition import Edition


class PublicEdition(models.Model):
    """An edition that VUF has made public; withdrawn if `withdrawn_at` is set."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="publicity")
    made_public_at = models.DateTimeField()
    made_public_by_name = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.TextField(blank=True)
    why_withdrawn = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.edition}: {'offentlig' if self.holds else 'trukket tilbage'}"

    @property
    def holds(self) -> bool:
        return self.withdrawn_at is None
