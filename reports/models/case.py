"""VUF's own headings for the case that goes to the agenda system."""

from django.db import models

from actions.models import Catalogue


class CaseTemplate(models.Model):
    """The sections of a catalogue's cases. Until it is saved, `committee.agenda.STANDARD` holds."""

    catalogue = models.OneToOneField(Catalogue, models.CASCADE, related_name="case_template")
    revision = models.PositiveIntegerField(default=0, db_column="version")

    def __str__(self) -> str:
        return f"{self.catalogue}: sagspakke"


class CaseSection(models.Model):
    """A heading with its text. `body` has the placeholders of `reports.committee.agenda`."""

    template = models.ForeignKey(CaseTemplate, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    body = models.TextField(blank=True)

    class Meta:
        ordering = ["template", "order"]

    def __str__(self) -> str:
        return self.heading
