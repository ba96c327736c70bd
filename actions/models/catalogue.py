"""The catalogue as adopted: actions, who is responsible for them, partners and initiatives.

Goals are in `actions.models.goals`, their statuses in `actions.models.status`.
"""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse


class CatalogueQuerySet(models.QuerySet["Catalogue"]):
    def latest_first(self) -> "CatalogueQuerySet":
        return self.order_by("-period_from", "slug")

    def with_counts(self) -> "CatalogueQuerySet":
        """Annotates `action_count`."""
        return self.annotate(action_count=models.Count("actions"))

    def with_rounds(self) -> "CatalogueQuerySet":
        """Annotates `has_rounds`."""
        begun = self.model._default_manager.filter(pk=OuterRef("pk"), rounds__isnull=False)
        return self.annotate(has_rounds=Exists(begun))

    def besides(self, catalogue: "Catalogue") -> "CatalogueQuerySet":
        """The other catalogues, latest first: earlier ones, and those being made."""
        return self.exclude(pk=catalogue.pk).latest_first()


class Catalogue(models.Model):
    """A handlingskatalog: the actions of one strategy in one period."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    municipality = models.CharField(max_length=100)
    strategy = models.CharField(max_length=200)
    vision = models.TextField()
    period_from = models.PositiveSmallIntegerField()
    period_to = models.PositiveSmallIntegerField()
    # None if nobody evaluates the catalogue midway.
    midterm_year = models.PositiveSmallIntegerField(null=True, blank=True)
    # The bodies' names in the municipality; role checks never read them.
    overall_responsible = models.CharField(max_length=200)
    coordinator = models.CharField(max_length=200)
    steering_committee = models.CharField(max_length=200)
    council = models.CharField(max_length=200)
    selection_min = models.PositiveSmallIntegerField()
    selection_max = models.PositiveSmallIntegerField()
    # The subject and the case in the municipality's own filing (KLE and journal number).
    kle = models.CharField(max_length=20, blank=True)
    case_number = models.CharField(max_length=60, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__lte=models.F("period_to")), name="catalogue_period"
            ),
            models.CheckConstraint(
                condition=Q(selection_min__lte=models.F("selection_max")),
                name="catalogue_selection",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalogue", args=[self.slug])

    @property
    def years(self) -> range:
        """The calendar years of the period, both ends included."""
        return range(self.period_from, self.period_to + 1)

    @property
    def report_years(self) -> range:
        """The years that may have a round and a report; the last year is measured a year later."""
        return range(self.period_from, self.final_year + 1)

    @property
    def final_year(self) -> int:
        """The year of the round and the report that end the period."""
        return self.period_to + 1

    @property
    def period(self) -> str:
        """The period as it is written: "2024–2027"."""
        return f"{self.period_from}–{self.period_to}"


#: The ids of some actions and of all they were carried over, split or merged from, however many
#: times. UNION drops duplicates, so that even a circle of origins ends.
_LINE = """
WITH RECURSIVE line(id) AS (
    SELECT id FROM actions_action WHERE id IN ({})
    UNION
    SELECT parents.origin_id FROM line JOIN (
        SELECT id, origin_id FROM actions_action WHERE origin_id IS NOT NULL
        UNION ALL SELECT action_id, origin_id FROM actions_descent
    ) AS parents ON parents.id = line.id
)
SELECT id FROM line
"""


class Lasting(models.Model):
    """What begins and stops by a decision; neither day is known of what lasts the whole period.

    It is in force from `starts_on` until the day before `stopped_on`.
    """

    starts_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stopped_by = models.TextField(blank=True)

    class Meta:
        abstract = True

    def is_stopped(self, day: date) -> bool:
        return self.stopped_on is not None and self.stopped_on <= day

    def is_begun(self, day: date) -> bool:
        return self.starts_on is None or self.starts_on <= day

    def is_in_force(self, day: date) -> bool:
        return self.is_begun(day) and not self.is_stopped(day)


class ActionQuerySet(models.QuerySet["Action"]):
    def with_forebears(self) -> "ActionQuerySet":
        """These actions and all that they came from, however long ago. One query."""
        chosen, params = self.order_by().values("pk").query.sql_with_params()
        line = RawSQL(_LINE.format(chosen), params)
        return self.model._default_manager.filter(pk__in=line)

    def with_kin(self) -> "ActionQuerySet":
        """Selects the action each was carried over from, and annotates the latest one carried over
        from it: `later_slug`, `later_number` and `later_catalogue`, the title.
        """
        return (
            self.select_related("catalogue", "origin__catalogue")
            .annotate(
                later_slug=F("successors__catalogue__slug"),
                later_number=F("successors__number"),
                later_catalogue=F("successors__catalogue__title"),
            )
            .order_by("-successors__pk")
        )


class Action(Lasting):
    """A handling, numbered 1..n in its catalogue; `origin` is what it was carried over from.

    `code` is the municipality's own numbering ("14.1.0"), `sdg` the numbers of UN goals. A row of
    `money` is {"year", "kind", "amount", "state", "decision"}.
    """

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    code = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=200, blank=True)
    committee = models.CharField(max_length=200, blank=True)
    sdg = models.JSONField(default=list, blank=True)
    ambition = models.TextField(blank=True)
    money = models.JSONField(default=list, blank=True)
    origin = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="successors"
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["catalogue", "number"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "number"], name="action_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.catalogue.slug, self.number])


class Responsibility(models.Model):
    """A position responsible for an action; the note says how the task is divided."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="responsibilities")
    position = models.ForeignKey(
        "actions.Position", models.PROTECT, related_name="responsibilities"
    )
    order = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["action", "order"]
        constraints = [
            models.UniqueConstraint(fields=["action", "position"], name="responsibility_once"),
        ]

    def __str__(self) -> str:
        return self.position.name


class Partner(models.Model):
    """An organisation the municipality works with."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """What a partner contributes to one action."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="partnerships")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="partnerships")
    order = models.PositiveSmallIntegerField()
    contribution = models.TextField(blank=True)

    class Meta:
        ordering = ["action", "order"]
        constraints = [
            models.UniqueConstraint(fields=["action", "partner"], name="partnership_once"),
        ]

    def __str__(self) -> str:
        return self.partner.name


class Initiative(models.Model):
    """An indsats: context for the goals of its action. It has no status of its own."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="initiatives")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["action", "order"]
        constraints = [
            models.UniqueConstraint(fields=["action", "title"], name="initiative_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """A step of an initiative with the year the catalogue gives it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["initiative", "order"]

    def __str__(self) -> str:
        return f"{self.year}: {self.text}"


class InitiativeRelation(models.Model):
    """One initiative names another; the relation has the catalogue's direction."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="relations")
    related = models.ForeignKey(Initiative, models.CASCADE, related_name="named_by")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["initiative", "order"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "related"], name="relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} → {self.related}"


type Responsible = dict[int, list[Responsibility]]


def responsible_of(actions: Iterable[int]) -> Responsible:
    """The responsible positions of each action, with their administrations, in its order."""
    rows = Responsibility.objects.filter(action__in=list(actions))
    responsible: Responsible = {}
    for row in rows.select_related("position__administration").order_by("action", "order"):
        responsible.setdefault(row.action_id, []).append(row)
    return responsible
