"""The coordinator's desk: opening, following, reviewing and closing a round."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import READERS, Mandate, allow, get_catalogue, get_round
from actions.mail.unmanned import Unmanned, unmanned
from actions.models import Catalogue, Role, Round, RoundState
from actions.models.rounds import next_round_year
from actions.rounds import verbs, workbook
from actions.rounds.calendar import calendar_of
from actions.rounds.filters import RoundChoice
from actions.rounds.forms import (
    NarrowForm,
    OpenRoundForm,
    ReopenRoundForm,
    RoundDatesForm,
    RoundYearForm,
)
from actions.rounds.page import RoundPage, round_page_of
from actions.rounds.slots import links_from
from actions.tools.answers import (
    Crumbs,
    catalogue_crumbs,
    code_of,
    posted,
    round_crumbs,
    tell_and_redirect,
)
from actions.tools.workbook import XLSX
from actions.writing.refusals import refusal_in, refusal_told


@allow(*READERS)
@require_safe
def deadlines(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """The round's days as a calendar file."""
    round_ = get_round(slug, year)
    url = request.build_absolute_uri(reverse("home"))
    text = calendar_of(round_, url=url, now=timezone.now())
    headers: dict[str, Any] = {
        "Content-Disposition": f'attachment; filename="statusrunde-{round_.year}.ics"'
    }
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@allow(*READERS)
@require_safe
def all_rounds(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    catalogue = get_catalogue(slug)
    today = timezone.localdate()
    context = {
        "catalogue": catalogue,
        "rounds": [(row, row.state(today)) for row in catalogue.rounds.order_by("-year")],
        "may_open": mandate.is_coordinator,
        "others": Catalogue.objects.besides(catalogue),
        "crumbs": catalogue_crumbs(catalogue, (_("Statusrunder"), "")),
    }
    return render(request, "rounds/rounds.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    catalogue, today = get_catalogue(slug), timezone.localdate()
    year = next_round_year(catalogue, today)
    form = OpenRoundForm(posted(request), catalogue=catalogue, today=today, year=year)
    if form.is_valid():
        with refusal_in(form):
            round_ = verbs.open_round(
                catalogue=catalogue,
                year=form.cleaned_data["year"],
                measured_year=form.cleaned_data["measured_year"],
                dates=form.dates(),
                by=mandate,
            )
            return tell_and_redirect(request, _("Runden er oprettet."), round_)
    title = _("Ny statusrunde")
    crumbs = catalogue_crumbs(catalogue, (title, ""))
    return _form_page(request, catalogue, form, title, _("Opret runden"), crumbs)


@allow(*READERS)
@require_safe
def round_overview(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    round_, today = get_round(slug, year), timezone.localdate()
    state, page = round_.state(today), round_page_of(round_, mandate)
    choice = _choice(request, page)
    context = {
        "catalogue": round_.catalogue,
        "round": round_,
        "state": state,
        "is_open": state is RoundState.OPEN,
        "is_planned": state is RoundState.PLANNED,
        "is_closed": state is RoundState.CLOSED,
        "days_left": (round_.due - today).days,
        "page": page,
        "choice": choice,
        "ways": page.ways(choice),
        "narrow": NarrowForm(page=page, choice=choice),
        "rows": page.narrowed(choice),
        "is_coordinator": mandate.is_coordinator,
        "unmanned": _unmanned(round_, mandate),
        "links": links_from(round_, mandate),
        "events": _round_events(round_) if mandate.is_coordinator else [],
        "crumbs": catalogue_crumbs(round_.catalogue, (str(round_), "")),
    }
    return render(request, "rounds/round.html", context)


def _unmanned(round_: Round, mandate: Mandate) -> list[Unmanned]:
    today = timezone.localdate()
    follows = mandate.is_coordinator and round_.state(today) is not RoundState.CLOSED
    return unmanned(round_, today) if follows else []


def _choice(request: HttpRequest, page: RoundPage) -> RoundChoice:
    asked = {name: request.GET.get(name, "") for name in ("vis", "forvaltning", "stilling")}
    return page.known(RoundChoice(**asked))


def _round_events(round_: Round) -> list[object]:
    return list(round_.events.filter(status__isnull=True).order_by("-pk"))


@allow(Role.COORDINATOR)
@require_safe
def round_list(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> FileResponse:
    """The rows that the page shows for the same query string, as a workbook."""
    round_ = get_round(slug, year)
    page = round_page_of(round_, mandate)
    book = workbook.chase_list(round_, page.narrowed(_choice(request, page)))
    return FileResponse(
        BytesIO(book),
        as_attachment=True,
        filename=f"statusrunde-{round_.year}.xlsx",
        content_type=XLSX,
    )


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def round_dates(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    round_, today = get_round(slug, year), timezone.localdate()
    initial = RoundDatesForm.initial_of(round_)
    form = RoundDatesForm(posted(request), today=today, initial=initial)
    if form.is_valid():
        with refusal_in(form):
            verbs.change_round_dates(round_=round_, dates=form.dates(), by=mandate)
            return tell_and_redirect(request, _("Datoerne er ændret."), round_)
    title = _("Ret datoerne for %(round)s") % {"round": str(round_).lower()}
    crumbs = round_crumbs(round_, title)
    return _form_page(request, round_.catalogue, form, title, _("Gem datoerne"), crumbs)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def round_year(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Another year for a round that nobody has written in."""
    round_ = get_round(slug, year)
    form = RoundYearForm(posted(request), round_=round_, today=timezone.localdate())
    if form.is_valid():
        with refusal_in(form):
            changed = verbs.change_round_year(round_=round_, by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Rundens år er ændret."), changed)
    title = _("Ret året for %(round)s") % {"round": str(round_).lower()}
    crumbs = round_crumbs(round_, title)
    return _form_page(request, round_.catalogue, form, title, _("Gem årene"), crumbs)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Lists what is missing and asks, then makes the round read-only."""
    round_ = get_round(slug, year)
    if request.method == "POST":
        with refusal_told(request):
            verbs.close_round(round_=round_, by=mandate)
            messages.success(request, _("Runden er lukket."))
        return redirect(round_)
    context = {
        "catalogue": round_.catalogue,
        "round": round_,
        "page": round_page_of(round_, mandate),
        "unmanned": _unmanned(round_, mandate),
        "crumbs": round_crumbs(round_, _("Luk runden")),
    }
    return render(request, "rounds/close_round.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_round(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    round_, today = get_round(slug, year), timezone.localdate()
    form = ReopenRoundForm(posted(request), today=today)
    if form.is_valid():
        with refusal_in(form):
            verbs.reopen_round(round_=round_, by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Runden er genåbnet."), round_)
    title = _("Genåbn %(round)s") % {"round": str(round_).lower()}
    crumbs = round_crumbs(round_, title)
    return _form_page(request, round_.catalogue, form, title, _("Genåbn runden"), crumbs)


def _form_page(
    request: HttpRequest,
    catalogue: Catalogue,
    form: RoundDatesForm | ReopenRoundForm,
    title: str,
    button: str,
    crumbs: Crumbs,
) -> HttpResponse:
    context = {
        "catalogue": catalogue,
        "form": form,
        "title": title,
        "subtitle": catalogue,
        "button": button,
        "crumbs": crumbs,
    }
    return render(request, "layouts/form.html", context, status=code_of(form))
