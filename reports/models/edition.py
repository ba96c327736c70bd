"""The published editions of a report.

An edition is our own rows of plain data: its content with every label and name, the page and the
PDF made from it, the template version, and a hash of each. Nothing that happens later changes a
byte of it.
"""

from typing import ClassVar

from django.db import models

from actions.models import Catalogue
from actions.models.chain.links import Link, LinkQuerySet
from reports.models.report import Kind, Report


class EditionQuerySet(LinkQuerySet["Edition"]):
    def without_pdf(self) -> "EditionQuerySet":
        """Defers the PDF, which is large."""
        return self.defer("pdf")

    def in_list(self) -> "EditionQuerySet":
        """For a list of editions: defers everything large."""
        return self.defer("pdf", "content", "html")

    def public(self) -> "EditionQuerySet":
        """The editions that everybody may read: see `reports.models.public`."""
        return self.filter(publicity__isnull=False, publicity__withdrawn_at=None)

    def of_catalogue(self, catalogue: Catalogue) -> "EditionQuerySet":
        return self.filter(report__catalogue=catalogue)

    def of_report(self, report: Report) -> "EditionQuerySet":
        """The editions of the report of this catalogue, kind and year; `report` may be unsaved."""
        return self.of_catalogue(report.catalogue).filter(
            report__kind=report.kind, report__year=report.year
        )

    def latest_of(self, slug: str, year: int, kind: Kind) -> "Edition | None":
        """The latest edition of a report, with its report and catalogue."""
        rows = self.filter(report__catalogue__slug=slug, report__year=year, report__kind=kind)
        light = rows.defer("pdf", "html").select_related("report__catalogue")
        return light.order_by("-number").first()

    def newest_first(self) -> "EditionQuerySet":
        return self.order_by("-report__year", "report__kind", "-number")


class Edition(Link):
    """A published, numbered version of a report. Rows are added, never changed.

    `html` is the report's part of its page, "" in editions older than the field. `differences`
    (`reports.content.differences`) are computed against the edition before, and `changes` are VUF's
    words on why. `hindrances` (`reports.content.check`) stood in the way, and VUF published all the
    same.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    template_version = models.CharField(max_length=20)
    html = models.TextField(blank=True)
    html_sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    changes = models.TextField(blank=True)
    differences = models.JSONField(default=list)
    hindrances = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.TextField()

    objects = EditionQuerySet.as_manager()

    HASHED_APART: ClassVar[frozenset[str]] = frozenset({"content", "html", "pdf"})

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}. udgave"

    @property
    def place(self) -> str:
        return f"{self.report.catalogue.slug}, {self}"

    def get_absolute_url(self) -> str:
        return self.report.url("edition", number=self.number)

    @property
    def pdf_url(self) -> str:
        return self.report.url("edition_pdf", number=self.number)

    @property
    def docx_url(self) -> str:
        return self.report.url("edition_docx", number=self.number)

    @property
    def case_url(self) -> str:
        return self.report.url("case", number=self.number)

    @property
    def case_txt_url(self) -> str:
        return self.report.url("case_txt", number=self.number)

    @property
    def case_docx_url(self) -> str:
        return self.report.url("case_docx", number=self.number)

    @property
    def public_url(self) -> str:
        return self.report.url("public_edition", number=self.number)

    @property
    def public_pdf_url(self) -> str:
        return self.report.url("public_pdf", number=self.number)

    @property
    def make_public_url(self) -> str:
        return self.report.url("make_public", number=self.number)

    @property
    def withdraw_url(self) -> str:
        return self.report.url("withdraw_public", number=self.number)

    @property
    def is_public(self) -> bool:
        publicity = getattr(self, "publicity", None)
        return publicity is not None and publicity.holds

    @property
    def file_name(self) -> str:
        """The file name without its extension."""
        report = self.report
        return f"{report.catalogue.slug}-{report.word}-{report.year}-udgave-{self.number}"
