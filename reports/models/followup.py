"""The half-year follow-up: what has happened since a round on some of its goals."""

from datetime import date
from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.lights import Light
from actions.models import Event, GoalStatus, Round
from actions.models.written import Written


class FollowUp(models.Model):
    """An opfølgning on some goals of a closed round; what their heads answer is an addendum to the
    round's report.

    Open until `due`, the day included, unless the coordinator closes it earlier.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    due = models.DateField()
    made_on = models.DateField()
    made_by_name = models.TextField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="follow_up_number"),
        ]

    def __str__(self) -> str:
        if self.number == 1:
            return _("Opfølgning på status %(year)d") % {"year": self.round.year}
        return _("%(number)d. opfølgning på status %(year)d") % {
            "number": self.number,
            "year": self.round.year,
        }

    def get_absolute_url(self) -> str:
        return self.url("follow_up")

    def url(self, route: str, *more: object) -> str:
        """The address of one of the follow-up's routes in `reports.urls`."""
        place = (self.round.catalogue.slug, self.round.year, self.number)
        return reverse(route, args=[*place, *more])

    @property
    def close_url(self) -> str:
        return self.url("close_follow_up")

    @property
    def undo_url(self) -> str:
        return self.url("undo_follow_up")

    @property
    def addendum_url(self) -> str:
        return self.url("addendum")

    @property
    def ended_on(self) -> date:
        """The last day on which anybody could write, or can."""
        return self.closed_on or self.due

    def is_open(self, today: date) -> bool:
        return self.closed_on is None and today <= self.due


class FollowUpAnswer(Written):
    """What the heads answer on one goal. What is saved counts; there is no handing in.

    `status` is what was said in the round. The rest up to the answers is the goal, its action and
    its light as they stood when the follow-up was made, so that no later change shows in it.
    """

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="answers")
    status = models.ForeignKey(GoalStatus, models.PROTECT, related_name="follow_ups")
    action_number = models.PositiveSmallIntegerField()
    action_title = models.CharField(max_length=300)
    goal_number = models.CharField(max_length=10)
    goal_text = models.TextField()
    light = models.CharField(max_length=16, choices=Light, blank=True)
    reached = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    # Kept as words, which outlast the user and the post.
    author_name = models.TextField(blank=True)
    author_position = models.TextField(blank=True)
    events = models.ManyToManyField(Event, related_name="+")

    #: The fields in the order of the form and the addendum.
    TEXTS: Final = ("reached", "changed", "next_step")

    class Meta:
        ordering = ["status__goal__action__number", "status__goal__number"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "status"], name="followed_up_once"),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up}, {_('mål')} {self.goal_number}"

    def get_absolute_url(self) -> str:
        return self.url("follow_up_answer")

    def url(self, route: str, *more: object) -> str:
        return self.follow_up.url(route, self.status.goal_id, *more)

    @property
    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.TEXTS}

    @property
    def is_whole(self) -> bool:
        """Whether something stands in each field."""
        return all(self.texts.values())

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is written, each text with its label."""
        texts = self.texts
        return [(str(ANSWER_LABELS[name]), texts[name]) for name in self.TEXTS if texts[name]]


#: What each text is called.
ANSWER_LABELS: Final = {
    "reached": gettext_lazy("Hvor langt er I?"),
    "changed": gettext_lazy("Hvad er ændret siden status?"),
    "next_step": gettext_lazy("Næste skridt"),
}
