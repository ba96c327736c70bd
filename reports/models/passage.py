"""The texts written for a report itself: foreword, resumé, lines and recommendations."""

import re
from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.models import Action, Event
from actions.models.written import Written
from reports.models.report import Kind, Report

#: How a passage is named in an address: the report's own texts; on an action; by its heads.
_TEXTS, _ON_ACTION, _BY_HEADS = "redaktion", "handling", "chefer"
_KEY: Final = re.compile(rf"{_TEXTS}|({_ON_ACTION}|{_BY_HEADS})-([1-9][0-9]{{0,3}})")


class Part(models.TextChoices):
    """The kinds of text written for a report; each has its own page and is saved by itself."""

    TEXTS = "texts", _("Forord, resumé og konklusion")
    LINE = "line", _("Redaktionel linje")
    HEAD = "head", _("De ansvarliges anbefaling")
    FINAL = "final", _("Anbefaling")

    @classmethod
    def on_actions(cls, kind: Kind) -> "Part":
        """What the coordinator writes on each action of a report of this kind."""
        return cls.FINAL if kind == Kind.MIDTERM else cls.LINE

    @classmethod
    def named(cls, key: str, kind: Kind) -> "tuple[Part, int] | None":
        """The part that a `Passage.key` names in a report of this kind, with the number of its
        action, 0 for none; None if the key names nothing.
        """
        match = _KEY.fullmatch(key)
        if match is None or (match[1] == _BY_HEADS and kind != Kind.MIDTERM):
            return None
        if match[1] is None:
            return cls.TEXTS, 0
        return cls.HEAD if match[1] == _BY_HEADS else cls.on_actions(kind), int(match[2])


class Recommendation(models.TextChoices):
    """What should become of an action after the midterm, in the order of the form."""

    CONTINUE = "continue", _("Fortsæt")
    ADJUST = "adjust", _("Justér")
    CLOSE = "close", _("Afslut")


class Passage(Written):
    """A text written for a report itself, beside the statuses it is made of.

    The coordinator writes the report's own texts (`action` is then None) and, for each action, a
    line, or in the midterm a recommendation. The responsible heads share one recommendation per
    action. `events` is the history: texts that were saved, and refused texts that were archived.
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
    revision = models.PositiveIntegerField(default=0, db_column="version")
    saved_at = models.DateTimeField(null=True, blank=True)
    # Kept as words, which outlast the user and the post.
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
        """The action with its number, or the words for the report's own texts."""
        return str(self.action or self.get_part_display())

    @property
    def key(self) -> str:
        """Its name in an address, such as "handling-3"; `Part.named` reads it."""
        if self.action is None:
            return _TEXTS
        return f"{_BY_HEADS if self.part == Part.HEAD else _ON_ACTION}-{self.action.number}"

    @property
    def names(self) -> tuple[str, ...]:
        """The text fields, in the order of the form and the report."""
        if self.part == Part.TEXTS:
            yearly = self.report.kind == Kind.STATUS
            return ("foreword", "summary") if yearly else ("foreword", "summary", "conclusion")
        return ("line",) if self.part == Part.LINE else ("choice", "reason")

    @property
    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.names}

    def copy_key(self, user: int) -> str:
        """The key of a user's local copy in the browser's storage."""
        report = self.report
        return f"{user}-{report.catalogue.slug}-{report.word}-{report.year}-{self.key}"

    @property
    def address(self) -> tuple[object, ...]:
        """The arguments of the passage's routes."""
        report = self.report
        return (report.catalogue.slug, report.year, report.word, self.key)

    def url(self, route: str) -> str:
        return reverse(route, args=self.address)
