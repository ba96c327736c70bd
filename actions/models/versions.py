"""The catalogue over the years: a version for every change of it, and what was split or merged."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.models.catalogue import Action, Catalogue
from actions.models.chain.links import Link, LinkQuerySet


class CatalogueVersion(Link):
    """The whole catalogue as data from a change of it on; append-only.

    `rows` is the catalogue in the shape of its file, with the ids of the database rows
    (`actions.catalogue.versions`). It is in force from `in_force` until the day that the next one
    is, and never before the version that precedes it. `decision` is what changed the catalogue, ""
    for a correction; `decided_on` is the decision's day. `decisions` holds them one by one, by the
    place of what was changed; see `actions.catalogue.versions.meanings`.
    """

    # Keeps the id of a deleted catalogue: no version is ever changed.
    catalogue = models.ForeignKey(
        Catalogue, models.DO_NOTHING, db_constraint=False, related_name="versions"
    )
    in_force = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
    )
    by_name = models.TextField(blank=True)
    position = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decisions = models.JSONField(default=dict, blank=True)
    rows = models.JSONField()

    objects = LinkQuerySet["CatalogueVersion"].as_manager()

    class Meta:
        ordering = ["catalogue", "pk"]

    def __str__(self) -> str:
        return f"{self.catalogue}, {self.in_force.isoformat()}"


class DescentKind(models.TextChoices):
    """How an action comes from others of its catalogue."""

    SPLIT = "split", _("delt")
    MERGED = "merged", _("samlet")


class Descent(models.Model):
    """An action's origin in its own catalogue: what it was split or merged from.

    What it was carried over from, in the catalogue before, is `Action.origin`.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="descents")
    origin = models.ForeignKey(Action, models.PROTECT, related_name="became")
    kind = models.CharField(max_length=10, choices=DescentKind)

    class Meta:
        ordering = ["action", "origin"]
        constraints = [
            models.UniqueConstraint(fields=["action", "origin"], name="descent_once"),
            models.CheckConstraint(
                condition=~models.Q(action=models.F("origin")), name="descent_from_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin} → {self.action}"
