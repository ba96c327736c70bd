"""A report of a year, of one of three kinds, and its addresses."""

from typing import Any, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.models import Catalogue
from actions.models.history import Scope


class Kind(models.TextChoices):
    STATUS = "status", _("Statusredegørelse")
    MIDTERM = "midterm", _("Midtvejsevaluering")
    FINAL = "final", _("Slutredegørelse")

    @property
    def word(self) -> str:
        """The kind's word in addresses and file names."""
        return KIND_WORDS[self]


KIND_WORDS: Final = {
    Kind.STATUS: "statusredegoerelse",
    Kind.MIDTERM: "midtvejsevaluering",
    Kind.FINAL: "slutredegoerelse",
}


class Report(models.Model):
    """A report of a year. Its editions are what has been published of it."""

    catalogue = models.ForeignKey(Catalogue, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "kind", "year"], name="report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    @property
    def scope(self) -> Scope:
        """Where a change to the report's content shows."""
        return Scope(self.catalogue_id, self.year)

    def url(self, route: str, **more: Any) -> str:
        """The address of one of the report's routes in `reports.urls`."""
        place = {"slug": self.catalogue.slug, "year": self.year, "kind": Kind(self.kind)}
        return reverse(route, kwargs=place | more)

    @property
    def word(self) -> str:
        return Kind(self.kind).word

    @property
    def draft_url(self) -> str:
        return self.url("draft")

    @property
    def draft_pdf_url(self) -> str:
        return self.url("draft_pdf")

    @property
    def draft_docx_url(self) -> str:
        return self.url("draft_docx")

    @property
    def publish_url(self) -> str:
        return self.url("publish")

    @property
    def editorial_url(self) -> str:
        return reverse("editorial", args=[self.catalogue.slug, self.year, self.word])
