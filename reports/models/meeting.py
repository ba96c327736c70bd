"""What Økonomiudvalget does with a report: questions, pointing, the decision, the meeting.

People are kept as words too, so that questions and decisions outlast the user.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from actions.models import Action
from actions.models.drafted import Drafted
from reports.models.edition import Edition
from reports.models.report import Report


class Question(Drafted):
    """A member's question on an action before the meeting, and a responsible head's answer.

    `version` counts the answers; it is no optimistic lock.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="questions")
    action = models.ForeignKey(Action, models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_by_name = models.TextField()
    asked_at = models.DateTimeField()
    due = models.DateField()
    answer = models.TextField(blank=True)
    answered_by_name = models.TextField(blank=True)
    answered_position = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report}, handling {self.action_id}: {self.text[:40]}"

    @property
    def given(self) -> str:
        return self.answer

    @property
    def given_at(self) -> datetime | None:
        return self.answered_at

    @property
    def given_by(self) -> str:
        return self.answered_by_name


class Pointer(models.Model):
    """A member points at an action for the temamøde, with a reason: once per action and report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="pointers")
    action = models.ForeignKey(Action, models.PROTECT, related_name="pointers")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    member_name = models.TextField()
    reason = models.TextField()
    pointed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "action", "member"],
                condition=Q(withdrawn_at=None),
                name="pointed_at_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_name}: handling {self.action_id}"


class SelectionQuerySet(models.QuerySet["Selection"]):
    def for_meeting(self) -> "SelectionQuerySet":
        """Joins what `reports.meeting.page` reads, and defers what is large."""
        joined = self.select_related("edition", "report__catalogue", "report__theme_meeting")
        return joined.defer("edition__pdf", "edition__html")

    def with_actions(self) -> "SelectionQuerySet":
        return self.prefetch_related(
            Prefetch("actions", SelectedAction.objects.select_related("action"))
        )

    def that_holds(self) -> "Selection | None":
        """The latest decision on the latest report; a changed decision has the next number."""
        return self.order_by("-report__year", "-number").first()


class Selection(models.Model):
    """Økonomiudvalget's recorded decision. Rows are only added: a changed decision is a new row.

    `edition` is the one that the committee read.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="selections")
    number = models.PositiveSmallIntegerField()
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="selections")
    decided_on = models.DateField()
    decision = models.TextField()
    theme_meeting_on = models.DateField()
    why_changed = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.TextField()

    objects = SelectionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="selection_number"),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.number}. beslutning"


class SelectedActionQuerySet(models.QuerySet["SelectedAction"]):
    def that_hold(self) -> "SelectedActionQuerySet":
        """The actions in the latest decision on each report."""
        newer = Selection.objects.filter(
            report=OuterRef("selection__report"), number__gt=OuterRef("selection__number")
        )
        return self.filter(~Exists(newer))


class SelectedAction(models.Model):
    """An action of a decision, with the committee's reason for it."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="actions")
    action = models.ForeignKey(Action, models.PROTECT, related_name="selected")
    order = models.PositiveSmallIntegerField()
    reason = models.TextField()

    objects = SelectedActionQuerySet.as_manager()

    class Meta:
        ordering = ["selection", "order"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "action"], name="selected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.selection}: handling {self.action_id}"

    def get_absolute_url(self) -> str:
        """The action's place on the temamøde's page."""
        report = self.selection.report
        page = reverse("theme_meeting", args=[report.catalogue.slug, report.year])
        return f"{page}#handling-{self.action.number}"


class ThemeMeeting(models.Model):
    """The council's temamøde on the actions chosen from a report. The decision holds its date."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="theme_meeting")
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    welcome = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0, db_column="version")

    def __str__(self) -> str:
        return f"{self.report}: temamøde"


class ProgrammeItem(models.Model):
    """A line of the programme; `action` is the chosen action it is about, if any."""

    meeting = models.ForeignKey(ThemeMeeting, models.CASCADE, related_name="programme")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["meeting", "order"]

    def __str__(self) -> str:
        return self.title


class Conclusion(Drafted):
    """The meeting's conclusion on a chosen action; the head sees it in next year's form."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="conclusions")
    action = models.ForeignKey(Action, models.PROTECT, related_name="conclusions")
    text = models.TextField(blank=True)
    written_by_name = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "action"], name="conclusion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report}, handling {self.action_id}"

    @property
    def given(self) -> str:
        return self.text

    @property
    def given_at(self) -> datetime | None:
        return self.written_at

    @property
    def given_by(self) -> str:
        return self.written_by_name
