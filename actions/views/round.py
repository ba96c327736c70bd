"""The coordinator's desk: opening, following, reviewing and closing a round."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import contexts, exports, rounds, workflow
from actions.access import (
    READERS,
    Mandate,
    allow,
    get_any_status,
    get_catalogue,
    get_round,
)
from actions.forms.round import (
    NarrowForm,
    OpenRoundForm,
    ReopenRoundForm,
    ReturnForm,
    ReviewForm,
    RoundDatesForm,
)
from actions.models import Catalogue, GoalStatus, Role, Round, RoundState
from actions.round_page import Choice, RoundPage, round_page_of
from actions.tools.answers import (
    Crumbs,
    catalogue_crumbs,
    code_of,
    posted,
    round_crumbs,
    tell_and_redirect,
)
from actions.workbook import XLSX
from actions.writing.refusals import Refused
from actions.writing.refused import refusal_in, refusal_told


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
    return render(request, "actions/rounds.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    catalogue, today = get_catalogue(slug), timezone.localdate()
    year = contexts.next_round_year(catalogue, today)
    form = OpenRoundForm(posted(request), catalogue=catalogue, today=today, year=year)
    if form.is_valid():
        with refusal_in(form):
            round_ = rounds.open_round(
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
    found, today = get_round(slug, year), timezone.localdate()
    state, page = found.state(today), round_page_of(found, mandate)
    choice = _choice(request, page)
    context = {
        "catalogue": found.catalogue,
        "round": found,
        "state": state,
        "is_open": state is RoundState.OPEN,
        "is_planned": state is RoundState.PLANNED,
        "is_closed": state is RoundState.CLOSED,
        "days_left": (found.due - today).days,
        "page": page,
        "choice": choice,
        "ways": page.ways(choice),
        "narrow": NarrowForm(page=page, choice=choice),
        "rows": page.narrowed(choice),
        "is_coordinator": mandate.is_coordinator,
        "events": _round_events(found) if mandate.is_coordinator else [],
        "crumbs": catalogue_crumbs(found.catalogue, (str(found), "")),
    }
    return render(request, "actions/round.html", context)


def _choice(request: HttpRequest, page: RoundPage) -> Choice:
    asked = {name: request.GET.get(name, "") for name in ("vis", "forvaltning", "stilling")}
    return page.known(Choice(**asked))


def _round_events(round_: Round) -> list[object]:
    return list(round_.events.filter(status__isnull=True).order_by("-pk"))


@allow(Role.COORDINATOR)
@require_safe
def round_list(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> FileResponse:
    """The rows that the page with the same address behind the ? shows, as a workbook."""
    found = get_round(slug, year)
    page = round_page_of(found, mandate)
    book = exports.chase_list(found, page.narrowed(_choice(request, page)))
    return FileResponse(
        BytesIO(book),
        as_attachment=True,
        filename=f"statusrunde-{found.year}.xlsx",
        content_type=XLSX,
    )


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def round_dates(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    found, today = get_round(slug, year), timezone.localdate()
    initial = RoundDatesForm.initial_of(found)
    form = RoundDatesForm(posted(request), today=today, initial=initial)
    if form.is_valid():
        with refusal_in(form):
            rounds.change_round_dates(round_=found, dates=form.dates(), by=mandate)
            return tell_and_redirect(request, _("Datoerne er ændret."), found)
    title = _("Ret datoerne for %(round)s") % {"round": str(found).lower()}
    crumbs = round_crumbs(found, title)
    return _form_page(request, found.catalogue, form, title, _("Gem datoerne"), crumbs)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Asks first: what is missing is named before the round becomes read-only."""
    found = get_round(slug, year)
    if request.method == "POST":
        with refusal_told(request):
            rounds.close_round(round_=found, by=mandate)
            messages.success(request, _("Runden er lukket."))
        return redirect(found)
    context = {
        "catalogue": found.catalogue,
        "round": found,
        "page": round_page_of(found, mandate),
        "crumbs": round_crumbs(found, _("Luk runden")),
    }
    return render(request, "actions/close_round.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_round(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    found, today = get_round(slug, year), timezone.localdate()
    form = ReopenRoundForm(posted(request), today=today)
    if form.is_valid():
        with refusal_in(form):
            rounds.reopen_round(round_=found, by=mandate, **form.cleaned_data)
            return tell_and_redirect(request, _("Runden er genåbnet."), found)
    title = _("Genåbn %(round)s") % {"round": str(found).lower()}
    crumbs = round_crumbs(found, title)
    return _form_page(request, found.catalogue, form, title, _("Genåbn runden"), crumbs)


@allow(Role.COORDINATOR)
@require_POST
def approve(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    found = get_any_status(slug, year, goal)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _refuse(request, found, _("Siden er for gammel. Læs status igen, og godkend så."))
    try:
        workflow.approve(status=found, by=mandate, revision=form.cleaned_data["revision"])
    except Refused as refusal:
        return _refuse(request, found, str(refusal))
    messages.success(request, _("Status er godkendt."))
    return redirect(found.round)


@allow(Role.COORDINATOR)
@require_POST
def return_to_head(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    found = get_any_status(slug, year, goal)
    form = ReturnForm(request.POST)
    refusal = ""
    if "revision" in form.errors:
        refusal = _("Siden er for gammel. Læs status igen, og send den så tilbage.")
    elif form.is_valid():
        try:
            workflow.return_to_head(status=found, by=mandate, **form.cleaned_data)
        except Refused as error:
            refusal = str(error)
        else:
            messages.success(request, _("Status er sendt tilbage til chefen."))
            return redirect(found.round)
    context = {
        "catalogue": found.round.catalogue,
        "round": found.round,
        "status": found,
        "form": form,
        "refusal": refusal,
        "crumbs": round_crumbs(found.round, _("Send tilbage")),
    }
    code = 409 if refusal else 422
    return render(request, "actions/return.html", context, status=code)


def _refuse(request: HttpRequest, status: GoalStatus, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(status)


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
