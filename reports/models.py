"""Reports and their published editions.

An edition is our own rows of plain data: its content with every label and name, the template
version, the PDF and its hash. Nothing that happens later changes a byte of it.
"""

from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.models import Action, Catalogue, Event


class Kind(models.TextChoices):
    STATUS = "status", _("Statusredegørelse")
    MIDTERM = "midterm", _("Midtvejsevaluering")

    @property
    def word(self) -> str:
        """The kind in an address and in a file's name."""
        return KIND_WORDS[self]


KIND_WORDS: Final = {Kind.STATUS: "statusredegoerelse", Kind.MIDTERM: "midtvejsevaluering"}
#: The names of the addresses of each kind of report, by what they show.
ROUTES: Final = {
    Kind.STATUS: {
        name: name
        for name in (
            *("draft", "draft_pdf", "draft_docx", "publish"),
            *("edition", "edition_pdf", "edition_docx"),
        )
    },
    Kind.MIDTERM: {
        "draft": "midterm",
        "draft_pdf": "midterm_pdf",
        "draft_docx": "midterm_docx",
        "publish": "publish_midterm",
        "edition": "midterm_edition",
        "edition_pdf": "midterm_edition_pdf",
        "edition_docx": "midterm_edition_docx",
    },
}


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
    def word(self) -> str:
        return Kind(self.kind).word

    def url(self, route: str, *more: int) -> str:
        """The address of something of the report: see `ROUTES`."""
        return reverse(ROUTES[Kind(self.kind)][route], args=[self.catalogue.slug, self.year, *more])

    @property
    def draft_url(self) -> str:
        return self.url("draft")

    @property
    def publish_url(self) -> str:
        return self.url("publish")

    @property
    def editorial_url(self) -> str:
        return reverse("editorial", args=[self.catalogue.slug, self.year, self.word])


class EditionQuerySet(models.QuerySet["Edition"]):
    def without_pdf(self) -> "EditionQuerySet":
        """Leaves the PDF, a large value, in the database until it is asked for."""
        return self.defer("pdf")

    def of_catalogue(self, catalogue: Catalogue) -> "EditionQuerySet":
        return self.filter(report__catalogue=catalogue)

    def of_report(self, report: Report) -> "EditionQuerySet":
        """The editions of a catalogue's report of a kind and year, whether `report` is saved."""
        return self.of_catalogue(report.catalogue).filter(
            report__kind=report.kind, report__year=report.year
        )

    def newest_first(self) -> "EditionQuerySet":
        return self.order_by("-report__year", "report__kind", "-number")


class Edition(models.Model):
    """A published, numbered version of a report. Rows are added, never changed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    template_version = models.CharField(max_length=20)
    content_sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    changes = models.TextField(blank=True)
    published_at = models.DateTimeField()
    published_by = models.TextField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_number"),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.number}. udgave"

    def get_absolute_url(self) -> str:
        return self.report.url("edition", self.number)

    @property
    def pdf_url(self) -> str:
        return self.report.url("edition_pdf", self.number)

    @property
    def docx_url(self) -> str:
        return self.report.url("edition_docx", self.number)


class Rendering(models.Model):
    """The PDF of a draft, kept so that an unchanged report is never rendered twice.

    `key` names content and templates; only a report's latest rendering is kept.
    """

    report = models.OneToOneField(Report, models.CASCADE, related_name="rendering")
    key = models.CharField(max_length=80)
    pdf = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"


class Part(models.TextChoices):
    """What of a report is written by hand; each part is a page of its own and saved by itself."""

    TEXTS = "texts", _("Forord, resumé og konklusion")
    LINE = "line", _("Redaktionel linje")
    HEAD = "head", _("De ansvarliges anbefaling")
    FINAL = "final", _("Anbefaling")


class Recommendation(models.TextChoices):
    """What should become of an action after the midterm; the order is that of the choice."""

    CONTINUE = "continue", _("Fortsæt")
    ADJUST = "adjust", _("Justér")
    CLOSE = "close", _("Afslut")


class Passage(models.Model):
    """Something written by hand for a report, beside the statuses it is made of.

    The coordinator writes the report's own texts (`action` is then None) and, for each action, a
    line; in the midterm a recommendation in its place. The responsible heads give theirs, one for
    the action, whoever of them writes. `version` grows by one with every write. The history is in
    `events`: what was saved, and what was refused and kept.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="passages")
    part = models.CharField(max_length=10, choices=Part)
    action = models.ForeignKey(Action, models.PROTECT, null=True, related_name="passages")
    foreword = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    line = models.TextField(blank=True)
    choice = models.CharField(max_length=10, choices=Recommendation, blank=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    # The names of the saves that the text holds, the last one first: see `actions.saves`.
    saves = models.JSONField(default=list, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    # Kept as words, so that they outlast the user and the post.
    author_name = models.TextField(blank=True)
    author_position = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    events = models.ManyToManyField(Event, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "part", "action"], name="passage_of_action"),
            models.UniqueConstraint(
                fields=["report", "part"],
                condition=models.Q(action__isnull=True),
                name="passage_of_report",
            ),
        ]

    def __str__(self) -> str:
        where = f", {self.action}" if self.action else ""
        return f"{self.report}: {self.get_part_display()}{where}"

    def get_absolute_url(self) -> str:
        return self.url("passage")

    @property
    def subject(self) -> str:
        """What it is about: an action with its number, else the report's own texts."""
        return str(self.action or self.get_part_display())

    @property
    def key(self) -> str:
        """Its name in an address; `reports.access.get_passage` reads it."""
        if self.action is None:
            return "redaktion"
        return f"{'chefer' if self.part == Part.HEAD else 'handling'}-{self.action.number}"

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that are written, in the order of the form and the report."""
        if self.part == Part.TEXTS:
            midterm = self.report.kind == Kind.MIDTERM
            return ("foreword", "summary", "conclusion") if midterm else ("foreword", "summary")
        return ("line",) if self.part == Part.LINE else ("choice", "reason")

    @property
    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.names}

    def copy_key(self, user: int) -> str:
        """The name of a user's own copy of it in the browser's store."""
        report = self.report
        return f"{user}-{report.catalogue.slug}-{report.word}-{report.year}-{self.key}"

    def url(self, route: str, *more: int) -> str:
        report = self.report
        where = (report.catalogue.slug, report.year, report.word, self.key)
        return reverse(route, args=[*where, *more])
