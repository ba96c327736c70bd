"""The dialogue about a status: the co-heads' signatures, and the comments."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from actions.models.catalogue import Responsibility
from actions.models.people import Position
from actions.models.status import GoalStatus, State


class SignatureQuerySet(models.QuerySet["Signature"]):
    def of_present_text(self) -> "SignatureQuerySet":
        """Signatures of the text as it stands: approving adds one to the revision without changing
        the text; see `GoalStatus.text_version`.
        """
        return self.filter(
            Q(status__state=State.SUBMITTED, status__revision=F("version"))
            | Q(status__state=State.APPROVED, status__revision=F("version") + 1)
        )


class Signature(models.Model):
    """A responsible position stands behind one version of a text.

    Submitting also signs (`by_submitting`); the other positions sign themselves ("tiltræder").
    Name and position are text, so that they outlast the user and a change of head.
    """

    status = models.ForeignKey(GoalStatus, models.PROTECT, related_name="signatures")
    position = models.ForeignKey(Position, models.PROTECT, related_name="signatures")
    version = models.PositiveIntegerField()
    by_submitting = models.BooleanField(default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signer_name = models.TextField()
    signer_position = models.TextField()
    signed_at = models.DateTimeField()

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["status", "signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["status", "position", "version"], name="signature_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name}, {self.signer_position}"


def lacks_signature(**position: Any) -> Exists:
    """A condition on statuses: a responsible position has not signed the text that was handed in.

    `position` narrows it to some of them, as in `position__in=…`.
    """
    signed = Signature.objects.of_present_text().filter(
        status=OuterRef(OuterRef("pk")), position=OuterRef("position")
    )
    responsible = Responsibility.objects.filter(action=OuterRef("goal__action"), **position)
    return Exists(responsible.filter(~Exists(signed)))


class Comment(models.Model):
    """A comment on a status. The first of a thread has no `parent`; it is the one resolved."""

    status = models.ForeignKey(GoalStatus, models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.TextField()
    author_position = models.TextField(blank=True)
    text = models.TextField(_("kommentar"))
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:40]}"

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
