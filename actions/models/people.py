"""People, the posts they hold and the roles they have been given."""

from datetime import date
from typing import Final, NamedTuple

from django.contrib.auth.models import AbstractUser
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who logs in; `actions.access.mandate_of` says what they may do."""

    class Meta:
        ordering = ["first_name", "last_name", "username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Role(models.TextChoices):
    """A role in the application. Those `FOLLOWING` come from posts or tasks, not a grant."""

    HEAD = "head", _("Ansvarlig chef")
    DEPUTY = "deputy", _("Stedfortræder eller skribent")
    SUPPLIER = "supplier", _("Måltalsleverandør")
    COORDINATOR = "coordinator", _("Koordinator")
    PROJECT_GROUP = "project_group", _("Projektgruppen")
    STRATEGIC_FORUM = "strategic_forum", _("Strategisk Chefforum")
    COMMITTEE = "committee", _("Økonomiudvalget")
    COUNCIL = "council", _("Kommunalbestyrelsen")
    ADMINISTRATOR = "administrator", _("Systemadministrator")


FOLLOWING: Final = frozenset({Role.HEAD, Role.DEPUTY, Role.SUPPLIER})
#: The roles an administrator can give.
GRANTABLE = [role for role in Role if role not in FOLLOWING]


class Administration(models.Model):
    """A forvaltning. The coordinator, not the catalogue, places posts in it."""

    name = models.CharField(_("navn"), max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role given to a user; in the project group also the administration they represent."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in GRANTABLE])
    administration = models.ForeignKey(
        Administration, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="role_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Position(models.Model):
    """A stilling: the post that is responsible, whoever holds it.

    One that is merged into another answers for nothing more; its name stays for what was.
    """

    name = models.CharField(max_length=200, unique=True)
    administration = models.ForeignKey(
        Administration, models.SET_NULL, null=True, blank=True, related_name="positions"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="took_over"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class InForceQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows with `starts` and `ends`, both days included; no end means until further notice."""

    def in_force(self, day: date) -> "InForceQuerySet[Row]":
        return self.not_over(day).filter(starts__lte=day)

    def not_over(self, day: date) -> "InForceQuerySet[Row]":
        """Rows in force on the day or later."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day))


class Appointment(models.Model):
    """A user holds a position from one day to another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    position = models.ForeignKey(Position, models.CASCADE, related_name="appointments")
    starts = models.DateField(_("fra og med"))
    ends = models.DateField(_("til og med"), null=True, blank=True)

    objects = InForceQuerySet["Appointment"].as_manager()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="appointment_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.user}"


class Delegation(models.Model):
    """Another user may write, or also submit, for a head's position in a period."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="delegations")
    deputy = models.ForeignKey(User, models.CASCADE, related_name="delegations")
    may_submit = models.BooleanField(_("må også indsende"), default=False)
    starts = models.DateField(_("fra og med"))
    ends = models.DateField(_("til og med"), null=True, blank=True)

    objects = InForceQuerySet["Delegation"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="delegation_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.position}"


# Runs on every request, so it is raw SQL: building the ORM query costs six times as much as
# running it. Keep the date rules in step with `InForceQuerySet`.
MANDATE: Final = """
    SELECT role, administration_id, '', FALSE FROM actions_rolegrant WHERE user_id = %(user)s
    UNION ALL
    SELECT 'head', position_id, actions_position.name, TRUE FROM actions_appointment
    JOIN actions_position ON actions_position.id = position_id
    WHERE user_id = %(user)s AND starts <= %(today)s AND (ends IS NULL OR ends >= %(today)s)
    UNION ALL
    SELECT 'deputy', position_id, actions_position.name, may_submit FROM actions_delegation
    JOIN actions_position ON actions_position.id = position_id
    WHERE deputy_id = %(user)s AND starts <= %(today)s AND (ends IS NULL OR ends >= %(today)s)
    UNION ALL
    SELECT 'supplier', indicator_id, '', FALSE FROM actions_figuresupplier
    WHERE user_id = %(user)s
    UNION ALL
    SELECT 'supplier', indicator_id, '', FALSE FROM actions_figuresupplier
    JOIN actions_appointment ON actions_appointment.position_id = actions_figuresupplier.position_id
    WHERE actions_appointment.user_id = %(user)s
    AND starts <= %(today)s AND (ends IS NULL OR ends >= %(today)s)
"""


class MandateRow(NamedTuple):
    """A role on a day. `place` is the id of the position; of the administration for a grant, of the
    indicator for a supplier.
    """

    role: str
    place: int | None
    name: str
    may_submit: bool


def mandate_rows(user: User, today: date) -> list[MandateRow]:
    """A user's grants, posts and delegations in force on a day, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(MANDATE, {"user": user.pk, "today": today})
        return [MandateRow(*row) for row in cursor.fetchall()]
