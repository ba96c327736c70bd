"""Which editions everybody may read, without a login.

An edition itself never changes, so this stands beside it: one row an edition, made at the first
time, with what holds now. What happened before is in the history.
"""

from django.db import models

from reports.models.edition import Edition


class PublicEdition(models.Model):
    """An edition that VUF has made public; withdrawn where `withdrawn_at` says when."""

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
