"""The pages of posts, roles and deputies."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import Mandate, allow, get_own_delegation, own_delegations
from actions.danish import sort_key
from actions.models import Administration, Appointment, Position, Role, User
from actions.people import merging, verbs
from actions.people.forms import (
    AppointmentForm,
    DelegationForm,
    EndAppointmentForm,
    PositionForm,
    RenameForm,
    TakeOverForm,
    UserForm,
)
from actions.tools.answers import Crumbs, code_of, posted, tell_and_redirect
from actions.writing.refusals import refusal_in, refusal_told


@allow(Role.HEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    today = timezone.localdate()
    form = DelegationForm(
        posted(request),
        held=mandate.held,
        head=mandate.user,
        today=today,
        initial={"starts": today},
    )
    if form.is_valid():
        with refusal_in(form):
            verbs.delegate(by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Stedfortræderen er gemt."), "delegations")
    context = {
        "form": form,
        "rows": own_delegations(mandate).not_over(today),
        "past": own_delegations(mandate).filter(ends__lt=today),
        "today": today,
        "crumbs": [(_("Stedfortrædere"), "")],
    }
    return render(request, "people/delegations.html", context, status=code_of(form))


@allow(Role.HEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def end_delegation(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    """Asks first: the deputy cannot write from the moment it is stopped."""
    delegation = get_own_delegation(mandate, pk)
    if request.method == "POST":
        with refusal_told(request):
            verbs.end_delegation(delegation=delegation, by=mandate)
            messages.success(
                request, _("%(user)s kan ikke længere skrive.") % {"user": delegation.deputy}
            )
        return redirect("delegations")
    context = {
        "delegation": delegation,
        "crumbs": [(_("Stedfortrædere"), reverse("delegations")), (_("Stop"), "")],
    }
    return render(request, "people/end_delegation.html", context)


@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_safe
def positions(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    today = timezone.localdate()
    holders: dict[int, list[Appointment]] = {}
    for row in Appointment.objects.in_force(today).select_related("user"):
        holders.setdefault(row.position_id, []).append(row)
    rows = [
        (position, holders.get(position.pk, []))
        for position in Position.objects.select_related("administration", "merged_into")
    ]
    rows.sort(key=lambda row: (row[0].merged_into_id is not None, sort_key(row[0].name)))
    context = {"rows": rows, "crumbs": [(_("Stillinger"), "")]}
    return render(request, "people/positions.html", context)


@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def position(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    position = _position(pk)
    current = position.administration.name if position.administration else ""
    form = PositionForm(posted(request), initial={"administration": current})
    if request.method == "POST" and form.is_valid():
        verbs.place_position(position=position, by=mandate, **form.cleaned_data)
        return tell_and_redirect(request, _("Forvaltningen er gemt."), "position", pk)
    context = {
        "position": position,
        "form": form,
        "administrations": Administration.objects.all(),
        "merged_today": merging.merge_today(position) is not None,
        "appointments": position.appointments.select_related("user"),
        "today": timezone.localdate(),
        "crumbs": [*_position_crumbs(), (position.name, "")],
    }
    return render(request, "people/position.html", context, status=code_of(form))


@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    position = _position(pk)
    form = RenameForm(posted(request), initial={"name": position.name})
    if form.is_valid():
        with refusal_in(form, "name"):
            verbs.rename(position=position, by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Stillingens navn er gemt."), "position", pk)
    context = _position_context(position, form, _("Ret stillingens navn"))
    return render(request, "layouts/form.html", context, status=code_of(form))


@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_position(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    position = _position(pk)
    form = TakeOverForm(posted(request), position=position)
    if form.is_valid():
        with refusal_in(form, "into"):
            merging.merge_posts(position=position, by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Stillingerne er lagt sammen."), "position", pk)
    title = _("Læg stillingen sammen med en anden")
    context = _position_context(position, form, title) | {"button": _("Læg sammen")}
    return render(request, "layouts/form.html", context, status=code_of(form))


@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def undo_merge(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    """Asks first: the post answers again for what it did, and its heads go on."""
    position = _position(pk)
    if request.method == "POST":
        with refusal_told(request):
            merging.undo_merge(position=position, by=mandate)
            messages.success(request, _("Sammenlægningen er fortrudt."))
        return redirect("position", pk)
    context = {
        "position": position,
        "possible": merging.merge_today(position) is not None,
        "crumbs": _crumbs_of(position, _("Fortryd sammenlægningen")),
    }
    return render(request, "people/undo_merge.html", context)


@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    position = _position(pk)
    initial = {"starts": timezone.localdate()}
    form = AppointmentForm(posted(request), position=position, initial=initial)
    if form.is_valid():
        with refusal_in(form):
            verbs.appoint(position=position, by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Ansættelsen er gemt."), "position", pk)
    context = _position_context(position, form, _("Ny i stillingen"))
    return render(request, "layouts/form.html", context, status=code_of(form))


@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end_appointment(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    row = Appointment.objects.select_related("position", "user").filter(pk=pk).first()
    if row is None:
        raise Http404
    initial = {"ends": row.ends or timezone.localdate()}
    form = EndAppointmentForm(posted(request), starts=row.starts, initial=initial)
    if form.is_valid():
        with refusal_in(form, "ends"):
            verbs.end_appointment(appointment=row, by=mandate, **form.cleaned_data)
            return tell_and_redirect(
                request, _("Ansættelsens sidste dag er gemt."), "position", row.position_id
            )
    title = _("%(user)s fratræder") % {"user": row.user}
    context = _position_context(row.position, form, title)
    return render(request, "layouts/form.html", context, status=code_of(form))


@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def undo_appointment(request: HttpRequest, mandate: Mandate, pk: int) -> HttpResponse:
    """Asks first: the user has the post no more, and whoever had it before goes on."""
    row = Appointment.objects.select_related("position", "user").filter(pk=pk).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        with refusal_told(request):
            verbs.undo_appointment(appointment=row, by=mandate)
            messages.success(request, _("Ansættelsen er fortrudt."))
        return redirect("position", row.position_id)
    context = {
        "appointment": row,
        "why_not": verbs.why_no_undo(row, timezone.localdate()),
        "crumbs": _crumbs_of(row.position, _("Fortryd ansættelsen")),
    }
    return render(request, "people/undo_appointment.html", context)


@allow(Role.ADMINISTRATOR)
@require_safe
def users(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    users = User.objects.prefetch_related("role_grants", "appointments__position")
    rows = sorted(users, key=lambda row: sort_key(str(row)))
    context = {"users": rows, "today": timezone.localdate(), "crumbs": [(_("Brugere"), "")]}
    return render(request, "people/users.html", context)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def user(request: HttpRequest, mandate: Mandate, pk: int | None = None) -> HttpResponse:
    """Makes a user, or changes one."""
    user = User() if pk is None else User.objects.filter(pk=pk).first()
    if user is None:
        raise Http404
    form = UserForm(posted(request), instance=user)
    if form.is_valid():
        with refusal_in(form):
            verbs.save_user(
                user=form.user(),
                roles=form.cleaned_data["roles"],
                administration=form.cleaned_data["administration"],
                by=mandate,
            )
            return tell_and_redirect(request, _("Brugeren er gemt."), "users")
    title = str(User.objects.get(pk=pk)) if pk else _("Ny bruger")
    context = {
        "form": form,
        "title": title,
        "button": _("Gem brugeren"),
        "crumbs": [(_("Brugere"), reverse("users")), (title, "")],
    }
    return render(request, "layouts/form.html", context, status=code_of(form))


def _position(pk: int) -> Position:
    related = Position.objects.select_related("administration", "merged_into")
    position = related.filter(pk=pk).first()
    if position is None:
        raise Http404
    return position


def _position_crumbs() -> Crumbs:
    return [(_("Stillinger"), reverse("positions"))]


def _crumbs_of(position: Position, title: str) -> Crumbs:
    at = reverse("position", args=[position.pk])
    return [*_position_crumbs(), (position.name, at), (title, "")]


def _position_context(position: Position, form: Form, title: str) -> dict[str, object]:
    return {
        "form": form,
        "title": title,
        "subtitle": position.name,
        "button": _("Gem"),
        "crumbs": _crumbs_of(position, title),
    }
