"""The catalogue over the years: a version for every change of it, and what was split or merged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.models.catalogue import Action, Catalogue
from actions.models.chain.links import Link, LinkQuerySet
from actions.models.rounds import Round


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


def day_of(round_: Round) -> tuple[date, datetime | None]:
    """The day whose catalogue a round's report tells, and the moment if it was closed by hand.

    An open round's is its due day, a closed round's the day of its closing, also after it was
    reopened.
    """
    if round_.stands_on is not None:
        return round_.stands_on, None
    if round_.closed_at is not None:
        return round_.closed_on, round_.closed_at
    is_over = round_.closes < timezone.localdate()
    return round_.closed_on if is_over else round_.due, None


def is_in_force(
    in_force: date, made_at: datetime, day: date, moment: datetime | None = None
) -> bool:
    """Whether a version holds on a day; with `moment`, what was changed later that day does not."""
    return in_force < day or (in_force == day and (moment is None or made_at <= moment))


@dataclass(frozen=True)
class Turn:
    """A goal's new meaning as the catalogue's history tells it."""

    goal: int
    before: str
    decision: str
    day: date
    version: CatalogueVersion


def turns_in(versions: Iterable[CatalogueVersion]) -> Iterator[Turn]:
    for version in versions:
        for told in version.decisions.values():
            if isinstance(told, dict):
                day = version.decided_on or version.in_force
                yield Turn(day=day, version=version, **told)


def turns_of(catalogue: Catalogue) -> list[Turn]:
    """The catalogue's, the oldest first. One query."""
    rows = CatalogueVersion.objects.filter(catalogue=catalogue).exclude(decisions={})
    return list(turns_in(rows.defer("rows").order_by("pk")))


def said_then(turns: Iterable[Turn], round_: Round) -> dict[int, str]:
    """What goals said in a round, by id, if they mean something new since; `turns` oldest first."""
    day, moment = day_of(round_)
    said: dict[int, str] = {}
    for turn in turns:
        if not is_in_force(turn.version.in_force, turn.version.at, day, moment):
            said.setdefault(turn.goal, turn.before)
    return said


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
