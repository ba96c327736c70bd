"""Reports and their published editions.

An edition is our own rows of plain data: its content with every label and name, the page and the
PDF as they were made of it, the template version, and a hash of each. Nothing that happens later
changes a byte of it.
"""

from typing import Any, ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.models import Catalogue, User
from actions.models.chain import Link, LinkQuerySet
from actions.models.history import Scope


class Kind(models.TextChoices):
    STATUS = "status", _("Statusredegørelse")
    MIDTERM = "midterm", _("Midtvejsevaluering")

    @property
    def word(self) -> str:
        """The kind in an address and in a file's name."""
        return KIND_WORDS[self]


KIND_WORDS: Final = {Kind.STATUS: "statusredegoerelse", Kind.MIDTERM: "midtvejsevaluering"}


class Report(models.Model):
    """A report of a year; its editions are what was published of it."""

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
        """Where a change shows that is made to what the report tells."""
        return Scope(self.catalogue_id, self.year)

    def url(self, route: str, **more: Any) -> str:
        """The address of something of the report: see `reports.urls`."""
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


class EditionQuerySet(LinkQuerySet["Edition"]):
    def without_pdf(self) -> "EditionQuerySet":
        """Leaves the PDF, a large value, in the database until it is asked for."""
        return self.defer("pdf")

    def in_list(self) -> "EditionQuerySet":
        """For a list of editions: nothing of what they hold."""
        return self.defer("pdf", "content", "html")

    def public(self) -> "EditionQuerySet":
        """What everybody may read: see `reports.models.public`."""
        return self.filter(publicity__isnull=False, publicity__withdrawn_at=None)

    def of_catalogue(self, catalogue: Catalogue) -> "EditionQuerySet":
        return self.filter(report__catalogue=catalogue)

    def of_report(self, report: Report) -> "EditionQuerySet":
        """The editions of a catalogue's report of a kind and year, whether `report` is saved."""
        return self.of_catalogue(report.catalogue).filter(
            report__kind=report.kind, report__year=report.year
        )

    def latest_of(self, slug: str, year: int, kind: Kind) -> "Edition | None":
        """The latest edition of a report, with its report and catalogue."""
        rows = self.filter(report__catalogue__slug=slug, report__year=year, report__kind=kind)
        found = rows.defer("pdf", "html").select_related("report__catalogue")
        return found.order_by("-number").first()

    def newest_first(self) -> "EditionQuerySet":
        return self.order_by("-report__year", "report__kind", "-number")


class Edition(Link):
    """A published, numbered version of a report. Rows are added, never changed.

    `html` is the report's part of its page, "" for what was published before pages were kept.
    `differences` (`reports.content.differences`) is what the system found changed since the edition
    before, and `changes` VUF's words on why. `hindrances` (`reports.content.check`) is what stood
    in the way, and was published with all the same.
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
        """Without what says its type."""
        report = self.report
        return f"{report.catalogue.slug}-{report.word}-{report.year}-udgave-{self.number}"


class JobState(models.TextChoices):
    QUEUED = "queued", _("I kø")
    RUNNING = "running", _("Dannes")
    DONE = "done", _("Klar")
    FAILED = "failed", _("Mislykkedes")


class Job(models.Model):
    """Something that `db_worker` makes. Only `reports.rendering.jobs` moves it on.

    `asked` counts the requests, so that one that comes while the work is under way is not lost.
    `beat_at` is the latest sign of life of the worker that has it, `attempts` how many have had it.
    """

    state = models.CharField(max_length=10, choices=JobState, default=JobState.DONE)
    asked = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True)

    UNFINISHED = (JobState.QUEUED, JobState.RUNNING)

    class Meta:
        abstract = True

    @property
    def is_unfinished(self) -> bool:
        return self.state in self.UNFINISHED


class Paper(models.TextChoices):
    """What is rendered ahead: see `reports.rendering.papers`."""

    DRAFT = "draft", _("Kladde")
    HANDOUT = "handout", _("Handout")


class Rendering(Job):
    """A PDF that is made ahead, kept so that what has not changed is never rendered twice.

    A handout is of the chosen action with this `number`, or of all of them: 0. `key` names the
    content and the templates that `pdf` is made of. While a newer one is made, the old one stays;
    only the latest of each paper is kept.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="renderings")
    paper = models.CharField(max_length=10, choices=Paper, default=Paper.DRAFT)
    number = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=80, blank=True)
    pdf = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "paper", "number"], name="rendered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.get_paper_display()} {self.number}: {self.key}"

    def get_absolute_url(self) -> str:
        """The place on a page where it is said how far the PDF is."""
        if self.paper == Paper.DRAFT:
            return f"{self.report.draft_url}#pdf"
        return f"{self._at_meeting('theme_meeting')}?pdf={self.number}#pdf-{self.number}"

    @property
    def pdf_url(self) -> str:
        if self.paper == Paper.DRAFT:
            return self.report.draft_pdf_url
        return (
            self._at_meeting("handout", self.number)
            if self.number
            else self._at_meeting("handouts")
        )

    @property
    def progress_url(self) -> str:
        if self.paper == Paper.DRAFT:
            return self.report.url("draft_progress")
        return self._at_meeting("handout_progress", self.number)

    def _at_meeting(self, route: str, *more: int) -> str:
        return reverse(route, args=[self.report.catalogue.slug, self.report.year, *more])


class Publication(Job):
    """Somebody's wish to publish what they have read; it becomes an edition with its PDF, or not.

    `seal` is that of the proof that was judged (`reports.editions.verbs.Proof`), `confirmed`
    whether what stands in its way was; `changes` is what the correction says.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="publications")
    seal = models.CharField(max_length=80, db_column="seen")
    confirmed = models.BooleanField(default=False)
    changes = models.TextField(blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.TextField()
    asked_at = models.DateTimeField()
    edition = models.OneToOneField(Edition, models.PROTECT, null=True, related_name="publication")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
                name="publication_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_state_display()}"


#: The number of all handouts in one; actions begin with 1.
ALL: Final = 0
