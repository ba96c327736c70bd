"""The jobs of a background worker: PDFs rendered ahead, and publications."""

from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.models import User
from reports.models.edition import Edition
from reports.models.report import Report

#: The number of the document that holds all handouts; action numbers begin with 1.
ALL: Final = 0


class JobState(models.TextChoices):
    QUEUED = "queued", _("I kø")
    RUNNING = "running", _("Dannes")
    DONE = "done", _("Klar")
    FAILED = "failed", _("Mislykkedes")


class Job(models.Model):
    """Something that `db_worker` makes. Only `reports.rendering.jobs` changes its state.

    `asked` counts the requests, so that one that arrives during the work is not lost. `beat_at` is
    the latest heartbeat of the worker that has the job, `attempts` the number of workers so far.
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
    """The documents that are rendered ahead: see `reports.rendering.papers`."""

    DRAFT = "draft", _("Kladde")
    HANDOUT = "handout", _("Handout")
    ADDENDUM = "addendum", _("Tillæg")


class Rendering(Job):
    """A PDF that is rendered ahead, and kept so that unchanged content is never rendered twice.

    A handout's `number` is that of its chosen action, or ALL; an addendum's is that of its
    follow-up. `key` names the content and the templates that `pdf` is made of. The old PDF stays
    while a newer one is made; only the latest of each paper is kept.
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
        """The place on a page that shows the PDF's progress."""
        if self.paper == Paper.DRAFT:
            return f"{self.report.draft_url}#pdf"
        if self.paper == Paper.ADDENDUM:
            return f"{self._at('follow_up', self.number)}?pdf={self.number}#pdf"
        return f"{self._at('theme_meeting')}?pdf={self.number}#pdf-{self.number}"

    @property
    def pdf_url(self) -> str:
        if self.paper == Paper.DRAFT:
            return self.report.draft_pdf_url
        if self.paper == Paper.ADDENDUM:
            return self._at("addendum", self.number)
        return self._at("handout", self.number) if self.number else self._at("handouts")

    @property
    def progress_url(self) -> str:
        if self.paper == Paper.DRAFT:
            return self.report.url("draft_progress")
        if self.paper == Paper.ADDENDUM:
            return self._at("addendum_progress", self.number)
        return self._at("handout_progress", self.number)

    def _at(self, route: str, *more: int) -> str:
        return reverse(route, args=[self.report.catalogue.slug, self.report.year, *more])


class Publication(Job):
    """A request to publish a proof; a worker turns it into an edition with its PDF, or refuses.

    `seal` is that of the proof that was read (`reports.editions.verbs.Proof`). `confirmed`: the
    hindrances were confirmed. `changes` is the correction's text.
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
