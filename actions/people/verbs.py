"""Who holds which post and role: each verb is one transaction and one history row."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate, may_delegate, may_save_user
from actions.danish import format_date
from actions.history.record import record
from actions.models import (
    Administration,
    Appointment,
    Catalogue,
    Delegation,
    Event,
    Position,
    Role,
    RoleGrant,
    User,
)
from actions.models.history import Announces, HistoryVerb, Scope
from actions.tools.text import spelling_key
from actions.writing.refusals import NotAllowed, Refused

APPOINTED: Final = HistoryVerb("appoint", gettext_lazy("Stillingen besat"))
APPOINTMENT_UNDONE: Final = HistoryVerb("undo_appointment", gettext_lazy("Ansættelse fortrudt"))
APPOINTMENT_ENDED: Final = HistoryVerb("end_appointment", gettext_lazy("Fratræden noteret"))
DELEGATED: Final = HistoryVerb("delegate", gettext_lazy("Stedfortræder valgt"))
DELEGATION_ENDED: Final = HistoryVerb("end_delegation", gettext_lazy("Stedfortræder stoppet"))
PLACED: Final = HistoryVerb("place", gettext_lazy("Stillingens forvaltning ændret"))
RENAMED: Final = HistoryVerb(
    "rename", gettext_lazy("Stillingen har fået nyt navn"), announces=Announces.ALWAYS
)
USER_CREATED: Final = HistoryVerb("create_user", gettext_lazy("Bruger oprettet"), in_codes=True)
USER_CHANGED: Final = HistoryVerb("change_user", gettext_lazy("Bruger ændret"), in_codes=True)


#: Called for each catalogue of a post that is renamed or merged; `actions.apps` fills it.
posts_changed_in: Final[list[Callable[[Catalogue, Mandate], object]]] = []


@transaction.atomic
def appoint(*, position: Position, user: User, starts: date, by: Mandate) -> Appointment:
    """Gives a user a post from a day; its present holder stops the day before.

    Raises Refused if the user holds it already, somebody else begins on that day, or the post is
    merged into another.
    """
    locked = Position.objects.select_for_update(no_key=True).get(pk=position.pk)
    if locked.merged_into_id:
        words = _("Stillingen er lagt sammen med %(into)s. Besæt den i stedet.")
        raise Refused(words % {"into": locked.merged_into})
    holders = position.appointments.in_force(starts)
    if holders.filter(user=user).exists():
        raise Refused(_("%(user)s har allerede stillingen.") % {"user": user})
    stopped: dict[str, str] = {}
    for row in holders:
        if row.starts == starts:
            raise Refused(_begins_that_day(row))
        stopped[str(row.pk)] = row.ends.isoformat() if row.ends else ""
        row.ends = starts - timedelta(days=1)
        row.save()
    later = position.appointments.filter(starts__gt=starts).order_by("starts").first()
    ends = later.starts - timedelta(days=1) if later else None
    made = Appointment.objects.create(position=position, user=user, starts=starts, ends=ends)
    record(
        APPOINTED,
        actor=by.user,
        subject=f"{position}: {user}",
        content={"starts": starts.isoformat(), "stopped": stopped},
    )
    return made


def _begins_that_day(row: Appointment) -> str:
    words = _("%(user)s begynder samme dag. Vælg en senere dag.") % {"user": row.user}
    if row.starts < timezone.localdate():
        return words
    return f"{words} {_('Var det en fejl, så fortryd den ansættelse først.')}"


def why_no_undo(appointment: Appointment, today: date) -> str:
    """Why an appointment cannot be taken back, in a sentence; "" if it can."""
    if appointment.starts < today:
        return _("Ansættelsen er begyndt før i dag. Notér i stedet en fratræden.")
    post, since = appointment.position.name, timezone.now() - timedelta(days=1)
    done = Event.objects.filter(actor=appointment.user, position__contains=post, at__gte=since)
    if any(timezone.localdate(row.at) == today for row in done):
        return _("%(user)s har skrevet noget i stillingen. Notér i stedet en fratræden.") % {
            "user": appointment.user
        }
    return ""


@transaction.atomic
def undo_appointment(*, appointment: Appointment, by: Mandate) -> None:
    """Takes back an appointment that was a mistake: whoever it stopped goes on.

    Raises Refused if it began before today, or something was done in the post since.
    """
    Position.objects.select_for_update(no_key=True).get(pk=appointment.position_id)
    locked = (
        Appointment.objects.select_related("position", "user").filter(pk=appointment.pk).first()
    )
    if locked is None:
        raise Refused(_("Ansættelsen er allerede fortrudt."))
    if reason := why_no_undo(locked, timezone.localdate()):
        raise Refused(reason)
    subject, starts = f"{locked.position}: {locked.user}", locked.starts.isoformat()
    acts = Event.objects.filter(verb=APPOINTED.code, subject=subject).order_by("-pk")
    act = next((row for row in acts if row.content.get("starts") == starts), None)
    stopped = act.content.get("stopped", {}) if act else {}
    day_before = locked.starts - timedelta(days=1)
    locked.delete()
    for row in Appointment.objects.filter(pk__in=stopped, ends=day_before):
        before = stopped[str(row.pk)]
        row.ends = date.fromisoformat(before) if before else None
        row.save()
    record(APPOINTMENT_UNDONE, actor=by.user, subject=subject, content={"starts": starts})


@transaction.atomic
def end_appointment(*, appointment: Appointment, ends: date, by: Mandate) -> Appointment:
    """Sets the last day in a post; the texts keep their author.

    Raises Refused if the day is before the first one, or after the next head's first one.
    """
    Position.objects.select_for_update(no_key=True).get(pk=appointment.position_id)
    locked = Appointment.objects.get(pk=appointment.pk)
    if ends < locked.starts:
        raise Refused(_("Sidste dag ligger før den første."))
    others = appointment.position.appointments.exclude(pk=appointment.pk).select_related("user")
    later = others.filter(starts__gte=locked.starts, starts__lte=ends).order_by("starts").first()
    if later:
        raise Refused(
            _("%(user)s har stillingen fra %(day)s. Vælg en tidligere dag.")
            % {"user": later.user, "day": format_date(later.starts)}
        )
    locked.ends = ends
    locked.save()
    record(
        APPOINTMENT_ENDED,
        actor=by.user,
        subject=f"{appointment.position}: {appointment.user}",
        content={"ends": ends.isoformat()},
    )
    return locked


@transaction.atomic
def delegate(
    *,
    position: Position,
    deputy: User,
    may_submit: bool,
    starts: date,
    ends: date | None,
    by: Mandate,
) -> Delegation:
    """A head lets another user write, or also submit, for one of their own posts in a period.

    Raises NotAllowed if the post is not held, Refused if the period or the deputy does not fit.
    """
    Position.objects.select_for_update(no_key=True).get(pk=position.pk)
    _check_holder(position, by)
    if deputy.pk == by.user.pk:
        raise Refused(_("Du har selv stillingen. Vælg en anden."))
    if starts < timezone.localdate():
        raise Refused(_("Første dag er gået. Vælg en dag fra i dag og frem."))
    if ends is not None and ends < starts:
        raise Refused(_("Sidste dag ligger før den første."))
    rows = Delegation.objects.filter(position=position, deputy=deputy).not_over(starts)
    if (rows.filter(starts__lte=ends) if ends else rows).exists():
        raise Refused(
            _("%(user)s er allerede stedfortræder i perioden. Stop den aftale først.")
            % {"user": deputy}
        )
    made = Delegation.objects.create(
        position=position, deputy=deputy, may_submit=may_submit, starts=starts, ends=ends
    )
    _record_delegation(DELEGATED, made, by)
    return made


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Mandate) -> None:
    """Takes the right back at once. A delegation that has not lasted a day is deleted.

    Raises NotAllowed if the post is not held, Refused if the delegation is over already.
    """
    Position.objects.select_for_update(no_key=True).get(pk=delegation.position_id)
    _check_holder(delegation.position, by)
    today = timezone.localdate()
    locked = Delegation.objects.filter(pk=delegation.pk).not_over(today).first()
    if locked is None:
        raise Refused(_("Aftalen er allerede ophørt."))
    _record_delegation(DELEGATION_ENDED, locked, by)
    if locked.starts >= today:
        locked.delete()
        return
    locked.ends = today - timedelta(days=1)
    locked.save()


def _check_holder(position: Position, by: Mandate) -> None:
    if not may_delegate(by, position):
        raise NotAllowed(_("Kun den, der har stillingen, vælger dens stedfortrædere."))


def _record_delegation(verb: HistoryVerb, delegation: Delegation, by: Mandate) -> None:
    record(
        verb,
        actor=by.user,
        position=delegation.position.name,
        subject=f"{delegation.position}: {delegation.deputy}",
        content={
            "starts": delegation.starts.isoformat(),
            "ends": delegation.ends.isoformat() if delegation.ends else "",
            "may_submit": delegation.may_submit,
        },
    )


@transaction.atomic
def place_position(*, position: Position, administration: str, by: Mandate) -> None:
    """Sets which administration a post belongs to ("" for none); a new name is added.

    It is not part of the catalogue file.
    """
    place = None
    if administration:
        place = Administration.objects.filter(name__iexact=administration).first()
        place = place or Administration.objects.create(name=administration)
    if position.administration == place:
        return
    position.administration = place
    position.save()
    record(PLACED, actor=by.user, subject=str(position), comment=administration)


@transaction.atomic
def rename(*, position: Position, name: str, by: Mandate) -> None:
    """Gives a post another name; published reports and the history keep the old one.

    Raises Refused if another post has the name, in any spelling.
    """
    locked = Position.objects.select_for_update(no_key=True).get(pk=position.pk)
    if locked.name == name:
        return
    others = Position.objects.exclude(pk=position.pk).values_list("name", flat=True)
    if same := [other for other in others if spelling_key(other) == spelling_key(name)]:
        raise Refused(_("Der er allerede en stilling, der hedder %s.") % same[0])
    before, locked.name = locked.name, name
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise Refused(_("Der er allerede en stilling, der hedder %s.") % name) from error
    named = Catalogue.objects.filter(actions__responsibilities__position=locked)
    named = named.order_by("pk").distinct()
    about = [Scope(catalogue.pk, catalogue.period_from) for catalogue in named]
    for catalogue in named:
        for follow in posts_changed_in:
            follow(catalogue, by)
    record(RENAMED, actor=by.user, subject=name, about=about, comment=before)


@transaction.atomic
def save_user(
    *,
    user: User,
    roles: Collection[str],
    administration: Administration | None,
    by: Mandate,
) -> User:
    """Creates or changes a user with exactly these roles.

    The administration belongs to the project group's role. Raises Refused if administrators would
    lock themselves out.
    """
    if not may_save_user(by, user, roles):
        raise Refused(
            _("Du kan ikke lukke din egen adgang som systemadministrator. Bed en anden om det.")
        )
    verb = USER_CHANGED if user.pk else USER_CREATED
    state = "" if user.is_active else _("lukket")
    comment = ", ".join([*sorted(roles), *([state] if state else [])])
    # Before the user's row is written: another writer of the history may be waiting for that row.
    record(verb, actor=by.user, subject=user.username, comment=comment)
    user.save()
    user.role_grants.exclude(role__in=roles).delete()
    for role in roles:
        place = administration if role == Role.PROJECT_GROUP else None
        RoleGrant.objects.update_or_create(user=user, role=role, defaults={"administration": place})
    return user
